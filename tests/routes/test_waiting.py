"""Nothing waits for nobody: after any order of acts somebody is there who can say the word that is awaited."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests.factories import make_employment
from tests.routes.route_factories import actor, fresh, make_draft
from tests.routes.support_factories import make_support
from tests.thoroughness import rounds
from tests.waiting import lines_for, what_differs
from tests.world import World
from traektoria.core.errors import DomainError
from traektoria.core.models import AuditEvent
from traektoria.core.waiting import mend
from traektoria.people.actions import end_role, save_employment
from traektoria.people.actor import in_force
from traektoria.people.models import Employment, RoleAssignment
from traektoria.people.status_roles import close_role
from traektoria.routes.models import LearningRoute, TutorSupport
from traektoria.routes.route.actions.agreement import agree_route, propose_route, return_route
from traektoria.routes.route.enums import AgreeingParty
from traektoria.routes.route.queries.parties import whose_word_is_awaited
from traektoria.routes.supports.actions.reassigning import reassign_support
from traektoria.routes.supports.actions.supports import consent_to_support, decline_support, end_support
from traektoria.tutors.statuses.actions.reminders import keep_statuses

pytestmark = pytest.mark.django_db
TEACHERS = ("teacher", "other_teacher")
PEOPLE = (*TEACHERS, "tutor", "head", "deputy_head")


@pytest.fixture
def group(world: World) -> LearningRoute:
    """A draft of a group of two that the head agrees to as well."""
    for name in TEACHERS:
        person = world.accounts[name].person
        assert person is not None
        if not person.employments.exists():
            make_employment(person, world.school)
    route = make_draft(world, *TEACHERS)
    LearningRoute.objects.filter(pk=route.pk).update(head_agrees=True)
    return fresh(route)


def _end_roles(world: World, name: str) -> None:
    for role in RoleAssignment.objects.filter(person=world.accounts[name].person):
        end_role(role=role, by=actor(world, "coordinator"))


def _roles_run_out(world: World, name: str) -> None:
    """Yesterday was the last day of the person's roles, as their rows had said: nobody pressed anything."""
    over = timezone.localdate() - timedelta(days=1)
    for role in RoleAssignment.objects.filter(person=world.accounts[name].person):
        role.start, role.end = over - timedelta(days=300), over
        role.save(update_fields=["start", "end"])


def _day_after_the_roles(world: World, name: str) -> None:
    """The same, and the daily command has run."""
    _roles_run_out(world, name)
    keep_statuses(today=timezone.localdate())


def _leave_school(world: World, name: str) -> None:
    for work in Employment.objects.filter(person=world.accounts[name].person):
        save_employment(
            person=work.person, employment=work, centre=world.own, school=world.school, position=work.position,
            category="", experience_from=None, subjects=work.subjects, start=work.start,
            end=timezone.localdate() - timedelta(days=1), by=actor(world, "coordinator"),
        )  # fmt: skip


def _acts(world: World, route: LearningRoute) -> list[Callable[[], Any]]:
    """Everything that one of the people can do now; a refusal is an act that did not happen."""
    route, support = fresh(route), TutorSupport.objects.get(pk=fresh(route).support_id)
    number = route.pending_version or 0
    acts: list[Callable[[], Any]] = []
    for name in PEOPLE:
        by = actor(world, name)
        acts += [
            lambda by=by: propose_route(route=route, by=by),  # type: ignore[misc]
            lambda by=by: agree_route(route=route, number=number, by=by),  # type: ignore[misc]
            lambda by=by: agree_route(route=route, number=number, by=by),  # type: ignore[misc]
            lambda by=by: decline_support(support=support, by=by),  # type: ignore[misc]
            lambda name=name: _end_roles(world, name),  # type: ignore[misc]
            lambda name=name: _day_after_the_roles(world, name),  # type: ignore[misc]
        ]
    new = world.accounts["other_tutor"].person
    assert new is not None
    acts += [
        lambda: return_route(route=route, number=number, reason="Короче", by=actor(world, "head")),
        lambda: end_support(support=support, by=actor(world, "coordinator")),
        lambda: reassign_support(support=support, tutor=new, reason="Отпуск", by=actor(world, "coordinator")),
        lambda: [_answer(world, name) for name in ("other_tutor", "teacher")],
        lambda: _leave_school(world, "teacher"),
        lambda: _leave_school(world, "other_teacher"),
    ]
    return acts


def _answer(world: World, name: str) -> None:
    asked = TutorSupport.objects.filter(tutor=world.accounts["other_tutor"].person)
    for one in asked:
        consent_to_support(support=one, by=actor(world, name))


def _waits_for_somebody(route: LearningRoute) -> bool:
    """Somebody of those who are awaited can say the word."""
    if route.pending_version is None:
        return route.state != "proposed"
    today = in_force(timezone.localdate())
    roles = RoleAssignment.objects.filter(today, centre=route.centre_id)
    for party in whose_word_is_awaited(route, route.versions.get(number=route.pending_version)):
        if party.kind == AgreeingParty.TUTOR and not roles.filter(role="tutor", person=party.person_id).exists():
            return False
        if party.kind == AgreeingParty.TEACHER and route.support.state != "active":
            return False
    return bool(whose_word_is_awaited(route, route.versions.get(number=route.pending_version)))


@pytest.mark.parametrize("seed", range(rounds(2, 8)))
def test_after_any_order_of_acts_somebody_is_waited_for(world: World, group: LearningRoute, seed: int) -> None:
    chance = random.Random(seed)
    propose_route(route=group, by=actor(world, "tutor"))
    for _step in range(12):
        act = chance.choice(_acts(world, group))
        try:
            with transaction.atomic():
                act()
        except DomainError:
            continue
        assert _waits_for_somebody(fresh(group)), (seed, fresh(group).state)
        lost = TutorSupport.objects.filter(state="proposed").exclude(
            tutor__in=RoleAssignment.objects.filter(in_force(timezone.localdate()), role="tutor").values("person")
        )
        assert not lost.exists()
        assert what_differs() == []


def test_the_last_who_is_awaited_leaves_and_the_version_is_in_force(world: World, group: LearningRoute) -> None:
    LearningRoute.objects.filter(pk=group.pk).update(head_agrees=False)
    propose_route(route=fresh(group), by=actor(world, "tutor"))
    agree_route(route=fresh(group), number=1, by=actor(world, "teacher"))
    assert fresh(group).state == "proposed"
    decline_support(support=group.support, by=actor(world, "other_teacher"))
    assert (fresh(group).state, fresh(group).pending_version) == ("running", None)


def test_the_last_head_goes_and_nobody_waits_for_the_head(world: World, group: LearningRoute) -> None:
    propose_route(route=group, by=actor(world, "tutor"))
    for name in TEACHERS:
        agree_route(route=fresh(group), number=1, by=actor(world, name))
    _end_roles(world, "head")
    assert fresh(group).state == "proposed"
    _end_roles(world, "deputy_head")
    assert fresh(group).state == "running"


def test_an_ended_support_takes_the_waiting_version_off(world: World, group: LearningRoute) -> None:
    propose_route(route=group, by=actor(world, "tutor"))
    end_support(support=group.support, by=actor(world, "tutor"))
    assert (fresh(group).state, fresh(group).pending_version) == ("draft", None)
    with pytest.raises(DomainError) as refusal:
        propose_route(route=fresh(group), by=actor(world, "teacher"))
    assert refusal.value.code == "support_is_over"


def test_a_tutor_who_is_none_any_longer_is_not_waited_for(world: World, group: LearningRoute) -> None:
    people = [world.accounts[name].person for name in ("tutor", "teacher")]
    asked = make_support(world.own, *people, subject="physics", state="proposed")
    propose_route(route=group, by=actor(world, "teacher"))
    tutor = world.accounts["tutor"].person
    assert tutor is not None
    close_role(person=tutor, centre=world.own, role="tutor", by=None)  # type: ignore[arg-type]
    asked.refresh_from_db()
    assert (fresh(group).state, asked.state) == ("draft", "ended")


def test_what_ends_by_its_date_is_settled_by_the_daily_command(world: World, group: LearningRoute) -> None:
    propose_route(route=group, by=actor(world, "tutor"))
    asked = make_support(world.own, world.accounts["tutor"].person, world.accounts["teacher"].person, state="proposed")
    _roles_run_out(world, "tutor")
    for _run in range(2):
        keep_statuses(today=timezone.localdate())
        assert (fresh(group).state, fresh(group).pending_version) == ("draft", None)
        asked.refresh_from_db()
        assert asked.state == "ended"
    events = AuditEvent.objects.filter(event__in=["route.release", "support.lapse"])
    assert sorted(events.values_list("event", flat=True)) == ["route.release", "support.lapse"]


@pytest.mark.parametrize("by_its_date", [False, True])
def test_a_proposal_whose_last_teacher_is_gone_lapses(world: World, by_its_date: bool) -> None:
    leave = _day_after_the_roles if by_its_date else _end_roles
    people = [world.accounts[name].person for name in TEACHERS]
    asked = make_support(world.own, world.accounts["tutor"].person, *people, state="proposed")
    leave(world, "teacher")
    asked.refresh_from_db()
    assert asked.state == "proposed"
    leave(world, "other_teacher")
    asked.refresh_from_db()
    assert (asked.state, asked.end_reason) == ("ended", "Никто из приглашённых больше не учитель центра.")


def test_the_last_heads_term_is_over_and_the_version_is_in_force(world: World, group: LearningRoute) -> None:
    propose_route(route=group, by=actor(world, "tutor"))
    for name in TEACHERS:
        agree_route(route=fresh(group), number=1, by=actor(world, name))
    for name in ("head", "deputy_head"):
        _roles_run_out(world, name)
    keep_statuses(today=timezone.localdate())
    assert (fresh(group).state, fresh(group).pending_version) == ("running", None)


def test_the_coordinator_sees_supports_without_a_tutor(world: World, group: LearningRoute, client: Client) -> None:
    def said() -> list[str]:
        return [one.what for one in lines_for(actor(world, "coordinator"), kinds="routes.")]

    client.force_login(world.accounts["coordinator"])
    word, place = "больше нет тьютора", "/support/?state=no_tutor"
    assert not any(word in line for line in said())
    assert group.support.name not in client.get(place).content.decode()
    _roles_run_out(world, "tutor")
    assert "У 1 сопровождения больше нет тьютора" in said()
    assert group.support.name in client.get(place).content.decode()
    TutorSupport.objects.update(end=timezone.localdate() - timedelta(days=1))
    mend()
    assert not any(word in line for line in said())
