"""When an absence can be written down."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from traektoria.consultations.slots.models import TutorAbsence
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.typography import short_day
from traektoria.tutors.statuses.queries import may_take_teachers

LONGEST = timedelta(weeks=52)


def check_days(start: date, end: date, today: date) -> None:
    """Not wholly in the past; a year at most."""
    if end < start:
        raise Invalid(_("The last day is before the first one."), code="last_before_first")
    if end < today:
        raise Invalid(_("These days are over: an absence is written down for days to come."), code="over")
    if end - start > LONGEST:
        raise Invalid(_("An absence is a year at most."), code="too_long")


def check_tutor(tutor_id: int, centre_id: int) -> None:
    if not may_take_teachers([tutor_id], centre_id):
        raise Invalid(_("This person is no tutor of the centre now."), code="not_a_tutor")


def check_alone(tutor_id: int, centre_id: int, start: date, end: date) -> None:
    """Under the lock of the tutor: no two absences of one tutor in a centre share a day."""
    rows = TutorAbsence.objects.filter(tutor=tutor_id, centre=centre_id, cancelled_at=None)
    other = rows.filter(start__lte=end, end__gte=start).first()
    if other is not None:
        days = {"first": short_day(other.start), "last": short_day(other.end)}
        raise Conflict(
            _("An absence is written down already: %(first)s – %(last)s. End it first.") % days, code="twice"
        )


def check_going_on(absence: TutorAbsence, today: date) -> None:
    if absence.cancelled_at is not None or absence.end < today:
        raise Conflict(_("This absence is over: it can only be read."), code="over")
