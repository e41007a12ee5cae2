"""From an item of a route its teacher asks for a consultation on it: two taps, the form is filled in. What was asked on
it already is shown to the teacher and to the tutor who has it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.consultations.requests.enums import RequestState
from traektoria.consultations.requests.permissions import can_ask_from_item
from traektoria.consultations.requests.policies import can_serve
from traektoria.consultations.requests.queries.requests import asked_on_item
from traektoria.core.labels import text_of
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.routes.models import LearningRoute, RouteItem
from traektoria.routes.tutees.permissions import is_member_of


def asks_from(actor: Actor, item: RouteItem) -> tuple[str, str, str] | None:
    """(label, icon, address) of the button, or None. One query."""
    asked = asked_on_item(actor, item.pk)
    if asked:
        label = _("Consultation asked for: %(state)s") % {"state": text_of(RequestState, asked.state)}
        return label, "messages-square", reverse("consultations:request_detail", args=[asked.pk])
    if not (can_ask_from_item(actor, item) and can_serve(item)):
        return None
    link = beside_items(actor, item.route)
    return link and (*link[:2], f"{link[2]}{item.pk}")


def beside_items(actor: Actor, route: LearningRoute) -> tuple[str, str, str] | None:
    """The same beside each open item of the route. No query."""
    if not is_member_of(actor, route.support) or not actor.has(route.centre_id, Role.TEACHER):
        return None
    return _("Ask for a consultation"), "messages-square", f"{reverse('consultations:request_new')}?item="
