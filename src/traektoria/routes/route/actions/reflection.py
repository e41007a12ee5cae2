"""The teacher's journal: private until the author shares an entry with the tutor, and private again at will."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.errors import Invalid
from traektoria.people.actor import Actor, acting
from traektoria.routes.route.actions.locks import locked
from traektoria.routes.route.models import LearningRoute, ReflectionEntry
from traektoria.routes.route.permissions import check_own_entry, check_reflect
from traektoria.routes.route.policies import check_living


@transaction.atomic
def write_reflection(*, route: LearningRoute, text: str, by: Actor, shared: bool = False) -> ReflectionEntry:
    """A new entry; the same text twice in a row is one entry. No audit event: the journal is private."""
    route = locked(route)
    check_reflect(by, route)
    check_living(route)
    if not text.strip():
        raise Invalid(_("Write the entry first."), code="empty")
    last = route.reflections.filter(person_id=acting(by)).order_by("-created_at", "-pk").first()
    if last is not None and last.text == text.strip():
        return last
    return ReflectionEntry.objects.create(
        route=route, person_id=acting(by), text=text.strip(), shared_at=timezone.now() if shared else None
    )


@transaction.atomic
def share_reflection(*, entry: ReflectionEntry, by: Actor) -> ReflectionEntry:
    """The tutor may read this entry from now on, and it comes into the card. Repeating it keeps the first date."""
    entry = ReflectionEntry.objects.select_for_update(no_key=True).get(pk=entry.pk)
    check_own_entry(by, entry)
    if entry.shared_at is None:
        entry.shared_at = timezone.now()
        entry.save(update_fields=["shared_at"])
    return entry


@transaction.atomic
def withdraw_reflection(*, entry: ReflectionEntry, by: Actor) -> ReflectionEntry:
    """Nobody but the author reads this entry any more."""
    entry = ReflectionEntry.objects.select_for_update(no_key=True).get(pk=entry.pk)
    check_own_entry(by, entry)
    entry.shared_at = None
    entry.save(update_fields=["shared_at"])
    return entry
