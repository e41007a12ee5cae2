"""Who keeps statuses. Each check raises ``Refused`` with a humane sentence."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.people.actor import Actor
from traektoria.tutors.profiles.permissions import keeps_centre
from traektoria.tutors.statuses.models import TutorStatus


def check_keeps_status(actor: Actor, status: TutorStatus) -> None:
    """Who suspends, resumes and ends a status."""
    if not keeps_centre(actor, status.centre):
        raise Refused(_("Statuses of tutors are kept by the coordinator of the centre."), code="keeps_no_statuses")
