"""What a deadline says, as it is said: how a measure stands to places in the calendar (``places``)."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from traektoria.engines.deadlines.places import (
    SCHOOL_UNITS,
    Day,
    Edge,
    Part,
    Place,
    Season,
    Unit,
    UnitOfYear,
    WeekdayOfMonth,
)


class Kind(StrEnum):
    """What a person is told first of a deadline."""

    POINT = "point"
    RANGE = "range"
    SCHOOL_UNIT = "school_unit"
    RECURRING = "recurring"
    RELATIVE = "relative"
    ON_REQUEST = "on_request"
    BY_PLAN = "by_plan"
    OPEN = "open"
    CONTINUOUS = "continuous"
    APPROXIMATE = "approximate"
    COMPOUND = "compound"
    NOT_UNDERSTOOD = "not_understood"


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as (hour, minute): when it begins, when it is over; one of them may be left open. ``doubtful``:
    what was written may be a date as well («10 октября, 12.11»)."""

    start: tuple[int, int] | None
    end: tuple[int, int] | None = None
    doubtful: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class At:
    """On a day or within a named place; ``vague``: «ориентировочно». A day may have its ``weekday`` (Monday is 1) and a
    time of day beside it."""

    place: Place
    vague: bool = False
    clock: Clock | None = None
    weekday: int | None = None

    @property
    def kind(self) -> Kind:
        if self.vague or isinstance(self.place, Part | Season):
            return Kind.APPROXIMATE
        if isinstance(self.place, Day | WeekdayOfMonth):
            return Kind.POINT
        if isinstance(self.place, UnitOfYear) and self.place.unit in SCHOOL_UNITS:
            return Kind.SCHOOL_UNIT
        return Kind.RANGE


@dataclass(frozen=True, slots=True)
class Until:
    """Not later than the last day of the place; of ``Part(START, …)``: than the day before it begins."""

    place: Place
    clock: Clock | None = None
    kind: ClassVar[Kind] = Kind.POINT


@dataclass(frozen=True, slots=True)
class Since:
    place: Place
    kind: ClassVar[Kind] = Kind.RANGE


@dataclass(frozen=True, slots=True)
class Between:
    """From the first day of one place to the last of the other; a year that one lacks follows from the other.
    ``vague``: «ориентировочно»; ``clock``: at that time on each day of it."""

    first: Place
    last: Place
    vague: bool = False
    clock: Clock | None = None

    @property
    def kind(self) -> Kind:
        vague = self.vague or isinstance(self.first, Part | Season) or isinstance(self.last, Part | Season)
        return Kind.APPROXIMATE if vague else Kind.RANGE


Dated = At | Until | Since | Between


@dataclass(frozen=True, slots=True)
class Continuous:
    """All the time of a place: «в течение года»."""

    place: Place
    kind: ClassVar[Kind] = Kind.CONTINUOUS


@dataclass(frozen=True, slots=True)
class Limited:
    """Within what is said, but not later than a day of it: «I полугодие, но не позднее 20 декабря»."""

    within: "At | Continuous"
    last: Day | WeekdayOfMonth | Part
    kind: ClassVar[Kind] = Kind.RANGE


@dataclass(frozen=True, slots=True)
class Open:
    """«Постоянно», «систематически»: no dates, no end."""

    word: str
    kind: ClassVar[Kind] = Kind.OPEN


class Bound(StrEnum):
    EXACTLY = "exactly"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class Span:
    """So many units; ``most`` where a phrase leaves it open («3–4 недели»)."""

    number: int
    unit: Unit
    most: int | None = None


@dataclass(frozen=True, slots=True)
class DaysOfMonth:
    """«До 10 числа», «15 и 30 числа»; ``next``: of the month that follows the period, ``last``: of its last month;
    ``until``: not later than."""

    days: tuple[int, ...]
    until: bool = False
    next: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class DaysBetween:
    """«С 1 по 5 число» of each month."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Weekdays:
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """«Последний четверг», «первая и третья среда» of each period."""

    weekday: int
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NthPiece:
    """«Последняя неделя», «1 и 3 неделя» of each period; ``until``: «не позднее последнего рабочего дня»."""

    unit: Unit
    numbers: tuple[int, ...]
    until: bool = False


@dataclass(frozen=True, slots=True)
class PartOfEach:
    """«В конце» of each period; ``until``: «до конца», «к началу»."""

    edge: Edge
    until: bool = False


@dataclass(frozen=True, slots=True)
class Times:
    """The times are named: «2 раза в год (сентябрь, май)»."""

    times: tuple[Dated, ...]


On = DaysOfMonth | DaysBetween | Weekdays | NthWeekday | NthPiece | PartOfEach | Times


@dataclass(frozen=True, slots=True)
class Recurring:
    """``count`` (to ``most``) times in every ``per``. ``within`` limits it, ``on`` says when in the period,
    ``without`` names places in which it is not («кроме каникул»); ``clock`` is the time of its days."""

    count: int
    per: Span
    bound: Bound = Bound.EXACTLY
    most: int | None = None
    on: On | None = None
    within: "Dated | Continuous | None" = None
    without: tuple[Place, ...] = ()
    clock: Clock | None = None

    @property
    def kind(self) -> Kind:
        return Kind.SCHOOL_UNIT if self.per.unit in SCHOOL_UNITS else Kind.RECURRING


class Relation(StrEnum):
    WITHIN_AFTER = "within_after"
    """In the course of so many days from the event on."""
    AT_AFTER = "at_after"
    """So many days after it."""
    AFTER = "after"
    BEFORE = "before"
    ON = "on"
    """«В день …»."""
    AT_BEFORE = "at_before"
    """So many days before it."""
    AT_LEAST_BEFORE = "at_least_before"
    """So many days before it or earlier."""
    NOT_EARLIER_BEFORE = "not_earlier_before"
    """At most so many days before it."""
    ON_RESULTS = "on_results"
    """«По итогам»: after it, with what it brought."""


@dataclass(frozen=True, slots=True)
class NamedEvent:
    """Something that has no date in any calendar we know; as written. ``before``: «перед», «к» if it is not «до»."""

    name: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class EachUnit:
    """Every quarter, every month …: something comes before or after each of them, or its beginning or end."""

    unit: Unit
    edge: Edge | None = None


Event = Place | NamedEvent | EachUnit


@dataclass(frozen=True, slots=True)
class Relative:
    """``span`` is None for «после …» without a number, ``event`` for «в течение 10 дней» since nobody knows when."""

    relation: Relation
    span: Span | None
    event: Event | None
    kind: ClassVar[Kind] = Kind.RELATIVE


@dataclass(frozen=True, slots=True)
class OnRequest:
    """When somebody asks or need arises: ``basis`` as written («по запросу ОО», «при необходимости»)."""

    basis: str
    kind: ClassVar[Kind] = Kind.ON_REQUEST


@dataclass(frozen=True, slots=True)
class ByPlan:
    """The dates stand in another paper: «по отдельному графику»."""

    paper: str
    kind: ClassVar[Kind] = Kind.BY_PLAN


Simple = At | Until | Since | Between | Continuous | Limited | Open | Recurring | Relative | OnRequest | ByPlan


@dataclass(frozen=True, slots=True)
class Compound:
    """Several at once (``either``: a choice); ``then`` is what follows the last of them («далее ежеквартально»)."""

    parts: tuple[Simple, ...]
    either: bool = False
    then: Simple | None = None
    kind: ClassVar[Kind] = Kind.COMPOUND


Deadline = Simple | Compound
