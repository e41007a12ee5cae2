"""The list of applications: a page of columns with filters, the queue first."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Case, OuterRef, QuerySet, Subquery, Value, When

from traektoria.core.components.status import Look
from traektoria.core.labels import choices_of
from traektoria.core.paging import Page, page_of, replaced
from traektoria.core.prepared_statements import prepared
from traektoria.core.word_search import narrowed
from traektoria.organisations.regulations.contents import rules_under
from traektoria.people.actor import Actor, in_force
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import HEADS, Role
from traektoria.people.models import Employment, short_name
from traektoria.tutors.applications.enums import ApplicationState
from traektoria.tutors.applications.models import Application
from traektoria.tutors.applications.queries.applications import (
    CONSIDERED,
    TO_CHECK,
    due_under,
    nominated_by,
    visible_to,
)
from traektoria.tutors.applications.state_chip import look_of
from traektoria.tutors.statuses.queries import centres_kept_by

PERSON = ("person__surname", "person__given", "person__patronymic")
COLUMNS = ("pk", "state", "school_name", "renews", "submitted_at", "appealed_at", "regulation")


class ApplicationRow(NamedTuple):
    """A line of the list, which its template takes apart. ``due``: by what day it is considered."""

    pk: int
    name: str
    school: str
    renewal: bool
    look: Look
    state: str
    submitted_at: datetime | None
    due: date | None


def looks_at_applications(actor: Actor) -> bool:
    """Whether other people's applications are the person's work somewhere. A query only for heads and coordinators."""
    if Role.COMMISSION_MEMBER in actor.roles:
        return True
    return bool({Role.COORDINATOR, *HEADS} & actor.roles and _kept(actor.roles).first(**given_of(actor)))


@prepared
def _kept(roles: frozenset[Role]) -> QuerySet[Any, Any]:
    return centres_kept_by(anybody(roles)).order_by().values_list("pk")


def application_page(actor: Actor, chosen: Mapping[str, Any], number: object) -> Page[ApplicationRow]:
    """Applications of others and those the person nominated: the queue first, the earliest on top. One query, and one
    more for a search."""
    state, kind, words = chosen.get("state") or "", chosen.get("kind") or "", chosen.get("q")
    if words:  # each search looks for other words
        page = page_of(narrowed(_rows(actor, state, kind), words, "person__search_name"), number)
    else:
        page = _of_roles(actor.roles, state, kind).page(number, **given_of(actor))
    labels = dict(choices_of(ApplicationState))
    return replaced(page, [_row(labels, *columns) for columns in page])


def _row(labels: Mapping[str, str], *columns: Any) -> ApplicationRow:
    pk, state, school, renews, submitted_at, appealed_at, version, approved_at, *name = columns
    due = None
    if state in CONSIDERED:
        due = due_under(rules_under(version, approved_at), appealed_at or submitted_at)
    look, label = look_of(state), labels.get(state, state)
    return ApplicationRow(pk, short_name(*name), school or "", renews is not None, look, label, submitted_at, due)


@prepared
def _of_roles(roles: frozenset[Role], state: str, kind: str) -> QuerySet[Application, Any]:
    return _rows(anybody(roles), state, kind)


def _rows(actor: Actor, state: str, kind: str) -> QuerySet[Application, Any]:
    seen = (visible_to(actor) | nominated_by(actor)).exclude(person=actor.person_id or 0)
    if state:
        seen = seen.filter(state__in=TO_CHECK if state == "queue" else [state])
    if kind:
        seen = seen.filter(renews__isnull=kind == "first")
    first = Case(When(state__in=TO_CHECK, then=Value(0)), default=Value(1))
    ordered = seen.annotate(queue=first).order_by("queue", _when_in_queue(), "-updated_at", "pk")
    work = Employment.objects.filter(in_force(actor.today), person=OuterRef("person"))
    named = ordered.annotate(school_name=Subquery(work.order_by("pk").values("school__name")[:1]))
    return named.values_list(*COLUMNS, "regulation__approved_at", *PERSON)


def _when_in_queue() -> Any:
    """The day of submission for the queue only: what is over goes by its last change."""
    return Case(When(state__in=TO_CHECK, then="submitted_at"), default=None)
