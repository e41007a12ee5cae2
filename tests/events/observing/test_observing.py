"""An open lesson: what visitors saw, who reads it, and how it becomes evidence."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.events.enrolment_factories import more_teachers
from tests.events.event_factories import announced, begun, make_attendance, rules
from tests.routes.need_factories import person
from tests.routes.route_factories import actor, make_running
from tests.world import World
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.events.models import Event, LessonObservation
from traektoria.events.observing.actions import count_observations, observe_lesson
from traektoria.events.observing.criteria import OURS
from traektoria.events.observing.personal_data import observations_of
from traektoria.people.models import AccessRecord
from traektoria.routes.models import ItemEvidence
from traektoria.routes.route.actions.doing import add_link

pytestmark = pytest.mark.django_db
SEEN = dict.fromkeys((slug for slug, _title in OURS), "clearly")


@pytest.fixture
def lesson(world: World) -> Event:
    """Given by ``teacher``, with ``tutor``; ``other_teacher`` and ``third`` came."""
    rules(world)
    more_teachers(world, "third")
    event = announced(world, "teacher", "tutor", kind="open_lesson", title="Дроби в 5 классе")
    begun(event, 3)
    for name in ("other_teacher", "third", "teacher"):
        make_attendance(world, event, name)
    return event


def test_a_visitor_has_one_form_and_who_gave_the_lesson_reads_it(world: World, lesson: Event) -> None:
    client, address = Client(), f"/events/{lesson.pk}/observe/"
    client.force_login(world.accounts["other_teacher"])
    assert address in client.get(f"/events/{lesson.pk}/").content.decode()
    sent = {f"see_{slug}": seen for slug, seen in SEEN.items()}
    assert client.post(address, {**sent, "see_aim": ""}).status_code == 422
    for words in ("Первое", "Возьму карточки"):
        assert client.post(address, {**sent, "takes": words}).status_code == 302
    row = LessonObservation.objects.get()
    assert (row.marks, row.takes) == (SEEN, "Возьму карточки")
    for name, status in (("teacher", 200), ("coordinator", 200), ("third", 403), ("other_teacher", 403)):
        client.force_login(world.accounts[name])
        page = client.get(f"/events/{lesson.pk}/observations/")
        assert page.status_code == status, name
        if status == 200:
            assert "Возьму карточки" in page.content.decode()
            assert person(world, "other_teacher").short_name in page.content.decode()
    assert observations_of(row.person_id)["lessons_observed"]
    assert observations_of(person(world, "teacher").pk)["own_lessons_observed"]


def test_who_gave_the_lesson_or_was_not_there_or_is_late_writes_none(world: World, lesson: Event) -> None:
    for name in ("teacher", "head", "coordinator"):
        with pytest.raises(Refused):
            observe_lesson(event=lesson, marks=SEEN, by=actor(world, name))
    late = timezone.now() + timedelta(days=15)
    with pytest.raises(Conflict):
        observe_lesson(event=lesson, marks=SEEN, by=actor(world, "third"), now=late)
    with pytest.raises(Invalid):
        observe_lesson(event=lesson, marks=SEEN | {"aim": "5"}, by=actor(world, "third"))
    Event.objects.filter(pk=lesson.pk).update(observation=False)
    with pytest.raises(Conflict):
        observe_lesson(event=lesson, marks=SEEN, by=actor(world, "third"))
    assert not LessonObservation.objects.exists()


def test_forms_become_evidence_only_with_the_yes_of_who_gave_the_lesson(world: World, lesson: Event) -> None:
    route = make_running(world)
    item = route.items.order_by("position")[0]
    client, address = Client(), f"/events/{lesson.pk}/observations/"
    client.force_login(world.accounts["teacher"])
    assert 'name="item"' not in client.get(address).content.decode()
    observe_lesson(event=lesson, marks=SEEN, by=actor(world, "third"))
    assert 'name="item"' in client.get(address).content.decode()
    assert not ItemEvidence.objects.exists()
    client.force_login(world.accounts["tutor"])
    assert 'name="item"' not in client.get(address).content.decode()
    client.force_login(world.accounts["teacher"])
    assert client.post(address, {"item": 0}).status_code == 422
    for _time in range(2):
        assert client.post(address, {"item": item.pk}).status_code == 302
    assert ItemEvidence.objects.get().link.endswith(address)


def test_the_tutor_of_the_route_reads_how_often_each_thing_was_seen_and_no_more(world: World, as_: Any) -> None:
    """By the address that the route holds; who only began the event, or what somebody pasted, opens nothing."""
    rules(world)
    more_teachers(world, "third")
    mine = _lesson(world, "teacher", by="other_tutor")
    others = _lesson(world, "other_teacher", by="coordinator")
    item = make_running(world).items.order_by("position")[0]
    address, pasted = (f"/events/{one.pk}/observations/" for one in (mine, others))
    client = as_("tutor")
    for here in (address, pasted):
        assert client.get(here).status_code == 403
    count_observations(event=mine, item=item, link=f"https://testserver{address}", by=actor(world, "teacher"))
    add_link(item=item, link=f"https://testserver{pasted}", by=actor(world, "teacher"))
    page = client.get(address)
    assert page.status_code == 200
    assert "1\N{NO-BREAK SPACE}лист" in page.content.decode()
    for hidden in (person(world, "third").short_name, "Возьму карточки"):
        assert hidden not in page.content.decode()
    assert client.get(pasted).status_code == 403
    assert as_("other_tutor").get(address).status_code == 403, "the author does not lead"
    assert address not in as_("other_tutor").get(f"/events/{mine.pk}/").content.decode()
    read = AccessRecord.objects.filter(person_id=person(world, "third").pk, subject_kind="observation")
    assert read.get().account_id == world.accounts["tutor"].pk
    item.route.support.members.update(consented_at=None, declined_at=timezone.now())
    assert client.get(address).status_code == 403


def _lesson(world: World, leader: str, by: str) -> Event:
    """``third`` came and has filled in the form."""
    event = announced(world, leader, by=by, kind="open_lesson", title=f"Урок {leader}")
    begun(event, 3)
    make_attendance(world, event, "third")
    observe_lesson(event=event, marks=SEEN, takes="Возьму карточки", by=actor(world, "third"))
    return event
