"""Requests for a tutor as lists show them: a page of columns; of ``prepared_statements``."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from traektoria.core.components.status import PLAIN, Look
from traektoria.core.labels import text_of
from traektoria.core.paging import Page, replaced
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.core.text import whole_number
from traektoria.organisations.lists.queries import ListMembership, first_helped, helped_first, lists_in_force, say_why
from traektoria.people.actor import Actor
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import Role, Subject
from traektoria.people.models import short_name
from traektoria.routes.needs.enums import NeedState
from traektoria.routes.needs.models import SupportNeed
from traektoria.routes.needs.queries import visible_to, with_schools
from traektoria.routes.tutees.enums import Basis

COLUMNS = ("pk", "centre", "school", "school_name", "number", "subject", "basis", "text", "state", "created_at")


LOOKS: dict[str, Look] = {
    NeedState.OPEN: Look("warning", "search"),
    NeedState.OFFERED: Look("info", "hourglass"),
    NeedState.MET: Look("success"),
}
NAME = ("asked_by__surname", "asked_by__given", "asked_by__patronymic")


@dataclass(frozen=True)
class NeedRow:
    """``school`` of a request of a school, ``school_name`` also of a teacher's own; ``asked_by``: who asks, by name."""

    pk: int
    centre: int
    school: int | None
    school_name: str | None
    number: int
    subject: str
    basis: str
    text: str
    state: str
    created_at: datetime
    asked_by: str
    helped: list[ListMembership] = field(default_factory=list)
    """On the board: the official lists that the school stands in, or the one where the teacher works."""

    @property
    def subject_label(self) -> str:
        return text_of(Subject, self.subject)

    @property
    def basis_label(self) -> str:
        return text_of(Basis, self.basis)

    @property
    def look(self) -> Look:
        return look_of(self.state)

    @property
    def state_label(self) -> str:
        return text_of(NeedState, self.state)


def look_of(state: str) -> Look:
    return LOOKS.get(state, PLAIN)


def need_page(actor: Actor, asked: object) -> Page[NeedRow]:
    """What the actor may see, the newest first. One query."""
    found = _seen(actor.roles).page(asked, **given_of(actor))
    return replaced(found, [_row(*columns) for columns in found])


def board_page(actor: Actor, chosen: dict[str, Any], asked: object) -> Page[NeedRow]:
    """Requests of the coordinator's centres that look for a tutor: those of schools that the regulation helps first,
    then the oldest. At most three queries."""
    centres = actor.centres(Role.COORDINATOR)
    lists = lists_in_force(centres)
    first = first_helped(lists, {one: actor.rules_in(one).support.first for one in centres}) if lists else []
    subject, school = chosen.get("subject") or "", str(chosen.get("school") or "")
    by_school = school.isdecimal()
    given = {"subject": subject, "school": whole_number(school) if by_school else None, "lists": first}
    found = _waiting(bool(subject), by_school, bool(first)).page(asked, **given, **given_of(actor))
    rows = [_row(*columns[:-1]) for columns in found]
    say_why(rows, [columns[-1] for columns in found], lists)
    return replaced(found, rows)


def schools_that_ask(actor: Actor) -> list[tuple[str, str]]:
    """Schools of the requests on the board, for a filter: (key, name), alphabetically. One query."""
    rows = _schools().all(**given_of(actor))
    return sorted({(str(key), name) for key, name in rows if key}, key=lambda pair: pair[1])


def _row(*columns: Any) -> NeedRow:
    own, name = columns[: len(COLUMNS)], columns[len(COLUMNS) :]
    return NeedRow(*(*own, short_name(*name)))


@prepared
def _seen(roles: frozenset[Role]) -> QuerySet[SupportNeed, Any]:
    rows = with_schools(visible_to(anybody(roles)), Given("today"))
    return rows.order_by("-created_at", "-pk").values_list(*COLUMNS, *NAME)


@prepared
def _waiting(by_subject: bool, by_school: bool, by_lists: bool) -> QuerySet[SupportNeed, Any]:
    rows = with_schools(_open(), Given("today"))
    if by_subject:
        rows = rows.filter(subject=Given("subject"))
    if by_school:
        rows = rows.filter(Q(("school_key", Given("school"))))
    order: list[Any] = []
    if by_lists:
        order.append(helped_first())
    return rows.order_by(*order, "created_at", "pk").values_list(*COLUMNS, *NAME, "school_key")


@prepared
def _schools() -> QuerySet[SupportNeed, Any]:
    rows: QuerySet[Any, Any] = with_schools(_open(), Given("today")).order_by()
    return rows.values_list("school_key", "school_name").distinct()


def _open() -> QuerySet[SupportNeed]:
    return SupportNeed.objects.filter(centre__in=Numbers("centres", Role.COORDINATOR), state=NeedState.OPEN)
