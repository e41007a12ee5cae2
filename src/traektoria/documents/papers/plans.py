"""A work plan in the table that offices know, and the report on it, as official papers."""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import groupby

from django.db.models import QuerySet
from django.utils import timezone

from traektoria.core.typography import short_day
from traektoria.documents.papers.shared import day_in_words, in_russian
from traektoria.engines.papers import Block, Bullets, Heading, Paper, Paragraph, Signature, Stamp, Table
from traektoria.people.actor import Actor
from traektoria.planning.plans.actions.dating import today_in
from traektoria.planning.plans.enums import PlanState
from traektoria.planning.plans.models import WorkPlan
from traektoria.planning.plans.permissions import reads_whole
from traektoria.planning.plans.queries.plans import visible_to
from traektoria.planning.programmes.models import Programme
from traektoria.planning.programmes.permissions import reads_plans
from traektoria.planning.programmes.queries import visible_to as programmes_visible_to
from traektoria.planning.reports.against_fact import DoneLine, ReportRow, sum_of, whole_report

HEAD = ("№ п/п", "Содержание работы", "Сроки", "Ответственные")
WIDTHS = (0.08, 0.47, 0.2, 0.25)
WIDE_HEAD = (*HEAD, "Ожидаемый продукт")
WIDE_WIDTHS = (0.07, 0.36, 0.17, 0.2, 0.2)
OF_PROGRAMME = ("centre__municipality", "centre__school", "owner")
DEEDS = 8
"""So many deeds of a line are told by name on paper; the page tells all of them."""


def readable_plans(actor: Actor) -> QuerySet[WorkPlan]:
    """Those that the person reads whole: nobody takes a plan with lines left out."""
    seen = visible_to(actor).select_related("centre__municipality", "centre__school", "owner", "approved_by")
    whole = [plan.pk for plan in seen if reads_whole(actor, plan)]
    return WorkPlan.objects.filter(pk__in=whole).select_related(
        "centre__municipality", "centre__school", "owner", "approved_by"
    )


def plan_version(plan: WorkPlan) -> int:
    """It is another paper after each amendment."""
    return 1 + plan.revisions.count()


@in_russian
def plan_paper(plan: WorkPlan) -> Paper:
    """What is approved carries the mark of its order; a draft says so."""
    rows = [row for row in whole_report(plan) if row.removed is None]
    return Paper(
        kind="work_plan",
        file_name=plan.title,
        issuer=(plan.centre.full_name or plan.centre.name,),
        title=("ПЛАН РАБОТЫ", plan.title),
        day=plan.act_day or today_in(plan),
        stamps=_stamps(plan),
        blocks=(*_sections(rows), *_amendments(plan)),
        signatures=_signatures(plan),
        draft=plan.state != PlanState.APPROVED,
        landscape=any(row.product for row in rows),
    )


@in_russian
def report_paper(plan: WorkPlan) -> Paper:
    """The plan against fact, to the day on which it is printed."""
    rows, today = whole_report(plan), today_in(plan)
    totals = sum_of([time for row in rows for time in row.times], today)
    said = (
        f"По состоянию на {day_in_words(today)} наступило сроков: {totals.due}, выполнено: {totals.done}, из них "
        f"с опозданием: {totals.late}. Не выполнено в срок: {totals.missed}. Отменено: {totals.cancelled}."
    )
    return Paper(
        kind="plan_report",
        file_name=f"Отчёт о выполнении. {plan.title}",
        issuer=(plan.centre.full_name or plan.centre.name,),
        title=("ОТЧЁТ", f"о выполнении: {plan.title}"),
        day=today,
        blocks=(Paragraph(said), *_report_sections(rows)),
        signatures=_signatures(plan),
        draft=plan.state != PlanState.APPROVED,
        landscape=True,
    )


def readable_programmes(actor: Actor) -> QuerySet[Programme]:
    """Those of which the person reads whole plans too: they are on the paper."""
    seen = programmes_visible_to(actor).select_related(*OF_PROGRAMME)
    whole = [one.pk for one in seen if reads_plans(actor, one)]
    return Programme.objects.filter(pk__in=whole).select_related(*OF_PROGRAMME)


def programme_version(programme: Programme) -> int:
    """It is another paper after each change, and with each of its plans."""
    return 1 + programme.revisions.count() + programme.plans.exclude(state=PlanState.DRAFT).count()


@in_russian
def programme_paper(programme: Programme) -> Paper:
    """What the programme says, and the work plans that carry it out, but for drafts."""
    return Paper(
        kind="programme",
        file_name=programme.title,
        issuer=(programme.centre.full_name or programme.centre.name,),
        title=(
            "ПРОГРАММА",
            programme.title,
            f"{programme.years} год{'ы' if programme.first != programme.last else ''}",
        ),
        day=programme.act_day or timezone.localdate(),
        stamps=_approved("УТВЕРЖДЕНА", programme.act, programme.act_number, programme.act_day),
        blocks=(*_said_in(programme), *_plans_of(programme)),
        signatures=_signatures(programme),
        draft=programme.approved_at is None,
    )


def _said_in(programme: Programme) -> list[Block]:
    parts = (
        ("Пояснительная записка", programme.note, False), ("Цель", programme.aim, False),
        ("Задачи", programme.tasks, True), ("Принципы", programme.principles, True),
        ("Разделы работы", programme.sections, True), ("Ожидаемые результаты", programme.results, True),
    )  # fmt: skip
    blocks: list[Block] = []
    for title, text, listed in parts:
        lines = tuple(line.strip() for line in text.splitlines() if line.strip())
        if lines:
            blocks += [Heading(title), *([Bullets(lines)] if listed else map(Paragraph, lines))]
    return blocks


def _plans_of(programme: Programme) -> list[Block]:
    blocks: list[Block] = []
    for plan in programme.plans.exclude(state=PlanState.DRAFT).select_related("centre").order_by("year", "pk"):
        rows = [row for row in whole_report(plan) if row.removed is None]
        blocks += [Heading(f"План работы на {plan.year_label} год"), *_sections(rows)]
    return blocks


def _stamps(plan: WorkPlan) -> tuple[Stamp, ...]:
    if plan.state != PlanState.APPROVED:
        return ()
    return _approved("УТВЕРЖДЁН", plan.act, plan.act_number, plan.act_day)


def _approved(word: str, act: str, number: str, day: date | None) -> tuple[Stamp, ...]:
    """«УТВЕРЖДЁН / решением … / от … № 3»; none where nobody has approved it."""
    if day is None:
        return ()
    return (Stamp(word, (act, f"от {day_in_words(day)}{f' № {number}' if number else ''}")),)


def _sections(rows: Iterable[ReportRow]) -> list[Block]:
    found = list(rows)
    wide = any(row.product for row in found)
    blocks: list[Block] = []
    for heading, own in groupby(found, key=lambda row: (row.heading_number, row.heading)):
        blocks += _titled(*heading)
        lines = tuple((row.number, row.content, row.phrase, row.who, row.product)[: 5 if wide else 4] for row in own)
        blocks.append(Table(WIDE_HEAD if wide else HEAD, WIDE_WIDTHS if wide else WIDTHS, lines))
    return blocks


def _report_sections(rows: Iterable[ReportRow]) -> list[Block]:
    blocks: list[Block] = []
    for heading, own in groupby(rows, key=lambda row: (row.heading_number, row.heading)):
        blocks += _titled(*heading)
        lines = tuple(tuple(cell(row) for _head, _width, cell in REPORT) for row in own)
        blocks.append(Table(tuple(head for head, *_ in REPORT), tuple(width for _head, width, _cell in REPORT), lines))
    return blocks


def _titled(number: int | None, title: str | None) -> list[Block]:
    return [Heading(f"{number}. {title}", 2)] if title else []


def _content(row: ReportRow) -> str:
    return f"{row.content} (исключено изменением № {row.removed})" if row.removed else row.content


def _summary(row: ReportRow) -> str:
    missed = row.missed_days
    return f"{row.summary} ({missed})" if missed else row.summary


def _deeds(deeds: list[DoneLine]) -> str:
    told = [_deed(one) for one in deeds[:DEEDS]]
    more = len(deeds) - len(told)
    return "\n".join([*told, *([f"и ещё {more}"] if more else [])])


REPORT: tuple[tuple[str, float, Callable[[ReportRow], str]], ...] = (
    ("№ п/п", 0.07, lambda row: row.number),
    ("Мероприятие", 0.29, _content),
    ("Срок", 0.16, lambda row: row.phrase),
    ("Выполнение", 0.2, _summary),
    ("Что сделано", 0.28, lambda row: _deeds(row.deeds)),
)
"""Columns of the report: head, share of the width (1 together), cell; on the page: ``planning.reports.columns``."""


def _deed(one: DoneLine) -> str:
    late = f", на {one.late} дн. позже срока" if one.late else ""
    note = f". {one.note}" if one.note else ""
    return f"{one.day:%d.%m.%Y} {one.what}{late}{note}"


def _amendments(plan: WorkPlan) -> list[Block]:
    rows = list(plan.revisions.order_by("number"))
    if not rows:
        return []
    return [
        Heading("Изменения", 2),
        *(Paragraph(f"{short_day(one.day)}: {one.reason}", number=f"{one.number}.") for one in rows),
    ]


def _signatures(of: WorkPlan | Programme) -> tuple[Signature, ...]:
    if of.owner is not None:
        return (Signature("Тьютор", of.owner.short_name),)
    return (Signature("Координатор", ""),)
