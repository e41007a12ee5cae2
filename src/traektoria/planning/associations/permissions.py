"""Who may do what with an association, with bool twins."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.planning.associations.models import Association
from traektoria.routes.tutees.permissions import twin

READ = (Role.COORDINATOR, Role.TUTOR, *HEADS, Role.TEACHER)


def check_keep(actor: Actor, centre_id: int) -> None:
    """Begin one, change it, close it."""
    if not actor.has(centre_id, Role.COORDINATOR):
        raise Refused(_("Associations are kept by the coordinator."), code="not_the_coordinator")


def chairs(actor: Actor, association: Association) -> bool:
    """Leads it, while they have a role in the centre."""
    return actor.person_id == association.chair_id and association.centre_id in actor.centre_ids


can_keep = twin(check_keep)
