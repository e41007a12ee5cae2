"""Requests for a tutor and profiles with places, for tests of the room."""

from datetime import date
from typing import Any

from tests.routes.route_factories import actor
from tests.world import World
from traektoria.organisations.models import TutorCentre
from traektoria.people.models import Person
from traektoria.routes.models import SupportNeed, TutorSupport
from traektoria.routes.needs.actions import ask_for_teachers, ask_for_tutor
from traektoria.routes.supports.actions.supports import consent_to_support, propose_support
from traektoria.tutors.models import TutorProfile

PERIOD = {"start": date(2026, 9, 1), "end": date(2027, 5, 31)}


def person(world: World, name: str) -> Person:
    found = world.accounts[name].person
    assert found is not None
    return found


def make_places(centre: TutorCentre, tutor: Person, places: int, hours: int = 400, **fields: Any) -> TutorProfile:
    """A profile with so many places; the hours do not limit them unless said."""
    return TutorProfile.objects.create(
        centre=centre, person=tutor, teachers_at_once=places, hours_a_month=hours, **fields
    )


def make_need(world: World, *teachers: str, number: int = 1, **fields: Any) -> SupportNeed:
    """Of the school of ``head`` for the named teachers."""
    facts: dict[str, Any] = {"subject": "math", "basis": "results", **fields}
    named = [person(world, name) for name in teachers]
    return ask_for_teachers(
        centre=world.own, school=world.school, teachers=named, number=number, by=actor(world, "head"), **facts
    )


def own_need(world: World, name: str = "teacher", **fields: Any) -> SupportNeed:
    facts: dict[str, Any] = {"subject": "math", "basis": "request", **fields}
    return ask_for_tutor(centre=world.own, by=actor(world, name), **facts)


def offer(world: World, need: SupportNeed | None, *teachers: str, tutor: str = "tutor", **fields: Any) -> TutorSupport:
    """The coordinator's proposal that answers the request."""
    members = [person(world, name) for name in teachers or ("teacher",)]
    facts: dict[str, Any] = {"subject": "math", "basis": "request", "name": "Группа", **PERIOD, **fields}
    return propose_support(
        centre=world.own,
        tutor=person(world, tutor),
        members=members,
        kind="group" if len(members) > 1 else "individual",
        need=need,
        by=actor(world, "coordinator"),
        **facts,
    )


def consent(world: World, support: TutorSupport, *names: str) -> TutorSupport:
    for name in names:
        support = consent_to_support(support=support, by=actor(world, name))
    return support


def state(row: SupportNeed | TutorSupport) -> str:
    row.refresh_from_db()
    return row.state
