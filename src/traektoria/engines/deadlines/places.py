"""Places in the calendar as a phrase names them: a day, a month, a quarter; and the units that they are measured in.

Years are as written (None: not written); a school year goes by its autumn. Nothing here has a date that the phrase
has not.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

LAST = -1
"""The number of «последний»."""


class Unit(StrEnum):
    HOUR = "hour"
    DAY = "day"
    WORKING_DAY = "working_day"
    WEEK = "week"
    DECADE = "decade"
    HALF_MONTH = "half_month"
    """«Половина» of a month: to the 15th, from the 16th."""
    MONTH = "month"
    QUARTER = "quarter"
    """Of the school year: «четверть»."""
    TRIMESTER = "trimester"
    CALENDAR_QUARTER = "calendar_quarter"
    """«Квартал»."""
    HALF_YEAR = "half_year"
    YEAR = "year"
    """«Год», whichever the plan is for."""
    SCHOOL_YEAR = "school_year"


SCHOOL_UNITS = frozenset({Unit.QUARTER, Unit.TRIMESTER, Unit.HALF_YEAR, Unit.SCHOOL_YEAR})
YEARLY = (Unit.YEAR, Unit.SCHOOL_YEAR)
SIZES = {
    Unit.HOUR: 0, Unit.DAY: 1, Unit.WORKING_DAY: 1, Unit.WEEK: 2, Unit.DECADE: 3, Unit.HALF_MONTH: 3, Unit.MONTH: 4,
    Unit.QUARTER: 5, Unit.CALENDAR_QUARTER: 5, Unit.TRIMESTER: 6, Unit.HALF_YEAR: 7, Unit.SCHOOL_YEAR: 8, Unit.YEAR: 8,
}  # fmt: skip
"""Which unit is the longer one; only the order counts."""


class Edge(StrEnum):
    START = "start"
    MIDDLE = "middle"
    END = "end"


class Seasons(IntEnum):
    """Seasons of the year, and of holidays; by the first month of a season."""

    AUTUMN = 9
    WINTER = 12
    SPRING = 3
    SUMMER = 6


@dataclass(frozen=True, slots=True)
class Day:
    day: int
    month: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Month:
    month: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """A calendar year; without a number the year of the plan."""

    year: int | None = None


@dataclass(frozen=True, slots=True)
class SchoolYear:
    start: int | None = None


@dataclass(frozen=True, slots=True)
class UnitOfYear:
    """«II четверть», «I квартал 2013 года», «1 полугодие»: a quarter, trimester, calendar quarter or half of a year."""

    unit: Unit
    number: int
    of: Year | SchoolYear | None = None


@dataclass(frozen=True, slots=True)
class PieceOfMonth:
    """«Последняя неделя октября», «вторая декада марта»."""

    unit: Unit
    number: int
    month: Month


@dataclass(frozen=True, slots=True)
class WeekdayOfMonth:
    """«Последний четверг октября»; Monday is 1."""

    weekday: int
    number: int
    month: Month


@dataclass(frozen=True, slots=True)
class Season:
    season: Seasons
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Holidays:
    """School holidays; without a season any of them."""

    season: Seasons | None = None


@dataclass(frozen=True, slots=True)
class Exams:
    """A period of an exam by its name («ЕГЭ»; empty: exams as such) and stage («основной»)."""

    name: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """A period whose dates stand elsewhere: «период реализации программы»; ``name`` is as written, without «период»."""

    name: str


@dataclass(frozen=True, slots=True)
class Part:
    """The beginning, middle or end of a place."""

    edge: Edge
    of: "Day | Month | Year | SchoolYear | UnitOfYear | PieceOfMonth | Season | Holidays | Exams"


Place = (
    Day | Month | Year | SchoolYear | UnitOfYear | PieceOfMonth | WeekdayOfMonth | Season | Holidays | Exams
    | NamedPeriod | Part
)  # fmt: skip
