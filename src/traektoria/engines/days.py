"""Months and years by the calendar: a year is over on its anniversary, whatever days it had. Working days."""

from calendar import monthrange
from datetime import date

MONTHS_OF_YEAR = 12
PUBLIC_HOLIDAYS = frozenset({*((1, day) for day in range(1, 9)), (2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)})
"""Labour code, article 112: (month, day). Days off that the government moves each year are not known here."""


def is_public_holiday(day: date) -> bool:
    return (day.month, day.day) in PUBLIC_HOLIDAYS


def is_working_day(day: date) -> bool:
    """From Monday to Friday, no public holiday."""
    return day.weekday() < 5 and not is_public_holiday(day)


def months_later(day: date, months: int) -> date:
    """The same day of another month, or its last day where the month is shorter; ``months`` may be negative."""
    year, month = divmod(day.year * MONTHS_OF_YEAR + day.month - 1 + months, MONTHS_OF_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_later(day: date, years: int) -> date:
    return months_later(day, years * MONTHS_OF_YEAR)
