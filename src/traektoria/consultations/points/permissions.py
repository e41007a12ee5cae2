"""Who keeps the consultation points of a centre, which everybody there reads, and who books hours at them."""

from django.utils.translation import gettext as _

from traektoria.core.errors import twin
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.people.permissions import check_coordinates

BOOKS = (Role.TEACHER, *HEADS, Role.TUTOR, Role.COORDINATOR)


def check_keep_points(actor: Actor, centre_id: int) -> None:
    check_coordinates(actor, centre_id, _("Points are made and changed by the coordinator of the centre."))


def books(actor: Actor) -> bool:
    return not actor.roles.isdisjoint(BOOKS)


can_keep_points = twin(check_keep_points)
