"""From an item of a route one looks for an event: its teacher, or its tutor for the teacher."""

from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.consultations.requests.policies import can_serve
from traektoria.people.actor import Actor
from traektoria.routes.models import RouteItem
from traektoria.routes.tutees.permissions import is_member_of, is_tutor_of


def of_item(actor: Actor, item: RouteItem) -> tuple[str, str, str] | None:
    """(label, icon, address) of the button, or None. No query."""
    support = item.route.support
    if not is_member_of(actor, support) and not is_tutor_of(actor, support):
        return None
    if not can_serve(item):
        return None
    address = f"{reverse('events:event_list')}?subject={support.subject}&item={item.pk}"
    return _("Find an event"), "megaphone", address
