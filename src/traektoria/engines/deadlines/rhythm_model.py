"""What returns: how often, and when in each period."""

from dataclasses import dataclass
from enum import StrEnum

from traektoria.engines.deadlines.date_relations import Clock, Continuous, Dated
from traektoria.engines.deadlines.kinds import Kind
from traektoria.engines.deadlines.places import SCHOOL_UNITS, Edge, Place, Unit


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
