"""The shortest rule of RFC 5545 that tells a set of days, with the days that it says too much of.

A series is kept as its dates. What a calendar program wants to hear is «each Tuesday until 25 May, but not on 4
November»: found here, so that a feed can't say what no date says.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import gcd
from typing import Final

WEEK: Final = timedelta(days=7)
CODES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Recurrence:
    """``FREQ`` is weekly on ``weekdays``, or monthly where ``ordinal`` says the how-manieth (-1: the last) of the one
    weekday; each ``interval``-th week or month from ``first`` to ``last``, both in it, but not on ``dropped``."""

    first: date
    last: date
    interval: int
    weekdays: tuple[int, ...]
    ordinal: int = 0
    dropped: tuple[date, ...] = ()

    @property
    def frequency(self) -> str:
        return "MONTHLY" if self.ordinal else "WEEKLY"

    @property
    def by_day(self) -> list[str]:
        number = str(self.ordinal) if self.ordinal else ""
        return [f"{number}{CODES[day]}" for day in self.weekdays]

    def days(self) -> Iterator[date]:
        """What it tells, without what is dropped."""
        return (day for day in self.all_days() if day not in self.dropped)

    def all_days(self) -> Iterator[date]:
        found = self._monthly() if self.ordinal else self._weekly()
        return (day for day in found if self.first <= day <= self.last)

    def _weekly(self) -> Iterator[date]:
        monday = _monday(self.first)
        while monday <= self.last:
            yield from (monday + timedelta(days=weekday) for weekday in self.weekdays)
            monday += WEEK * self.interval

    def _monthly(self) -> Iterator[date]:
        month = _month(self.first)
        while month <= _month(self.last):
            day = _nth(month, self.weekdays[0], self.ordinal)
            if day is not None:
                yield day
            month += self.interval


def rule_of(days: Collection[date]) -> Recurrence:
    """Of at least two days. Of rules that tell them, the one that drops fewest; a weekly one before a monthly one."""
    known = sorted(set(days))
    if len(known) < 2:
        raise ValueError("a rule tells of more than one day")
    rules = [_weekly(known), *(_monthly(known, ordinal) for ordinal in (1, 2, 3, 4, -1))]
    return min((one for one in rules if one is not None), key=lambda one: len(one.dropped))


def _weekly(days: list[date]) -> Recurrence | None:
    steps = [(_monday(day) - _monday(days[0])) // WEEK for day in days]
    weekdays = tuple(sorted({day.weekday() for day in days}))
    return _without(Recurrence(days[0], days[-1], gcd(*steps) or 1, weekdays), days)


def _monthly(days: list[date], ordinal: int) -> Recurrence | None:
    """None where the days are no such days of their months."""
    weekdays = {day.weekday() for day in days}
    if len(weekdays) > 1 or any(_nth(_month(day), day.weekday(), ordinal) != day for day in days):
        return None
    steps = [_month(day) - _month(days[0]) for day in days]
    return _without(Recurrence(days[0], days[-1], gcd(*steps) or 1, tuple(weekdays), ordinal), days)


def _without(rule: Recurrence, days: list[date]) -> Recurrence:
    dropped = tuple(sorted(set(rule.all_days()) - set(days)))
    return Recurrence(rule.first, rule.last, rule.interval, rule.weekdays, rule.ordinal, dropped)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month(day: date) -> int:
    """Months since the year 0."""
    return day.year * 12 + day.month - 1


def _nth(month: int, weekday: int, ordinal: int) -> date | None:
    """The how-manieth such day of the month; None where it has none."""
    first = date(month // 12, month % 12 + 1, 1)
    if ordinal < 0:
        next_month = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
        last = next_month - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    day = first + timedelta(days=(weekday - first.weekday()) % 7) + WEEK * (ordinal - 1)
    return day if _month(day) == month else None
