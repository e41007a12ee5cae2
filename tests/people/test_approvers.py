"""Who may approve is whose desk it waits on: the head of the centre's own school, else the coordinator."""

import pytest

from tests.world import World
from traektoria.core.errors import Refused
from traektoria.people.actor import Actor, actor_of
from traektoria.people.approvers import approver_in, check_approve_in
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment

pytestmark = pytest.mark.django_db
WHO = ("coordinator", "head", "deputy_head", "tutor", "foreign_coordinator")


def who_approves(world: World) -> list[str]:
    found = []
    for viewer in WHO:
        try:
            check_approve_in(actor(world, viewer), world.own)
        except Refused:
            continue
        found.append(viewer)
    return found


def actor(world: World, viewer: str) -> Actor:
    return actor_of(world.accounts[viewer])


def test_the_coordinator_of_a_centre_of_many_schools(world: World) -> None:
    assert who_approves(world) == ["coordinator"]
    assert approver_in(world.own) == f"coordinator:{world.own.pk}"


def test_the_head_of_the_only_school_and_not_the_deputy_while_there_is_one(world: World) -> None:
    world.own.school = world.school
    world.own.save()
    assert who_approves(world) == ["head"]
    assert approver_in(world.own) == f"head:{world.own.pk}"
    RoleAssignment.objects.filter(role=Role.HEAD, centre=world.own).delete()
    assert who_approves(world) == ["coordinator"]
    assert approver_in(world.own) == f"coordinator:{world.own.pk}"
