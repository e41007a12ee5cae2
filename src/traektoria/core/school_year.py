"""The school year: from 1 September to 31 August, by the day of the centre. Only this place knows where it begins."""

from datetime import date, datetime

from django.utils import timezone

from traektoria.core.typography import midnight

FIRST_MONTH = 9


def year_of(day: date) -> int:
    """The autumn in which the school year of that day began."""
    return day.year - (day.month < FIRST_MONTH)


def this_year() -> int:
    return year_of(timezone.localdate())


def coming() -> int:
    """The year that forms begin with: in August people write down what begins in September."""
    today = timezone.localdate()
    return today.year if today.month == FIRST_MONTH - 1 else year_of(today)


def first_day(start_year: int) -> date:
    return date(start_year, FIRST_MONTH, 1)


def last_day(start_year: int) -> date:
    return date(start_year + 1, FIRST_MONTH - 1, 31)


def calendar_span(start_year: int) -> tuple[date, date]:
    """The days that its calendar may speak of: teachers meet in August, and exams may reach September after it."""
    return date(start_year, FIRST_MONTH - 1, 1), date(start_year + 1, FIRST_MONTH, 30)


def begun() -> date:
    """The first day of the school year of today."""
    return first_day(this_year())


def first_moment(start_year: int) -> datetime:
    """Midnight before its first day, where the centre is."""
    return midnight(first_day(start_year))


def label(start_year: int) -> str:
    """«2026/27»."""
    return f"{start_year}/{(start_year + 1) % 100:02d}"
