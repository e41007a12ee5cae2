"""Until when an answer was promised: hours of working days by the clock of the place."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from traektoria.engines.days import is_working_day

MOST_DAYS = 400
"""A place that never works promises nothing: after so many days the search ends."""


def answer_by(asked: datetime, hours: int, zone: tzinfo, works: Callable[[date], bool] = is_working_day) -> datetime:
    """The moment when ``hours`` of working days have passed since ``asked``; a working day counts from midnight to
    midnight in ``zone``, so one with a change of the clock has 23 or 25 of them. ``asked`` is aware, the answer is UTC.

    What is asked for on Friday at 17:00 with 24 hours is promised until Monday 17:00, at its midnight until the end of
    Friday. Raises ``ValueError`` where no
    day works.
    """
    at, left = asked.astimezone(UTC), timedelta(hours=hours)
    for _day in range(MOST_DAYS):
        day = at.astimezone(zone).date()
        end = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
        if works(day):
            if left <= end - at:
                return at + left
            left -= end - at
        at = end
    raise ValueError("no day works")
