"""From an item of a route an hour is booked: by its teacher, or by its tutor for its teachers."""

from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.consultations.requests.policies import can_serve
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.routes.models import RouteItem
from traektoria.routes.tutees.permissions import is_member_of, is_tutor_of


def of_item(actor: Actor, item: RouteItem) -> tuple[str, str, str] | None:
    """(label, icon, address) of the button, or None. No query."""
    mine = is_member_of(actor, item.route.support) and actor.has(item.route.centre_id, Role.TEACHER)
    if not mine and not is_tutor_of(actor, item.route.support):
        return None
    if not can_serve(item):
        return None
    label = _("Book an hour") if mine else _("Book the teacher an hour")
    return label, "calendar-check", f"{reverse('consultations:booking_free')}?item={item.pk}"
