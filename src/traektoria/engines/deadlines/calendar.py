"""A school calendar, and the plan whose deadlines are read: from when to when it goes, what «год» means in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from traektoria.engines.days import is_public_holiday, is_working_day
from traektoria.engines.deadlines.places import Seasons, Unit

ONE_DAY = timedelta(days=1)


class PeriodKind(StrEnum):
    YEAR = "year"
    QUARTER = "quarter"
    TRIMESTER = "trimester"
    HOLIDAYS = "holidays"
    EXAMS = "exams"


@dataclass(frozen=True, slots=True)
class Period:
    """Both days belong to it. ``confirmed``: the dates were published, not proposed."""

    kind: PeriodKind
    name: str
    start: date
    end: date
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from ``first`` to ``last``, both in it."""

    first: date
    last: date
    confirmed: bool = True

    def cut(self, first: date, last: date) -> "Stretch | None":
        """What of it lies between two days."""
        start, end = max(self.first, first), min(self.last, last)
        return Stretch(start, end, self.confirmed) if start <= end else None

    def days(self) -> Iterator[date]:
        day = self.first
        while day <= self.last:
            yield day
            day += ONE_DAY


_SEASON_WORDS = {
    "осен": Seasons.AUTUMN, "зимн": Seasons.WINTER, "весен": Seasons.SPRING, "летн": Seasons.SUMMER
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """The year that begins in the autumn of ``start_year``, as one school has it."""

    start_year: int
    periods: tuple[Period, ...]

    def of(self, kind: PeriodKind) -> list[Period]:
        return sorted((one for one in self.periods if one.kind is kind), key=lambda one: one.start)

    def year(self) -> Stretch | None:
        return next((_stretch(one) for one in self.of(PeriodKind.YEAR)), None)

    def units(self, unit: Unit) -> list[Stretch]:
        """Quarters, trimesters or halves in order; none where the calendar has not all of them."""
        if unit is Unit.HALF_YEAR:
            quarters = self.units(Unit.QUARTER)
            return [_joined(quarters[0], quarters[1]), _joined(quarters[2], quarters[3])] if quarters else []
        kind, number = (PeriodKind.QUARTER, 4) if unit is Unit.QUARTER else (PeriodKind.TRIMESTER, 3)
        found = [_stretch(one) for one in self.of(kind)]
        return found if len(found) == number else []

    def holidays(self, season: Seasons | None) -> list[Stretch]:
        """Those that all pupils have; additional ones of the first classes have no season in their name."""
        found = [(one, _season(one.name)) for one in self.of(PeriodKind.HOLIDAYS)]
        return [_stretch(one) for one, its in found if its is not None and season in (None, its)]

    def exams(self, name: str, stage: str) -> list[Period]:
        return [one for one in self.of(PeriodKind.EXAMS) if name in one.name.upper() and stage in one.name.lower()]


def _stretch(period: Period) -> Stretch:
    return Stretch(period.start, period.end, period.confirmed)


def _joined(first: Stretch, last: Stretch) -> Stretch:
    return Stretch(first.first, last.last, first.confirmed and last.confirmed)


@lru_cache(maxsize=256)
def _season(name: str) -> Seasons | None:
    return next((season for stem, season in _SEASON_WORDS.items() if stem in name.lower()), None)


@dataclass(frozen=True, slots=True)
class Plan:
    """``first``–``last``: what returns does so in these days. ``earliest``–``latest``: days that occurrences have.
    ``named_from``: the first day that is meant where no year is said; in August people speak of the year that begins.

    ``since``: the day from which terms without a beginning count («в течение 10 дней»), where somebody said it.
    ``school``: a plan for a school year; else for a calendar year.
    """

    calendars: tuple[SchoolCalendar, ...]
    first: date
    last: date
    earliest: date
    latest: date
    named_from: date = date.min
    school: bool = True
    since: date | None = None

    @property
    def name(self) -> str:
        """«2026/27», «2021»."""
        year = self.calendars[0].start_year if self.school else self.first.year
        return f"{year}/{(year + 1) % 100:02}" if self.school else str(year)

    def holidays(self, season: Seasons | None = None) -> list[Stretch]:
        return [one for calendar in self.calendars for one in calendar.holidays(season)]

    def is_lesson_day(self, day: date) -> bool:
        """Monday to Friday, no public holiday, no school holidays."""
        return is_working_day(day) and self.is_in_term(day)

    def is_in_term(self, day: date) -> bool:
        """No public holiday, no school holidays: a Saturday that is named is meant, many schools have six days."""
        return not is_public_holiday(day) and not any(one.first <= day <= one.last for one in self.holidays())


def plan_of_school_year(calendar: SchoolCalendar, start: date | None = None) -> Plan:
    """From ``start`` or the first day of the school year to its last; dates may be named from August to August.

    Raises ``ValueError`` where ``start`` is no day of the school year or of the August before it."""
    year = calendar.year()
    autumn = calendar.start_year
    first_of_all, latest = date(autumn, 8, 1), date(autumn + 1, 8, 31)
    if start is not None and not first_of_all <= start <= latest:
        raise ValueError("start")
    begins = year.first if year else date(autumn, 9, 1)
    first = start or begins
    last = max(first, year.last if year else date(autumn + 1, 5, 31))
    named_from = first_of_all if first <= begins else first
    return Plan((calendar,), first, last, start or first_of_all, latest, named_from, since=start)


def plan_of_calendar_year(year: int, calendars: tuple[SchoolCalendar, ...], start: date | None = None) -> Plan:
    """From January, or ``start``, to December; ``calendars`` are those of the school years that it touches.

    Raises ``ValueError`` where ``start`` is no day of the year."""
    if start is not None and start.year != year:
        raise ValueError("start")
    first, last = start or date(year, 1, 1), date(year, 12, 31)
    return Plan(calendars, first, last, first, last, first, school=False, since=start)
