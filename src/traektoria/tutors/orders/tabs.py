"""The centre that a page of tutors is about, and the tabs over it."""

from typing import Any

from traektoria.core.text import whole_number
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.people.guard import ActorRequest, existing
from traektoria.tutors.orders.policies import order_centres
from traektoria.tutors.profiles.permissions import keeps_centre
from traektoria.tutors.seats.policies import commission_centres
from traektoria.tutors.statuses import queries

KEEPERS = (Role.COORDINATOR, *HEADS)


def chosen_centre(request: ActorRequest, *roles: Role) -> TutorCentre:
    """The centre that the address names, else the first where the person holds one of ``roles``, else the one of the
    header; only the person's own."""
    asked = request.GET.get("centre", "")
    home = request.actor.home
    usual = min(request.actor.centres(*roles), default=home.centre_id if home else 0)
    return existing(queries.centre_of(request.actor, whole_number(asked) if asked.isdecimal() else usual or 0))


def place_of(actor: Actor, centre: TutorCentre) -> dict[str, Any]:
    """What the tabs and buttons of the room need: the centre, its procedure, what the person is in it."""
    return {
        "centre": centre,
        "rules": actor.rules_in(centre.pk).status,
        "keeps": keeps_centre(actor, centre),
        "coordinates": actor.has(centre.pk, Role.COORDINATOR),
        "teaches": actor.has(centre.pk, Role.TEACHER),
        "sits": actor.has(centre.pk, Role.COMMISSION_MEMBER),
        "has_commission": centre.pk in commission_centres(actor),
        "has_orders": centre.pk in order_centres(actor),
        "centres": list(queries.centres_of(actor)) if len(actor.centre_ids) > 1 else [],
    }
