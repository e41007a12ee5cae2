"""How a measure stands to a named place in the calendar: on it, until it, from it on, all its time."""

from dataclasses import dataclass, field
from typing import ClassVar

from traektoria.engines.deadlines.kinds import Kind
from traektoria.engines.deadlines.places import SCHOOL_UNITS, Day, Part, Place, Season, UnitOfYear, WeekdayOfMonth


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
