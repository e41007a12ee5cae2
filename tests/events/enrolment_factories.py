"""Registrations, for tests of the room."""

from typing import Any

from tests.factories import make_member
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.events.enrolment.actions.enrolling import enrol, leave
from traektoria.events.models import Enrolment, Event, EventLine
from traektoria.people.enums import Role


def registered(world: World, event: Event, name: str = "teacher", by: str = "", **more: Any) -> Enrolment:
    return enrol(event=event, people=[person(world, name).pk], by=actor(world, by or name), **more)[0]


def given_back(world: World, row: Enrolment, name: str) -> Enrolment:
    return leave(row=row, by=actor(world, name))


def more_teachers(world: World, *names: str) -> None:
    for name in names:
        world.accounts[name] = make_member(world.own, Role.TEACHER, world.school)


def states(event: Event) -> list[str]:
    """In the order in which they came."""
    return list(Enrolment.objects.filter(event=event).order_by("created_at", "pk").values_list("state", flat=True))


def log(event: Event) -> list[str]:
    return list(EventLine.objects.filter(event=event).values_list("said", flat=True))
