"""Who may do what with suggested groups. Each check raises ``Refused`` with a humane sentence."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.people.actor import Actor, acting
from traektoria.people.permissions import check_coordinates
from traektoria.routes.groups.models import GroupInvitation


def check_suggest_groups(actor: Actor, centre_id: int) -> None:
    """Groups are suggested to the coordinator, by topics and without names."""
    check_coordinates(actor, centre_id, _("Group routes are planned by the coordinator."))


def check_answer_invitation(actor: Actor, invitation: GroupInvitation) -> None:
    """The invited teacher alone."""
    if acting(actor) != invitation.person_id:
        raise Refused(_("Only the invited teacher answers."), code="not_yours")
