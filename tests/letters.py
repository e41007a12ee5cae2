"""Letters in tests: those that wait go out at an hour at which nobody sleeps."""

from datetime import date, datetime, time, timedelta
from functools import cache

from django.utils import timezone

from traektoria.messaging.channels import Channel
from traektoria.messaging.delivery import send_waiting


@cache
def first_day() -> date:
    """Kept, so that a midnight in the middle of a test moves nothing."""
    return timezone.localdate()


def noon(days: int = 1) -> datetime:
    """Noon, so many days after the first day, by the installation's clock."""
    return datetime.combine(first_day() + timedelta(days=days), time(12), timezone.get_default_timezone())


def deliver(at: datetime | None = None, channel: Channel | None = None) -> tuple[int, int]:
    """How many letters went, and how many could not."""
    return send_waiting(at or noon(), channel)
