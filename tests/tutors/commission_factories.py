"""A commission of five, its session and an item of the agenda, made straight in the database."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.factories import make_centre, make_member, make_person, make_regulation
from traektoria.core.waiting import gathered
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.people.actor import Actor, actor_of
from traektoria.people.enums import Role
from traektoria.people.models import Account, Person
from traektoria.tutors.applications.enums import ApplicationState
from traektoria.tutors.commission.enums import AgendaState, SessionState, VoteChoice
from traektoria.tutors.commission.queries.judgements import judged_criteria
from traektoria.tutors.models import (
    AgendaItem,
    Application,
    Attendance,
    Commission,
    CommissionMember,
    Judgement,
    Session,
)
from traektoria.tutors.seats.enums import CommissionState, SeatPost

POSTS = {
    "chair": SeatPost.CHAIR,
    "deputy": SeatPost.DEPUTY,
    "secretary": SeatPost.SECRETARY,
    "member": SeatPost.MEMBER,
    "fifth": SeatPost.MEMBER,
}


@gathered()
def make_commission(
    centre: TutorCentre, accounts: dict[str, Account] | None = None, **fields: Any
) -> tuple[Commission, dict[str, CommissionMember]]:
    """A working commission of ``chair``, ``deputy``, ``secretary``, ``member``, ``fifth``; all of them vote."""
    today = timezone.localdate()
    facts = {
        "state": CommissionState.WORKING,
        "name": "Комиссия по присвоению статуса",
        "basis": "приказ № 5",
        **fields,
    }
    dates = {"start": today - timedelta(days=30), "end": today + timedelta(days=700)}
    commission = Commission.objects.create(centre=centre, **{**dates, **facts})
    members = {}
    for name, post in POSTS.items():
        known = (accounts or {}).get(name)
        account = make_member(centre, Role.COMMISSION_MEMBER, person=known.person if known else None)
        members[name] = CommissionMember.objects.create(
            commission=commission, person=account.person, kind="methodist", position="методист", post=post,
            start=commission.start,
        )  # fmt: skip
    return commission, members


@gathered()
def make_session(commission: Commission, state: str = SessionState.OPEN, number: int = 1, **fields: Any) -> Session:
    """A session with everybody present."""
    now = timezone.now()
    times = {"opened_at": now if state in (SessionState.OPEN, SessionState.CLOSED, SessionState.SIGNED) else None}
    centre = commission.centre
    session = Session.objects.create(
        commission=commission, centre=centre, regulation=regulation_in_force(centre.pk), number=number,
        **{"held_at": now, "place": "каб. 12", "state": state, **times, **fields},
    )  # fmt: skip
    members = commission.members.filter(end__isnull=True)
    Attendance.objects.bulk_create(Attendance(session=session, member=one, present=True) for one in members)
    return session


@gathered()
def make_application(centre: TutorCentre, person: Person | None = None, **fields: Any) -> Application:
    """An admitted application."""
    facts = {"state": ApplicationState.ADMITTED, "subjects": ["math"], "submitted_at": timezone.now(), **fields}
    return Application.objects.create(
        centre=centre, person=person or make_person(), regulation=regulation_in_force(centre.pk), **facts
    )


@gathered()
def make_item(session: Session, application: Application | None = None, **fields: Any) -> AgendaItem:
    application = application or make_application(session.centre)
    position = session.items.count() + 1
    facts = {"secret": session.secret, **fields}
    return AgendaItem.objects.create(session=session, application=application, position=position, **facts)


@dataclass
class Sitting:
    """An open session with one item; ``by["chair"]`` is the actor of a member, of the coordinator, of the candidate."""

    centre: TutorCentre
    commission: Commission
    members: dict[str, CommissionMember]
    session: Session
    item: AgendaItem
    by: dict[str, Actor]
    accounts: dict[str, Account]

    def fresh(self) -> AgendaItem:
        return AgendaItem.objects.get(pk=self.item.pk)


@gathered()
def make_sitting(
    state: str = AgendaState.WAITING, *, secret: bool = False, centre: TutorCentre | None = None, **rules: Any
) -> Sitting:
    """``rules`` change the commission's part of the regulation: ``quorum=0.6, majority="members"``."""
    centre = centre or make_centre()
    if rules:
        change_rules(centre, **rules)
    commission, members = make_commission(centre)
    candidate = make_member(centre, Role.TEACHER)
    coordinator = make_member(centre, Role.COORDINATOR)
    session = make_session(commission, secret=secret)
    item = make_item(session, make_application(centre, candidate.person), state=state)
    accounts = {name: member.person.account for name, member in members.items()}
    accounts |= {"candidate": candidate, "coordinator": coordinator}
    by = {name: actor_of(account) for name, account in accounts.items()}
    return Sitting(centre, commission, members, session, item, by, accounts)


def change_rules(centre: TutorCentre, **rules: Any) -> None:
    """The next version of the regulation with other rules of the commission."""
    old = regulation_in_force(centre.pk).content["status"]["commission"]
    make_regulation(centre, "yamal", status={"commission": {**old, **rules}})


@gathered()
def judge_all(sitting: Sitting, points: int = 2) -> None:
    """Everybody's points for every judged criterion, as if given one after another."""
    for member in sitting.members.values():
        for criterion in judged_criteria(sitting.item.application):
            most = criterion.most
            Judgement.objects.create(
                item=sitting.item, member=member, criterion=criterion.slug, points=min(points, most)
            )


FOR, AGAINST, ABSTAINED = VoteChoice.FOR, VoteChoice.AGAINST, VoteChoice.ABSTAINED
