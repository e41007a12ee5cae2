"""Who reads which entry of the journal: the author all of their own, the tutor what is shared, nobody else anything."""

from django.db.models import Q, QuerySet

from traektoria.people.actor import Actor, acting
from traektoria.routes.route.models import LearningRoute, ReflectionEntry
from traektoria.routes.tutees.permissions import is_tutor_of


def readable_by(actor: Actor, route: LearningRoute) -> QuerySet[ReflectionEntry]:
    """Newest first."""
    readable = Q(person_id=acting(actor))
    if is_tutor_of(actor, route.support):
        readable |= Q(shared_at__isnull=False)
    return route.reflections.filter(readable).order_by("-created_at", "-pk")
