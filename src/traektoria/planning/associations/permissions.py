"""Who may do what with an association, with bool twins."""

from django.utils.translation import gettext as _

from traektoria.core.errors import twin
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.people.permissions import check_coordinates
from traektoria.planning.associations.models import Association

READ = (Role.COORDINATOR, Role.TUTOR, *HEADS, Role.TEACHER)


def check_keep(actor: Actor, centre_id: int) -> None:
    """Begin one, change it, close it."""
    check_coordinates(actor, centre_id, _("Associations are kept by the coordinator."))


def chairs(actor: Actor, association: Association) -> bool:
    """Leads it, while they have a role in the centre."""
    return actor.person_id == association.chair_id and association.centre_id in actor.centre_ids


can_keep = twin(check_keep)
