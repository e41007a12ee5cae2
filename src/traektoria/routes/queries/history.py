"""The history of a route in words, from the audit trail of the route and its items."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from traektoria.core.models import AuditEvent
from traektoria.core.registries import audit_wording
from traektoria.people.models import Account
from traektoria.routes.models import LearningRoute, RouteItem

LONGEST = 300


@dataclass(frozen=True)
class Entry:
    at: datetime
    who: str
    text: str


def history_of(route: LearningRoute) -> list[Entry]:
    """Newest first, at most ``LONGEST`` events; two queries."""
    items = RouteItem.objects.filter(route=route).values("pk")
    of_route = Q(object_kind=LearningRoute._meta.label_lower, object_id=route.pk)
    of_items = Q(object_kind=RouteItem._meta.label_lower, object_id__in=items)
    events = list(AuditEvent.objects.filter(of_route | of_items).order_by("-at", "-pk")[:LONGEST])
    accounts = Account.objects.select_related("person").in_bulk({event.actor_id for event in events if event.actor_id})
    names = {pk: account.get_short_name() for pk, account in accounts.items()}
    return [Entry(event.at, names.get(event.actor_id or 0, ""), _sentence(event)) for event in events]


def _sentence(event: AuditEvent) -> str:
    wording = audit_wording.get(event.event)
    if wording is None:
        return event.event
    text = str(wording.sentence)
    if "version" in event.facts:
        text = _("%(what)s (version %(number)s)") % {"what": text, "number": event.facts["version"]}
    elif "number" in event.facts:
        text = _("%(what)s: item %(number)s") % {"what": text, "number": event.facts["number"]}
    return text
