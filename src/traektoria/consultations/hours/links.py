"""From an item of a route, and from a support, its tutor writes down an hour: the form is filled in."""

from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.consultations.hours.permissions import can_lead
from traektoria.consultations.hours.policies import has_begun
from traektoria.people.actor import Actor
from traektoria.routes.models import RouteItem, TutorSupport


def of_item(actor: Actor, item: RouteItem) -> tuple[str, str, str] | None:
    return _link(actor, item.route.support, f"item={item.pk}")


def of_support(actor: Actor, support: TutorSupport) -> tuple[str, str, str] | None:
    return _link(actor, support, f"support={support.pk}")


def _link(actor: Actor, support: TutorSupport, query: str) -> tuple[str, str, str] | None:
    """(label, icon, address) of the button, or None. No query."""
    if not can_lead(actor, support) or not has_begun(support):
        return None
    return _("Write down a consultation"), "notebook-pen", f"{reverse('consultations:hour_new')}?{query}"
