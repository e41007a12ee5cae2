"""Days in words, as a certificate prints them."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Final

from traektoria.engines.papers.labels import MONTHS
from traektoria.engines.papers.typography import NBSP, long_date

MOST: Final = 8
"""More days than this are said by the first and the last."""


def days_in_words(days: Sequence[date]) -> str:
    """«3, 10 и 17 декабря 2026 г., 14 января 2027 г.»; of many «с 3 декабря 2026 г. по 20 мая 2027 г., дней: 12»."""
    known = sorted(set(days))
    if not known:
        return ""
    if len(known) > MOST:
        return f"с {long_date(known[0])} по {long_date(known[-1])}, дней: {len(known)}"
    months = [list(found) for _month, found in groupby(known, key=lambda day: (day.year, day.month))]
    said = [_month_in_words(found, ends=_ends(months, place)) for place, found in enumerate(months)]
    return ", ".join(said)


def _ends(months: list[list[date]], place: int) -> bool:
    """The year is said with the last month of it."""
    return place + 1 == len(months) or months[place + 1][0].year != months[place][0].year


def _month_in_words(days: list[date], *, ends: bool) -> str:
    numbers = [str(day.day) for day in days]
    first, last = numbers[:-1], numbers[-1]
    said = f"{', '.join(first)} и {last}" if first else last
    year = f" {days[0].year}{NBSP}г." if ends else ""
    return f"{said}{NBSP}{MONTHS[days[0].month - 1]}{year}"
