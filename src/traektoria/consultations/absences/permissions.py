"""Who writes an absence down, and who decides what becomes of its dates."""

from django.utils.translation import gettext as _

from traektoria.consultations.slots.models import TutorAbsence
from traektoria.core.errors import Refused, twin
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.permissions import check_coordinates

KEEPERS = (Role.COORDINATOR, Role.TUTOR)


def check_record(actor: Actor, centre_id: int, tutor_id: int) -> None:
    """The coordinator of any tutor, a tutor of themselves; ending it earlier too."""
    mine = actor.person_id == tutor_id and actor.has(centre_id, Role.TUTOR)
    if not mine and not actor.has(centre_id, Role.COORDINATOR):
        raise Refused(_("An absence is written down by the tutor and by the coordinator."), code="not_yours")


def check_decide(actor: Actor, absence: TutorAbsence) -> None:
    check_coordinates(actor, absence.centre_id, _("What becomes of the hours is decided by the coordinator."))


can_decide = twin(check_decide)
