"""The year at a glance: each line by quarters."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from traektoria.core.paging import Page, page_of, replaced
from traektoria.engines.deadlines.calendar import Plan, Stretch
from traektoria.engines.deadlines.places import Unit
from traektoria.people.actor import Actor
from traektoria.planning.plans.actions.dating import today_in, window_of
from traektoria.planning.plans.models import WorkPlan
from traektoria.planning.plans.occurrence_state import LOOKS, Now
from traektoria.planning.plans.queries.items import Time, times_of
from traektoria.planning.plans.queries.plans import items_visible_to

ROMAN = ("I", "II", "III", "IV")
SAID = {
    Now.DONE: gettext_noop("done: %(n)s"),
    Now.LATE: gettext_noop("late: %(n)s"),
    Now.MISSED: gettext_noop("overdue: %(n)s"),
    Now.RUNNING: gettext_noop("under way: %(n)s"),
    Now.SOON: gettext_noop("soon: %(n)s"),
    Now.AHEAD: gettext_noop("ahead: %(n)s"),
    Now.CANCELLED: gettext_noop("cancelled: %(n)s"),
}


@dataclass(frozen=True)
class Column:
    """A quarter of the plan's year, with its days."""

    label: str
    first: date
    last: date


@dataclass(frozen=True)
class Mark:
    """So many times of a line stand so in a quarter."""

    now: Now
    number: int

    @property
    def look(self) -> tuple[str, str]:
        return LOOKS[self.now]

    @property
    def words(self) -> str:
        """«Выполнено: 3», «просрочено: 1», «впереди: 2»: never colour alone."""
        return _(SAID[self.now]) % {"n": self.number}


@dataclass(frozen=True)
class YearCell:
    """What stands in a quarter, or in several of them, where one time runs through them."""

    marks: list[Mark]
    label: str
    quarters: int = 1


@dataclass(frozen=True)
class YearRow:
    """A line without times has ``phrase`` alone."""

    pk: int
    number: str
    content: str
    phrase: str
    cells: list[YearCell]


def columns_of(plan: WorkPlan) -> list[Column]:
    """Quarters of the school year as the centre has them, else of the calendar year. One query."""
    days = window_of(plan)
    quarters = days.calendars[0].units(Unit.QUARTER) if plan.is_school else []
    said = _("%(number)s quarter") if quarters else _("%(number)s quarter of the calendar year")
    return [
        Column(said % {"number": number}, one.first, one.last)
        for number, one in zip(ROMAN, quarters or _calendar_quarters(days), strict=False)
    ]


def _calendar_quarters(days: Plan) -> list[Stretch]:
    starts = [date(days.first.year, month, 1) for month in (1, 4, 7, 10)]
    ends = [*(one - timedelta(days=1) for one in starts[1:]), date(days.first.year, 12, 31)]
    return [Stretch(first, last) for first, last in zip(starts, ends, strict=True)]


def year_page(actor: Actor, plan: WorkPlan, columns: list[Column], asked: object) -> Page[YearRow]:
    """Three queries."""
    rows = items_visible_to(actor, plan).filter(removed_in=None)
    ordered = rows.order_by(F("heading__position").asc(nulls_first=True), "position")
    found = page_of(ordered.values_list("pk", "number", "content", "phrase"), asked)
    times, today = times_of([row[0] for row in found]), today_in(plan)
    return replaced(found, [YearRow(*(*row, _cells(times.get(row[0], []), columns, today))) for row in found])


def _cells(times: list[Time], columns: list[Column], today: date) -> list[YearCell]:
    """One time that goes through several quarters («в течение года») is one cell over them."""
    if len(times) == 1 and times[0].start and times[0].due:
        first, last = _at(times[0].start, columns), _place(times[0], columns)
        if first < last:
            label = f"{columns[first].label} – {columns[last].label}"
            wide = YearCell([Mark(times[0].now(today), 1)], label, last - first + 1)
            empty = [YearCell([], one.label) for one in columns]
            return [*empty[:first], wide, *empty[last + 1 :]]
    return [YearCell(marks, one.label) for marks, one in zip(_marks(times, columns, today), columns, strict=True)]


def _marks(times: list[Time], columns: list[Column], today: date) -> list[list[Mark]]:
    cells: list[dict[Now, int]] = [{} for _column in columns]
    for time in times:
        now = time.now(today)
        cell = cells[_place(time, columns)]
        cell[now] = cell.get(now, 0) + 1
    return [[Mark(now, number) for now, number in cell.items()] for cell in cells]


def _place(time: Time, columns: list[Column]) -> int:
    """The quarter in which it is due; what is due after the last one stands there. What is due in a break stands in
    the quarter that has just ended («1 сентября – 31 октября»), unless it begins in that break."""
    day = time.due or time.start or date.max
    place = _at(day, columns)
    in_break = place and day < columns[place].first
    return place - 1 if in_break and (time.start or date.min) <= columns[place - 1].last else place


def _at(day: date, columns: list[Column]) -> int:
    return next((place for place, one in enumerate(columns) if day <= one.last), len(columns) - 1)
