"""School calendars for the engine of deadlines."""

from traektoria.engines.deadlines.calendar import Period, PeriodKind, SchoolCalendar
from traektoria.organisations.calendar_facts import facts_of


def published(start_year: int) -> SchoolCalendar:
    """The calendar of published and proposed dates; a year of which nothing is known has no periods."""
    facts = facts_of(start_year)
    periods = (Period(PeriodKind(fact.kind), fact.name, fact.start, fact.end, fact.confirmed) for fact in facts)
    return SchoolCalendar(start_year, tuple(periods))
