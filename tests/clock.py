"""A run on another day: ``TESTS_AT=2028-02-29T23:30 make test-sqlite`` begins then, by Moscow's clock, and goes on.

The product asks Django for the time and nothing else (``tests/core/test_school_year.py`` sees to it), so this is the
one place to turn. Processes that tests start keep the real clock.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

#: What to run the suite on when it is asked whether it hangs on the calendar (``make calendar``).
DAYS = ("2027-01-01T00:20", "2028-02-29T12:00", "2027-05-30T12:00", "2027-08-31T23:30")
MOSCOW = ZoneInfo("Europe/Moscow")


def begin_at(moment: str) -> None:
    """Shift Django's clock; called by the settings, before any model takes ``timezone.now`` as a default."""
    from django.utils import timezone

    shift = datetime.fromisoformat(moment).replace(tzinfo=MOSCOW) - datetime.now(tz=UTC)
    timezone.now = lambda: datetime.now(tz=UTC) + shift


if __name__ == "__main__":
    print(*DAYS)
