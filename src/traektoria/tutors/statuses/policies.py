"""Terms of the status: arithmetic of dates, without the database."""

from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict
from traektoria.core.typography import counted, ru_day
from traektoria.engines.days import months_later
from traektoria.tutors.statuses.enums import StatusState
from traektoria.tutors.statuses.models import TutorStatus

RENEWAL_OPENS: Final = timedelta(days=90)
"""So long before the end one can ask for a renewal; the guide says it too (``tutor``): a test compares them."""
ENDS_SOON: Final = timedelta(days=60)
"""So long before the end «My day» and the list of tutors speak of it; letters go by the days of the regulation."""


def term_end(start: date, months: int) -> date | None:
    """The last day of a term of ``months`` from ``start``; None for a status without a term (0 months).

    It is the day before the same day of the last month (1 September, 12 months: 31 August). Where that month has no
    such day, the term ends with the month (31 August, 6 months: 28 February), so that it is not shorter than promised.
    """
    if months == 0:
        return None
    day = months_later(start, months)
    return day if day.day < start.day else day - timedelta(days=1)


def next_start(old_end: date | None, start: date) -> date:
    """When a renewal begins: the day after the old term, or ``start`` where the old term is over by then."""
    if old_end is None or old_end < start:
        return start
    return old_end + timedelta(days=1)


def renewal_opens(status: TutorStatus) -> date | None:
    """The day from which a renewal is asked for; None for a living status without a term."""
    if status.state == StatusState.ENDED:
        return status.ended_on
    return status.end - RENEWAL_OPENS if status.end else None


def within_soon() -> str:
    """«В ближайшие 60 дней»."""
    return counted(ENDS_SOON.days, "within %(n)s day", "within %(n)s days")


def due_reminder(end: date, today: date, days: tuple[int, ...]) -> int | None:
    """Which of the reminders (days before the end) is due: the nearest to the end, so that a late start of the
    reminders sends one letter and not three. None while it is early, or after the end."""
    left = (end - today).days
    if left < 0:
        return None
    return min((one for one in days if one >= left), default=None)


def is_over(end: date | None, today: date) -> bool:
    """The term is past, whether or not the nightly command has run."""
    return end is not None and end < today


def check_in_term(end: date | None, today: date) -> None:
    """A status whose term is past is not suspended, resumed or ended by hand, and nothing is asked for it: the nightly
    command ends it with the day of its term. Raises ``Conflict``."""
    if end is not None and is_over(end, today):
        raise Conflict(_("The term of this status was over on %(day)s.") % {"day": ru_day(end)}, code="term_is_over")
