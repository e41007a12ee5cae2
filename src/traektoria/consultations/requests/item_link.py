"""From an item of a route its teacher asks for a consultation on it: two taps, the form is filled in."""

from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.consultations.requests.permissions import check_ask_from_item
from traektoria.consultations.requests.policies import check_item
from traektoria.core.errors import DomainError
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.routes.models import RouteItem


def asks_from(actor: Actor, item: RouteItem) -> tuple[str, str, str] | None:
    """(label, icon, address) of the button, or None. No query."""
    try:
        check_ask_from_item(actor, item)
        check_item(item)
    except DomainError:
        return None
    if not actor.has(item.route.centre_id, Role.TEACHER):
        return None
    address = f"{reverse('consultations:request_new')}?item={item.pk}"
    return _("Ask for a consultation"), "messages-square", address
