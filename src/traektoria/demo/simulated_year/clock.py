"""The clock of the simulated year: it stands until it is moved on.

The product asks Django for the time and nothing else, so this is the one place to turn; it must be turned before any
model takes ``timezone.now`` as a default.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import timezone

PLACE: Final = ZoneInfo("Europe/Moscow")
_TICK: Final = timedelta(milliseconds=1)
_here = datetime(2020, 11, 1, tzinfo=UTC)


def install() -> None:
    timezone.now = _now


def _now() -> datetime:
    """Two moments are never the same."""
    global _here
    _here += _TICK
    return _here


def move_to(day: date, hour: int, minute: int = 0) -> None:
    global _here
    _here = datetime.combine(day, time(hour, minute), PLACE).astimezone(UTC)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), PLACE)
