"""Length of service from intervals of work: years, months and days, overlaps counted once, gaps not at all.

Counted as the law counts service: each unbroken stretch by the calendar (a full year is reached on its anniversary),
then the stretches are added up, 30 days making a month and 12 months a year (Government resolution 1015 of 2014,
rule 47). A stretch from the 29th, 30th or 31st reaches its month on the last day of a shorter month.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from traektoria.engines.days import MONTHS_OF_YEAR, months_later

DAYS_OF_MONTH = 30


@dataclass(frozen=True)
class WorkInterval:
    """Work from ``start`` to ``end``, both days worked; an open one has no end."""

    start: date
    end: date | None = None


@dataclass(frozen=True, order=True)
class Length:
    """Service; months are below 12 and days below 31 (below 30 where stretches were added up)."""

    years: int = 0
    months: int = 0
    days: int = 0

    @property
    def in_years(self) -> Decimal:
        """Full months as a part of a year, two digits cut off: 2 years 11 months is 2.91, never 3."""
        part = Decimal(self.months) / MONTHS_OF_YEAR
        return self.years + part.quantize(Decimal("0.01"), ROUND_DOWN)


def service(intervals: Iterable[WorkInterval], until: date) -> Length:
    """Service reached by the beginning of the day ``until``; what begins later is not counted."""
    lengths = [_between(start, end) for start, end in _stretches(intervals, until)]
    if len(lengths) == 1:
        return lengths[0]
    return _carried(*(sum(part) for part in zip(*((one.years, one.months, one.days) for one in lengths), strict=True)))


def _stretches(intervals: Iterable[WorkInterval], until: date) -> list[tuple[date, date]]:
    """The union as half-open pairs, in order; what touches or overlaps is one."""
    merged: list[tuple[date, date]] = []
    for start, end in sorted(filter(_is_real, (_half_open(one, until) for one in intervals))):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _half_open(interval: WorkInterval, until: date) -> tuple[date, date]:
    if interval.end is None or interval.end >= until:
        return interval.start, until
    return interval.start, interval.end + timedelta(days=1)


def _is_real(pair: tuple[date, date]) -> bool:
    return pair[0] < pair[1]


def _between(start: date, end: date) -> Length:
    """From ``start`` to ``end`` by the calendar."""
    months = (end.year - start.year) * MONTHS_OF_YEAR + end.month - start.month
    if months_later(start, months) > end:
        months -= 1
    return Length(*divmod(months, MONTHS_OF_YEAR), (end - months_later(start, months)).days)


def _carried(years: int = 0, months: int = 0, days: int = 0) -> Length:
    more_months, days = divmod(days, DAYS_OF_MONTH)
    more_years, months = divmod(months + more_months, MONTHS_OF_YEAR)
    return Length(years + more_years, months, days)
