"""«For me»: each offer with its reason, none without; «not now» and back; nobody else's route, centre or subject."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.consultations.booking_factories import slots
from tests.consultations.slot_factories import monday
from tests.events.enrolment_factories import registered
from tests.events.event_factories import announced, begun, rules
from tests.routes.need_factories import person
from tests.routes.route_factories import actor, make_hypothesis, make_running
from tests.world import World
from traektoria.core.errors import Conflict
from traektoria.events.event.actions.dating import hold_date
from traektoria.events.event.actions.materials import add_material
from traektoria.events.models import PutOff
from traektoria.events.recommended.actions import put_off, take_back
from traektoria.events.recommended.queries import for_me
from traektoria.routes.models import RouteItem

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
TOPIC = "Решение текстовых задач на проценты"
PAGE = "/events/for-me/"


@pytest.fixture(autouse=True)
def _rules(world: World) -> None:
    rules(world)


def offered(world: World, name: str = "teacher") -> list[str]:
    found = for_me(actor(world, name), timezone.now())
    return [f"{row.offer} {row.wish[:5]}: {', '.join(row.reasons)}" for _title, rows in found.groups for row in rows]


def test_what_fits_a_route_and_confirmed_topics(world: World) -> None:
    """An event of the topic, another of the kind that was agreed, hours, who led one and its materials; not what is led
    or registered for, of another subject, over or only announced for pupils."""
    route = make_running(world, topics=(TOPIC,))
    RouteItem.objects.filter(route=route).update(state="done", done_at=timezone.now())
    item = RouteItem.objects.filter(route=route, hypothesis__isnull=False).earliest("pk")
    item.state, item.done_at, item.activity_kind, item.deadline = "planned", None, "master_class", monday(9)
    item.save()
    same = {"title": "Текстовые задачи: проценты без страха", "subjects": ("math",)}
    event = announced(world, "other_tutor", **same)
    kind = announced(world, title="Квадратные уравнения", subjects=("math",), days=[monday(3)], place="зал")
    announced(world, title="Диктант", subjects=("russian",), place="класс")
    announced(world, title="Для всех", place="двор")
    announced(world, kind="exam_group", place="кабинет 5", **same)
    late = announced(world, kind="open_lesson", days=[monday(12)], place="СОШ 1", **same)
    assert offered(world) == [
        f"event{event.pk} item{str(item.pk)[0]}: та же тема, пункт – мастер-класс",
        f"event{kind.pk} item{str(item.pk)[0]}: пункт – мастер-класс",
        f"event{late.pk} item{str(item.pk)[0]}: та же тема, позже срока пункта",
    ]
    registered(world, event)
    held = announced(world, "other_tutor", place="класс 7", **same)
    hold_date(date=begun(held, 40), by=actor(world, "other_tutor"))
    link = {"time": "after", "title": "Задачи", "link": "https://example.org/z"}
    add_material(event=held, by=actor(world, "coordinator"), readers="centre", **link)
    keys = [line.split()[0] for line in offered(world)]
    expected = [f"event{kind.pk}", f"event{late.pk}", f"person{person(world, 'other_tutor').pk}", f"material{held.pk}"]
    assert keys == expected
    for name in ("other_teacher", "tutor", "foreign_teacher", "head"):
        assert offered(world, name) == []


def test_a_free_hour_serves_an_agreed_consultation_and_a_topic_without_a_route_an_event(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = RouteItem.objects.filter(route=make_running(world)).earliest("pk")
    RouteItem.objects.update(activity_kind="webinar")
    RouteItem.objects.filter(pk=item.pk).update(activity_kind="consultation", deadline=monday(9))
    free = [f"slot{one.pk}" for one in slots(world)]
    monkeypatch.setattr("traektoria.events.recommended.offers.SLOTS", 1)
    for key in free[:2]:
        assert [line.split()[0] for line in offered(world)] == [key]
        put_off(wish=f"item{item.pk}", offer=key, by=actor(world, "teacher"), now=timezone.now())
    assert [line.split()[0] for line in offered(world)] == free[2:3]
    make_hypothesis(world, person(world, "other_teacher"), TOPIC)
    make_hypothesis(world, person(world, "other_teacher"), "Физический эксперимент", state="proposed", decided_at=None)
    event = announced(world, title="Проценты и текстовые задачи", subjects=("math",))
    announced(world, title="Физический эксперимент", place="класс")
    [line] = offered(world, "other_teacher")
    assert line.startswith(f"event{event.pk} topic")


def test_not_now_stays_away_for_this_wish_until_it_is_taken_back(world: World, as_: As) -> None:
    mine = make_hypothesis(world, person(world, "teacher"), TOPIC)
    event = announced(world, title="Проценты и текстовые задачи", subjects=("math",))
    sent = {"wish": f"topic{mine.pk}", "offer": f"event{event.pk}"}
    for _press in range(2):
        assert as_("teacher").post(f"{PAGE}put-off/", sent).status_code in (302, 409)
    assert PutOff.objects.count() == 1
    assert offered(world) == []
    page = as_("teacher").get(PAGE).content.decode()
    assert "Отложено: 1" in page
    row = PutOff.objects.get()
    take_back(row=row.pk, by=actor(world, "other_teacher"))
    assert PutOff.objects.count() == 1
    as_("teacher").post(f"{PAGE}put-off/", {"back": row.pk})
    assert len(offered(world)) == 1
    for bad in (sent | {"wish": "topic1"}, sent | {"offer": "event1"}, {"wish": "", "offer": ""}):
        with pytest.raises(Conflict):
            put_off(**bad, by=actor(world, "teacher"), now=timezone.now())
    with pytest.raises(Conflict):
        put_off(**sent, by=actor(world, "other_teacher"), now=timezone.now())


def test_the_page_asks_the_same_of_one_and_of_three(world: World, as_: As) -> None:
    make_hypothesis(world, person(world, "teacher"), TOPIC)
    as_("teacher").get(PAGE)
    found = []
    for number in range(3):
        held = announced(world, "other_tutor", title=f"Проценты и задачи {number}", place=f"зал {number}")
        hold_date(date=begun(held, 40 + number), by=actor(world, "coordinator"))
        announced(
            world, title=f"Текстовые задачи, проценты {number}", place=f"класс {number}", days=[monday(2 + number)]
        )
        with CaptureQueriesContext(connection) as asked:
            as_("teacher").get(PAGE)
        found.append(len(asked))
    assert found[0] == found[2]
