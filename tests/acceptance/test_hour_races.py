"""Two hours of one tutor at once, from many presses at the same moment: exactly one is written down."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests.acceptance.races import together, waiting_for
from tests.consultations.hour_factories import given, recorded
from tests.consultations.request_factories import assigned, own_request, taken
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.consultations.hours.actions import giving
from traektoria.consultations.hours.actions.giving import GivenHour, facts_of, mark_of, record_hour
from traektoria.consultations.models import ConsultationHour
from traektoria.consultations.requests.actions.answering import assign_request, return_request, take_request
from traektoria.consultations.requests.actions.requests import withdraw_request
from traektoria.core.errors import DomainError
from traektoria.people.actions import end_role
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment

pytestmark = pytest.mark.django_db(transaction=True)


def _press(world: World, facts: GivenHour, teacher: str = "teacher", tutor: str = "tutor") -> Callable[[], object]:
    by, whom = actor(world, tutor), [person(world, teacher).pk]
    return lambda: record_hour(centre=world.own, given=facts, teachers=whom, by=by)


def refusals(got: list[object]) -> list[str]:
    return sorted(one.code for one in got if isinstance(one, DomainError))


def test_many_hours_at_once(own_world: World) -> None:
    """Eight different hours that overlap; another tutor's is not in their way."""
    now = timezone.now()
    facts = [given(ago=120 - number, minutes=45, now=now, topic=f"Тема {number}") for number in range(8)]
    got = together(*(_press(own_world, one) for one in facts), _press(own_world, facts[0], tutor="other_tutor"))
    assert refusals(got) == ["at_once"] * 7
    assert ConsultationHour.objects.count() == 2


def test_the_same_hour_from_two_telephones(own_world: World) -> None:
    facts = given(ago=120)
    got = together(*(_press(own_world, facts) for _press_ in range(4)))
    assert len({one.pk for one in got if isinstance(one, ConsultationHour)}) == 1
    assert ConsultationHour.objects.count() == 1


def test_touching_hours_all_stand(own_world: World) -> None:
    now = timezone.now()
    facts = [given(ago=300 - 30 * number, minutes=30, now=now, topic=f"Тема {number}") for number in range(6)]
    assert refusals(together(*(_press(own_world, one) for one in facts))) == []
    assert ConsultationHour.objects.count() == 6


def test_two_corrections_of_one_hour(own_world: World) -> None:
    hour = recorded(own_world, ago=120)
    facts, seen, by = facts_of(hour), mark_of(hour), actor(own_world, "tutor")
    whom = facts.pop("teachers")
    new = [replace(GivenHour(**facts), topic=f"Правка {number}") for number in range(3)]
    got = together(
        *(
            lambda one=one: giving.correct_hour(hour=hour, given=one, teachers=whom, seen=seen, by=by)  # type: ignore[misc]
            for one in new
        )
    )
    assert refusals(got) == ["changed_meanwhile"] * 2
    hour.refresh_from_db()
    assert (hour.number, hour.editions.count()) == (2, 1)


def test_the_database_itself_refuses_two_at_once(own_world: World) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    hour = recorded(own_world, ago=120)
    hour.pk, hour.start = None, hour.start + timedelta(minutes=10)
    with pytest.raises(IntegrityError), transaction.atomic():
        hour.save(force_insert=True)
    hour.withdrawn_at = timezone.now()
    hour.save(force_insert=True)


def test_one_request_given_to_many_tutors(own_world: World) -> None:
    request, by = own_request(own_world), actor(own_world, "coordinator")
    tutors = [person(own_world, name) for name in ("tutor", "other_tutor")]
    got = together(*(lambda one=one: assign_request(request=request, tutor=one, by=by) for one in tutors))  # type: ignore[misc]
    assert refusals(got) == ["wrong_state"]


def test_taken_returned_and_withdrawn_at_once(own_world: World) -> None:
    request, tutor = assigned(own_world, own_request(own_world)), actor(own_world, "tutor")
    together(
        lambda: take_request(request=request, answer="Вторник", by=tutor),
        lambda: return_request(request=request, reason="Отпуск", by=tutor),
        lambda: withdraw_request(request=request, by=actor(own_world, "teacher")),
    )
    request.refresh_from_db()
    assert request.state == "withdrawn"


def test_the_hour_and_the_withdrawal_of_its_request(own_world: World) -> None:
    """The request is met by the hour, or was taken back before, and then the tutor is told to write it down without."""
    request = taken(own_world, own_request(own_world))
    got = together(
        lambda: recorded(own_world, ago=120, request=request),
        lambda: withdraw_request(request=request, by=actor(own_world, "teacher")),
    )
    request.refresh_from_db()
    written = ConsultationHour.objects.count()
    assert (request.state, written, refusals(got)) in [("held", 1, ["wrong_state"]), ("withdrawn", 0, ["closed"])]


def test_a_request_is_not_given_to_a_tutor_whose_role_ends_at_once(own_world: World) -> None:
    """Whoever comes first: afterwards no open request is with somebody who is no tutor."""
    world = own_world
    request = own_request(world)
    role = RoleAssignment.objects.get(person=person(world, "tutor"), role=Role.TUTOR, centre=world.own)
    together(
        lambda: assign_request(request=request, tutor=person(world, "tutor"), by=actor(world, "coordinator")),
        lambda: end_role(role=role, by=actor(world, "coordinator")),
    )
    request.refresh_from_db()
    assert (request.state, request.tutor_id) == ("asked", None)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_who_gives_a_request_waits_for_who_ends_the_role(own_world: World) -> None:
    world = own_world
    request = own_request(world)
    roles = RoleAssignment.objects.filter(person=person(world, "tutor"), role=Role.TUTOR, centre=world.own)
    give = partial(assign_request, request=request, tutor=person(world, "tutor"), by=actor(world, "coordinator"))
    with waiting_for(roles, give):
        list(type(request).objects.select_for_update(nowait=True).filter(pk=request.pk))  # not locked by it yet
        roles.update(end=timezone.localdate() - timedelta(days=1))
    request.refresh_from_db()
    assert (request.state, request.tutor_id) == ("asked", None)
