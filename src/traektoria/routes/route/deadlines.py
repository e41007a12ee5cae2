"""Deadlines of a draft: spread evenly over the period, on working days, never in holidays. Pure functions."""

from collections.abc import Sequence
from datetime import date, timedelta

Span = tuple[date, date]
SATURDAY = 5


def is_working(day: date, holidays: Sequence[Span]) -> bool:
    """Monday to Friday and outside of every holiday span (both ends included)."""
    return day.weekday() < SATURDAY and not any(first <= day <= last for first, last in holidays)


def to_working(day: date, start: date, end: date, holidays: Sequence[Span]) -> date:
    """The nearest working day not after ``day``; else the nearest after it; ``day`` itself where there is none."""
    earlier = (day - timedelta(days=step) for step in range((day - start).days + 1))
    later = (day + timedelta(days=step) for step in range(1, (end - day).days + 1))
    found = next((candidate for candidate in earlier if is_working(candidate, holidays)), None)
    return found or next((candidate for candidate in later if is_working(candidate, holidays)), day)


def spread(start: date, end: date, count: int, holidays: Sequence[Span] = ()) -> list[date]:
    """``count`` deadlines from a first share of the period to its end, in order, on working days."""
    length = (end - start).days
    days = [start + timedelta(days=round(length * number / count)) for number in range(1, count + 1)]
    return [to_working(day, start, end, holidays) for day in days]


def shifted(day: date, by: timedelta, end: date, holidays: Sequence[Span] = ()) -> date:
    """``day`` moved ``by`` so much, to a working day, never past ``end``."""
    return to_working(min(day + by, end), day, end, holidays)
