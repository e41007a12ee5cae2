"""Routes for tests of any room, made by the room's own actions on the supports of ``support_factories``."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tests.routes.support_factories import make_support
from tests.world import World
from traektoria.core.waiting import gathered
from traektoria.diagnostics.items.enums import CompetenceBlock
from traektoria.diagnostics.models import Hypothesis
from traektoria.diagnostics.problem_field.enums import HypothesisState, Origin
from traektoria.people.actor import Actor, actor_of
from traektoria.people.models import Person
from traektoria.routes.models import LearningRoute, TutorSupport
from traektoria.routes.route.actions.agreement import agree_route, propose_route
from traektoria.routes.route.actions.drafting import draft_route

TOPICS = ("Решение задач в три действия", "Чтение таблиц и диаграмм")


def actor(world: World, viewer: str) -> Actor:
    return actor_of(world.accounts[viewer])


def make_hypothesis(world: World, person: Person | None, topic: str = TOPICS[0], **fields: Any) -> Hypothesis:
    """A confirmed hypothesis of the own centre, added by hand."""
    assert person is not None
    usual = {
        "block": CompetenceBlock.SUBJECT,
        "strength": "moderate",
        "subject": "math",
        "decided_at": timezone.now(),
        "state": HypothesisState.CONFIRMED,
    }
    return Hypothesis.objects.create(
        centre=world.own,
        person=person,
        topic=topic,
        origin=Origin.BY_HAND,
        **usual | fields,
    )


def make_route_support(world: World, *teachers: str, **fields: Any) -> TutorSupport:
    """An active support of ``tutor`` from a month ago for half a year."""
    today = timezone.localdate()
    people = [world.accounts[teacher].person for teacher in teachers or ("teacher",)]
    dates: dict[str, date] = {"start": today - timedelta(days=30), "end": today + timedelta(days=180)}
    return make_support(world.own, world.accounts["tutor"].person, *people, **{**dates, **fields})


@gathered()
def make_draft(world: World, *teachers: str, topics: tuple[str, ...] = TOPICS) -> LearningRoute:
    support = make_route_support(world, *teachers)
    for topic in topics:
        make_hypothesis(world, world.accounts[(teachers or ("teacher",))[0]].person, topic)
    return draft_route(support=support, by=actor(world, "tutor"))


@gathered()
def make_proposed(world: World) -> LearningRoute:
    """Proposed by the tutor: waits for the teacher."""
    route = make_draft(world)
    propose_route(route=route, by=actor(world, "tutor"))
    return fresh(route)


@gathered()
def make_running(world: World, topics: tuple[str, ...] = TOPICS) -> LearningRoute:
    route = make_draft(world, topics=topics)
    propose_route(route=route, by=actor(world, "tutor"))
    agree_route(route=route, number=1, by=actor(world, "teacher"))
    return fresh(route)


def fresh(route: LearningRoute) -> LearningRoute:
    return LearningRoute.objects.get(pk=route.pk)
