"""Who approves in a centre what is approved there: plans, programmes, events."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.organisations.models import TutorCentre
from traektoria.people import addressees
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.permissions import has_a_head, is_head_of_the_school

APPROVERS = (Role.COORDINATOR, Role.HEAD)


def check_approve_in(actor: Actor, centre: TutorCentre) -> None:
    """Write down that something is approved. In a centre of one school its head; where it has none with us, and in all
    other centres, the coordinator, by an order or protocol. Raises ``Refused``."""
    if is_head_of_the_school(actor, centre):
        return
    if not actor.has(centre.pk, Role.COORDINATOR):
        raise Refused(_("It is approved by the coordinator or the head of the school."), code="not_the_approver")
    if centre.school_id and has_a_head(centre):
        raise Refused(_("It is approved by the head of the school."), code="head_approves")


def approver_in(centre: TutorCentre) -> str:
    """Whose desk it waits on. One query for a centre of one school."""
    role = Role.HEAD if centre.school_id and has_a_head(centre) else Role.COORDINATOR
    return addressees.of_centre(role, centre.pk)
