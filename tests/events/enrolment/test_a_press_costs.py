"""What a registration costs while hundreds wait: as much as where few do, but for the columns of who waits; and what a
refused one draws."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.costs import Ask, cost_of
from tests.events.event_factories import announced, rules
from tests.factories import make_member
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.events.event.actions.materials import add_material
from traektoria.events.models import Enrolment, Event, EventLeader
from traektoria.people.enums import Role

pytestmark = pytest.mark.django_db
A_PERSON = 20
"""Calls for each who waits: a tuple of columns, no object."""


def crowd(world: World, event: Event, number: int) -> None:
    members = [make_member(world.own, Role.TEACHER, world.school) for _one in range(number)]
    since = timezone.now() - timedelta(hours=1)
    Enrolment.objects.bulk_create(
        Enrolment(event=event, person_id=one.person_id or 0, state="waits", since=since, work=world.school)
        for one in members
    )


def test_who_waits_costs_a_few_calls(world: World, as_: Callable[[str], Client]) -> None:
    rules(world)
    event = announced(world, places=1)
    crowd(world, event, 4)
    press = Ask(f"/events/{event.pk}/register/", {"which": "all"})
    as_("other_teacher").post(press.path, press.post)
    client, page = as_("teacher"), f"/events/{event.pk}/"
    few = cost_of(client, press)
    seen = cost_of(as_("other_teacher"), page)
    crowd(world, event, 60)
    many, again = cost_of(client, press), cost_of(as_("other_teacher"), page)
    assert (many.status, many.queries) == (302, few.queries)
    assert many.calls <= few.calls + 60 * A_PERSON
    assert again.queries == seen.queries
    assert again.calls <= seen.calls + 60 * A_PERSON


def test_a_refused_press_draws_the_page_as_it_is(world: World, as_: Callable[[str], Client]) -> None:
    """Its materials in their order, its leaders at once, however many there are."""
    rules(world)
    event = announced(world)
    for time in ("after", "before"):
        add_material(event=event, time=time, title=time, link=f"https://example.org/{time}", by=actor(world, "tutor"))
    client, here = as_("tutor"), f"/events/{event.pk}/"
    press = Ask(f"{here}register/", {"which": "all"})
    answers = press.send(client), client.get(here)
    assert [answer.status_code for answer in answers] == [422, 200]
    for text in (answer.content.decode() for answer in answers):
        assert text.index("example.org/before") < text.index("example.org/after")
    one = cost_of(client, press)
    for name in ("other_tutor", "coordinator", "teacher"):
        EventLeader.objects.create(event=event, person=person(world, name))
    assert cost_of(client, press).queries == one.queries
