"""When the measures of the two papers are due, reckoned here from the calendar alone: the engine of deadlines is not
asked. Other plans are taken as the rooms have dated them."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import Final

from traektoria.demo.simulated_year.scenario import CALENDAR, Days

Reckoned = Callable[[Days], list[Days]]


def quarters(window: Days) -> list[Days]:
    """Every quarter that has a day in the plan, cut to it."""
    first, last = window
    of_all = [days for autumn in sorted(CALENDAR) for days in CALENDAR[autumn].quarters]
    return [(max(start, first), min(end, last)) for start, end in of_all if start <= last and end >= first]


def two_months(window: Days) -> list[Days]:
    """Pairs of months from the first one on; a month that is left alone is none."""
    months = _months(window)
    return [(one[0], other[1]) for one, other in zip(months[::2], months[1::2], strict=False)]


def whole(window: Days) -> list[Days]:
    return [window]


def nothing(_window: Days) -> list[Days]:
    return []


def month(year: int, number: int) -> Reckoned:
    days = date(year, number, 1), date(year, number, monthrange(year, number)[1])
    return lambda window: [days]


def _months(window: Days) -> list[Days]:
    first, last = window
    found = []
    year, number = first.year, first.month
    while date(year, number, 1) <= last:
        end = date(year, number, monthrange(year, number)[1])
        found.append((max(first, date(year, number, 1)), min(last, end)))
        year, number = (year + 1, 1) if number == 12 else (year, number + 1)
    return found


BY_PAPER: Final[dict[str, dict[str, Reckoned]]] = {
    "tbilisskaya": {
        "1": month(2020, 12), "2": month(2021, 1), "3": quarters, "4": quarters, "5": quarters, "6": whole,
        "7": whole, "8": quarters, "9": two_months, "10": two_months, "11": two_months,
    },
    "gelendzhik": {
        "1.1": nothing, "1.2": quarters, "1.3": nothing, "1.4": nothing, "1.5": nothing, "2.1": nothing,
        "2.2": nothing, "3.1": nothing, "3.2": nothing, "4.1": nothing,
    },
}  # fmt: skip
COPIED: Final = {"1": month(2021, 12), "2": month(2022, 1)}
"""What the copy of Tbilisskaya says of its two fixed dates."""


def window_of(span: str, year: int, begins: date | None) -> Days:
    """From when to when a plan lives."""
    if span == "school":
        first, last = CALENDAR[year].year
        return begins or first, last
    return begins or date(year, 1, 1), date(year, 12, 31)
