"""The list of applications: filters, the queue first."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, OuterRef, QuerySet, Subquery, Value, When

from traektoria.core.finding import narrowed
from traektoria.core.paging import Page, page_of
from traektoria.core.prepared import prepared
from traektoria.people.actor import Actor, in_force
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import Role
from traektoria.people.models import Employment
from traektoria.tutors.applications.models import Application
from traektoria.tutors.applications.queries.applications import TO_CHECK, nominated_by, visible_to
from traektoria.tutors.statuses.queries import centres_kept_by


def looks_at_applications(actor: Actor) -> bool:
    """Whether other people's applications are the person's work somewhere. A query only for heads and coordinators."""
    return Role.COMMISSION_MEMBER in actor.roles or centres_kept_by(actor).exists()


def application_page(actor: Actor, chosen: Mapping[str, Any], number: object) -> Page[Application]:
    """Applications of others and those the person nominated: the queue first, the earliest on top. One query."""
    state, kind, words = chosen.get("state") or "", chosen.get("kind") or "", chosen.get("q")
    if words:  # each search looks for other words
        return page_of(narrowed(_rows(actor, state, kind), words, "person__search_name"), number)
    return _of_roles(actor.roles, state, kind).page(number, **given_of(actor))


@prepared
def _of_roles(roles: frozenset[Role], state: str, kind: str) -> QuerySet[Application]:
    return _rows(anybody(roles), state, kind)


def _rows(actor: Actor, state: str, kind: str) -> QuerySet[Application]:
    seen = (visible_to(actor) | nominated_by(actor)).exclude(person=actor.person_id or 0)
    if state:
        seen = seen.filter(state__in=TO_CHECK if state == "queue" else [state])
    if kind:
        seen = seen.filter(renews__isnull=kind == "first")
    first = Case(When(state__in=TO_CHECK, then=Value(0)), default=Value(1))
    ordered = seen.annotate(queue=first).order_by("queue", _when_in_queue(), "-updated_at", "pk")
    work = Employment.objects.filter(in_force(actor.today), person=OuterRef("person"))
    named = ordered.annotate(school_name=Subquery(work.order_by("pk").values("school__name")[:1]))
    return named.select_related("person", "regulation")


def _when_in_queue() -> Any:
    """The day of submission for the queue only: what is over goes by its last change."""
    return Case(When(state__in=TO_CHECK, then="submitted_at"), default=None)
