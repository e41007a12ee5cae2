"""Requests for a consultation, for tests of the room."""

from typing import Any

from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.consultations.models import ConsultationRequest
from traektoria.consultations.requests.actions.answering import assign_request, take_request
from traektoria.consultations.requests.actions.requests import RequestFacts, ask_for_school, ask_for_self


def wish(**fields: Any) -> RequestFacts:
    return RequestFacts(**{"topic": "Задачи с параметром", "subject": "math", **fields})


def own_request(world: World, name: str = "teacher", **fields: Any) -> ConsultationRequest:
    return ask_for_self(centre=world.own, wish=wish(**fields), by=actor(world, name))


def school_request(world: World, *teachers: str, number: int = 1, **fields: Any) -> ConsultationRequest:
    """Of the school of ``head`` for the named teachers."""
    named = [person(world, name) for name in teachers]
    return ask_for_school(
        centre=world.own, school=world.school, teachers=named, number=number, wish=wish(**fields),
        by=actor(world, "head"),
    )  # fmt: skip


def assigned(world: World, request: ConsultationRequest, tutor: str = "tutor") -> ConsultationRequest:
    return assign_request(request=request, tutor=person(world, tutor), by=actor(world, "coordinator"))


def taken(world: World, request: ConsultationRequest, tutor: str = "tutor") -> ConsultationRequest:
    given = assigned(world, request, tutor)
    return take_request(request=given, answer="Вторник, 14:30", by=actor(world, tutor))
