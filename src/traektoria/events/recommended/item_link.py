"""From an item of a route its teacher looks at what serves it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.routes.models import LearningRoute, RouteItem
from traektoria.routes.route.enums import RouteState
from traektoria.routes.tutees.permissions import is_member_of


def of_item(actor: Actor, item: RouteItem) -> tuple[str, str, str] | None:
    """(label, icon, address) of the button, or None. No query."""
    link = beside_items(actor, item.route)
    return link and (*link[:2], f"{link[2]}{item.pk}")


def beside_items(actor: Actor, route: LearningRoute) -> tuple[str, str, str] | None:
    """The same beside each open item of the route. No query."""
    mine = is_member_of(actor, route.support) and actor.has(route.centre_id, Role.TEACHER)
    if not mine or route.state != RouteState.RUNNING:
        return None
    return _("What fits"), "lightbulb", f"{reverse('events:recommended')}?item="
