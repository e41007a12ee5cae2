"""The last place with a tutor, for which many reach at the same moment: exactly one gets it, whatever the way."""

from typing import Any

import pytest

from tests.acceptance.races import together
from tests.factories import make_member
from tests.routes.need_factories import PERIOD, consent, make_need, make_places, offer, own_need, person
from tests.routes.route_factories import actor, make_route_support
from tests.routes.support_factories import make_support
from tests.world import World
from traektoria.core.errors import Conflict
from traektoria.core.models import AuditEvent
from traektoria.people.enums import Role
from traektoria.routes.models import SupportNeed, TutorSupport
from traektoria.routes.needs.actions import refuse_need
from traektoria.routes.supports.actions.members import add_member
from traektoria.routes.supports.actions.reassigning import reassign_support
from traektoria.routes.supports.actions.supports import consent_to_support, decline_support, propose_support
from traektoria.routes.supports.queries.capacity import loads

pytestmark = pytest.mark.django_db(transaction=True)


def refusals(got: list[object]) -> list[str]:
    return [one.code for one in got if isinstance(one, Conflict)]


def load(world: World, name: str = "tutor") -> int:
    tutor = person(world, name).pk
    return loads(world.own.pk, [tutor]).get(tutor, 0)


def newcomers(world: World, number: int) -> list[str]:
    names = [f"newcomer{index}" for index in range(number)]
    for name in names:
        world.accounts[name] = make_member(world.own, Role.TEACHER, world.school)
    return names


def test_many_proposals_for_the_last_place(own_world: World) -> None:
    """The coordinator, and each teacher for themselves, all at once."""
    make_places(own_world.own, person(own_world, "tutor"), 2)
    offer(own_world, None, "other_teacher")
    names = newcomers(own_world, 6)
    by_coordinator = [lambda name=name: offer(own_world, None, name) for name in names[:3]]
    by_themselves = [lambda name=name: _ask(own_world, name) for name in names[3:]]
    got = together(*by_coordinator, *by_themselves)  # type: ignore[arg-type]
    assert refusals(got) == ["over_capacity"] * 5
    assert (load(own_world), TutorSupport.objects.count()) == (2, 2)


def _ask(world: World, name: str) -> TutorSupport:
    members, tutor = [person(world, name)], person(world, "tutor")
    facts: dict[str, Any] = {"kind": "individual", "subject": "math", "basis": "request", **PERIOD}
    return propose_support(centre=world.own, tutor=tutor, members=members, by=actor(world, name), **facts)


def test_every_other_way_to_the_last_place(own_world: World) -> None:
    """A member who comes back, a member who is added, a teacher given over, and a new proposal."""
    group = make_support(
        own_world.own, person(own_world, "tutor"), person(own_world, "teacher"), person(own_world, "other_teacher")
    )
    back, added, new, moved = newcomers(own_world, 4)
    add_member(support=group, person=person(own_world, back), by=actor(own_world, "tutor"))
    decline_support(support=group, by=actor(own_world, back))
    elsewhere = make_route_support(own_world, moved)
    TutorSupport.objects.filter(pk=elsewhere.pk).update(tutor=person(own_world, "other_tutor"))
    make_places(own_world.own, person(own_world, "tutor"), 3)
    by, tutor = actor(own_world, "coordinator"), person(own_world, "tutor")
    got = together(
        lambda: consent_to_support(support=group, by=actor(own_world, back)),
        lambda: add_member(support=group, person=person(own_world, added), by=by),
        lambda: offer(own_world, None, new),
        lambda: reassign_support(support=elsewhere, tutor=tutor, reason="Отпуск", by=by),
    )
    assert refusals(got) == ["over_capacity"] * 3
    assert load(own_world) == 3


def test_the_same_offer_and_two_tutors_for_one_request(own_world: World) -> None:
    need = own_need(own_world)
    got = together(
        *[lambda: offer(own_world, need)] * 2,
        *[lambda: offer(own_world, need, tutor="other_tutor")] * 2,
    )
    assert len(refusals(got)) == 2
    assert TutorSupport.objects.count() == 1
    assert SupportNeed.objects.get().state == "offered"


def test_the_same_request_pressed_by_head_and_twice(own_world: World) -> None:
    together(*[lambda: make_need(own_world, "teacher")] * 3, *[lambda: own_need(own_world)] * 3)
    assert SupportNeed.objects.count() == 2


def test_an_offer_while_the_teacher_says_no(own_world: World) -> None:
    need = make_need(own_world, "teacher")
    together(
        lambda: offer(own_world, need),
        lambda: refuse_need(need=need, by=actor(own_world, "teacher")),
    )
    need.refresh_from_db()
    assert need.state == ("offered" if TutorSupport.objects.exists() else "withdrawn")


def test_both_consent_to_another_tutor_while_the_old_support_is_given_to_a_third(own_world: World) -> None:
    old = make_route_support(own_world)
    own_world.accounts["third"] = make_member(own_world.own, Role.TUTOR)
    new = reassign_support(
        support=old, tutor=person(own_world, "other_tutor"), reason="Отпуск", by=actor(own_world, "coordinator")
    )
    by = actor(own_world, "coordinator")
    together(
        lambda: consent(own_world, new, "other_tutor"),
        lambda: consent(own_world, new, "teacher"),
        lambda: reassign_support(support=old, tutor=person(own_world, "third"), reason="Иначе", by=by),
    )
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, new.state, TutorSupport.objects.count()) == ("ended", "active", 2)
    assert AuditEvent.objects.filter(event="support.hand_over").count() == 1
