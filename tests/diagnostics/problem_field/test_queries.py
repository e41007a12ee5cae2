"""Who sees hypotheses: the teacher, and the tutor while an active support has the consent of both."""

import pytest
from django.utils import timezone

from tests.diagnostics.factories import make_hypothesis
from tests.routes.support_factories import make_support
from tests.world import VIEWERS, World
from traektoria.diagnostics.problem_field.queries.hypotheses import visible_to
from traektoria.people.actor import actor_of
from traektoria.people.models import RoleAssignment
from traektoria.people.supported_people import persons_open_to


def seen_by(world: World, viewer: str) -> int:
    return visible_to(actor_of(world.accounts[viewer])).count()


def test_only_the_teacher_and_their_tutor_see(world: World) -> None:
    make_hypothesis(world.own, world.accounts["teacher"].person)
    make_support(world.own, world.accounts["tutor"].person, world.accounts["teacher"].person)
    seeing = {viewer for viewer in VIEWERS if viewer != "anonymous" and seen_by(world, viewer)}
    assert seeing == {"teacher", "tutor"}


@pytest.mark.parametrize("state", ["proposed", "declined", "ended"])
def test_a_support_that_is_not_active_shows_nothing(world: World, state: str) -> None:
    make_hypothesis(world.own, world.accounts["teacher"].person)
    make_support(world.own, world.accounts["tutor"].person, world.accounts["teacher"].person, state=state)
    assert seen_by(world, "tutor") == 0


def test_a_member_of_a_group_who_did_not_consent_is_not_seen(world: World) -> None:
    teacher, other = world.accounts["teacher"].person, world.accounts["other_teacher"].person
    make_hypothesis(world.own, teacher)
    group = make_support(world.own, world.accounts["tutor"].person, teacher, other)
    group.members.filter(person=teacher).update(consented_at=None, declined_at=timezone.now())
    tutor = actor_of(world.accounts["tutor"])
    assert list(visible_to(tutor)) == []
    assert list(persons_open_to(tutor)) == [other]


def test_who_is_no_longer_a_tutor_sees_nothing(world: World) -> None:
    make_hypothesis(world.own, world.accounts["teacher"].person)
    make_support(world.own, world.accounts["tutor"].person, world.accounts["teacher"].person)
    RoleAssignment.objects.filter(person=world.accounts["tutor"].person).update(end="2026-01-01")
    assert seen_by(world, "tutor") == 0
