"""Places of a tutor: how many there are, who holds them, and that nobody takes more."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import make_member, make_regulation
from tests.routes.need_factories import PERIOD, consent, make_places, offer, person, state
from tests.routes.route_factories import actor
from tests.routes.support_factories import make_support
from tests.world import World
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.support import tutor_loads
from traektoria.core.typography import ru_day
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.people.enums import Role
from traektoria.people.models import Person
from traektoria.routes.models import SupportMember, TutorSupport
from traektoria.routes.supports.actions.members import add_member
from traektoria.routes.supports.actions.reassigning import reassign_support
from traektoria.routes.supports.actions.supports import (
    consent_to_support,
    decline_support,
    end_support,
    propose_support,
)
from traektoria.routes.supports.queries.capacity import Places, loads, next_free_day, places_of
from traektoria.tutors.models import TutorProfile, TutorStatus
from traektoria.tutors.profiles import policies as profiles


def refused(code: str, call: Callable[[], object]) -> str:
    """The sentence with which it is refused; nothing is written."""
    before = (TutorSupport.objects.count(), SupportMember.objects.filter(declined_at=None).count())
    with pytest.raises(Conflict) as refusal:
        call()
    assert refusal.value.code == code
    assert (TutorSupport.objects.count(), SupportMember.objects.filter(declined_at=None).count()) == before
    return refusal.value.sentence


def places(world: World, name: str = "tutor") -> Places:
    return places_of(world.own.pk, [person(world, name).pk])[person(world, name).pk]


@pytest.mark.parametrize(
    ("at_once", "hours", "hours_a_teacher", "expected"),
    [(5, 400, 2, 5), (5, 7, 2, 3), (5, 1, 2, 0), (0, 400, 2, 0), (50, 7, 0.7, 10), (5, 0, 2, 0), (9, 9, 1.5, 6)],
)
def test_places_are_what_number_and_hours_both_allow(
    world: World, at_once: int, hours: int, hours_a_teacher: float, expected: int
) -> None:
    make_regulation(world.own, support={"hours_a_teacher": hours_a_teacher})
    rules = rules_of(regulation_in_force(world.own.pk)).support
    assert profiles.places(at_once, hours, rules) == expected
    make_places(world.own, person(world, "tutor"), at_once, hours)
    assert places(world).total == expected


def test_without_a_profile_the_regulation_says(world: World) -> None:
    make_regulation(world.own, support={"teachers_at_once": 4})
    make_places(world.foreign, person(world, "tutor"), 9)
    assert places(world) == Places(4, 0)


def test_each_teacher_of_open_supports_holds_one_place(world: World) -> None:
    tutor, teacher, other = (person(world, name) for name in ("tutor", "teacher", "other_teacher"))
    for index, name in enumerate(("proposed", "active", "ended", "declined")):
        make_support(world.own, tutor, teacher, state=name, subject=("math", "russian", "physics", "history")[index])
    group = make_support(world.own, tutor, teacher, other, subject="biology")
    make_support(world.foreign, tutor, person(world, "foreign_teacher"))
    assert loads(world.own.pk, [tutor.pk, teacher.pk]) == {tutor.pk: 2}
    decline_support(support=group, by=actor(world, "other_teacher"))
    assert [source.of(world.own.pk, [tutor.pk]) for source in tutor_loads] == [{tutor.pk: 1}]


def test_the_nearest_place_lies_ahead(world: World) -> None:
    """A support that goes on after its period says no day; the next one that has one does."""
    tutor, today = person(world, "tutor"), timezone.localdate()
    day = timedelta(days=1)
    make_support(world.own, tutor, person(world, "teacher"), start=today - 90 * day, end=today - day)
    assert next_free_day(world.own.pk, tutor.pk) is None
    make_support(world.own, tutor, person(world, "other_teacher"), start=today - 90 * day, end=today + 30 * day)
    assert next_free_day(world.own.pk, tutor.pk) == today + 30 * day


def test_the_last_place_and_no_more(world: World) -> None:
    make_places(world.own, person(world, "tutor"), 1)
    end = timezone.localdate() + timedelta(days=40)
    support = offer(world, None, end=end)
    sentence = refused("over_capacity", lambda: offer(world, None, "other_teacher"))
    assert person(world, "tutor").short_name in sentence
    assert "мест 1, занято 1" in sentence
    assert ru_day(end) in sentence
    end_support(support=support, by=actor(world, "coordinator"))
    assert offer(world, None, "other_teacher").state == "proposed"


def test_a_group_takes_as_many_places_as_teachers(world: World) -> None:
    make_places(world.own, person(world, "tutor"), 1)
    sentence = refused("over_capacity", lambda: offer(world, None, "teacher", "other_teacher"))
    assert "мест 1, занято 0, а нужно ещё 2" in sentence


def test_a_teacher_who_has_a_place_takes_no_second_one(world: World) -> None:
    make_places(world.own, person(world, "tutor"), 1)
    offer(world, None)
    assert offer(world, None, subject="physics").state == "proposed"
    TutorProfile.objects.update(teachers_at_once=0)
    assert offer(world, None, subject="history").state == "proposed"
    assert places(world) == Places(0, 1)
    assert places(world).too_many == 1


@pytest.mark.parametrize("by", ["tutor", "other_teacher"])
def test_own_proposals_of_tutors_and_teachers_take_places_too(world: World, by: str) -> None:
    make_places(world.own, person(world, "tutor"), 1)
    offer(world, None)
    facts: dict[str, Any] = {"kind": "individual", "subject": "math", "basis": "request", **PERIOD}
    given = {"centre": world.own, "tutor": person(world, "tutor"), "members": [person(world, "other_teacher")]}
    refused("over_capacity", lambda: propose_support(by=actor(world, by), **given, **facts))


def test_the_same_proposal_twice_needs_no_second_place(world: World) -> None:
    make_places(world.own, person(world, "tutor"), 1)
    assert offer(world, None) == offer(world, None)


def test_who_declined_comes_back_only_to_a_free_place(world: World) -> None:
    make_places(world.own, person(world, "tutor"), 2)
    group = offer(world, None, "teacher", "other_teacher")
    decline_support(support=group, by=actor(world, "teacher"))
    third = make_member(world.own, Role.TEACHER, world.school)
    world.accounts["third"] = third
    taken = offer(world, None, "third")
    refused("over_capacity", lambda: consent_to_support(support=group, by=actor(world, "teacher")))
    decline_support(support=taken, by=actor(world, "third"))
    consent(world, group, "teacher")
    assert SupportMember.objects.get(support=group, person=person(world, "teacher")).consented_at is not None


def test_consent_to_what_was_proposed_needs_no_new_place(world: World) -> None:
    make_places(world.own, person(world, "tutor"), 1)
    support = offer(world, None)
    TutorProfile.objects.update(teachers_at_once=0)
    consent(world, support, "tutor", "teacher")
    assert state(support) == "active"


def test_add_member_takes_a_place(world: World) -> None:
    tutor = person(world, "tutor")
    group = make_support(world.own, tutor, person(world, "teacher"), person(world, "other_teacher"))
    profile = make_places(world.own, tutor, 2)
    third = make_member(world.own, Role.TEACHER, world.school).person
    assert third is not None
    refused("over_capacity", lambda: add_member(support=group, person=third, by=actor(world, "tutor")))
    profile.teachers_at_once = 3
    profile.save()
    member = add_member(support=group, person=third, by=actor(world, "tutor"))
    assert member.consented_at is None
    assert add_member(support=group, person=third, by=actor(world, "coordinator")) == member
    assert places(world) == Places(3, 3)


def test_add_member_of_whom_and_by_whom(world: World) -> None:
    tutor, teacher, other = (person(world, name) for name in ("tutor", "teacher", "other_teacher"))
    single = make_support(world.own, tutor, teacher)
    group = make_support(world.own, tutor, teacher, other)
    third = make_member(world.own, Role.TEACHER, world.school).person
    assert third is not None
    for by in ("teacher", "other_tutor", "head", "foreign_coordinator"):
        with pytest.raises(Refused):
            add_member(support=group, person=third, by=actor(world, by))
    for support, person_, code in ((single, third, "not_a_group"), (group, person(world, "head"), "not_a_teacher")):
        with pytest.raises(Invalid) as refusal:
            add_member(support=support, person=person_, by=actor(world, "tutor"))
        assert refusal.value.code == code
    decline_support(support=group, by=actor(world, "other_teacher"))
    refused("declined", lambda: add_member(support=group, person=other, by=actor(world, "tutor")))
    end_support(support=group, by=actor(world, "tutor"))
    refused("support_is_over", lambda: add_member(support=group, person=third, by=actor(world, "tutor")))


def _status(world: World, tutor: Person, **fields: Any) -> TutorStatus:
    rules = {"regulation": regulation_in_force(world.own.pk), "start": date(2025, 9, 1)}
    return TutorStatus.objects.create(centre=world.own, person=tutor, **rules, **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "suspended", "suspended_from": date(2026, 1, 1)},
        {"state": "ended", "ended_on": date(2026, 1, 1)},
        {"state": "active", "end": date(2025, 12, 31)},
    ],
)
def test_a_status_that_is_not_in_force_takes_no_new_teachers(world: World, fields: dict[str, Any]) -> None:
    tutor = person(world, "tutor")
    waiting = make_support(world.own, tutor, person(world, "teacher"), state="proposed")
    running = make_support(
        world.own, person(world, "other_tutor"), person(world, "other_teacher"), end=date(2099, 5, 31)
    )
    _status(world, tutor, **fields)
    refused("takes_no_teachers", lambda: offer(world, None, "other_teacher"))
    refused(
        "takes_no_teachers",
        lambda: reassign_support(support=running, tutor=tutor, reason="Отпуск", by=actor(world, "coordinator")),
    )
    consent(world, waiting, "tutor")
    refused("takes_no_teachers", lambda: consent_to_support(support=waiting, by=actor(world, "teacher")))
    assert state(waiting) == "proposed"


def test_a_status_in_force_and_the_role_without_a_status_take_teachers(world: World) -> None:
    _status(world, person(world, "tutor"))
    assert offer(world, None).state == "proposed"
    assert offer(world, None, "other_teacher", tutor="other_tutor").state == "proposed"


def test_the_regulation_may_know_no_groups(world: World) -> None:
    make_regulation(world.own, support={"group": False})
    with pytest.raises(Invalid) as refusal:
        offer(world, None, "teacher", "other_teacher")
    assert refusal.value.code == "no_groups"
