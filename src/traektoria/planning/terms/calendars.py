"""School calendars for the engine of deadlines: as published, and as a centre has them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.engines.deadlines.calendar import (
    Period,
    PeriodKind,
    Plan,
    SchoolCalendar,
    plan_of_calendar_year,
    plan_of_school_year,
)
from traektoria.organisations.calendar_facts import facts_of
from traektoria.organisations.models import CalendarPeriod, TutorCentre


def published(start_year: int) -> SchoolCalendar:
    """The calendar of published and proposed dates; a year of which nothing is known has no periods."""
    facts = facts_of(start_year)
    periods = (Period(PeriodKind(fact.kind), fact.name, fact.start, fact.end, fact.confirmed) for fact in facts)
    return SchoolCalendar(start_year, tuple(periods))


def of_centre(centre: TutorCentre, years: Iterable[int]) -> dict[int, SchoolCalendar]:
    """Calendars of the centre by the autumn in which each begins: of a school's own centre as that school has them; of
    a year that nobody has entered as published. One query."""
    wanted = sorted(years)
    rows = _periods().all(centre=centre.pk, school=centre.school_id or 0, years=wanted)
    by_year: dict[int, dict[str, Period]] = {year: {} for year in wanted}
    # A school's own period comes last and so stands in for the centre's of the same name.
    for _school, start, year, kind, name, end, confirmed in sorted(rows, key=lambda row: (row[0] is not None, row[1])):
        by_year[year][name] = Period(PeriodKind(kind), name, start, end, confirmed)
    return {
        year: SchoolCalendar(year, tuple(periods.values())) if periods else published(year)
        for year, periods in by_year.items()
    }


@prepared
def _periods() -> QuerySet[CalendarPeriod, Any]:
    own = Q(school=None) | Q(school=Given("school"))
    rows = CalendarPeriod.objects.filter(own, centre=Given("centre"), year__start_year__in=Numbers("years"))
    return rows.values_list("school_id", "start", "year__start_year", "kind", "name", "end", "confirmed")


def years_of(year: int, *, school: bool) -> tuple[int, ...]:
    """Autumns whose calendars a plan for this year touches: a calendar year has parts of two school years."""
    return (year,) if school else (year - 1, year)


def window(centre: TutorCentre, year: int, *, school: bool, start: date | None = None) -> Plan:
    """From when to when a plan of the centre goes, with its calendars; from ``start``, where it begins later than its
    year. One query."""
    calendars = of_centre(centre, years_of(year, school=school))
    if school:
        return plan_of_school_year(calendars[year], start)
    return plan_of_calendar_year(year, tuple(calendars[one] for one in sorted(calendars)), start)


def first_days(year: int, *, school: bool) -> tuple[date, date]:
    """Between which days a plan for the year may begin."""
    return (date(year, 8, 1), date(year + 1, 8, 31)) if school else (date(year, 1, 1), date(year, 12, 31))
