"""Many registrations for the places of one event at the same moment: exactly as many are in as there are places, the
others wait in the order in which they came."""

from functools import partial

import pytest
from django.db import connection, transaction

from tests.acceptance.test_booking_races import CROWD, at_once, crowd
from tests.consultations.request_factories import school_request
from tests.consultations.slot_factories import monday
from tests.events.event_factories import announced, draft, rules
from tests.events.tutorial_factories import tasks, tutorial
from tests.routes.route_factories import actor
from tests.waiting import what_differs
from tests.world import World
from traektoria.events.drafting.school_requests import keep_requests
from traektoria.events.enrolment.actions.enrolling import enrol, leave
from traektoria.events.enrolment.actions.promoting import place_in_queue
from traektoria.events.models import AnsweredRequest, Enrolment, Event, EventLine, Seat, SelfWork
from traektoria.events.tutorials.actions.works import accept_work, hand_in, return_work
from traektoria.people.actor import Actor

pytestmark = pytest.mark.django_db(transaction=True)
PLACES = 20


def press(event: Event, by: Actor) -> object:
    """However long the queue of writers is, each comes to its turn: a page that waits too long is sent again."""
    assert by.person_id
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 600000")
    return enrol(event=event, people=[by.person_id], by=by)


def test_a_crowd_registers_for_twenty_places(own_world: World) -> None:
    rules(own_world)
    event = announced(own_world, places=PLACES)
    at_once(*(partial(press, event, by) for by in crowd(own_world, CROWD)))
    rows = Enrolment.objects.filter(event=event)
    assert rows.filter(state="in").count() == PLACES
    assert sorted(Seat.objects.filter(number__isnull=False).values_list("number", flat=True)) == [*range(1, PLACES + 1)]
    order = list(rows.order_by("since", "pk").values_list("state", flat=True))
    assert order == ["in"] * PLACES + ["waits"] * (CROWD - PLACES), "nobody waits who came before one who is in"
    waiting = rows.filter(state="waits").order_by("since", "pk").values_list("person", flat=True)
    for place in (1, 2, CROWD - PLACES):
        assert place_in_queue(event, waiting[place - 1]) == place


def test_of_events_begun_at_once_one_answers_a_request(own_world: World) -> None:
    rules(own_world)
    asked = [school_request(own_world, "teacher").pk, school_request(own_world, "other_teacher").pk]
    events = [draft(own_world, days=[monday(number)]) for number in range(2, 6)]
    at_once(*(partial(transaction.atomic(keep_requests), event, asked) for event in events))
    assert sorted(AnsweredRequest.objects.values_list("request", flat=True)) == sorted(asked)


def test_one_person_from_many_telephones(own_world: World) -> None:
    rules(own_world)
    event, [me] = announced(own_world, places=3), crowd(own_world, 1)
    at_once(*(partial(press, event, me) for _press in range(12)))
    assert Enrolment.objects.get().state == "in"
    assert Seat.objects.count() == 1


def test_places_given_back_and_taken_at_once(own_world: World) -> None:
    """Ends with each place taken by one, and a line for each who moved up."""
    rules(own_world)
    event, people = announced(own_world, places=5), crowd(own_world, 25)
    for by in people[:15]:
        press(event, by)
    rows = {row.person_id: row for row in Enrolment.objects.filter(event=event, state="in")}
    calls = [partial(leave, row=rows[by.person_id], by=by) for by in people if by.person_id in rows]
    at_once(*calls, *(partial(press, event, by) for by in people[15:]), *calls)
    found = Enrolment.objects.filter(event=event)
    assert found.filter(state="in").count() == 5
    assert found.filter(state="left").count() == 5
    assert sorted(Seat.objects.filter(number__isnull=False).values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert EventLine.objects.filter(said="promoted").count() == 5


def test_two_leaders_and_two_windows_say_one_word_of_a_self_work(own_world: World) -> None:
    """First hand-ins at once are one work; of accepting and returning at once one happens, the other is told."""
    rules(own_world)
    event = tutorial(own_world, "teacher")
    task, me = tasks(event)[0], actor(own_world, "teacher")
    at_once(*(partial(hand_in, task=task, text=text, link="", by=me) for text in ("Пять задач", "Шесть задач") * 3))
    work = SelfWork.objects.get()
    assert work.turns.filter(said="handed").count() == work.edition
    facts = {"work": work, "word": "Добавьте ответы", "edition": work.edition}
    judges = [actor(own_world, name) for name in ("tutor", "coordinator")]
    at_once(*(partial(act, by=by, **facts) for by in judges for act in (accept_work, return_work)))
    done = SelfWork.objects.get()
    said = list(done.turns.exclude(said="handed").values_list("said", flat=True))
    assert said == [done.state]
    assert (done.accepted_at is not None) == (done.state == "accepted") == bool(done.minutes)
    assert what_differs() == []
