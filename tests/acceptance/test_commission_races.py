"""A session under several hands at once: two votes, a vote against the count, a departure against the count."""

from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.races import together
from tests.acceptance.test_races import events
from tests.tutors.commission_factories import AGAINST, FOR, Sitting, make_application, make_session, make_sitting
from tests.world import World
from traektoria.core.errors import DomainError
from traektoria.tutors.commission.actions import composition, items, sessions, voting
from traektoria.tutors.commission.enums import AgendaState, SessionState
from traektoria.tutors.commission.queries.judgements import judged_criteria
from traektoria.tutors.models import (
    AgendaItem,
    Commission,
    DissentingOpinion,
    Judgement,
    SealedBallot,
    Session,
    TutorStatus,
    Vote,
)
from traektoria.tutors.seats.enums import CommissionState

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ("chair", "deputy", "secretary", "member", "fifth")


@pytest.fixture
def ground(own_world: World, tmp_path: Path, settings: Any) -> World:
    """The world of the races with keys of its own."""
    settings.BALLOTS = tmp_path
    return own_world


def voting_now(world: World, *, secret: bool = False, given: int = 0, **rules: Any) -> Sitting:
    """A vote that goes on, in which the first ``given`` members have voted «for»."""
    sitting = make_sitting(AgendaState.DISCUSSED, centre=world.own, secret=secret, **rules)
    voting.open_vote(item=sitting.item, by=sitting.by["secretary"])
    for name in NAMES[:given]:
        voting.cast_vote(item=sitting.item, choice=FOR, by=sitting.by[name])
    return sitting


def refusals(results: list[object]) -> int:
    return sum(isinstance(one, DomainError) for one in results)


@pytest.mark.parametrize("secret", [False, True])
def test_two_votes_of_one_member(ground: World, secret: bool) -> None:
    sitting = voting_now(ground, secret=secret)
    got = together(
        *[
            lambda one=one: voting.cast_vote(item=sitting.item, choice=one, by=sitting.by["member"])
            for one in (FOR, AGAINST)
        ]  # type: ignore[misc]
    )
    assert (refusals(got), Vote.objects.count(), SealedBallot.objects.count()) == (1, 1, int(secret))
    assert events("agenda_item.vote_given") == 1


def test_all_vote_at_once(ground: World) -> None:
    sitting = voting_now(ground, secret=True)
    together(
        *[lambda name=name: voting.cast_vote(item=sitting.item, choice=FOR, by=sitting.by[name]) for name in NAMES]  # type: ignore[misc]
    )
    item = voting.count_votes(item=sitting.item, by=sitting.by["secretary"])
    assert (item.for_count, item.passed) == (5, True)


@pytest.mark.parametrize("secret", [False, True])
def test_a_vote_comes_while_the_vote_is_closed(ground: World, secret: bool) -> None:
    """The late vote is counted or refused, never half of it."""
    sitting = voting_now(ground, secret=secret, given=4)
    got = together(
        lambda: voting.cast_vote(item=sitting.item, choice=FOR, by=sitting.by["fifth"]),
        lambda: voting.count_votes(item=sitting.item, by=sitting.by["secretary"]),
    )
    item = sitting.fresh()
    assert (item.state, item.for_count) == (AgendaState.COUNTED, 5 - refusals(got))
    assert (Vote.objects.count(), SealedBallot.objects.count()) == (item.for_count, 0)


def test_two_counts(ground: World) -> None:
    sitting = voting_now(ground, secret=True, given=5)
    voices = [sitting.by[name] for name in ("chair", "secretary")]
    got = together(*[lambda by=by: voting.count_votes(item=sitting.item, by=by) for by in voices])  # type: ignore[misc]
    assert (refusals(got), sitting.fresh().for_count, events("agenda_item.count")) == (1, 5, 1)


def test_the_quorum_is_lost_while_the_vote_is_closed(ground: World) -> None:
    """Closed before the departure or refused after it; counted only with the quorum there."""
    sitting = voting_now(ground, given=3)
    gone = {sitting.members[name].pk: (False, "вызвали") for name in ("fifth", "member", "deputy")}
    together(
        lambda: sessions.set_attendance(session=sitting.session, ticks=gone, by=sitting.by["secretary"]),
        lambda: voting.count_votes(item=sitting.item, by=sitting.by["chair"]),
    )
    item = sitting.fresh()
    assert (item.state, item.present_count) in {(AgendaState.COUNTED, 5), (AgendaState.VOTING, None)}


def test_two_decisions_grant_once(ground: World) -> None:
    sitting = voting_now(ground, given=5)
    voting.count_votes(item=sitting.item, by=sitting.by["secretary"])
    voices = [sitting.by[name] for name in ("chair", "secretary")]
    got = together(*[lambda by=by: voting.decide_item(item=sitting.item, reasons="", by=by) for by in voices])  # type: ignore[misc]
    assert (refusals(got), TutorStatus.objects.count(), events("application.grant")) == (1, 1, 1)


def test_the_vote_begins_twice_and_is_postponed(ground: World) -> None:
    sitting = make_sitting(AgendaState.DISCUSSED, centre=ground.own, secret=True)
    by = sitting.by
    got = together(
        lambda: voting.open_vote(item=sitting.item, by=by["chair"]),
        lambda: voting.open_vote(item=sitting.item, by=by["secretary"]),
    )
    assert refusals(got) == 1
    together(
        lambda: items.postpone_item(item=sitting.item, reason="потом", by=by["secretary"]),
        lambda: voting.cast_vote(item=sitting.item, choice=FOR, by=by["member"]),
    )
    assert (sitting.fresh().state, SealedBallot.objects.count(), Vote.objects.count()) == (AgendaState.POSTPONED, 0, 0)


def test_judgements_are_opened_while_one_is_changed(ground: World) -> None:
    sitting = make_sitting(AgendaState.JUDGING, centre=ground.own)
    slugs = [one.slug for one in judged_criteria(sitting.item.application)]
    give = lambda name, points: items.give_points(  # noqa: E731
        item=sitting.item, given=dict.fromkeys(slugs, (points, "")), by=sitting.by[name]
    )
    for name in NAMES:
        give(name, 1)
    got = together(
        lambda: give("member", 0),
        lambda: items.reveal_judgements(item=sitting.item, by=sitting.by["chair"]),
    )
    changed = Judgement.objects.filter(points=0).count()
    assert (sitting.fresh().state, changed) == (AgendaState.DISCUSSED, 0 if refusals(got) else len(slugs))


def test_the_same_press_twice(ground: World) -> None:
    sitting = make_sitting(centre=ground.own)
    by, members = sitting.by, sitting.members
    twice = lambda call: together(*[call] * 2)  # noqa: E731
    twice(lambda: items.recuse(item=sitting.item, member=members["fifth"], reason="other", note="друг", by=by["fifth"]))
    assert sitting.item.recusals.count() == 1
    assert refusals(twice(lambda: items.begin_item(item=sitting.item, by=by["chair"]))) == 1
    waiting = make_application(sitting.centre)
    got = twice(lambda: sessions.add_to_agenda(session=sitting.session, application=waiting, by=by["secretary"]))
    assert (refusals(got), AgendaItem.objects.filter(application=waiting).count()) == (1, 1)
    now = sitting.session.held_at
    twice(lambda: sessions.plan_session(commission=sitting.commission, held_at=now, place="", by=by["chair"]))
    assert sorted(Session.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_both_sign_at_once(ground: World) -> None:
    sitting = voting_now(ground, given=5)
    by = sitting.by
    voting.count_votes(item=sitting.item, by=by["secretary"])
    voting.decide_item(item=sitting.item, reasons="", by=by["secretary"])
    sessions.close_session(session=sitting.session, by=by["secretary"])
    together(
        lambda: sessions.sign_protocol(session=sitting.session, by=by["chair"]),
        lambda: sessions.sign_protocol(session=sitting.session, by=by["secretary"]),
    )
    assert (Session.objects.get().state, events("commission_session.sign")) == (SessionState.SIGNED, 1)


def test_an_opinion_and_the_last_signature(ground: World) -> None:
    """Nothing is added to a signed protocol: either the opinion is in and signatures are asked again, or it is late."""
    sitting = voting_now(ground, given=5)
    by = sitting.by
    voting.count_votes(item=sitting.item, by=by["secretary"])
    voting.decide_item(item=sitting.item, reasons="", by=by["secretary"])
    sessions.close_session(session=sitting.session, by=by["secretary"])
    sessions.sign_protocol(session=sitting.session, by=by["chair"])
    got = together(
        lambda: voting.add_opinion(item=sitting.item, text="Против", by=by["member"]),
        lambda: sessions.sign_protocol(session=sitting.session, by=by["secretary"]),
    )
    signed = Session.objects.get().state == SessionState.SIGNED
    assert (signed, DissentingOpinion.objects.count()) == ((True, 0) if refusals(got) else (False, 1))


def test_two_commissions_begin(ground: World) -> None:
    sitting = make_sitting(centre=ground.own)
    by = sitting.by["coordinator"]
    Commission.objects.update(state=CommissionState.FORMING)
    other = Commission.objects.create(
        centre=ground.own, name="Вторая", basis="приказ", start=sitting.commission.start, end=sitting.commission.end
    )
    Session.objects.update(state=SessionState.CANCELLED)
    for member in sitting.members.values():
        composition.add_member(commission=other, person=member.person, kind="methodist", post=member.post, by=by)
    both = [sitting.commission, other]
    got = together(*[lambda one=one: composition.begin_commission(commission=one, by=by) for one in both])  # type: ignore[misc]
    assert (refusals(got), Commission.objects.filter(state=CommissionState.WORKING).count()) == (1, 1)


def test_a_session_opens_while_a_member_leaves_the_commission(ground: World) -> None:
    sitting = make_sitting(AgendaState.POSTPONED, centre=ground.own)
    sessions.close_session(session=sitting.session, by=sitting.by["chair"])
    planned = make_session(sitting.commission, SessionState.PLANNED, 2)
    waiting = make_application(ground.own)
    sessions.add_to_agenda(session=planned, application=waiting, by=sitting.by["chair"])
    together(
        lambda: sessions.open_session(session=planned, by=sitting.by["chair"]),
        lambda: composition.remove_member(member=sitting.members["fifth"], by=sitting.by["coordinator"]),
    )
    planned.refresh_from_db()
    seats = set(sitting.commission.members.filter(end=None).values_list("pk", flat=True))
    listed = set(planned.attendance.values_list("member_id", flat=True))
    assert planned.state == SessionState.PLANNED or seats == listed
