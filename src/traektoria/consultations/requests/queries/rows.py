"""Requests for a consultation as lists show them: a page of columns. The statements are written once."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Case, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from traektoria.consultations.requests import turns
from traektoria.consultations.requests.enums import OPEN, RequestKind, RequestState, Way
from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.consultations.requests.queries.requests import visible_to
from traektoria.core.labels import text_of
from traektoria.core.paging import Page, replaced
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.organisations import zones
from traektoria.organisations.lists.queries import ListMembership, first_helped, helped_first, lists_in_force, say_why
from traektoria.people.actor import Actor, in_force
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import Role, Subject
from traektoria.people.models import RoleAssignment, short_name

COLUMNS = (
    "pk", "centre", "topic", "subject", "classes", "kind", "way", "urgent", "wished", "number", "state", "asked_at",
    "answer_by", "closed_why", "school", "school__name", "asked_by", "tutor", "centre__municipality__time_zone",
)  # fmt: skip
NAMES = tuple(f"{who}__{part}" for who in ("asked_by", "tutor") for part in ("surname", "given", "patronymic"))


@dataclass(frozen=True)
class RequestRow:
    """``school`` is set where a school asks; ``asker`` and ``tutor_name`` are short names."""

    pk: int
    centre: int
    topic: str
    subject: str
    classes: str
    kind: str
    way: str
    urgent: bool
    wished: str
    number: int
    state: str
    asked_at: datetime
    answer_by: datetime
    closed_why: str
    school: int | None
    school_name: str | None
    asked_by: int
    tutor: int | None
    time_zone: str
    asker: str
    tutor_name: str
    now: datetime
    helped: list[ListMembership] = field(default_factory=list)
    """On the board: the official lists that the school stands in, or the one where the teacher works."""

    @property
    def subject_label(self) -> str:
        return text_of(Subject, self.subject)

    @property
    def kind_label(self) -> str:
        return text_of(RequestKind, self.kind)

    @property
    def way_label(self) -> str:
        return text_of(Way, self.way)

    @property
    def state_label(self) -> str:
        return text_of(RequestState, self.state)

    @property
    def look(self) -> tuple[str, str]:
        return turns.LOOKS[self.state]

    @property
    def turn(self) -> str:
        return turns.turn(self.state, self.tutor_name, self.answer_by, self.now, zones.zone(self.time_zone))

    @property
    def late(self) -> bool:
        return turns.is_late(self.state, self.answer_by, self.now)

    @property
    def age(self) -> str:
        return turns.age(self.asked_at, self.now)


def request_page(actor: Actor, asked: object, *, closed: bool) -> Page[RequestRow]:
    """What the actor may see, the newest first: what is open, or what is over. One query."""
    found = _seen(actor.roles, closed).page(asked, **given_of(actor))
    return replaced(found, _rows(found))


def board_page(actor: Actor, chosen: dict[str, Any], asked: object) -> Page[RequestRow]:
    """Open requests of the coordinator's centres: those that nobody has first; of them those of schools that the
    regulation helps first; then by the promise. Those that were declined, the latest first. At most three queries."""
    state, subject = chosen.get("state") or "", chosen.get("subject") or ""
    centres = actor.centres(Role.COORDINATOR)
    lists = lists_in_force(centres)
    first = first_helped(lists, {one: actor.rules_in(one).support.first for one in centres}) if lists else []
    given = {"state": state, "subject": subject, "lists": first, **given_of(actor)}
    found = _board(state, bool(subject), bool(first)).page(asked, **given)
    rows = _rows([columns[:-1] for columns in found])
    say_why(rows, [columns[-1] for columns in found], lists)
    return replaced(found, rows)


def _rows(found: Any) -> list[RequestRow]:
    now = timezone.now()
    return [_row(now, *columns) for columns in found]


def _row(now: datetime, *columns: Any) -> RequestRow:
    own, names = columns[: len(COLUMNS)], columns[len(COLUMNS) :]
    return RequestRow(*(*own, short_name(*names[:3]), _name(names[3:6]), now))


def _name(parts: tuple[Any, ...]) -> str:
    return short_name(*parts) if parts[0] else ""


@prepared
def _seen(roles: frozenset[Role], closed: bool) -> QuerySet[ConsultationRequest, Any]:
    rows = visible_to(anybody(roles))
    rows = rows.exclude(state__in=OPEN) if closed else rows.filter(state__in=OPEN)
    return rows.order_by("-asked_at", "-pk").values_list(*COLUMNS, *NAMES)


@prepared
def _board(state: str, by_subject: bool, by_lists: bool) -> QuerySet[ConsultationRequest, Any]:
    work = RoleAssignment.objects.filter(
        in_force(Given("today")), person=OuterRef("asked_by"), role=Role.TEACHER, centre=OuterRef("centre")
    ).order_by("pk")
    rows = ConsultationRequest.objects.filter(centre__in=Numbers("centres", Role.COORDINATOR))
    rows = rows.filter(state=Given("state")) if state else rows.filter(state__in=OPEN)
    if by_subject:
        rows = rows.filter(subject=Given("subject"))
    place = Case(
        When(state=RequestState.ASKED, then=Value(0)), When(state=RequestState.ASSIGNED, then=Value(1)),
        default=Value(2),
    )  # fmt: skip
    rows = rows.annotate(
        school_key=Coalesce("school", Subquery(work.values("school")[:1]), output_field=BigIntegerField())
    )
    order: list[Any] = ["-answered_at"] if state == RequestState.DECLINED else [place]
    if by_lists:
        order.append(helped_first())
    return rows.order_by(*order, "answer_by", "pk").values_list(*COLUMNS, *NAMES, "school_key")
