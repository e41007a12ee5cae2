"""Tutor support: who proposes, whose consent it takes, how it is declined and ended."""

from datetime import date
from typing import Any

import pytest

from tests.factories import make_member
from tests.routes.support_factories import make_support
from tests.world import World
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.models import AuditEvent
from traektoria.people.actor import Actor, actor_of
from traektoria.people.enums import Role
from traektoria.routes.models import LearningRequest, SupportMember, TutorSupport
from traektoria.routes.supports.actions.requests import save_request
from traektoria.routes.supports.actions.supports import (
    consent_to_support,
    decline_support,
    end_support,
    propose_support,
)


def actor(world: World, viewer: str) -> Actor:
    return actor_of(world.accounts[viewer])


def proposal(world: World, by: str, *teachers: str, **fields: Any) -> TutorSupport:
    facts: dict[str, Any] = {
        "centre": world.own,
        "tutor": world.accounts["tutor"].person,
        "members": [world.accounts[name].person for name in teachers or ("teacher",)],
        "kind": "group" if len(teachers) > 1 else "individual",
        "subject": "math",
        "start": date(2026, 9, 1),
        "end": date(2027, 5, 31),
        "basis": "request",
        **fields,
    }
    return propose_support(by=actor(world, by), **facts)


def state(support: TutorSupport) -> str:
    return TutorSupport.objects.get(pk=support.pk).state


def test_the_coordinators_proposal_has_nobodys_consent(world: World) -> None:
    support = proposal(world, "coordinator")
    assert support.tutor_consented_at is None
    assert support.members.get().consented_at is None


@pytest.mark.parametrize(("by", "other"), [("tutor", "teacher"), ("teacher", "tutor")])
def test_the_proposers_own_consent_counts_and_the_other_begins_it(world: World, by: str, other: str) -> None:
    support = proposal(world, by)
    assert state(support) == "proposed"
    consent_to_support(support=support, by=actor(world, other))
    assert state(support) == "active"
    assert list(AuditEvent.objects.filter(object_id=support.pk).values_list("event", flat=True)) == [
        "support.propose",
        "support.consent",
        "support.consent",
        "support.begin",
    ]


def test_consent_twice_is_once(world: World) -> None:
    support = proposal(world, "coordinator")
    for _press in range(2):
        consent_to_support(support=support, by=actor(world, "tutor"))
    first = TutorSupport.objects.get().tutor_consented_at
    consent_to_support(support=support, by=actor(world, "teacher"))
    consent_to_support(support=support, by=actor(world, "tutor"))
    assert TutorSupport.objects.get().tutor_consented_at == first
    assert AuditEvent.objects.filter(event="support.begin").count() == 1


def test_the_same_open_proposal_is_one_support(world: World) -> None:
    assert proposal(world, "coordinator") == proposal(world, "tutor")
    end_support(support=TutorSupport.objects.get(), by=actor(world, "coordinator"))
    assert proposal(world, "coordinator").state == "proposed"
    assert TutorSupport.objects.count() == 2


@pytest.mark.parametrize("by", ["other_tutor", "other_teacher", "head", "administrator", "foreign_coordinator"])
def test_nobody_proposes_for_others(world: World, by: str) -> None:
    with pytest.raises(Refused):
        proposal(world, by)


def test_a_teacher_proposes_for_nobody_but_themselves(world: World) -> None:
    with pytest.raises(Refused):
        proposal(world, "teacher", "teacher", "other_teacher", name="Группа")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"end": date(2026, 9, 1)}, "dates"),
        ({"kind": "group", "name": "Группа"}, "group_too_small"),
        ({"members": []}, "one_teacher"),
    ],
)
def test_a_wrong_shape_is_refused(world: World, fields: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        proposal(world, "coordinator", **fields)
    assert refusal.value.code == code


def test_people_of_the_centre_only(world: World) -> None:
    with pytest.raises(Invalid) as refusal:
        proposal(world, "coordinator", tutor=world.accounts["foreign_tutor"].person)
    assert refusal.value.code == "not_a_tutor"
    with pytest.raises(Invalid) as refusal:
        proposal(world, "coordinator", "foreign_teacher")
    assert refusal.value.code == "not_a_teacher"
    tutor = make_member(world.own, Role.TUTOR)
    make_member(world.own, Role.TEACHER, world.school, tutor.person)
    with pytest.raises(Invalid) as refusal:
        proposal(world, "coordinator", tutor=tutor.person, members=[tutor.person])
    assert refusal.value.code == "own_tutor"


def test_a_group_needs_a_name(world: World) -> None:
    with pytest.raises(Invalid) as refusal:
        proposal(world, "coordinator", "teacher", "other_teacher")
    assert refusal.value.code == "group_without_name"


@pytest.mark.parametrize("by", ["tutor", "teacher"])
def test_declining_needs_no_reason_and_is_final(world: World, by: str) -> None:
    support = proposal(world, "coordinator")
    for _press in range(2):
        decline_support(support=support, by=actor(world, by))
    assert state(support) == "declined"
    with pytest.raises(Conflict):
        consent_to_support(support=support, by=actor(world, "teacher"))


def test_of_a_group_one_takes_only_oneself_out(world: World) -> None:
    group = make_support(
        world.own,
        world.accounts["tutor"].person,
        world.accounts["teacher"].person,
        world.accounts["other_teacher"].person,
    )
    decline_support(support=group, by=actor(world, "teacher"))
    assert state(group) == "active"
    gone = SupportMember.objects.get(person=world.accounts["teacher"].person)
    assert gone.consented_at is None
    assert gone.declined_at is not None
    consent_to_support(support=group, by=actor(world, "teacher"))
    decline_support(support=group, by=actor(world, "teacher"))
    decline_support(support=group, by=actor(world, "other_teacher"), reason="Всё успели")
    assert (state(group), TutorSupport.objects.get().end_reason) == ("ended", "Всё успели")


@pytest.mark.parametrize("by", ["tutor", "teacher", "coordinator"])
def test_either_side_and_the_coordinator_end_it_and_twice_is_once(world: World, by: str) -> None:
    support = make_support(world.own, world.accounts["tutor"].person, world.accounts["teacher"].person)
    for _press in range(2):
        end_support(support=support, by=actor(world, by), reason="Срок вышел")
    assert state(support) == "ended"
    assert AuditEvent.objects.filter(event="support.end").count() == 1


@pytest.mark.parametrize("by", ["other_tutor", "other_teacher", "head", "foreign_coordinator", "administrator"])
def test_strangers_neither_consent_nor_end(world: World, by: str) -> None:
    support = make_support(world.own, world.accounts["tutor"].person, world.accounts["teacher"].person)
    for action in (consent_to_support, decline_support, end_support):
        with pytest.raises(Refused):
            action(support=support, by=actor(world, by))


def test_a_changed_request_is_a_new_row_and_the_same_is_not(world: World) -> None:
    support = make_support(world.own, world.accounts["tutor"].person, world.accounts["teacher"].person)
    teacher = actor(world, "teacher")
    for text in ("Хочу вести дискуссию", "Хочу вести дискуссию", "И слушать детей"):
        save_request(support=support, text=text, by=teacher)
    assert list(LearningRequest.objects.values_list("text", flat=True)) == ["И слушать детей", "Хочу вести дискуссию"]
    with pytest.raises(Refused):
        save_request(support=support, text="Чужое", by=actor(world, "tutor"))
    end_support(support=support, by=teacher)
    with pytest.raises(Conflict):
        save_request(support=support, text="Поздно", by=teacher)


def test_a_member_of_a_group_leaves_it_and_does_not_end_it(world: World) -> None:
    people = {name: world.accounts[name].person for name in ("tutor", "teacher", "other_teacher")}
    group = make_support(world.own, *people.values())
    for name in ("teacher", "other_teacher"):
        with pytest.raises(Refused):
            end_support(support=group, by=actor_of(world.accounts[name]))
    decline_support(support=group, by=actor_of(world.accounts["other_teacher"]))
    gone = actor_of(world.accounts["other_teacher"])
    with pytest.raises(Refused):
        end_support(support=group, by=gone)
    with pytest.raises(Refused):
        save_request(support=group, text="Хочу дальше", by=gone)
    group.refresh_from_db()
    assert group.state == "active"
    decline_support(support=group, by=actor_of(world.accounts["teacher"]))
    group.refresh_from_db()
    assert group.state == "ended"
