"""A scenario from the founding of the centre to the last day, with the report held against our notes each month."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from django.db.models import Q

from traektoria.core.models import Waiting
from traektoria.demo.simulated_year import clock, expected_dates
from traektoria.demo.simulated_year.ledger import ItemNote, TimeNote
from traektoria.demo.simulated_year.life import Life, Lived
from traektoria.demo.simulated_year.people import Staff, found
from traektoria.demo.simulated_year.scenario import CALENDAR, ONE_DAY, Scenario
from traektoria.documents.papers.plans import report_paper
from traektoria.engines.papers import Table
from traektoria.organisations.actions import save_period
from traektoria.organisations.models import CalendarPeriod
from traektoria.planning.fulfilment.floors import broken_floor
from traektoria.planning.imports.actions import keep_import, take_import
from traektoria.planning.models import Audit, Finding, ItemOccurrence, PlanItem, WorkPlan
from traektoria.planning.plans.actions import approving, writing
from traektoria.planning.plans.actions.copying import copied_title, copy_plan
from traektoria.planning.plans.actions.writing import ProposedItem
from traektoria.planning.plans.enums import TermState
from traektoria.planning.plans.occurrence_state import Now
from traektoria.planning.reports.against_fact import ReportRow, sum_of, whole_report
from traektoria.planning.terms.terms import floor_of

EXTRA = "Практикум по итогам пробных экзаменов"


@dataclass
class Outcome:
    """What is told at the end; ``wrong`` is empty where everything agrees."""

    scenario: Scenario
    days: int = 0
    checks: int = 0
    wrong: list[str] = field(default_factory=list)
    plans: list[dict[str, Any]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


def live_through(scenario: Scenario, seeds: Path, *, seed: int, last: date | None = None) -> Outcome:
    """``last``: the day after which life stops, for a short form."""
    chance = Random(seed)  # noqa: S311 (a made-up year)
    clock.move_to(scenario.start - ONE_DAY, 9)
    staff = found(scenario, chance)
    life, outcome = Life(scenario, staff, chance), Outcome(scenario)
    year = Year(life, staff, outcome, seeds)
    end = min(last or scenario.last, scenario.last)
    day = scenario.first
    clock.move_to(day, 9)
    year.begin()
    while day <= end:
        life.live(day)
        outcome.days += 1
        if (day + ONE_DAY).day == 1 or day == end:
            year.compare(day)
        day += ONE_DAY
        if scenario.copied and (day.month, day.day) == (9, 1) and day <= end:
            clock.move_to(day, 9)
            year.copy(day)
    year.close(end)
    return outcome


@dataclass
class Year:
    life: Life
    staff: Staff
    outcome: Outcome
    seeds: Path

    # the plan begins

    def begin(self) -> None:
        scenario, by = self.life.scenario, self.staff.actor("coordinator")
        label = f"{scenario.year}/{(scenario.year + 1) % 100}" if scenario.span == "school" else str(scenario.year)
        said: dict[str, Any] = {"title": f"План работы на {label} год", "span": scenario.span, "year": scenario.year}
        plan = writing.begin_plan(
            centre=self.staff.centre, begins=scenario.begins, from_regulation=not scenario.paper, by=by, **said
        )
        if scenario.paper:
            source = (self.seeds / scenario.paper).read_bytes()
            take_import(draft=keep_import(plan=plan, source=source, name=scenario.paper, by=by), by=by)
        self._approve(plan, scenario.act, scenario.number, scenario.act_day)
        self._enter(plan, expected_dates.BY_PAPER.get(scenario.preset), scenario.begins)
        self._arrange()

    def _approve(self, plan: WorkPlan, act: str, number: str, day: date) -> None:
        by = self.staff.actor("coordinator")
        for item in plan.items.filter(term=TermState.ASKED):
            writing.settle_term(item=item, reading=item.choices[0] if item.choices else "", by=by)
        # In a centre of one school its head approves.
        head = self.staff.actor("head1") if self.staff.centre.school_id else by
        approving.approve_plan(plan=plan, act=act, number=number, day=day, by=head)
        plan.refresh_from_db()

    def _enter(self, plan: WorkPlan, reckoned: Any, begins: date | None) -> None:
        """Our notes of it: by our own reckoning where we have one, else as it was dated."""
        lived = Lived(plan, expected_dates.window_of(plan.span, plan.year, begins))
        self.life.plans.append(lived)
        rows = list(plan.items.filter(removed_in=None).order_by("position"))
        if reckoned is not None and [one.number for one in rows] != list(reckoned):
            self._say(f"в плане строки {[one.number for one in rows]}, в бумаге {list(reckoned)}")
            reckoned = None
        for row in rows:
            times = reckoned[row.number](lived.window) if reckoned else None
            self._note(lived, row, times)

    def _note(self, lived: Lived, row: PlanItem, times: list[tuple[date, date]] | None) -> None:
        item = ItemNote(row.number, row.content, row.phrase, row.pk)
        there = list(row.occurrences.order_by("due", "start", "number", "pk"))
        if times is None:
            item.times = [TimeNote(one.start, one.due, one.pk, row.needs) for one in there]
        elif len(times) != len(there):
            self._say(f"{row.number} «{row.phrase}»: сроков {len(there)}, а должно быть {len(times)}")
        else:
            item.times = [TimeNote(*days, one.pk, row.needs) for days, one in zip(times, there, strict=True)]
        floor = floor_of(row.phrase)
        item.floor = 2 if "два месяца" in row.phrase.lower() else 0
        if floor is not None and not item.floor and self.life.scenario.paper:
            self._say(f"{row.number}: «не реже» не учтено")
        lived.items.append(item)
        self.life.expect(lived, item, row)

    def _arrange(self) -> None:
        """Hours each week, an amendment, a tutor who leaves, a slip in the calendar that is put right."""
        life, scenario = self.life, self.life.scenario
        day = scenario.first
        while day < scenario.last:
            day += timedelta(days=life.chance.randint(4, 10))
            if day.isoweekday() < 6 and day.month not in (7, 8):
                life.consult(day)
        life.on(scenario.first + timedelta(days=40), 12, self._amend)
        if not self.staff.centre.school_id:
            life.on(
                scenario.first + timedelta(days=60),
                9,
                partial(life.leave, "tutor3", scenario.first + timedelta(days=61)),
            )
        self._slip(4, ONE_DAY * 3)
        life.on(scenario.first + timedelta(days=25), 12, partial(self._slip, 4, timedelta()))

    def _slip(self, number: int, by_days: timedelta) -> None:
        """The last quarter is entered as ending too early, later as it is: the worker dates the plans anew."""
        autumn = self.life.scenario.first.year - (self.life.scenario.first.month < 8)
        row = CalendarPeriod.objects.get(centre=self.staff.centre, year__start_year=autumn, name="IV четверть")
        start, end = CALENDAR[autumn].quarters[number - 1]
        self._follow_slip(start, row.end, end - by_days)
        save_period(
            period=row, centre=self.staff.centre, school=None, year=row.year, kind=row.kind, name=row.name,
            start=start, end=end - by_days, source=row.source, confirmed=True, by=self.staff.actor("coordinator"),
        )  # fmt: skip

    def _follow_slip(self, start: date, before: date, after: date) -> None:
        """As long as the calendar says another last day of the quarter, our notes of its times say it too."""
        for time in (time for lived in self.life.plans for item in lived.items for time in item.times):
            if (time.start, time.due) == (start, before):
                time.due = after

    def _amend(self) -> None:
        """One more measure, by a decision of the council."""
        lived, autumn = self.life.plans[0], self.life.scenario.year
        school = self.life.scenario.span == "school"
        phrase, reckoned = (
            ("апрель", expected_dates.month(autumn + 1, 4)) if school else ("октябрь", expected_dates.month(autumn, 10))
        )
        row = writing.add_items(
            plan=lived.plan, rows=[ProposedItem(EXTRA, phrase, "методисты центра")],
            reason="Протокол методического совета № 5", by=self.staff.actor("coordinator"),
        )[0]  # fmt: skip
        self._note(lived, row, reckoned(lived.window))

    def copy(self, day: date) -> None:
        """To the next year: dates anew, fixed ones moved on, nothing that was done."""
        old = self.life.plans[0].plan
        by = self.staff.actor("coordinator")
        plan = copy_plan(plan=old, year=old.year + 1, title=copied_title(old, old.year + 1), decisions={}, by=by)
        kept = ItemOccurrence.objects.filter(item__plan=plan).exclude(state="open", deeds_done=0, moved_to=None)
        if plan.act_number or kept.exists():
            self._say("копия плана помнит прошлогоднее")
        self._approve(plan, self.life.scenario.act, "1", day)
        reckoned = dict(expected_dates.BY_PAPER[self.life.scenario.preset]) | expected_dates.COPIED
        extra = plan.items.get(content=EXTRA)
        self._enter(plan, reckoned | {extra.number: expected_dates.month(plan.year + 1, 4)}, None)

    # the comparison

    def _say(self, words: str) -> None:
        self.outcome.wrong.append(f"{self.life.today:%d.%m.%Y}: {words}")

    def compare(self, today: date) -> None:
        """The report of each plan, line by line, with our notes of that day; and what stands on desks."""
        clock.move_to(today, 22)
        for lived in self.life.plans:
            rows = {row.pk: row for row in whole_report(lived.plan)}
            if sorted(rows) != sorted(one.pk for one in lived.items):
                self._say(f"{lived.plan}: строк отчёта {len(rows)}, у нас {len(lived.items)}")
            for item in lived.items:
                if item.pk in rows:
                    self._compare(lived, item, rows[item.pk], today)
            self._totals(lived, list(rows.values()), today)
        self._desks(today)

    def _compare(self, lived: Lived, item: ItemNote, row: ReportRow, today: date) -> None:
        said = {
            "due": row.due, "done": row.done, "late": row.number_of(Now.LATE),
            "missed": row.number_of(Now.MISSED), "cancelled": row.number_of(Now.CANCELLED),
            "moved": sum(one.moved_to is not None for one in row.times),
            "deeds": sorted([one.day.isoformat(), one.what] for one in row.deeds),
        }  # fmt: skip
        self.outcome.checks += len(said)
        for name, value in item.report(today).items():
            if said[name] != value:
                self._say(f"{item.number} «{item.phrase}», {name}: в отчёте {said[name]}, у нас {value}")
        if row.happened:
            self._happened(lived, item, row, today)

    def _happened(self, lived: Lived, item: ItemNote, row: ReportRow, today: date) -> None:
        """Of a measure without times: how many hours and acts there were in the days of the plan."""
        first, last = lived.window[0], min(lived.window[1], today)
        if lived.plan.is_school:
            last = min(date(lived.plan.year + 1, 8, 31), today)
        mine = {
            "hours": sum(first <= day <= last for day in self.life.hours),
            "audits": sum(first <= day <= last for _, _, day, _ in self.life.acts),
        }
        item.happened = {slug: mine.get(slug, 0) for slug in row.counted.split()}
        self.outcome.checks += 1
        if [number for _, number in row.happened] != list(item.happened.values()):
            self._say(f"{item.number}: фактов в отчёте {row.happened}, у нас {item.happened}")

    def _totals(self, lived: Lived, rows: Sequence[ReportRow], today: date) -> None:
        sums = sum_of([time for row in rows for time in row.times], today)
        mine = [one.report(today) for one in lived.items]
        for name in ("due", "done", "late", "missed", "cancelled"):
            self.outcome.checks += 1
            if getattr(sums, name) != sum(one[name] for one in mine):
                self._say(f"итог {name}: {getattr(sums, name)}, у нас {sum(one[name] for one in mine)}")

    def _desks(self, today: date) -> None:
        """A measure is one line on a desk, however much of it was missed."""
        showing = Q(shows_from=None) | Q(shows_from__lte=today)
        showing &= Q(shows_until=None) | Q(shows_until__gte=today)
        rows = Waiting.objects.filter(showing, kind__in=("planning.mine", "planning.roles"))
        items = dict(ItemOccurrence.objects.values_list("pk", "item"))
        seen = [(addressee, items[int(pk)]) for addressee, pk in rows.values_list("addressee", "object_id")]
        self.outcome.checks += 1
        if len(seen) != len(set(seen)):
            self._say("мероприятие стоит на столе несколькими строками")

    def close(self, today: date) -> None:
        """Times as the rooms have them, floors, acts, and the report on paper."""
        for lived in self.life.plans:
            self._times(lived)
            self._floors(lived, today)
            self._paper(lived)
            self.outcome.plans.append(_told(lived, today))
        self._acts()
        self.outcome.counts = dict(self.life.counts)

    def _times(self, lived: Lived) -> None:
        for item in lived.items:
            rows = ItemOccurrence.objects.filter(item=item.pk).order_by("due", "start", "number", "pk")
            there = sorted((one.start, one.end) for one in rows)
            mine = sorted((one.start, one.due) for one in item.times)
            self.outcome.checks += 1
            if there != mine:
                self._say(f"{item.number} «{item.phrase}»: сроки {there}, у нас {mine}")

    def _floors(self, lived: Lived, today: date) -> None:
        for item in lived.items:
            if item.floor:
                row = PlanItem.objects.select_related("plan__centre").get(pk=item.pk)
                said, mine = broken_floor(row, today), item.broken(lived.window, today)
                self.outcome.checks += 1
                self.life.counts["floors broken"] += len(mine)
                if len(said) != len(mine):
                    self._say(f"{item.number}: нарушений «не реже» {len(said)}, у нас {len(mine)}: {said} {mine}")

    def _acts(self) -> None:
        """Each audit has its act with its findings."""
        signed = Audit.objects.filter(centre=self.staff.centre, state="signed")
        there = sorted((one.kind, one.school.name, one.day) for one in signed.select_related("school"))
        self.outcome.checks += 2
        if there != sorted(act[:3] for act in self.life.acts):
            self._say(f"актов {len(there)}, у нас {len(self.life.acts)}")
        if Finding.objects.filter(audit__in=signed).count() != sum(act[3] for act in self.life.acts):
            self._say("замечаний в актах не столько, сколько найдено")
        self.life.counts["acts"] = len(self.life.acts)
        self.life.counts["findings"] = sum(act[3] for act in self.life.acts)

    def _paper(self, lived: Lived) -> None:
        """The report as an official paper has a row for each measure."""
        rows = [line for block in report_paper(lived.plan).blocks if isinstance(block, Table) for line in block.rows]
        self.outcome.checks += 1
        if [line[0] for line in rows] != [row.number for row in whole_report(lived.plan)]:
            self._say("в отчёте на бумаге не те строки")


def _told(lived: Lived, today: date) -> dict[str, Any]:
    items = [
        {"number": one.number, "content": one.content, "phrase": one.phrase, **one.report(today)} for one in lived.items
    ]
    for one, note in zip(items, lived.items, strict=True):
        one |= {"floor_broken": note.broken(lived.window, today), "happened": note.happened}
    return {"title": lived.plan.title, "items": items}
