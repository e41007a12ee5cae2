"""Giving teachers over to another tutor: what goes on, what moves, what stays when somebody says no."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import make_member
from tests.routes.need_factories import consent, make_places, person, state
from tests.routes.route_factories import actor, fresh, make_draft, make_route_support, make_running
from tests.world import World
from traektoria.core.audit import trail
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.models import AuditEvent
from traektoria.people.enums import Role
from traektoria.people.history import history_lines
from traektoria.routes.models import LearningRequest, LearningRoute, ReflectionEntry, TutorSupport
from traektoria.routes.route.actions.agreement import agree_route, propose_route
from traektoria.routes.route.actions.reflection import share_reflection, write_reflection
from traektoria.routes.route.queries.parties import parties_of
from traektoria.routes.route.queries.route import visible_to
from traektoria.routes.supports.actions.reassigning import reassign_support
from traektoria.routes.supports.actions.requests import save_request
from traektoria.routes.supports.actions.supports import decline_support, end_support
from traektoria.routes.supports.queries.capacity import loads
from traektoria.routes.tutees.queries import tutee_ids

REASON = "Тьютор уходит в отпуск"


def give_over(world: World, support: TutorSupport, by: str = "coordinator", **fields: Any) -> TutorSupport:
    facts = {"tutor": person(world, "other_tutor"), "reason": REASON, **fields}
    return reassign_support(support=support, by=actor(world, by), **facts)


@pytest.mark.parametrize("by", ["coordinator", "tutor"])
def test_the_same_teachers_are_asked_anew_and_twice_is_once(world: World, by: str) -> None:
    old = make_route_support(world)
    new = give_over(world, old, by)
    assert give_over(world, old, by) == new
    assert (new.replaces, new.replace_reason, new.state, new.end, new.subject) == (
        old, REASON, "proposed", old.end, old.subject,
    )  # fmt: skip
    assert new.start == timezone.localdate()
    assert new.tutor_consented_at is None
    assert [member.consented_at for member in new.members.all()] == [None]
    assert state(old) == "active"
    assert AuditEvent.objects.filter(event="support.reassign").count() == 1


@pytest.mark.parametrize("by", ["teacher", "other_tutor", "head", "foreign_coordinator", "administrator"])
def test_who_does_not_give_over(world: World, by: str) -> None:
    with pytest.raises(Refused):
        give_over(world, make_route_support(world), by)


def test_what_is_refused(world: World) -> None:
    old = make_route_support(world)
    for fields, code in (({"tutor": person(world, "tutor")}, "same_tutor"), ({"reason": " "}, "reason_needed")):
        with pytest.raises(Invalid) as refusal:
            give_over(world, old, **fields)
        assert refusal.value.code == code
    with pytest.raises(Invalid) as refusal:
        give_over(world, old, tutor=person(world, "foreign_tutor"))
    assert refusal.value.code == "not_a_tutor"
    TutorSupport.objects.update(end=timezone.localdate())
    with pytest.raises(Conflict) as late:
        give_over(world, old)
    assert late.value.code == "period_over"
    end_support(support=old, by=actor(world, "coordinator"))
    with pytest.raises(Conflict) as over:
        give_over(world, old)
    assert over.value.code == "not_active"


def test_the_new_tutor_needs_a_place_and_holds_it_from_the_proposal_on(world: World) -> None:
    tutors = [person(world, name).pk for name in ("tutor", "other_tutor")]
    profile = make_places(world.own, person(world, "other_tutor"), 0)
    old = make_route_support(world)
    with pytest.raises(Conflict) as refusal:
        give_over(world, old)
    assert refusal.value.code == "over_capacity"
    profile.teachers_at_once = 1
    profile.save()
    new = give_over(world, old)
    assert loads(world.own.pk, tutors) == {tutors[0]: 1, tutors[1]: 1}
    consent(world, new, "other_tutor", "teacher")
    assert loads(world.own.pk, tutors) == {tutors[1]: 1}


def test_when_both_consent_the_old_ends_and_the_route_moves(world: World) -> None:
    route = make_running(world)
    old = route.support
    save_request(support=old, text="Хочу вести дискуссию", by=actor(world, "teacher"))
    new = give_over(world, old)
    consent(world, new, "other_tutor")
    assert (state(old), fresh(route).support) == ("active", old)
    consent(world, new, "teacher")
    old.refresh_from_db()
    assert (old.state, old.end_reason, state(new)) == ("ended", REASON, "active")
    moved = fresh(route)
    assert (moved.support, moved.state, moved.version) == (new, "running", 1)
    assert LearningRequest.objects.get().support == new
    assert set(visible_to(actor(world, "other_tutor"))) == set(visible_to(actor(world, "teacher"))) == {moved}
    assert not visible_to(actor(world, "tutor")).exists()
    assert not tutee_ids(actor(world, "tutor")).exists()
    assert [row["person"] for row in tutee_ids(actor(world, "other_tutor"))] == [person(world, "teacher").pk]
    moves = AuditEvent.objects.filter(event="route.hand_over").values_list("object_id", "facts")
    assert list(moves) == [(route.pk, {"source": old.pk, "target": new.pk})]
    assert "продолжает другой тьютор" in [entry.text for entry in history_lines(trail(old))]


def test_what_was_agreed_stays_agreed_by_the_tutor_of_its_time(world: World) -> None:
    route = make_running(world)
    consent(world, give_over(world, route.support), "other_tutor", "teacher")
    route = fresh(route)
    parties = parties_of(route, route.versions.get())
    assert [(party.person_id, party.agreed) for party in parties] == [
        (person(world, "teacher").pk, True),
        (person(world, "tutor").pk, True),
    ]


def test_a_version_that_waits_is_asked_of_the_new_tutor(world: World) -> None:
    route = make_draft(world)
    propose_route(route=route, by=actor(world, "tutor"))
    consent(world, give_over(world, route.support), "other_tutor", "teacher")
    agree_route(route=fresh(route), number=1, by=actor(world, "teacher"))
    assert state(route) == "proposed"  # type: ignore[arg-type]
    agree_route(route=fresh(route), number=1, by=actor(world, "other_tutor"))
    assert state(route) == "running"  # type: ignore[arg-type]


@pytest.mark.parametrize("by", ["other_tutor", "teacher"])
def test_where_somebody_declines_the_old_support_goes_on(world: World, by: str) -> None:
    route = make_running(world)
    old = route.support
    new = give_over(world, old)
    decline_support(support=new, by=actor(world, by))
    assert (state(new), state(old), fresh(route).support) == ("declined", "active", old)
    again = give_over(world, old)
    assert again != new
    third = make_member(world.own, Role.TUTOR).person
    with pytest.raises(Conflict) as refusal:
        give_over(world, old, tutor=third)
    assert refusal.value.code == "asked_already"


def test_of_a_group_those_who_did_not_answer_are_asked_still(world: World) -> None:
    route = make_draft(world, "teacher", "other_teacher")
    old = route.support
    for name in ("teacher", "other_teacher"):
        save_request(support=old, text=f"Хочу: {name}", by=actor(world, name))
        write_reflection(route=route, text=f"Запись: {name}", shared=True, by=actor(world, name))
    new = give_over(world, old)
    consent(world, new, "other_tutor", "teacher")
    assert (state(new), state(old)) == ("active", "ended")
    assert list(new.requests.values_list("text", flat=True)) == ["Хочу: teacher"]
    shared = ReflectionEntry.objects.filter(shared_at__isnull=False).values_list("text", flat=True)
    assert list(shared) == ["Запись: teacher"]
    assert not visible_to(actor(world, "other_teacher")).exists()
    consent(world, new, "other_teacher")
    assert set(new.requests.values_list("text", flat=True)) == {"Хочу: teacher", "Хочу: other_teacher"}
    assert visible_to(actor(world, "other_teacher")).get() == LearningRoute.objects.get()
    entry = ReflectionEntry.objects.get(person=person(world, "other_teacher"))
    share_reflection(entry=entry, by=actor(world, "other_teacher"))


def test_an_old_support_that_ended_meanwhile_still_gives_its_route(world: World) -> None:
    route = make_running(world)
    new = give_over(world, route.support)
    end_support(support=route.support, reason="Срок", by=actor(world, "tutor"))
    consent(world, new, "other_tutor", "teacher")
    old = TutorSupport.objects.get(pk=route.support_id)
    assert (old.state, old.end_reason, fresh(route).support) == ("ended", "Срок", new)


def test_a_coordinator_who_is_a_tutor_takes_over_by_proposing(world: World) -> None:
    make_member(world.own, Role.TUTOR, person=person(world, "coordinator"))
    old = make_route_support(world, end=timezone.localdate() + timedelta(days=30))
    new = give_over(world, old, tutor=person(world, "coordinator"))
    assert new.tutor_consented_at is not None
    consent(world, new, "teacher")
    assert (state(new), state(old)) == ("active", "ended")
