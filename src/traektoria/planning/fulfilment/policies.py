"""When something that happened may be counted by hand."""

from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict
from traektoria.planning.plans.actions.dating import today_in
from traektoria.planning.plans.models import ItemOccurrence

AROUND: Final = timedelta(days=31)
"""So long before a time and after it a deed may lie that still belongs to it."""


def days_around(time: ItemOccurrence) -> tuple[date, date]:
    """The first and the last day of what may be counted for it; nothing that is yet to come."""
    today = today_in(time.item.plan)
    last = time.due or time.start or today
    return (time.start or last) - AROUND, min(last + AROUND, today)


def check_day(time: ItemOccurrence, day: date) -> None:
    first, last = days_around(time)
    if not first <= day <= last:
        text = _("This happened too long before the time or after it: it can't be counted for it.")
        raise Conflict(text, code="another_time")
