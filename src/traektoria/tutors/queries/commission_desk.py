"""What the work in a commission lays on a person's desk: six queries whatever there is."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.tutors.enums import CommissionState, ItemState, SessionState
from traektoria.tutors.models import (
    AgendaItem,
    Attendance,
    Commission,
    CommissionMember,
    Judgement,
    Recusal,
    Session,
    Vote,
)
from traektoria.tutors.permissions.applications import LEADING
from traektoria.tutors.policies.sessions import FINAL, signers
from traektoria.tutors.queries.applications import due_of
from traektoria.tutors.queries.judging import judged_criteria
from traektoria.tutors.queries.sessions import waiting_for_agenda

AHEAD = timedelta(days=14)
MOST = 10


@dataclass(frozen=True)
class Mine:
    """A session from the member's side. ``asked``: ``item`` waits for this member's judgement or vote."""

    session: Session
    leads: bool
    signs: bool
    item: AgendaItem | None
    asked: bool
    undecided: int


def sessions_of(actor: Actor) -> list[Mine]:
    """Sessions that go on, wait for signatures or are near. Five queries at most."""
    seats = _seats(actor)
    if not seats:
        return []
    living = Q(state__in=[SessionState.OPEN, SessionState.CLOSED])
    near = Q(state=SessionState.PLANNED, held_at__lte=timezone.now() + AHEAD)
    rows = Session.objects.filter(living | near, commission__in=seats).select_related(
        "commission", "centre__municipality"
    )
    attendance = Prefetch("attendance", Attendance.objects.select_related("member__person"))
    items = Prefetch("items", _items(actor))
    return [_mine(session, seats, actor) for session in rows.prefetch_related(attendance, items)[:MOST]]


def _seats(actor: Actor) -> dict[int, CommissionMember]:
    """The actor's seat by commission."""
    rows = CommissionMember.objects.filter(
        person=actor.person_id or 0, end__isnull=True, commission__centre__in=actor.centres(Role.COMMISSION_MEMBER)
    )
    return {row.commission_id: row for row in rows}


def _items(actor: Actor) -> QuerySet[AgendaItem]:
    """Each with whether the actor is recused and has voted, and how many criteria the actor has judged."""
    own = {"item": OuterRef("pk"), "member__person": actor.person_id or 0}
    rows = AgendaItem.objects.select_related("application__person", "application__regulation").annotate(
        am_recused=Exists(Recusal.objects.filter(**own)), have_voted=Exists(Vote.objects.filter(**own))
    )
    judged = Prefetch("judgements", Judgement.objects.filter(member__person=actor.person_id or 0), to_attr="mine")
    return rows.prefetch_related(judged).order_by("position", "pk")


def _mine(session: Session, seats: dict[int, CommissionMember], actor: Actor) -> Mine:
    seat, rows, items = seats[session.commission_id], list(session.attendance.all()), list(session.items.all())
    going = next((one for one in items if one.state not in (*FINAL, ItemState.WAITING)), None)
    here = seat.votes and any(row.present and row.member_id == seat.pk for row in rows)
    unsigned = {row.member_id for row in rows if row.protocol_signed_at is None}
    return Mine(
        session=session,
        leads=seat.post in LEADING,
        signs=any(one.person_id == actor.person_id and one.pk in unsigned for one in signers(rows)),
        item=going,
        asked=bool(here and going and _asks(going)),
        undecided=sum(one.state not in FINAL for one in items),
    )


def _asks(item: AgendaItem) -> bool:
    """Whether the item waits for this member: ``_items`` has said what the member did."""
    if getattr(item, "am_recused", False):
        return False
    if item.state == ItemState.VOTING:
        return not getattr(item, "have_voted", False)
    done = {one.criterion for one in getattr(item, "mine", [])}
    return item.state == ItemState.JUDGING and not {one.slug for one in judged_criteria(item.application)} <= done


def waiting_of(actor: Actor) -> tuple[int, Commission | None, date | None]:
    """For those who lead: admitted applications on no agenda, their commission, the day of the first of them."""
    seats = CommissionMember.objects.filter(
        person=actor.person_id or 0, end__isnull=True, post__in=LEADING, commission__state=CommissionState.WORKING
    ).select_related("commission")
    seat = seats.first()
    if seat is None:
        return 0, None, None
    waiting = list(waiting_for_agenda(seat.commission.centre_id).select_related("regulation")[:MOST])
    return len(waiting), seat.commission, min(filter(None, map(due_of, waiting)), default=None)
