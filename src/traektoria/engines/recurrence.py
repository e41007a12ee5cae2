"""What comes again, by the clock on the wall of a place: the days of a rule, their moments, the meetings in them.

A rule is days and wall-clock times, never an offset to UTC: where a zone changes its clock, 15:00 stays 15:00.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from traektoria.engines.days import months_later
from traektoria.engines.intervals import Interval

WEEK = 7
LAST = 5
"""A fifth weekday is the last one: most months have no fifth."""


class Repeat(StrEnum):
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    BY_HAND = "by_hand"


@dataclass(frozen=True)
class Rule:
    """From ``first`` to ``last``, both included. ``days`` are those of a rule by hand."""

    repeat: Repeat
    first: date
    last: date
    days: tuple[date, ...] = ()


def days_of(rule: Rule) -> list[date]:
    """In order, each once. By the month: the same weekday of the same number as ``first``, the fifth is the last."""
    if rule.repeat is Repeat.BY_HAND:
        return sorted({day for day in rule.days if rule.first <= day <= rule.last})
    if rule.repeat is Repeat.MONTHLY:
        return list(_monthly(rule))
    step = timedelta(days=WEEK if rule.repeat is Repeat.WEEKLY else 2 * WEEK)
    return [rule.first + step * number for number in range((rule.last - rule.first) // step + 1)]


def nth_of(day: date) -> int:
    """The first, second … weekday of its month, the fifth is the last one."""
    return (day.day - 1) // WEEK + 1


def _monthly(rule: Rule) -> Iterator[date]:
    number, months = nth_of(rule.first), 0
    while (day := _weekday(months_later(rule.first.replace(day=1), months), rule.first.weekday(), number)) <= rule.last:
        yield day
        months += 1


def _weekday(month: date, weekday: int, number: int) -> date:
    if number == LAST:
        end = months_later(month, 1) - timedelta(days=1)
        return end - timedelta(days=(end.weekday() - weekday) % WEEK)
    return month + timedelta(days=(weekday - month.weekday()) % WEEK + WEEK * (number - 1))


def interval_on(day: date, start: time, end: time, zone: tzinfo) -> Interval:
    """From ``start`` by the clock of ``zone``, as long as the clock says from ``start`` to ``end``; in UTC.

    An hour that the clock leaves out begins as much later, one that it shows twice is the first (as RFC 5545 has it).
    """
    begins = datetime.combine(day, start, zone).astimezone(UTC)
    return Interval(begins, begins + (datetime.combine(day, end) - datetime.combine(day, start)))


def meetings(interval: Interval, minutes: int, pause: int = 0) -> list[Interval]:
    """As many meetings of ``minutes`` as fit, with ``pause`` minutes between them; none where not one fits."""
    length, step = timedelta(minutes=minutes), timedelta(minutes=minutes + pause)
    found = []
    start = interval.start
    while start + length <= interval.end:
        found.append(Interval(start, start + length))
        start += step
    return found
