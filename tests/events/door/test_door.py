"""The door on a phone: what is pressed counts once, and is never lost."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.events.door_factories import press, send
from tests.events.enrolment_factories import more_teachers, registered
from tests.events.event_factories import announced, begun, rules
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.events.attendance.actions import Mark, mark_people
from traektoria.events.attendance.tasks import GUESTS_KEPT, forget_names, hold_begun
from traektoria.events.door.typed_names import is_called, may_be, works_at
from traektoria.events.event.actions.steps import cancel_event, close_event, reopen_event
from traektoria.events.models import Attendance, AttendanceMark, DoorGuest, Event, EventDate, Seat

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _rules(world: World) -> None:
    rules(world)
    more_teachers(world, "third")


@pytest.fixture
def date(world: World) -> EventDate:
    """Of an event that began an hour ago, where ``teacher`` is registered."""
    event = announced(world)
    registered(world, event)
    return begun(event, 1)


def test_two_phones_make_one_mark_with_two_witnesses(world: World, date: EventDate, as_: As) -> None:
    me, key = person(world, "teacher").pk, uuid4()
    sent = [press(me, key=key)]
    for _time in range(3):
        answer = send(as_("tutor"), date, sent)
    assert (answer["kept"], answer["came"], answer["expected"]) == ([str(key)], [me], 1)
    assert send(as_("coordinator"), date, [press(me)], "d2")["came"] == [me]
    assert Attendance.objects.get().said == "came"
    marks = AttendanceMark.objects.values_list("by", "device")
    assert sorted(marks) == sorted([(person(world, "tutor").pk, "d1"), (person(world, "coordinator").pk, "d2")])
    later = timezone.now() + timedelta(seconds=5)
    assert send(as_("tutor"), date, [press(me, "undone", at=later)])["came"] == []
    assert send(as_("tutor"), date, [press(me, at=timezone.now() - timedelta(minutes=9))])["came"] == []


def test_who_is_typed_is_known_or_a_guest_and_typed_twice_is_one(world: World, date: EventDate, as_: As) -> None:
    third, tutor = person(world, "third"), as_("tutor")
    answer = send(tutor, date, [press((third.full_name, "")), press(("Гостев Пётр", "Школа 5"))])
    assert len(answer["warned"]) == 1
    assert [row[0] for row in answer["others"]] == [third.pk]
    answer = send(tutor, date, [press((" гостев  петр", "школа 5")), press((third.full_name, "Чужая школа"))])
    assert answer["guests"] == [["Гостев Пётр", "Школа 5"], [third.full_name, "Чужая школа"]]
    assert DoorGuest.objects.count() == 2
    assert Attendance.objects.get().walk_in
    answer = send(tutor, date, [press(("Гостев Пётр", "Школа 5"), "undone"), press((third.full_name, ""), "undone")])
    assert (len(answer["guests"]), answer["others"]) == (1, [])
    stranger = person(world, "foreign_teacher").pk
    assert next(iter(send(tutor, date, [press(stranger)])["refused"].values())).startswith("Этого человека")


@pytest.mark.parametrize(
    ("name", "work", "is_known"),
    [
        ("Иванова Мария", "", True),
        ("мария иванова", "Школа 1", True),
        ("Иванова Мария Петровна", "МБОУ «Школа № 1»", True),
        ("Иванова-Петрова Мария", "", False),
        ("Петрова Иванна", "", False),
        ("Мария", "", False),
        ("Иванова", "", False),
        ("Иванова Мария Сергеевна", "", False),
        ("Иванова Мария", "Школа 15", False),
        ("Иванова Мария", "Лицей", False),
    ],
)
def test_only_who_is_called_so_wholly_is_meant(name: str, work: str, is_known: bool) -> None:
    called = is_called(("Иванова", "Мария", "Петровна"), name)
    assert (called and works_at("МБОУ Школа № 1", work)) is is_known
    assert not works_at("Школа № 15", "Школа 1")


@pytest.mark.parametrize(
    ("parts", "name", "asked_of"),
    [
        (("Петров", "Иван", "Сергеевич"), "Петров", True),
        (("Иванова", "Мария", "Петровна"), "Петров", False),
        (("Иванов", "Пётр", "Петрович"), "Петров Иван", False),
        (("Иванова", "Мария", "Петровна"), "Мария Петровна", True),
        (("Иванова", "Мария", "Петровна"), "Петровна", False),
        (("Иванова", "Мария", "Петровна"), "Ивановой Марии", True),
        (("Иванова", "Мария", "Петровна"), "Иванова Анна", False),
    ],
)
def test_a_patronymic_alone_names_nobody(parts: tuple[str, str, str], name: str, asked_of: bool) -> None:
    assert may_be(parts, name) is asked_of


def test_who_may_be_known_stays_a_guest_and_it_is_said(world: World, date: EventDate, as_: As) -> None:
    third, tutor = person(world, "third"), as_("tutor")
    answer = send(tutor, date, [press((third.surname, ""))])
    assert (answer["guests"], answer["others"]) == ([[third.surname, ""]], [])
    assert third.given in answer["warned"][0]
    answer = send(tutor, date, [press((third.surname, ""), "undone"), press((third.full_name, ""))])
    assert (answer["guests"], [row[0] for row in answer["others"]]) == ([], [third.pk])


def test_a_mark_that_an_older_clock_made_is_kept_and_said_to_change_nothing(
    world: World, date: EventDate, as_: As
) -> None:
    me, tutor = person(world, "teacher").pk, as_("tutor")
    assert abs(send(tutor, date, [press(me)])["now"] / 1000 - timezone.now().timestamp()) < 60
    answer = send(tutor, date, [press(me, "undone", at=timezone.now() - timedelta(minutes=10))])
    assert (answer["came"], len(answer["kept"])) == ([me], 1)
    assert "более поздн" in answer["warned"][0]
    assert send(tutor, date, [press(me, at=timezone.now() - timedelta(minutes=9))])["warned"] == []


def test_a_place_given_back_is_told_to_the_phones(world: World, date: EventDate, as_: As) -> None:
    me = person(world, "teacher").pk
    assert send(as_("tutor"), date, [press(me)])["seats"] == [me]
    Seat.objects.filter(date=date).delete()
    answer = as_("tutor").get(f"/events/dates/{date.pk}/door/state/").json()
    assert (answer["seats"], answer["came"], [row[0] for row in answer["others"]]) == ([], [], [me])


def test_of_pupils_no_name_is_taken_by_any_way(world: World, date: EventDate, as_: As) -> None:
    Event.objects.update(pupils_only=True)
    me, tutor = person(world, "teacher").pk, as_("tutor")
    assert send(tutor, date, [press(me), press(("Ученик Пётр", ""))])["status"] == 409
    page = f"/events/dates/{date.pk}"
    assert tutor.post(f"{page}/door/", {"name": "Ученик Пётр"}).status_code == 409
    assert not AttendanceMark.objects.exists()
    mark_people(date=date, marks=[Mark(uuid4(), me, "came", timezone.now())], by=actor(world, "tutor"))
    assert AttendanceMark.objects.get().person_id == me, "teachers who came too are marked by the list"
    assert not DoorGuest.objects.exists()


def test_names_of_guests_have_a_term_and_their_number_none(world: World, date: EventDate, as_: As) -> None:
    send(as_("tutor"), date, [press(("Гостев Пётр", "Школа 5")), press(("Гостева Анна", ""))])
    assert forget_names(date.end + GUESTS_KEPT - timedelta(minutes=1)) == 0
    assert [forget_names(date.end + GUESTS_KEPT) for _time in range(2)] == [2, 0]
    assert set(DoorGuest.objects.values_list("name", "work", "said")) == {("", "", "came")}
    assert DoorGuest.objects.count() == 2
    assert not DoorGuest.objects.filter(same__contains="гост").exists()


def _cancelled(world: World, event: Event) -> None:
    cancel_event(event=event, reason="Карантин", by=actor(world, "coordinator"))


def _moved(_world: World, event: Event) -> None:
    shift = timedelta(days=2)
    row = event.dates.get()
    event.dates.update(start=row.start + shift, end=row.end + shift)


def _closed(world: World, event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(state="held")
    event.dates.update(held_at=timezone.now())
    close_event(event=event, by=actor(world, "tutor"))


@pytest.mark.parametrize("meanwhile", [_cancelled, _moved, _closed])
def test_what_changed_meanwhile_loses_no_mark(world: World, as_: As, meanwhile: Callable[[World, Event], None]) -> None:
    event = announced(world)
    registered(world, event)
    date = begun(event, 4)
    meanwhile(world, Event.objects.get(pk=event.pk))
    sent = [press(person(world, "teacher").pk, at=date.start)]
    for _time in range(2):
        answer = send(as_("tutor"), date, sent)
        assert answer["kept"], answer
        assert "не засчитана" in answer["warned"][0]
    assert AttendanceMark.objects.exclude(aside="").count() == 1
    assert not Attendance.objects.exists()
    settle = f"/events/dates/{date.pk}/door/settle/"
    assert as_("tutor").post(settle).status_code == 409
    if meanwhile is _closed:
        reopen_event(event=Event.objects.get(pk=event.pk), by=actor(world, "coordinator"))
        assert "отложен" in as_("tutor").get(f"/events/dates/{date.pk}/door/").text
        for _press in range(2):
            as_("tutor").post(settle)
        assert Attendance.objects.get().said == "came"


def test_who_comes_before_the_beginning_holds_the_date_once_it_has_begun(world: World, as_: As) -> None:
    event = announced(world)
    registered(world, event)
    date = begun(event, -0.4)
    assert send(as_("tutor"), date, [press(person(world, "teacher").pk)])["came"]
    date.refresh_from_db()
    assert date.held_at is None
    assert hold_begun() == 0
    for _time in range(2):
        hold_begun(date.start)
    date.refresh_from_db()
    assert (date.held_at, Event.objects.get().state) == (date.start, "held")


def test_the_page_works_without_a_script(world: World, date: EventDate, as_: As) -> None:
    client, page, me = as_("tutor"), f"/events/dates/{date.pk}/door/", person(world, "teacher").pk
    first = client.get(page)
    assert first.headers["X-Offline"] == "keep"
    assert "0 из 1" in first.text
    client.post(page, {"came": me})
    client.post(page, {"name": "Гостев Пётр", "work": "Школа 5"})
    shown = client.get(page).text
    assert "1 из 1" in shown
    assert "Гостев Пётр" in shown
    client.post(page, {"undo": me})
    client.post(page, {"undo-guest": "Гостев Пётр|Школа 5"})
    assert "0 из 1" in client.get(page).text
    assert client.post(page, {"name": " "}).status_code == 422
    for broken in ("[]", "{", '{"device": 1, "marks": [{"key": "x"}]}'):
        assert client.post(f"{page}save/", broken, content_type="application/json").status_code == 422


def test_the_page_asks_as_much_for_three_people_as_for_one(world: World, date: EventDate, as_: As) -> None:
    client, page = as_("tutor"), f"/events/dates/{date.pk}/door/"
    client.get(page)
    with CaptureQueriesContext(connection) as one:
        client.get(page)
    send(client, date, [press(person(world, name).pk) for name in ("third", "other_teacher")])
    client.get(page)  # writes down whose names were read
    with CaptureQueriesContext(connection) as three:
        client.get(page)
    assert len(three) <= len(one)
