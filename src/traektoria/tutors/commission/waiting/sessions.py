"""A session of the commission waits for its members: to come, to judge and vote, to close it, to sign the protocol."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.waiting import waits
from traektoria.organisations.zones import zone
from traektoria.people import addressees
from traektoria.people.enums import Role
from traektoria.tutors.commission.enums import AgendaState, SessionState
from traektoria.tutors.commission.models import AgendaItem, Attendance, Judgement, Recusal, Session, Vote
from traektoria.tutors.commission.policies import FINAL, signers
from traektoria.tutors.commission.queries.judgements import judged_criteria
from traektoria.tutors.seats.models import Commission, CommissionMember
from traektoria.tutors.seats.permissions import LEADING

COME, GOES_ON, CLOSE = "tutors.session", "tutors.session_goes_on", "tutors.session_close"
JUDGE, VOTE = "tutors.judge", "tutors.vote"
SIGN, OTHERS_SIGN = "tutors.protocol", "tutors.protocol_others"
LIVING = (SessionState.PLANNED, SessionState.OPEN, SessionState.CLOSED)
AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class _Open:
    """A session that goes on: the item that is dealt with, and whether any is left."""

    item: AgendaItem | None
    has_undecided: bool
    criteria: frozenset[str]

    def asks(self, seat: CommissionMember, attendance: list[Attendance]) -> bool:
        """The item waits for this member's judgement or vote."""
        item = self.item
        here = seat.votes and any(row.present and row.member_id == seat.pk for row in attendance)
        if item is None or not here or any(one.member_id == seat.pk for one in item.recusals.all()):
            return False
        if item.state == AgendaState.VOTING:
            return all(vote.member_id != seat.pk for vote in item.votes.all())
        done = {one.criterion for one in item.judgements.all() if one.member_id == seat.pk}
        return item.state == AgendaState.JUDGING and not self.criteria <= done


def rows(sessions: QuerySet[Session]) -> Iterator[Wait]:
    """Eight queries."""
    found = sessions.filter(state__in=LIVING).select_related("commission", "centre__municipality")
    attendance = Prefetch("attendance", Attendance.objects.select_related("member"))
    living = list(found.prefetch_related(attendance))
    seats: dict[int, list[CommissionMember]] = defaultdict(list)
    here = {session.commission_id for session in living}
    for seat in CommissionMember.objects.filter(commission__in=here, end__isnull=True).order_by("pk"):
        seats[seat.commission_id].append(seat)
    going = _going([one for one in living if one.state == SessionState.OPEN])
    for session in living:
        for seat in seats[session.commission_id]:
            wait = _wait(session, seat, going.get(session.pk))
            if wait is not None:
                yield wait


def _going(sessions: list[Session]) -> dict[int, _Open]:
    items: dict[int, list[AgendaItem]] = defaultdict(list)
    own = AgendaItem.objects.filter(session__in=sessions).select_related("application__regulation")
    for item in own.prefetch_related("recusals", "votes", "judgements").order_by("position", "pk") if sessions else ():
        items[item.session_id].append(item)
    return {session.pk: _open(items[session.pk]) for session in sessions}


def _open(items: list[AgendaItem]) -> _Open:
    going = next((one for one in items if one.state not in (*FINAL, AgendaState.WAITING)), None)
    criteria = judged_criteria(going.application) if going else []
    return _Open(going, any(one.state not in FINAL for one in items), frozenset(one.slug for one in criteria))


def _wait(session: Session, seat: CommissionMember, going: _Open | None) -> Wait | None:
    """What the session asks of this member now: one thing, or nothing."""
    to, leads = addressees.holder(Role.COMMISSION_MEMBER, session.centre_id, seat.person_id), seat.post in LEADING
    facts = {"number": session.number, "name": session.commission.name}
    attendance = list(session.attendance.all())
    if session.state == SessionState.PLANNED:
        day = timezone.localdate(session.held_at, zone(session.centre.municipality.time_zone))
        return Wait(COME, to, session, session.centre_id, facts=facts, due=day, shows_from=day - AHEAD)
    if going is not None and going.item is not None and going.asks(seat, attendance):
        kind = JUDGE if going.item.state == AgendaState.JUDGING else VOTE
        about = going.item.application.person_id
        return Wait(kind, to, session, session.centre_id, about, facts={"item": going.item.pk})
    if going is not None:
        kind = CLOSE if leads and not going.has_undecided else GOES_ON
        return Wait(kind, to, session, session.centre_id, facts=facts)
    unsigned = {row.member_id for row in attendance if row.protocol_signed_at is None}
    if any(one.person_id == seat.person_id and one.pk in unsigned for one in signers(attendance)):
        return Wait(SIGN, to, session, session.centre_id, facts=facts)
    return Wait(OTHERS_SIGN, to, session, session.centre_id, facts=facts) if leads else None


def come(row: Waited) -> Words:
    return _words(row, _("Session No. %(number)s of the commission"), _("Open"))


def goes_on(row: Waited) -> Words:
    return _words(row, _("Session No. %(number)s goes on"), _("Open"))


def close(row: Waited) -> Words:
    return _words(row, _("Close session No. %(number)s"), _("Open"))


def sign(row: Waited) -> Words:
    return _words(row, _("Protocol No. %(number)s waits for your signature"), _("Read and sign"))


def others_sign(row: Waited) -> Words:
    return _words(row, _("Protocol No. %(number)s waits for the other signature"), _("Open"))


def judge(row: Waited) -> Words:
    return Words(_("Judge the candidate by the criteria"), row.name, _item(row), _("Judge"))


def vote(row: Waited) -> Words:
    return Words(_("Vote on the candidate"), row.name, _item(row), _("Vote"))


def _words(row: Waited, what: str, action: str) -> Words:
    url = reverse("tutors:session_detail", args=[row.object_id])
    return Words(what % {"number": row.facts["number"]}, row.facts["name"], url, action)


def _item(row: Waited) -> str:
    return reverse("tutors:session_detail", args=[row.object_id]) + f"?item={row.facts['item']}#item"


def _of_commission(commission_id: int) -> QuerySet[Session, int]:
    return Session.objects.filter(commission=commission_id, state__in=LIVING).values_list("pk", flat=True)


waits(
    WaitingSource(
        slug="tutors.sessions",
        order=12,
        model=Session,
        rows=rows,
        kinds=(
            WaitingKind(COME, 12, DeskGroup.SOON, come, letter=gettext_lazy("A session of the commission is near")),
            WaitingKind(JUDGE, 12, DeskGroup.TODAY, judge),
            WaitingKind(VOTE, 12, DeskGroup.TODAY, vote),
            WaitingKind(CLOSE, 12, DeskGroup.TODAY, close),
            WaitingKind(GOES_ON, 12, DeskGroup.TODAY, goes_on),
            WaitingKind(SIGN, 12, DeskGroup.TODAY, sign),
            WaitingKind(OTHERS_SIGN, 12, DeskGroup.WAITING, others_sign),
        ),
        watches=(
            Watch(Attendance, lambda row: [row.session_id]),
            Watch(AgendaItem, lambda item: [item.session_id], frozenset({"state"})),
            Watch(Judgement, lambda row: [row.item.session_id]),
            Watch(Vote, lambda row: [row.item.session_id]),
            Watch(Recusal, lambda row: [row.item.session_id]),
            Watch(CommissionMember, lambda member: _of_commission(member.commission_id)),
            Watch(Commission, lambda commission: _of_commission(commission.pk), frozenset({"name"})),
        ),
    )
)
