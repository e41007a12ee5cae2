"""When something that happened may be counted by hand."""

from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict
from traektoria.core.kept_files import FileRule
from traektoria.planning.plans.actions.dating import today_in, window_of
from traektoria.planning.plans.models import ItemOccurrence, WorkPlan

FILES: Final = FileRule(most=10, or_link=True)
"""To one deed."""
AROUND: Final = timedelta(days=31)
"""So long before a time and after it a deed may lie that still belongs to it."""


def days_around(time: ItemOccurrence) -> tuple[date, date]:
    """The first and the last day of what may be counted for it; nothing that is yet to come."""
    today = today_in(time.item.plan)
    last = time.due or time.start or today
    return (time.start or last) - AROUND, min(last + AROUND, today)


def check_day_of_plan(plan: WorkPlan, day: date) -> None:
    """Of a line that has no times."""
    days = window_of(plan)
    if not days.first <= day <= min(days.latest, today_in(plan)):
        raise Conflict(_("This happened on no day of the plan: it can't be counted for it."), code="another_time")


def check_day(time: ItemOccurrence, day: date) -> None:
    first, last = days_around(time)
    if not first <= day <= last:
        text = _("This happened too long before the time or after it: it can't be counted for it.")
        raise Conflict(text, code="another_time")
