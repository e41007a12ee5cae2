"""The history of a route in words, from the audit trail of the route and its items."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from traektoria.core.audit import trail
from traektoria.core.models import AuditEvent
from traektoria.core.registries import event_words
from traektoria.people.actor import Actor
from traektoria.people.history import HistoryLine, history_lines
from traektoria.routes.route.models import LearningRoute, RouteItem, RouteVersion
from traektoria.routes.route.permissions import works_on

LONGEST = 300
COURSE = (
    *("route.start", "route.change_in_force", "route.pause", "route.resume", "route.stop", "route.close"),
    *("item.start", "item.finish", "item.undo", "item.cancel"),
)
BROUGHT_IN_FORCE = ("route.start", "route.change_in_force")


def history_of(route: LearningRoute, *, works: bool = True) -> list[HistoryLine]:
    """Newest first, at most ``LONGEST`` events; two queries. Who does not work on the route (``works``) reads its
    course, not how it was talked over."""
    items = RouteItem.objects.filter(route=route).values("pk")
    of_route = Q(object_kind=LearningRoute._meta.label_lower, object_id=route.pk)
    of_items = Q(object_kind=RouteItem._meta.label_lower, object_id__in=items)
    found = AuditEvent.objects.filter(of_route | of_items)
    found = found if works else found.filter(event__in=COURSE)
    return history_lines(found.order_by("-at", "-pk")[:LONGEST], said=_sentence)


def versions_read_by(actor: Actor, route: LearningRoute) -> QuerySet[RouteVersion]:
    """All versions for those who work on the route; a head reads what came in force, and what waits for the head's
    word. What was returned or taken back stays between the teacher and the tutor."""
    if works_on(actor, route):
        return route.versions.all()
    agreed = trail(route).filter(event__in=BROUGHT_IN_FORCE)
    numbers = {event.facts.get("version") for event in agreed}
    if route.head_agrees:
        numbers.add(route.pending_version)
    return route.versions.filter(number__in=numbers - {None})


def _sentence(event: AuditEvent) -> str:
    text = event_words(event.event)
    if not text:
        return ""
    if "version" in event.facts:
        text = _("%(what)s (version %(number)s)") % {"what": text, "number": event.facts["version"]}
    elif "number" in event.facts:
        text = _("%(what)s: item %(number)s") % {"what": text, "number": event.facts["number"]}
    return text
