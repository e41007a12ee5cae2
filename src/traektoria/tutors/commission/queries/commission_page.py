"""What the page of a commission shows: its members now, its sessions, how many applications wait for an agenda."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from traektoria.core.components.status import Look
from traektoria.core.labels import choices_of
from traektoria.core.prepared_statements import Given, prepared
from traektoria.people.actor import Actor
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import Role
from traektoria.people.models import full_name
from traektoria.tutors.applications.models import Application
from traektoria.tutors.commission.models import Session
from traektoria.tutors.commission.queries.protocol import kind_words
from traektoria.tutors.commission.queries.sessions import commissions_visible_to, waiting_for_agenda
from traektoria.tutors.commission.state_chip import look_of, words_of
from traektoria.tutors.seats.enums import SeatPost
from traektoria.tutors.seats.models import Commission, CommissionMember

MOST = 50
ORDER = {SeatPost.CHAIR: 0, SeatPost.DEPUTY: 1, SeatPost.SECRETARY: 2, SeatPost.MEMBER: 3}
PERSON = ("person__surname", "person__given", "person__patronymic")


class MemberRow(NamedTuple):
    """A member now, with post and what they represent in words."""

    pk: int
    name: str
    position: str
    post: str
    post_label: str
    votes: bool
    kind: str


class SessionRow(NamedTuple):
    pk: int
    number: int
    held_at: datetime
    look: Look
    state: str


def commission_of(actor: Actor, pk: int) -> Commission | None:
    """One of those that the actor sees. One query."""
    if actor.person_id is None:
        return None
    found: Commission | None = _commission(actor.roles).first(pk=pk, **given_of(actor))
    return found


def members_now(commission_id: int) -> list[MemberRow]:
    """Chair, deputies, secretary, members; by name among equals. One query."""
    posts = dict(choices_of(SeatPost))
    found = sorted(_members().all(commission=commission_id), key=lambda row: (ORDER[row[0]], row[1]))
    return [
        MemberRow(pk, full_name(*name), position, post, posts[post], votes, str(kind_words(kind)))
        for post, _sort_name, pk, position, votes, kind, *name in found
    ]


def sessions_of(commission_id: int) -> list[SessionRow]:
    """The latest. One query."""
    rows = _sessions().all(limit=MOST, commission=commission_id)
    return [SessionRow(pk, number, held_at, look_of(state), words_of(state)) for pk, number, held_at, state in rows]


def number_waiting(centre_id: int) -> int:
    """Of applications that wait for an agenda. One query."""
    return len(_waiting().all(centre=centre_id))


@prepared
def _commission(roles: frozenset[Role]) -> QuerySet[Commission]:
    return commissions_visible_to(anybody(roles)).filter(pk=Given("pk"))


@prepared
def _members() -> QuerySet[CommissionMember, Any]:
    rows = CommissionMember.objects.filter(commission=Given("commission"), end__isnull=True).order_by("pk")
    return rows.values_list("post", "person__sort_name", "pk", "position", "votes", "kind", *PERSON)


@prepared
def _sessions() -> QuerySet[Session, Any]:
    rows = Session.objects.filter(commission=Given("commission")).order_by("-held_at", "-pk")
    return rows.values_list("pk", "number", "held_at", "state")


@prepared
def _waiting() -> QuerySet[Application, Any]:
    return waiting_for_agenda(Given("centre")).order_by().values_list("pk")
