"""Quorum, agenda, recusals and judgements by the actions."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import make_centre, make_employment, make_member, make_school
from tests.tutors.commission_factories import (
    Sitting,
    change_rules,
    judge_all,
    make_application,
    make_item,
    make_session,
    make_sitting,
)
from tests.waiting import what_differs
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.models import Engagement
from traektoria.engines.criteria import Truth
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.tutors.applications.actions.review import return_application
from traektoria.tutors.applications.enums import ApplicationState
from traektoria.tutors.commission.actions import items, sessions
from traektoria.tutors.commission.actions.voting import open_vote
from traektoria.tutors.commission.enums import AgendaState, RecusalReason, SessionState
from traektoria.tutors.commission.policies import quorum_of
from traektoria.tutors.commission.queries.judgements import judged_criteria, points_of, seen_by
from traektoria.tutors.commission.queries.protocol import extract_facts, protocol_facts
from traektoria.tutors.commission.queries.sessions import attendance_of
from traektoria.tutors.models import AgendaItem, Application, Commission, Judgement
from traektoria.tutors.seats.policies import commission_rules

pytestmark = pytest.mark.django_db


def refused(code: str, call: Any) -> None:
    with pytest.raises((Conflict, Refused, Invalid)) as refusal:
        call()
    assert refusal.value.code == code


def absent(sitting: Sitting, *names: str) -> None:
    ticks = {sitting.members[name].pk: (False, "болеет") for name in names}
    sessions.set_attendance(session=sitting.session, ticks=ticks, by=sitting.by["secretary"])


def test_the_term_is_over() -> None:
    sitting = make_sitting(AgendaState.POSTPONED)
    sessions.close_session(session=sitting.session, by=sitting.by["chair"])
    Commission.objects.update(end=timezone.localdate() - timedelta(days=1))
    plan = lambda: sessions.plan_session(  # noqa: E731
        commission=sitting.commission, held_at=timezone.now(), place="", by=sitting.by["secretary"]
    )
    refused("term_over", plan)


def test_a_session_takes_the_time_of_its_members() -> None:
    sitting = make_sitting()
    start, by = timezone.now() + timedelta(days=3), sitting.by["secretary"]
    made = sessions.plan_session(commission=sitting.commission, held_at=start, place="каб. 5", by=by)

    def taken() -> dict[int | None, tuple[str, bool, bool]]:
        rows = Engagement.objects.filter(object_kind="tutors.session", object_id=made.pk)
        assert {(row.start, row.facts["where"]) for row in rows} == {(made.held_at, "каб. 5")}
        return {row.person_id: (row.state, row.main, row.busy) for row in rows}

    members = {one.person_id for one in sitting.members.values()}
    assert taken() == {None: ("fixed", True, False), **dict.fromkeys(members, ("fixed", False, True))}
    made = sessions.change_session(session=made, held_at=start + timedelta(days=1), place="каб. 5", secret=False, by=by)
    assert taken()[None] == ("fixed", True, False)
    sessions.cancel_session(session=made, reason="Нет заявлений", by=by)
    assert {state for state, _main, _busy in taken().values()} == {"cancelled"}
    assert not what_differs()


@pytest.mark.parametrize(
    ("quorum", "gone", "sentence"),
    [(0.5, 2, "3/5/3"), (0.6, 2, "3/5/3"), (0.6667, 1, "4/5/4"), (1, 0, "5/5/5")],
)
def test_a_session_opens_with_a_quorum(quorum: float, gone: int, sentence: str) -> None:
    sitting = make_sitting(AgendaState.POSTPONED, quorum=quorum)
    by = sitting.by["secretary"]
    sessions.close_session(session=sitting.session, by=by)
    planned = make_session(sitting.commission, SessionState.PLANNED, 2)
    start = lambda: sessions.open_session(session=planned, by=by)  # noqa: E731
    refused("no_agenda", start)
    make_item(planned)
    names = ["fifth", "member", "deputy"]
    gone_now = {sitting.members[name].pk: (False, "") for name in names[: gone + 1]}
    sessions.set_attendance(session=planned, ticks=gone_now, by=by)
    refused("no_quorum", start)
    back = {sitting.members[names[gone]].pk: (True, "")}
    sessions.set_attendance(session=planned, ticks=back, by=by)
    found = quorum_of(attendance_of(planned), commission_rules(planned.regulation).quorum)
    assert f"{found.present}/{found.members}/{found.needed}" == sentence
    assert start().state == SessionState.OPEN


def test_a_session_needs_its_chair_and_secretary() -> None:
    sitting = make_sitting(AgendaState.POSTPONED)
    by, members = sitting.by["secretary"], sitting.members
    planned = make_session(sitting.commission, SessionState.PLANNED, 2)
    make_item(planned)
    start = lambda: sessions.open_session(session=planned, by=by)  # noqa: E731
    both = {members[name].pk: (False, "") for name in ("chair", "deputy")}
    sessions.set_attendance(session=planned, ticks=both, by=by)
    refused("no_chair", start)
    sessions.set_attendance(
        session=planned, ticks={members["deputy"].pk: (True, ""), members["secretary"].pk: (False, "")}, by=by
    )
    refused("no_secretary", start)
    refused("leads_no_session", lambda: sessions.open_session(session=planned, by=sitting.by["coordinator"]))


def test_numbers_and_agenda() -> None:
    sitting = make_sitting()
    by, centre = sitting.by["secretary"], sitting.centre
    plan = lambda: sessions.plan_session(  # noqa: E731
        commission=sitting.commission, held_at=timezone.now(), place="", by=by
    )
    second = plan()
    sessions.cancel_session(session=second, reason="никого", by=by)
    planned = plan()
    assert (second.number, planned.number) == (2, 2)
    refused("on_agenda", lambda: sessions.add_to_agenda(session=planned, application=sitting.item.application, by=by))
    draft = make_application(centre, state=ApplicationState.SUBMITTED)
    refused("not_admitted", lambda: sessions.add_to_agenda(session=planned, application=draft, by=by))
    foreign = make_application(make_centre())
    refused("foreign_application", lambda: sessions.add_to_agenda(session=planned, application=foreign, by=by))
    added = sessions.add_to_agenda(session=planned, application=make_application(centre), by=by)
    sessions.cancel_session(session=planned, reason="карантин", by=by)
    added.refresh_from_db()
    assert (added.state, added.postponed_why) == (AgendaState.POSTPONED, "карантин")
    again = sessions.add_to_agenda(session=sitting.session, application=added.application, by=by)
    assert (again.position, AgendaItem.objects.filter(application=added.application).count()) == (2, 2)


def test_conflicts_are_found_by_the_system() -> None:
    sitting = make_sitting()
    school = make_school(sitting.centre)
    candidate = sitting.item.application.person
    make_employment(candidate, school)
    make_employment(sitting.members["chair"].person, school)
    make_member(sitting.centre, Role.HEAD, school, sitting.members["deputy"].person)
    items.begin_item(item=sitting.item, by=sitting.by["secretary"])
    found = {row.member_id: row.reason for row in sitting.item.recusals.all()}
    assert found == {sitting.members[name].pk: RecusalReason.SCHOOL for name in ("chair", "deputy")}
    refused("recused", lambda: items.reveal_judgements(item=sitting.item, by=sitting.by["chair"]))
    refused("recused", lambda: items.give_points(item=sitting.item, given={}, by=sitting.by["chair"]))


def test_everybody_of_a_schools_own_centre_works_there() -> None:
    centre = make_centre()
    centre.school = make_school(centre)
    centre.save()
    sitting = make_sitting(centre=centre)
    for person in (sitting.item.application.person, sitting.members["chair"].person):
        make_employment(person, centre.school)
    items.begin_item(item=sitting.item, by=sitting.by["secretary"])
    assert not sitting.item.recusals.exists()


def test_the_candidate_leads_nothing_of_the_own_item() -> None:
    sitting = make_sitting()
    Application.objects.update(person=sitting.members["chair"].person)
    refused("own_application", lambda: items.begin_item(item=sitting.item, by=sitting.by["chair"]))
    items.begin_item(item=sitting.item, by=sitting.by["secretary"])
    assert sitting.item.recusals.get().reason == RecusalReason.OWN


def test_recusals_take_the_quorum_of_an_item() -> None:
    sitting = make_sitting(quorum=0.8)
    own = sitting.by["member"]
    recuse = lambda name, by, **facts: items.recuse(  # noqa: E731
        item=sitting.item, member=sitting.members[name], by=by, **{"reason": "relative", "note": "сестра", **facts}
    )
    refused("found_by_system", lambda: recuse("member", own, reason="own"))
    refused("leads_no_session", lambda: recuse("fifth", own))
    refused("note_needed", lambda: recuse("member", own, note=" "))
    assert recuse("member", own) == recuse("member", own)
    items.begin_item(item=sitting.item, by=sitting.by["secretary"])
    recuse("fifth", sitting.by["secretary"], reason="other")
    judge_all(sitting)
    items.reveal_judgements(item=sitting.item, by=sitting.by["secretary"])
    refused("no_quorum", lambda: open_vote(item=sitting.item, by=sitting.by["secretary"]))
    done = items.postpone_item(item=sitting.item, reason="нет кворума", by=sitting.by["secretary"])
    assert done.state == AgendaState.POSTPONED


def test_one_item_at_a_time_and_no_quorum_no_beginning() -> None:
    sitting = make_sitting()
    second = make_item(sitting.session)
    items.begin_item(item=sitting.item, by=sitting.by["chair"])
    refused("another_item", lambda: items.begin_item(item=second, by=sitting.by["chair"]))
    items.postpone_item(item=sitting.item, reason="потом", by=sitting.by["chair"])
    absent(sitting, "member", "fifth", "deputy")
    refused("no_quorum", lambda: items.begin_item(item=second, by=sitting.by["chair"]))


def test_blind_until_all_are_in() -> None:
    sitting = make_sitting(AgendaState.JUDGING)
    slugs = [one.slug for one in judged_criteria(sitting.item.application)]
    slug = slugs[0]
    give = lambda name, points: items.give_points(  # noqa: E731
        item=sitting.item, given=dict.fromkeys(slugs, (points, "")), by=sitting.by[name]
    )
    refused("wrong_points", lambda: give("member", 99))
    assert (give("member", 1), give("member", 1), give("member", 2)) == (len(slugs), 0, len(slugs))
    item = sitting.fresh()
    shown = {name: set(seen_by(actor, item)) for name, actor in sitting.by.items()}
    own = {sitting.members["member"].pk}
    assert shown == {name: own if name == "member" else set() for name in sitting.by}
    assert points_of(item) == []
    assert all(one.mean is None for one in protocol_facts(item.session).items[0].criteria)
    for name in ("chair", "deputy", "secretary"):
        give(name, 1)
    refused("judgements_missing", lambda: items.reveal_judgements(item=item, by=sitting.by["chair"]))
    absent(sitting, "fifth")
    items.reveal_judgements(item=item, by=sitting.by["chair"])
    item = sitting.fresh()
    found = next(one for one in points_of(item) if one.criterion.slug == slug)
    assert (found.n, found.mean, found.least, found.greatest, found.finding) == (4, 1.25, 1, 2, Truth.MET)
    assert set(seen_by(sitting.by["coordinator"], item)) == {
        sitting.members[one].pk for one in ("chair", "deputy", "secretary", "member")
    }
    assert seen_by(sitting.by["candidate"], item) == {}
    refused("not_judging", lambda: give("member", 1))


def test_a_mean_is_compared_exactly() -> None:
    sitting = make_sitting(AgendaState.DISCUSSED)
    judge_all(sitting, 1)
    slug = Judgement.objects.all()[0].criterion
    found = next(one for one in points_of(sitting.item) if one.criterion.slug == slug)
    just = found.criterion.model_copy(update={"pass_points": 1.0})
    above = found.criterion.model_copy(update={"pass_points": 1.01})
    kinds = [type(found)(one, found.rows).finding for one in (just, above)]
    assert kinds == [Truth.MET, Truth.NOT_MET]


def test_returned_from_the_session() -> None:
    sitting = make_sitting(AgendaState.DISCUSSED)
    items.return_to_candidate(item=sitting.item, reason="Нет диплома", by=sitting.by["secretary"])
    application = Application.objects.get()
    assert (application.state, application.return_reason) == (ApplicationState.RETURNED, "Нет диплома")
    assert sitting.fresh().state == AgendaState.POSTPONED


@pytest.mark.parametrize("state", [AgendaState.WAITING, AgendaState.VOTING, AgendaState.COUNTED])
def test_the_coordinator_takes_no_application_out_of_a_session(state: AgendaState) -> None:
    sitting = make_sitting(state)
    application = Application.objects.get()
    coordinator = actor_of(make_member(application.centre, Role.COORDINATOR))
    with pytest.raises(Conflict, match="с заседания"):
        return_application(application=application, reason="Дополните", by=coordinator)
    application.refresh_from_db()
    assert (application.state, sitting.fresh().state) == (ApplicationState.ADMITTED, state)


@pytest.mark.parametrize("state", [AgendaState.WAITING, AgendaState.JUDGING])
def test_nothing_is_said_while_members_judge_blind(state: AgendaState) -> None:
    sitting = make_sitting(state)
    with pytest.raises(Conflict, match="Обсуждение ещё не началось"):
        items.save_discussion(item=sitting.item, text="Слабый кандидат", by=sitting.by["secretary"])
    assert sitting.fresh().discussion == ""


def test_a_withdrawn_application_can_be_postponed_even_when_counted() -> None:
    sitting = make_sitting(AgendaState.COUNTED)
    Application.objects.update(state=ApplicationState.WITHDRAWN)
    done = items.postpone_item(item=sitting.item, reason="отозвано", by=sitting.by["secretary"])
    assert done.state == AgendaState.POSTPONED


def test_protocol_and_extract() -> None:
    sitting = make_sitting(AgendaState.DISCUSSED)
    make_employment(sitting.item.application.person, make_school(sitting.centre, "СОШ № 77"), "учитель физики")
    judge_all(sitting, 1)
    absent(sitting, "fifth")
    facts = protocol_facts(sitting.session)
    assert [one.person.pk for one in facts.absent] == [sitting.members["fifth"].person_id]
    assert (facts.quorum.present, facts.chair.person.pk) == (4, sitting.members["chair"].person_id)  # type: ignore[union-attr]
    line = facts.items[0]
    assert (line.position, line.school, line.vote) == ("учитель физики", "СОШ № 77", None)
    assert {one.mean for one in line.criteria if one.mean is not None} == {1.0}
    only = extract_facts(sitting.item).items[0]
    assert (only.opinions, [one.mean for one in only.criteria if one.mean is not None]) == ((), [])
    own = protocol_facts(sitting.session, reader=sitting.by["candidate"]).items[0]
    assert all(one.mean is None for one in own.criteria)


def test_rules_are_those_of_the_day_of_the_session() -> None:
    sitting = make_sitting(quorum=1)
    change_rules(sitting.centre, quorum=0.2)
    absent(sitting, "fifth")
    refused("no_quorum", lambda: items.begin_item(item=sitting.item, by=sitting.by["chair"]))
