"""Entry and exit diagnostics of a tutorial: one's own change, and what is published of the group."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.diagnostics.result_factories import make_work, part_of, sit
from tests.events.enrolment_factories import given_back
from tests.events.event_factories import rules
from tests.events.tutorial_factories import tutorial
from tests.routes.need_factories import person
from tests.routes.route_factories import actor, make_running
from tests.world import World
from traektoria.core.errors import Invalid
from traektoria.diagnostics.findings.enums import Finding
from traektoria.diagnostics.models import Campaign, PartAnalysis, TopicFinding
from traektoria.events.models import Enrolment, Event, Tutorial
from traektoria.events.tutorials.actions.holding import name_campaigns

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


@pytest.fixture
def event(world: World) -> Event:
    rules(world)
    return tutorial(world, "teacher", "other_teacher")


@pytest.fixture
def pair(world: World, event: Event) -> tuple[Campaign, Campaign]:
    """Entry and exit, named by the coordinator."""
    entry = make_work(world.own, title="Доли: вход")
    both = entry, make_work(world.own, title="Доли: выход", follows=entry)
    name_campaigns(event=event, entry=both[0], exit=both[1], by=actor(world, "coordinator"))
    return both


def published(campaign: Campaign, **expressed: int | None) -> None:
    """Of forty people: topic → for how many it is expressed, None where that is hidden."""
    lines = [{"topic": topic, "n": 40, "counts": {"expressed": count}} for topic, count in expressed.items()]
    kept: dict[str, Any] = {"people": 40, "items": [], "model": {}, "survey": {}, "least": 10, "forms": {}}
    made = {**kept, "topics": {"lines": lines}}
    PartAnalysis.objects.create(
        part=part_of(campaign), content=made, published=made, published_at=timezone.now()
    )  # fmt: skip


def sat(world: World, campaign: Campaign, name: str, share: float, finding: str) -> None:
    one = sit(campaign, [1, 0, 1, 0, 1, 0], person(world, name))
    TopicFinding.objects.create(
        sitting=one, topic="Доли", items=3, points=2, most=3, completion=share, low=share - 0.1, high=share + 0.1,
        probability=0.5, finding=finding,
    )  # fmt: skip


def page(client: Client, event: Event, what: str) -> str:
    return " ".join(client.get(f"/events/{event.pk}/{what}/").content.decode().split()).replace("\xa0", " ")


def test_one_reads_ones_own_change_and_nobody_elses(
    world: World, as_: As, event: Event, pair: tuple[Campaign, Campaign]
) -> None:
    """Entry until the exit is counted, then the exit beside it; who has left and who leads reads nothing of it."""
    entry, exit = pair
    sat(world, entry, "teacher", 0.4, Finding.POSSIBLE)
    published(entry, Доли=24)
    before = page(as_("teacher"), event, "tasks")
    assert "40 %" in before
    assert "в прошлый раз" not in before
    sat(world, exit, "teacher", 0.8, Finding.NO_GROUNDS)
    published(exit, Доли=6)
    after = page(as_("teacher"), event, "tasks")
    assert "в прошлый раз 40 % (от 30 до 50): это изменение" in after
    for name in ("other_teacher", "tutor", "coordinator"):
        assert "в прошлый раз" not in page(as_(name), event, "tasks")
    assert "вас на неё не приглашали" in page(as_("other_teacher"), event, "tasks")
    given_back(world, Enrolment.objects.get(event=event, person=person(world, "teacher")), "teacher")
    assert "в прошлый раз" not in page(as_("teacher"), event, "tasks")


def test_of_the_group_only_what_is_published_with_its_number(
    world: World, as_: As, event: Event, pair: tuple[Campaign, Campaign]
) -> None:
    """A share with its interval and n; what is hidden stays so; a difference that chance could make is called so."""
    assert "По входной диагностике пока ничего не опубликовано" in page(as_("tutor"), event, "progress")
    published(pair[0], Доли=24, Проценты=20, Отношения=None)
    published(pair[1], Доли=6, Проценты=18, Отношения=30)
    said = page(as_("tutor"), event, "progress")
    rows = {row.split("<")[0]: row for row in said.split("<td>")[1:]}
    assert "60 %" in said
    assert said.count("n = 40") == 5
    assert "не показываются" in rows["Отношения"]
    assert "сравнить нечего" in rows["Отношения"]
    assert "такая разница возможна случайно" in rows["Проценты"]
    assert "больше, чем бывает случайно" in rows["Доли"]
    assert as_("teacher").get(f"/events/{event.pk}/progress/").status_code == 403
    assert as_("foreign_tutor").get(f"/events/{event.pk}/progress/").status_code == 404


def test_who_supports_somebody_of_them_reads_a_share_only_among_enough_others(
    world: World, as_: As, event: Event, pair: tuple[Campaign, Campaign]
) -> None:
    """The answers of one's own teacher are known: of eleven with a topic, ten others are left; of ten, too few."""
    make_running(world)
    sat(world, pair[0], "teacher", 0.4, Finding.POSSIBLE)
    published(pair[0], Доли=11, Проценты=10, Отношения=30)
    assert page(as_("tutor"), event, "progress").count("n = 40") == 1
    assert page(as_("coordinator"), event, "progress").count("n = 40") == 3
    PartAnalysis.objects.all().delete()
    published(pair[0], Доли=10, Проценты=None)
    assert "Ни одной доли показать нельзя" in page(as_("tutor"), event, "progress")


def test_the_exit_measures_the_entry_again(world: World, event: Event, pair: tuple[Campaign, Campaign]) -> None:
    """Another campaign is no measure of the change; without an entry there is no exit. Twice is once."""
    by: Any = actor(world, "coordinator")
    other = make_work(world.own)
    for entry, exit in ((pair[0], other), (None, pair[1]), (pair[1], pair[0])):
        with pytest.raises(Invalid):
            name_campaigns(event=event, entry=entry, exit=exit, by=by)
    for _press in range(2):
        name_campaigns(event=event, entry=pair[0], exit=pair[1], by=by)
    kept = Tutorial.objects.get(event=event)
    assert (kept.entry, kept.exit) == pair
