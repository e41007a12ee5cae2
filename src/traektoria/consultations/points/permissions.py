"""Who reads the consultation points of a centre, and who keeps them."""

from django.utils.translation import gettext as _

from traektoria.core.errors import twin
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.people.permissions import check_coordinates

READ = tuple(role for role in Role if role != Role.ADMINISTRATOR)
"""Everybody who holds a role in the centre."""
BOOKS = (Role.TEACHER, *HEADS, Role.TUTOR, Role.COORDINATOR)
"""Of them, who books hours."""


def check_keep_points(actor: Actor, centre_id: int) -> None:
    check_coordinates(actor, centre_id, _("Points are made and changed by the coordinator of the centre."))


def books(actor: Actor) -> bool:
    return not actor.roles.isdisjoint(BOOKS)


can_keep_points = twin(check_keep_points)
