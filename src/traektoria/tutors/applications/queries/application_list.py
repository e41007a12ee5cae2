"""The list of applications: filters, the queue first."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from traektoria.core.finding import narrowed
from traektoria.core.paging import Page, page_of
from traektoria.people.actor import Actor, in_force
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
    seen = visible_to(actor) | nominated_by(actor)
    rows = _filtered(seen.exclude(person=actor.person_id or 0), chosen)
    first = Case(When(state__in=TO_CHECK, then=Value(0)), default=Value(1))
    ordered = rows.annotate(queue=first).order_by("queue", _when_in_queue(), "-updated_at", "pk")
    work = Employment.objects.filter(in_force(timezone.localdate()), person=OuterRef("person"))
    named = ordered.annotate(school_name=Subquery(work.order_by("pk").values("school__name")[:1]))
    return page_of(named.select_related("person", "regulation"), number)


def _when_in_queue() -> Any:
    """The day of submission for the queue only: what is over goes by its last change."""
    return Case(When(state__in=TO_CHECK, then="submitted_at"), default=None)


def _filtered(rows: QuerySet[Application], chosen: Mapping[str, Any]) -> QuerySet[Application]:
    found = Q()
    if chosen.get("q"):
        rows = narrowed(rows, chosen["q"], "person__search_name")
    if chosen.get("state"):
        found &= Q(state__in=TO_CHECK if chosen["state"] == "queue" else [chosen["state"]])
    if chosen.get("kind"):
        found &= Q(renews__isnull=chosen["kind"] == "first")
    return rows.filter(found)
