"""A place that a phrase names → days of a plan. What cannot be said for sure is refused with a reason."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from typing import assert_never

from traektoria.engines.days import is_working_day, months_later
from traektoria.engines.deadlines.calendar import ONE_DAY, Plan, SchoolCalendar, Stretch
from traektoria.engines.deadlines.paraphrases import place_said
from traektoria.engines.deadlines.places import (
    LAST,
    SCHOOL_UNITS,
    Day,
    Exams,
    Holidays,
    Month,
    NamedPeriod,
    Part,
    PieceOfMonth,
    Place,
    SchoolYear,
    Season,
    Seasons,
    Unit,
    UnitOfYear,
    WeekdayOfMonth,
    Year,
)
from traektoria.engines.deadlines.reasons import Reason, Unplaced

THURSDAY = 3
InYear = Day | Month | UnitOfYear | Season | PieceOfMonth | WeekdayOfMonth
"""What a calendar year has its own one of."""


def candidates(place: Place, plan: Plan, years: range | None = None) -> list[Stretch]:
    """Every stretch that the place may mean: one where a year is named, else one for each of ``years`` (of the plan).

    Raises ``Unplaced`` where no calendar says."""
    match place:
        case Part(_, of):
            return candidates(of, plan, years)
        case Holidays(season):
            return plan.holidays(season) or _refuse(Reason.NO_PERIOD, place)
        case Exams():
            return _exams(place, plan)
        case NamedPeriod(name):
            raise Unplaced(Reason.NAMED_PERIOD, name)
        case SchoolYear():
            return [_school_year(place, plan)]
        case Year(year):
            return [Stretch(date(year, 1, 1), date(year, 12, 31)) if year else Stretch(plan.first, plan.last)]
        case UnitOfYear(unit, _, None | SchoolYear()) if unit in SCHOOL_UNITS:
            return _school_units(place, plan)
        case _:
            named = year_of(place)
            wanted = (named,) if named else years or range(plan.earliest.year - 1, plan.latest.year + 1)
            return [found for year in wanted if (found := _in_year(place, year)) is not None]


def year_of(place: Place) -> int | None:
    """The calendar year that is written."""
    match place:
        case Day(year=year) | Month(year=year) | Year(year) | Season(year=year):
            return year
        case PieceOfMonth(month=month) | WeekdayOfMonth(month=month):
            return month.year
        case UnitOfYear(of=Year(year)):
            return year
        case Part(_, of):
            return year_of(of)
        case UnitOfYear() | SchoolYear() | Holidays() | Exams() | NamedPeriod():
            return None
        case _:
            assert_never(place)


def _refuse(reason: Reason, place: Place) -> list[Stretch]:
    raise Unplaced(reason, place_said(place))


def _exams(place: Exams, plan: Plan) -> list[Stretch]:
    found = [period for calendar in plan.calendars for period in calendar.exams(place.name, place.stage)]
    if len(found) > 1:
        raise Unplaced(Reason.WHICH, place_said(place), tuple(period.name for period in found))
    return [Stretch(one.start, one.end, one.confirmed) for one in found] or _refuse(Reason.NO_PERIOD, place)


def _school_year(place: SchoolYear, plan: Plan) -> Stretch:
    wanted = [one for one in plan.calendars if place.start in (None, one.start_year)]
    if not wanted:
        raise Unplaced(Reason.OUTSIDE, place_said(place), (plan.name,))
    if len(wanted) > 1:
        raise Unplaced(Reason.WHICH, place_said(place), tuple(place_said(SchoolYear(one.start_year)) for one in wanted))
    year = wanted[0].year()
    if year is None:
        raise Unplaced(Reason.NO_PERIOD, place_said(place))
    return year


def _school_units(place: UnitOfYear, plan: Plan) -> list[Stretch]:
    """A quarter, trimester or half of the plan's school years; in a plan for a calendar year a half is of either."""
    if place.unit is Unit.HALF_YEAR and place.of is None and not plan.school:
        raise Unplaced(Reason.WHICH_HALF, place_said(place))
    start = place.of.start if isinstance(place.of, SchoolYear) else None
    calendars: list[SchoolCalendar] = [one for one in plan.calendars if start in (None, one.start_year)]
    if not calendars:
        raise Unplaced(Reason.OUTSIDE, place_said(place), (plan.name,))
    found = []
    for calendar in calendars:
        units = calendar.units(place.unit)
        if units:
            found.append(units[place.number if place.number < 0 else place.number - 1])
    return found or _refuse(Reason.NO_PERIOD, place)


def _in_year(place: InYear, year: int) -> Stretch | None:
    """In one calendar year; None where it has no such day. A winter has its year by January."""
    match place:
        case Day(day, month):
            if day > monthrange(year, month)[1]:
                return None
            return Stretch(date(year, month, day), date(year, month, day))
        case Month(month):
            return month_of(year, month)
        case UnitOfYear(unit, number):
            months = 6 if unit is Unit.HALF_YEAR else 3
            first = (12 // months if number == LAST else number) * months - months + 1
            return Stretch(date(year, first, 1), month_of(year, first + months - 1).last)
        case Season(season):
            start = year - (season is Seasons.WINTER)
            first_day = date(start, season, 1)
            return Stretch(first_day, months_later(first_day, 3) - ONE_DAY)
        case PieceOfMonth(unit, number, month):
            return piece(month_of(year, month.month), unit, number)
        case WeekdayOfMonth(weekday, number, month):
            return nth_weekday(month_of(year, month.month), weekday, number)
        case _:
            assert_never(place)


def month_of(year: int, month: int) -> Stretch:
    return Stretch(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def nth_weekday(within: Stretch, weekday: int, number: int) -> Stretch | None:
    """Monday is 1; None where there is no fifth one."""
    days = [day for day in within.days() if day.isoweekday() == weekday]
    if number > len(days):
        return None
    day = days[number if number < 0 else number - 1]
    return Stretch(day, day, within.confirmed)


def piece(within: Stretch, unit: Unit, number: int) -> Stretch | None:
    """A week, decade, half or day of a month or a longer period; a week belongs to the month of its Thursday."""
    if unit is Unit.WEEK:
        found = weeks_of(within)
    elif unit is Unit.DECADE:
        found = _cut_at(within, (1, 11, 21))
    elif unit is Unit.HALF_MONTH:
        found = _cut_at(within, (1, 16))
    else:
        found = [Stretch(day, day) for day in within.days() if unit is Unit.DAY or is_working_day(day)]
    if number > len(found):
        return None
    return found[number if number < 0 else number - 1]


def _cut_at(month: Stretch, firsts: tuple[int, ...]) -> list[Stretch]:
    starts = [month.first.replace(day=day) for day in firsts]
    ends = [start - ONE_DAY for start in starts[1:]] + [month.last]
    return [Stretch(start, end) for start, end in zip(starts, ends, strict=True)]


def weeks_of(within: Stretch) -> list[Stretch]:
    """Weeks of which the greater part lies in it, cut to it."""
    thursday = within.first + timedelta(days=(THURSDAY - within.first.weekday()) % 7)
    found = []
    while thursday <= within.last:
        week = Stretch(thursday - timedelta(days=3), thursday + timedelta(days=3), within.confirmed)
        found.append(week.cut(within.first, within.last) or week)
        thursday += timedelta(days=7)
    return found


# One of the candidates


def inside(found: list[Stretch], plan: Plan) -> list[Stretch]:
    """Those that lie in the plan, and those that it finds begun; if none lies in it, any that have a day in it."""
    whole = [one for one in found if plan.named_from <= one.first and one.last <= plan.latest]
    if not whole:
        return [one for one in found if one.cut(plan.earliest, plan.latest)]
    begun = [one for one in found if one.first < plan.named_from and plan.first <= one.last <= plan.latest]
    return begun + whole


def only(place: Place, found: list[Stretch], plan: Plan) -> Stretch:
    """The one that is meant. Raises ``Unplaced`` where none lies in the plan, or more than one does."""
    fitting = inside(found, plan)
    if len(fitting) == 1:
        return fitting[0]
    said = place_said(place)
    if not found:
        raise Unplaced(Reason.NO_SUCH_DAY, said, (plan.name,))
    if not fitting:
        raise Unplaced(Reason.OUTSIDE, said, (plan.name,))
    raise Unplaced(Reason.WHICH, said, tuple(with_year(place, one) for one in fitting))


def with_year(place: Place, stretch: Stretch) -> str:
    """The place said with the year that it was given; where it has none, its days."""
    match place:
        case Holidays() | Exams() | Part(_, Holidays() | Exams()):
            return f"{place_said(place)} {stretch.first:%d.%m.%Y}–{stretch.last:%d.%m.%Y}"
        case UnitOfYear(unit) if unit is not Unit.CALENDAR_QUARTER:
            start = stretch.first.year - (stretch.first.month < 8)
            return place_said(replace(place, of=SchoolYear(start)))
        case _:
            return place_said(_of_year(place, stretch.last.year))


def _of_year(place: Place, year: int) -> Place:
    match place:
        case Day() | Month() | Season():
            return replace(place, year=year)
        case PieceOfMonth() | WeekdayOfMonth():
            return replace(place, month=replace(place.month, year=year))
        case UnitOfYear():
            return replace(place, of=Year(year))
        case Part(edge, of):
            dated = _of_year(of, year)
            return place if isinstance(dated, WeekdayOfMonth | NamedPeriod | Part) else Part(edge, dated)
        case Year() | SchoolYear() | Holidays() | Exams() | NamedPeriod():
            return place
        case _:
            assert_never(place)
