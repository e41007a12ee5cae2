"""What a lesson calendar holds, and what does not agree in it."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from traektoria.engines.plantables.model import Left, Place


class LessonColumn(StrEnum):
    """What a column can be; of the others only the headings are named."""

    NUMBER = "number"
    THEME = "theme"
    SECTION = "section"
    HOURS = "hours"
    DATE = "date"
    CONTROL = "control"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Column:
    start: int
    end: int
    title: str
    meaning: LessonColumn


@dataclass(frozen=True, slots=True)
class Lesson:
    """A row. ``hours`` None: the cell is empty; ``unread``: its hours are no number. ``days`` as written, in their
    order, none where ``when`` is «…»: no day that can be read. ``until``: the last day of a stretch («02.09–06.09»).
    ``section``: its place in ``Calendar.sections``."""

    place: Place
    theme: str
    number: str = ""
    hours: Decimal | None = None
    unread: bool = False
    when: str = ""
    days: tuple[date, ...] = ()
    until: date | None = None
    impossible: bool = False
    """«31.02»: a date that no calendar has."""
    control: str = ""
    section: int = -1


@dataclass(frozen=True, slots=True)
class Section:
    """``first``: the number of lessons before it. ``is_part``: a quarter or half-year, which holds sections.
    ``title``: empty where its row names somebody, for names are not kept."""

    place: Place
    title: str
    first: int
    stated: Decimal | None = None
    is_part: bool = False


class Scope(StrEnum):
    """What a row of totals speaks of."""

    ALL = "all"
    SECTION = "section"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Total:
    """A row of totals after ``first`` lessons."""

    place: Place
    hours: Decimal
    scope: Scope
    first: int


class Say(StrEnum):
    """What a paper, or who brings it, says of the whole year."""

    WEEK = "week"
    WEEKS = "weeks"
    YEAR = "year"
    CONTROLS = "controls"


@dataclass(frozen=True, slots=True)
class Stated:
    """``place`` None: said by who brings the calendar, by the curriculum."""

    say: Say
    value: Decimal
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    lessons: tuple[Lesson, ...]
    sections: tuple[Section, ...] = ()
    totals: tuple[Total, ...] = ()
    stated: tuple[Stated, ...] = ()
    columns: tuple[Column, ...] = ()
    left: tuple[Left, ...] = ()
    kind: str = ""

    @property
    def says_hours(self) -> bool:
        return any(one.hours is not None for one in self.lessons)

    def hours_of(self, lessons: tuple[Lesson, ...]) -> Decimal:
        """Where no row says hours, a row is counted as one."""
        if not self.says_hours:
            return Decimal(len(lessons))
        return sum((one.hours for one in lessons if one.hours is not None), Decimal(0))

    @property
    def hours(self) -> Decimal:
        return self.hours_of(self.lessons)


class Odd(StrEnum):
    """Kinds of what does not agree."""

    YEAR_HOURS = "year_hours"
    TOTAL_HOURS = "total_hours"
    SECTION_HOURS = "section_hours"
    WEEKS_HOURS = "weeks_hours"
    WEEK_OVER = "week_over"
    HOURS_UNREAD = "hours_unread"
    HOURS_MISSING = "hours_missing"
    NUMBER_GAP = "number_gap"
    NUMBER_TWICE = "number_twice"
    DAY_ORDER = "day_order"
    DAY_OFF = "day_off"
    DAY_OUTSIDE = "day_outside"
    DAY_IMPOSSIBLE = "day_impossible"
    DAY_UNREAD = "day_unread"
    DAY_MISSING = "day_missing"
    DAY_TWICE = "day_twice"
    CONTROLS = "controls"
    CONTROL_GAP = "control_gap"
    CONTROL_TWICE = "control_twice"
    STATED = "stated"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """``counted`` and ``stated`` are figures or dates as text; ``about``: a title, a missing number, what was said.
    ``sure``: False where it hangs on holidays that nobody has confirmed yet."""

    odd: Odd
    places: tuple[Place, ...] = ()
    counted: str = ""
    stated: str = ""
    about: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Year:
    """A school year: both days belong to it, to its holidays too (first, last, confirmed)."""

    first: date
    last: date
    holidays: tuple[tuple[date, date, bool], ...] = field(default=())
