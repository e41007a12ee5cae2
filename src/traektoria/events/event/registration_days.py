"""From which day to which one registers for an event: written as days before its first date, kept as days.

How they are written, said back and moved along stands here, and when it is too early or over, in Python and in SQL.
What else registering asks: ``enrolment.policies``.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from traektoria.events.event.facts import EventFacts
from traektoria.events.event.models import Event


def write_days(event: Event, first: date, facts: EventFacts) -> None:
    """Saves nothing."""
    event.opens_on, event.closes_on = _before(first, facts.opens_before), _before(first, facts.closes_before)


def _before(first: date, days: int | None) -> date | None:
    return None if days is None else first - timedelta(days=days)


def days_before(event: Event, first: date | None) -> dict[str, Any]:
    """As ``EventFacts`` has them."""
    kept = {"opens_before": event.opens_on, "closes_before": event.closes_on}
    return {name: None if first is None or day is None else (first - day).days for name, day in kept.items()}


def move_days(event: Event, before: date | None, after: date | None, today: date) -> None:
    """They keep their distance to the first date; what has opened stays open."""
    if before is None or after is None or before == after:
        return
    if event.opens_on is not None and is_early(event.opens_on, today):
        event.opens_on += after - before
    if event.closes_on is not None:
        event.closes_on = max(event.closes_on + (after - before), event.opens_on or date.min)
    event.save(update_fields=["opens_on", "closes_on"])


def is_early(opens_on: date | None, today: date) -> bool:
    return opens_on is not None and today < opens_on


def is_over(closes_on: date | None, today: date) -> bool:
    return closes_on is not None and today > closes_on


def not_over(today: Any) -> Q:
    """Events of which ``is_over`` is false; a test holds the two together."""
    return Q(closes_on=None) | Q(closes_on__gte=today)
