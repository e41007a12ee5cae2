"""What waits in the room after any order of acts is what the room says: applications, sessions, orders, statuses."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from tests.thoroughness import rounds
from tests.tutors.application_factories import make_application
from tests.tutors.commission_factories import Sitting, make_sitting
from tests.waiting import lines_for, what_differs
from traektoria.core.errors import DomainError
from traektoria.core.waiting import renew
from traektoria.messaging.deadlines import remind
from traektoria.messaging.models import Message
from traektoria.organisations.regulations.contents import rules_of
from traektoria.people.actor import actor_of
from traektoria.tutors.applications.actions import applications, nominations
from traektoria.tutors.applications.actions.review import admit_application, return_application
from traektoria.tutors.commission.actions import composition as commission
from traektoria.tutors.commission.actions import items, sessions, voting
from traektoria.tutors.commission.enums import AgendaState, VoteChoice
from traektoria.tutors.commission.queries.judgements import judged_criteria
from traektoria.tutors.models import AgendaItem, Application, CommissionMember, Session, StaffOrder, TutorStatus
from traektoria.tutors.orders import actions as orders
from traektoria.tutors.seats.enums import SeatPost
from traektoria.tutors.statuses.actions import statuses

pytestmark = pytest.mark.django_db
Act = Callable[[], Any]


def _acts(sitting: Sitting, chance: random.Random) -> list[Act]:
    """What anybody could do next, with the newest of each thing; a refusal is an act that did not happen."""
    by = {name: actor_of(account) for name, account in sitting.accounts.items()}
    who, centre = chance.choice(list(by)), sitting.centre
    application, session = Application.objects.latest("pk"), Session.objects.latest("pk")
    item = AgendaItem.objects.order_by("-pk").first()
    member = chance.choice(list(CommissionMember.objects.order_by("pk")))
    candidate, coordinator = by["candidate"], by["coordinator"]
    leader = by[chance.choice(["chair", "secretary"])]
    now, today = timezone.now(), timezone.localdate()
    ticks = {one.pk: (chance.random() < 0.8, "") for one in sitting.members.values()}
    acts: list[Act] = [
        lambda: applications.start_application(centre=centre, by=candidate),
        lambda: applications.submit_application(application=application, by=candidate),
        lambda: applications.withdraw_application(application=application, by=candidate),
        lambda: applications.appeal_refusal(application=application, text="Не согласна", by=candidate),
        lambda: nominations.nominate(
            centre=centre, person=sitting.accounts["candidate"].person, reason="Опыт", by=coordinator
        ),
        lambda: nominations.consent_to_nomination(application=application, by=candidate),
        lambda: return_application(application=application, reason="Дополните", by=coordinator),
        lambda: admit_application(application=application, reason="Работа важна", by=coordinator),
        lambda: sessions.plan_session(
            commission=sitting.commission, held_at=now + timedelta(days=chance.choice([0, 20])), place="1", by=leader
        ),
        lambda: sessions.add_to_agenda(session=session, application=application, by=leader),
        lambda: sessions.set_attendance(session=session, ticks=ticks, by=leader),
        lambda: sessions.open_session(session=session, by=leader),
        lambda: sessions.close_session(session=session, by=leader),
        lambda: sessions.sign_protocol(session=session, by=by[who]),
        lambda: sessions.cancel_session(session=session, reason="Карантин", by=leader),
        lambda: commission.remove_member(member=member, by=coordinator),
        lambda: commission.change_member(
            member=member, kind="methodist", position="", post=SeatPost.MEMBER, votes=True, by=coordinator
        ),
    ]
    for order in StaffOrder.objects.order_by("-pk")[:1]:
        acts += [lambda order=order: orders.cancel_order(order=order, by=coordinator)]
        acts += [lambda order=order: orders.acquaint(order=order, by=candidate)]
    for status in TutorStatus.objects.all():
        acts += [
            lambda status=status: statuses.suspend_status(status=status, reason="Отпуск", by=coordinator),
            lambda status=status: statuses.resume_status(status=status, by=coordinator),
            lambda status=status: orders.draft_release(
                status=status, effective=today, reason="Просьба", by=coordinator
            ),
        ]
    if item is not None:
        points = {one.slug: (one.most, "") for one in judged_criteria(item.application)}
        acts += 2 * [
            lambda: items.begin_item(item=item, by=leader),
            lambda: items.give_points(item=item, given=points, by=by[who]),
            lambda: items.reveal_judgements(item=item, by=leader),
            lambda: voting.open_vote(item=item, by=leader),
            lambda: [voting.cast_vote(item=item, choice=VoteChoice.FOR, by=by[name]) for name in sitting.members],
            lambda: voting.cast_vote(item=item, choice=VoteChoice.AGAINST, by=by[who]),
            lambda: voting.count_votes(item=item, by=leader),
            lambda: voting.repeat_vote(item=item, by=leader),
            lambda: voting.decide_item(item=item, reasons="Опыт", by=leader),
            lambda: voting.add_opinion(item=item, text="Против", by=by[who]),
            lambda: items.postpone_item(item=item, reason="Нет бумаг", by=leader),
            lambda: items.recuse(item=item, member=member, reason="declared", note="Родня", by=by[who]),
            lambda: sessions.remove_from_agenda(item=item, by=leader),
        ]
    return acts


@pytest.mark.parametrize("seed", range(rounds(2, 4)))
def test_after_any_order_of_acts_the_rows_are_what_the_room_says(seed: int) -> None:
    chance = random.Random(seed)
    sitting = make_sitting(AgendaState.WAITING, secret=bool(seed % 2))
    renew(sitting.session)  # the factories write in bulk
    done = 0
    for _step in range(120):
        act = chance.choice(_acts(sitting, chance))
        try:
            with transaction.atomic():
                act()
        except DomainError:
            continue
        done += 1
        assert what_differs() == [], (seed, done)
    assert done > 5


def test_the_vote_waits_for_those_who_have_not_voted() -> None:
    sitting = make_sitting(AgendaState.VOTING)
    voting.cast_vote(item=sitting.fresh(), choice=VoteChoice.FOR, by=sitting.by["chair"])
    asked = {name: [line.what for line in lines_for(sitting.by[name], kinds="tutors.vote")] for name in sitting.members}
    assert asked["chair"] == []
    assert asked["member"] == asked["secretary"] == ["Проголосуйте по кандидату"]


@pytest.mark.parametrize(("state", "whom"), [("submitted", "coordinator"), ("admitted", "chair")])
def test_before_the_term_of_an_application_is_over_who_looks_at_it_is_reminded(state: str, whom: str) -> None:
    sitting = make_sitting()
    AgendaItem.objects.all().delete()
    Session.objects.all().delete()
    rules = rules_of(sitting.item.application.regulation).status.commission
    assert rules is not None
    begun = timezone.now() - timedelta(days=rules.review_days - 2)
    candidate = sitting.accounts["candidate"].person
    Application.objects.all().delete()
    make_application(sitting.centre, candidate, state, submitted_at=begun)
    remind(timezone.now())
    people = set(Message.objects.values_list("person_id", flat=True))
    assert sitting.accounts[whom].person_id in people
    assert candidate is not None
    assert candidate.pk not in people
