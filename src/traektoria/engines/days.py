"""Months and years by the calendar: a year is over on its anniversary, whatever days it had."""

from calendar import monthrange
from datetime import date

MONTHS_OF_YEAR = 12


def months_later(day: date, months: int) -> date:
    """The same day of another month, or its last day where the month is shorter; ``months`` may be negative."""
    year, month = divmod(day.year * MONTHS_OF_YEAR + day.month - 1 + months, MONTHS_OF_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_later(day: date, years: int) -> date:
    return months_later(day, years * MONTHS_OF_YEAR)
