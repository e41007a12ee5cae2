"""The list of applications: filters, the queue first."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from traektoria.core.paging import Page, page_of
from traektoria.core.text import search_key
from traektoria.people.actor import Actor, in_force
from traektoria.people.models import Employment
from traektoria.tutors.models import Application
from traektoria.tutors.queries.applications import TO_CHECK, visible_to

PER_PAGE = 30


def application_page(actor: Actor, chosen: Mapping[str, Any], number: object) -> Page[Application]:
    """Other people's applications, those that wait for a look first, the earliest of them on top. One query."""
    rows = _filtered(visible_to(actor).exclude(person=actor.person_id or 0), chosen)
    first = Case(When(state__in=TO_CHECK, then=Value(0)), default=Value(1))
    ordered = rows.annotate(queue=first).order_by("queue", _when_in_queue(), "-updated_at", "pk")
    work = Employment.objects.filter(in_force(timezone.localdate()), person=OuterRef("person"))
    named = ordered.annotate(school_name=Subquery(work.order_by("pk").values("school__name")[:1]))
    return page_of(named.select_related("person", "regulation"), PER_PAGE, number)


def _when_in_queue() -> Any:
    """The day of submission for the queue only: what is over goes by its last change."""
    return Case(When(state__in=TO_CHECK, then="submitted_at"), default=None)


def _filtered(rows: QuerySet[Application], chosen: Mapping[str, Any]) -> QuerySet[Application]:
    found = Q()
    if chosen.get("q"):
        found &= Q(person__search_name__startswith=search_key(chosen["q"]))
    if chosen.get("state"):
        found &= Q(state__in=TO_CHECK if chosen["state"] == "queue" else [chosen["state"]])
    if chosen.get("kind"):
        found &= Q(renews__isnull=chosen["kind"] == "first")
    return rows.filter(found)
