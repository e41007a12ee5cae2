"""How long before an hour with a tutor or an event people are reminded: a number a reminder, and its words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from traektoria.core.typography import counted

BOOKINGS: Final = (1,)
EVENTS: Final = (1,)
"""Days before, one a reminder; of ``BOOKINGS`` who receives is told too. The guide says them (``hours``, ``letters``,
``consultations``, ``events``): a test compares them."""
TOO_SOON: Final = timedelta(hours=1)
"""What begins sooner is not reminded of: whoever goes there is on the way."""
DAY_BEFORE: Final = 1


@dataclass(frozen=True)
class Window:
    """What begins after ``since`` and not after ``until`` is reminded of now, as ``days`` before."""

    days: int
    since: datetime
    until: datetime


def windows(now: datetime, days: Iterable[int]) -> list[Window]:
    """The nearest first; each begins where the nearer one ends, so that nobody gets two reminders of a time at once."""
    sizes = sorted(days)
    ends = [now + TOO_SOON, *(now + timedelta(days=size) for size in sizes)]
    return [Window(size, since, until) for size, since, until in zip(sizes, ends, ends[1:], strict=False)]


def fact_of(pk: int, start: str, days: int) -> str:
    """What is told once (``messaging.outbox``): each time anew, and each of its reminders. The one of a day before has
    no number: it had none when it was the only one, and what was told stays told."""
    return f"{pk} {start}" if days == DAY_BEFORE else f"{pk} {start} {days}"


def days_of(facts: Mapping[str, Any]) -> int:
    """Of which reminder a message is."""
    return int(facts.get("days", DAY_BEFORE))


def days_before(days: Iterable[int]) -> str:
    """«Напомним *за день*», «за 3 дня, за день»."""
    return ", ".join(map(_before, sorted(days, reverse=True)))


def _before(days: int) -> str:
    return _("a day before") if days == DAY_BEFORE else counted(days, "%(n)s day before", "%(n)s days before")


def soon(days: int) -> str:
    """«*Завтра или раньше* у вас приём»: the letter may be read later than it was sent."""
    if days == DAY_BEFORE:
        return _("Tomorrow or sooner")
    return counted(days, "In %(n)s day or sooner", "In %(n)s days or sooner")


days_before_lazy = lazy(days_before, str)
"""For what a module says once and for all."""
