"""Who sees which programmes."""

from django.db.models import Q, QuerySet

from traektoria.core.paging import Page, page_of
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.planning.programmes.models import Programme


def visible_to(actor: Actor) -> QuerySet[Programme]:
    """Coordinators those of their centres, tutors' own too; tutors their own and approved ones of the centre, heads
    approved ones; the head of a school's own centre all of it."""
    if actor.person_id is None:
        return Programme.objects.none()
    approved = Q(approved_at__isnull=False, owner=None)
    seen = Q(centre__in=actor.centres(Role.COORDINATOR))
    seen |= Q(centre__in=actor.centres(Role.TUTOR)) & (approved | Q(owner=actor.person_id))
    seen |= Q(centre__in=actor.centres(*HEADS)) & approved
    seen |= Q(centre__school__in=actor.schools(Role.HEAD))
    return Programme.objects.filter(seen)


def find_programme(actor: Actor, pk: int) -> Programme | None:
    """One query."""
    rows = visible_to(actor).select_related("centre__municipality", "centre__school", "owner")
    return rows.filter(pk=pk).first()


def programme_page(actor: Actor, asked: object) -> Page[Programme]:
    """The newest first. One query."""
    return page_of(visible_to(actor).select_related("owner", "centre").order_by("-first", "-pk"), asked)
