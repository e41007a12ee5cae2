"""Who may do what with suggested groups. Each check raises ``Refused`` with a humane sentence."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.routes.groups.models import GroupInvitation
from traektoria.routes.tutees.permissions import acting


def check_suggest_groups(actor: Actor, centre_id: int) -> None:
    """Groups are suggested to the coordinator, by topics and without names."""
    if not actor.has(centre_id, Role.COORDINATOR):
        raise Refused(_("Group routes are planned by the coordinator."), code="not_the_coordinator")


def check_answer_invitation(actor: Actor, invitation: GroupInvitation) -> None:
    """The invited teacher alone."""
    if acting(actor) != invitation.person_id:
        raise Refused(_("Only the invited teacher answers."), code="not_yours")
