"""The act of an audit: what was looked at, findings with what is recommended, the answer of the school, photos."""

from collections.abc import Iterable
from typing import Final

from django.db.models import Prefetch, QuerySet
from django.utils.timezone import localdate

from traektoria.documents.papers.shared import day_in_words, in_russian
from traektoria.engines.papers import Block, Facts, Heading, Paper, Paragraph, Picture, Pictures, Signature, Table
from traektoria.people.actor import Actor
from traektoria.planning.audits.enums import AuditState, Verdict
from traektoria.planning.audits.models import Audit, AuditAuditor, Finding
from traektoria.planning.audits.pictures import reduced
from traektoria.planning.audits.queries.act import ActFacts, kept_facts
from traektoria.planning.audits.queries.audits import (
    Answered,
    CriterionLine,
    FilledAudit,
    findings_of,
    sheet_of,
    visible_to,
)
from traektoria.planning.audits.queries.lessons import TopicLine, all_of, page_of

FINDINGS: Final = ("№", "Критерий", "Что увидели", "Что рекомендовано", "Кто и до какого дня")
FINDING_WIDTHS: Final = (0.06, 0.23, 0.27, 0.26, 0.18)
REPLIES: Final = ("№", "Ответ школы", "Чем объясняет")
REPLY_WIDTHS: Final = (0.06, 0.24, 0.7)
ODD: Final = ("Что не сходится", "Где")
ODD_WIDTHS: Final = (0.6, 0.4)
TOPICS: Final = ("Трудная тема", "Откуда известно", "Похожие строки", "Есть в КТП")
TOPIC_WIDTHS: Final = (0.32, 0.24, 0.3, 0.14)
JUDGED: Final = {"yes": "есть", "no": "нет", "": "не смотрели"}
LINES: Final = ("№", "Критерий", "Что есть", "Что увидели", "Баллы")
LINE_WIDTHS: Final = (0.06, 0.4, 0.14, 0.28, 0.12)
PHOTOS: Final = 24
"""So many go on paper; the page of the audit has all of them."""


def readable_acts(actor: Actor) -> QuerySet[Audit]:
    """Of those that the person sees; a school sees what is signed, and so is this paper."""
    rows = visible_to(actor).filter(state=AuditState.SIGNED)
    people = Prefetch("auditors", AuditAuditor.objects.select_related("person"))
    return rows.select_related("centre__municipality", "school", "version").prefetch_related(people)


def act_version(audit: Audit) -> int:
    """It is another paper after each answer of the school."""
    return 1 + bool(audit.read_at) + sum(len(one.replies.all()) for one in findings_of(audit))


@in_russian
def act_paper(audit: Audit) -> Paper:
    """As it was signed, with what the school has answered since; whether a finding is mended stands on the page."""
    facts, sheet, findings = kept_facts(audit), sheet_of(audit), findings_of(audit)
    places = {line.criterion.number: line.place for line in sheet.lines}
    reader = (Signature(_capital(facts.reader.post), facts.reader.name, _read(audit, facts)),) if facts.reader else ()
    return Paper(
        kind="audit_act",
        file_name=f"Акт № {audit.act_number} {facts.school}",
        issuer=(facts.centre,),
        title=("АКТ", f"по итогам аудита: {audit.title}"),
        number=str(audit.act_number),
        place=facts.place,
        day=facts.day,
        blocks=(
            _head(audit, facts, sheet), *_findings(findings, places), *_conclusion(audit),
            *_school(audit, facts, findings, places), *_criteria(sheet, facts), *_calendars(audit), *_photos(sheet),
        ),
        signatures=tuple(Signature(_capital(one.post), one.name) for one in facts.auditors),
        acquainted=reader or (Signature("Руководитель школы", ""),),
    )  # fmt: skip


def _head(audit: Audit, facts: ActFacts, sheet: FilledAudit) -> Facts:
    given, most = sheet.points
    seen = f"{audit.checked} из {audit.asked} критериев"
    edition = f"редакция {audit.version.number}"
    return Facts(
        (
            ("Школа", facts.school),
            ("День аудита", day_in_words(audit.day)),
            ("Проверочный лист", edition),
            ("Проверено", f"{seen}; остальные не смотрели" if audit.is_partial else seen),
            ("Баллы", f"{given} из {most}"),
        )
    )


def _findings(findings: Iterable[Finding], places: dict[int, int]) -> list[Block]:
    rows = tuple(
        (str(places[one.criterion]), _title(one), _seen(one), one.recommendation,
         ", ".join(filter(None, [one.owner, f"до {one.due:%d.%m.%Y}" if one.due else ""])))
        for one in findings
    )  # fmt: skip
    if not rows:
        return [Heading("Замечания", 2), Paragraph("Замечаний нет.")]
    return [Heading("Замечания", 2), Table(FINDINGS, FINDING_WIDTHS, rows)]


def _title(one: Finding) -> str:
    return f"{one.title}\nПовторное замечание, {one.times}-й раз подряд" if one.times > 1 else one.title


def _seen(one: Finding) -> str:
    verdict = str(Verdict(one.verdict).label)
    return "\n".join(filter(None, [verdict[:1].upper() + verdict[1:], one.note, one.concerns]))


def _conclusion(audit: Audit) -> list[Block]:
    return [Heading("Вывод", 2), Paragraph(audit.conclusion)] if audit.conclusion else []


def _school(audit: Audit, facts: ActFacts, findings: Iterable[Finding], places: dict[int, int]) -> list[Block]:
    """The last word of the school to each finding."""
    if audit.read_at is None:
        by = f" Ответ ожидается до {day_in_words(audit.reply_due)}" if audit.reply_due else ""
        return [Heading("Ответ школы", 2), Paragraph(f"Школа с актом ещё не знакомилась.{by}")]
    last = {one: list(one.replies.all())[-1:] for one in findings}
    rows = tuple(
        (str(places[one.criterion]), str(said[0].get_reply_display()), said[0].words)
        for one, said in last.items() if said
    )  # fmt: skip
    read = f"Школа ознакомилась с актом {day_in_words(localdate(audit.read_at, facts.clock))}"
    return [Heading("Ответ школы", 2), Table(REPLIES, REPLY_WIDTHS, rows) if rows else Paragraph(read)]


def _criteria(sheet: FilledAudit, facts: ActFacts) -> list[Block]:
    blocks: list[Block] = [Heading("Что проверено", 2)]
    for title, lines in sheet.sections:
        blocks += [Paragraph(title), Table(LINES, LINE_WIDTHS, tuple(_line(one, facts) for one in lines))]
    return blocks


def _line(line: CriterionLine, facts: ActFacts) -> tuple[str, ...]:
    answer = line.answer
    verdict = str(Verdict(answer.verdict if answer else Verdict.UNSEEN).label)
    seen = [answer.note, answer.why, answer.concerns, _address(answer, facts)] if answer else []
    points = "" if line.points is None else f"{line.points} из {line.criterion.points}"
    return str(line.place), line.criterion.title, verdict, "\n".join(filter(None, seen)), points


def _address(answer: Answered, facts: ActFacts) -> str:
    if not answer.address or answer.seen_at is None:
        return answer.address
    return f"{answer.address}, {answer.seen_at.astimezone(facts.clock):%d.%m.%Y %H:%M}"


def _calendars(audit: Audit) -> list[Block]:
    """What was counted of each lesson calendar, whether or not it became a finding; of hard topics only their words."""
    blocks: list[Block] = []
    for row in all_of(audit):
        page = page_of(row)
        said = f"{row}: строк {row.rows}, часов по строкам {page.hours}, контрольных работ {len(page.controls)}."
        blocks.append(Paragraph(said))
        if page.odd:
            blocks.append(Table(ODD, ODD_WIDTHS, tuple((one.sentence, one.places) for one in page.odd)))
        else:
            blocks.append(Paragraph("Часы, номера и даты сходятся – насколько они указаны."))
        if page.topics:
            blocks.append(Table(TOPICS, TOPIC_WIDTHS, tuple(map(_topic, page.topics))))
    heading = "Календарно-тематическое планирование: посчитано, не исправлено"
    return [Heading(heading, 2), *blocks] if blocks else []


def _topic(line: TopicLine) -> tuple[str, ...]:
    topic = line.topic
    told = "назвал аудитор" if topic.by_hand else topic.source
    found = "\n".join(f"{text} ({place})" for place, text in line.found) or "похожих строк нет"
    return topic.words, told, found, JUDGED[line.said]


def _photos(sheet: FilledAudit) -> list[Block]:
    """Small, as paper needs them. One that can't be opened any more is left out and counted with those left out."""
    shots = [(line, file) for line in sheet.lines for file in line.files if file.is_picture]
    drawn = [(line, reduced(file)) for line, file in shots[:PHOTOS]]
    pictures = tuple(Picture(content, f"К критерию {line.place}") for line, content in drawn if content)
    left = len(shots) - len(pictures)
    more = [Paragraph(f"Ещё фотографий на странице аудита: {left}.")] if left > 0 else []
    return [Heading("Фотографии", 2), Pictures(pictures), *more] if shots else []


def _read(audit: Audit, facts: ActFacts) -> str:
    return f"{audit.read_at.astimezone(facts.clock):%d.%m.%Y}, в системе" if audit.read_at else ""


def _capital(post: str) -> str:
    return post[:1].upper() + post[1:]
