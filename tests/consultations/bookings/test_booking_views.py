"""Pages of bookings: two taps from the free hours, the lists of each role, what a page of a booking offers."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml.html import fromstring
from pytest_django import DjangoAssertNumQueries

from tests.consultations.booking_factories import at_hours, booked, placed, slots, waits_for
from tests.consultations.request_factories import assigned, own_request, school_request
from tests.routes.need_factories import person
from tests.routes.route_factories import actor, make_running
from tests.tutors.status_factories import make_status
from tests.waiting import what_differs
from tests.world import World
from traektoria.consultations.bookings.actions import booking
from traektoria.consultations.bookings.actions.booking import book_slot
from traektoria.consultations.hours.actions.giving import withdraw_hour
from traektoria.consultations.models import Booking, ConsultationHour, TutorAbsence
from traektoria.consultations.slots.actions.changing import drop_date
from traektoria.core.models import Engagement
from traektoria.messaging.models import Message

As = Callable[[str], Client]
FREE, LIST = "/consultations/bookings/free/", "/consultations/bookings/"
pytestmark = pytest.mark.django_db


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def press(client: Client, address: str, to: str, **more: str) -> str:
    """Press the first button of the page that posts to an address with ``to`` (and has this name and value)."""
    shown = fromstring(page(client, address))
    buttons = [one for one in shown.xpath("//button[@formaction]") if to in one.get("formaction")]
    if buttons:
        button = next(one for one in buttons if not more or more == {one.get("name"): one.get("value")})
        form, action = shown.get_element_by_id(button.get("form")), button.get("formaction")
        data = {**dict(form.form_values()), button.get("name"): button.get("value")}
    else:
        form = next(one for one in shown.forms if to in (one.action or ""))
        action, data = form.action, dict(form.form_values())
    answer = client.post(action, data, follow=True)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_two_taps_from_free_hours_to_booked(world: World, as_: As) -> None:
    slot = slots(world)[0]
    words = press(as_("teacher"), FREE, f"/slot/{slot.pk}/new/")
    assert "Записаны: " in words
    assert "Напомним за день" in words
    assert Booking.objects.get().slot == slot


def test_who_came_second_reads_what_is_free(world: World, as_: As) -> None:
    one, two, _three = slots(world)
    booked(world, one, "other_teacher")
    answer = as_("teacher").post(f"/consultations/bookings/slot/{one.pk}/new/", {"topic": "Задачи"})
    assert answer.status_code == 409
    words = answer.content.decode()
    assert "Ближайшие свободные" in words
    assert f"/slot/{two.pk}/new/" in words
    assert 'value="Задачи"' in words
    booked(world, two, "other_teacher")
    assert f"/slot/{two.pk}/new/" not in page(as_("teacher"), FREE), "what is full is not offered"


def test_what_one_has_at_the_same_time_is_said_before(world: World, as_: As) -> None:
    mine, other = slots(world)[0], slots(world, "other_tutor")[0]
    booked(world, mine)
    words = page(as_("teacher"), FREE)
    assert "вы заняты 15:00–15:30" in words
    assert f"/slot/{other.pk}/new/" not in words
    form = page(
        as_("coordinator"),
        f"/consultations/bookings/slot/{other.pk}/new/?as=keeper&person={mine.bookings.get().person_id}",
    )
    assert "Консультация, 15:00–15:30" in form


def test_a_head_books_several_of_the_school(world: World, as_: As) -> None:
    slot = slots(world, places=3)[0]
    people = [person(world, name).pk for name in ("teacher", "other_teacher")]
    answer = as_("head").post(f"/consultations/bookings/slot/{slot.pk}/new/", {"people": people, "topic": "Тема школы"})
    assert answer["Location"] == LIST
    assert Booking.objects.filter(school=world.school).count() == 2
    own = booked(world, slots(world, "other_tutor")[1], "teacher", topic="Личное")
    head = as_("head")
    words = page(head, f"{LIST}?who=school")
    assert "Личное" not in words
    assert f"{LIST}{own.pk}/" not in words
    page(head, f"{LIST}{own.pk}/", 404)
    shared = Booking.objects.filter(school=world.school)[0]
    assert "Тема школы" in page(head, f"{LIST}{shared.pk}/")


def test_from_a_request_by_each_who_may(world: World, as_: As) -> None:
    one, two, three = slots(world)
    request = assigned(world, own_request(world))
    words = press(as_("tutor"), f"{FREE}?request={request.pk}", f"/slot/{one.pk}/new/")
    assert "Записаны: " in words
    request.refresh_from_db()
    assert request.state == "taken"
    mine = own_request(world, topic="Иное")
    assert f"{FREE}?request={mine.pk}" in page(as_("teacher"), f"/consultations/{mine.pk}/")
    press(as_("teacher"), f"{FREE}?request={mine.pk}", f"/slot/{two.pk}/new/")
    school = school_request(world, "other_teacher", topic="Школьное")
    press(as_("coordinator"), f"{FREE}?request={school.pk}", f"/slot/{three.pk}/new/")
    assert Booking.objects.get(slot=three).person == person(world, "other_teacher")
    assert f"{LIST}{Booking.objects.get(slot=three).pk}/" in page(as_("head"), f"/consultations/{school.pk}/")


def test_from_an_item_of_a_route(world: World, as_: As) -> None:
    item = make_running(world, topics=("Чтение таблиц",)).items.all()[0]
    slot = slots(world)[0]
    for viewer in ("teacher", "tutor"):
        assert f"{FREE}?item={item.pk}" in page(as_(viewer), f"/support/items/{item.pk}/")
    press(as_("teacher"), f"{FREE}?item={item.pk}", f"/slot/{slot.pk}/new/")
    assert Booking.objects.get().item == item


def test_a_booking_is_moved_from_its_page(world: World, as_: As) -> None:
    one, two, _three = slots(world)
    row = booked(world, one)
    client = as_("teacher")
    assert f"{FREE}?move={row.pk}" in page(client, f"{LIST}{row.pk}/")
    words = press(client, f"{FREE}?move={row.pk}", "/move/", slot=str(two.pk))
    assert "перенесено с" in words
    row.refresh_from_db()
    assert row.slot == two


def test_the_hour_is_written_from_the_slot_and_says_who_came(world: World, as_: As) -> None:
    slot = slots(world, places=3)[0]
    for name in ("teacher", "other_teacher"):
        booked(world, slot, name, topic="Задачи")
    at_hours(slot, -2)
    client = as_("tutor")
    address = f"/consultations/hours/new/?slot={slot.pk}"
    assert address in page(client, f"/consultations/bookings/slot/{slot.pk}/")
    form = next(one for one in fromstring(page(client, address)).forms if "topic" in one.fields)
    data: dict[str, list[str]] = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    here, away = person(world, "teacher").pk, person(world, "other_teacher").pk
    assert sorted(data["teachers"]) == sorted([str(here), str(away)])
    both = client.post(address, {**data, "missed": away, "subject": "math"})
    assert both.status_code == 422, "one is not there and absent at once"
    answer = client.post(address, {**data, "teachers": here, "missed": away, "subject": "math"})
    hour = ConsultationHour.objects.get()
    assert answer["Location"] == f"/consultations/hours/{hour.pk}/"
    assert (hour.slot, hour.topic) == (slot, "Задачи")
    states = dict(Booking.objects.values_list("person_id", "state"))
    assert states == {here: "came", away: "missed"}
    lines = Engagement.objects.filter(person_id=here).exclude(state="cancelled")
    assert [one.kind for one in lines] == ["consultations.hour"], "the booking gives way to the hour"
    assert f"person={here}" in page(client, f"/consultations/hours/{hour.pk}/")
    withdraw_hour(hour=hour, reason="По ошибке", by=actor(world, "tutor"))
    assert [one.kind for one in lines.all()] == ["consultations.booking"]
    assert what_differs() == []
    page(as_("other_tutor"), address, 403)


def test_who_is_booked_and_what_was_offered(world: World, as_: As) -> None:
    slot = slots(world)[0]
    row = booked(world, slot)
    waits_for(world, "other_teacher")
    as_("teacher").post(f"{LIST}{row.pk}/cancel/", {})
    words = page(as_("tutor"), f"/consultations/bookings/slot/{slot.pk}/")
    assert "предложено" in words
    offer = Booking.objects.get(state="offered")
    assert f"{LIST}{offer.pk}/take/" in page(as_("other_teacher"), f"{LIST}{offer.pk}/")
    assert "Записаны: " in press(as_("other_teacher"), f"{LIST}{offer.pk}/", "/take/")


def test_lists_ask_as_much_for_three_as_for_one(
    world: World, as_: As, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = slots(world)
    book_slot(slot=rows[0], people=[person(world, "teacher").pk], by=actor(world, "teacher"))
    for viewer, address in (
        ("teacher", LIST), ("teacher", FREE), ("tutor", f"{LIST}?who=received"), ("coordinator", f"{LIST}?who=centre"),
    ):  # fmt: skip
        client = as_(viewer)
        page(client, address)
        with CaptureQueriesContext(connection) as asked:
            page(client, address)
        placed_more = [placed(world, slot, "other_teacher") for slot in rows[1:2]]
        with django_assert_num_queries(len(asked)):
            page(client, address)
        for one in placed_more:
            one.delete()


def sent_by(client: Client, address: str = FREE) -> tuple[str, dict[str, str]]:
    """Where the first button of the page leads, and what goes with it: the key of the press too."""
    shown = fromstring(page(client, address))
    button = shown.xpath("//button[@formaction]")[0]
    form = shown.get_element_by_id(button.get("form"))
    return button.get("formaction"), {**dict(form.form_values()), button.get("name"): button.get("value")}


def test_a_press_that_comes_twice_is_one_booking(world: World, as_: As) -> None:
    """From one page, by a browser that tries again; and from two pages."""
    slots(world)
    client = as_("teacher")
    (address, first), (_address, second) = sent_by(client), sent_by(client)
    assert first["once"] != second["once"]
    answers = [client.post(address, sent) for sent in (first, first, second)]
    one = Booking.objects.get()
    assert [answer["Location"] for answer in answers] == [f"{LIST}{one.pk}/"] * 3
    assert Message.objects.filter(kind="consultations.booking_tutor").count() == 1


def test_a_server_that_dies_in_the_middle_books_nothing_and_the_next_press_books_once(
    world: World, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    slots(world)
    client = as_("teacher")
    address, sent = sent_by(client)
    with monkeypatch.context() as broken:
        broken.setattr(booking, "tell_made", _die)
        with pytest.raises(SystemExit):
            client.post(address, sent)
    assert not Booking.objects.exists()
    for _press in range(2):
        assert client.post(address, sent).status_code == 302
    assert Booking.objects.count() == 1


def _die(*_given: object) -> None:
    raise SystemExit


@pytest.mark.parametrize(
    ("meanwhile", "words"),
    [
        ("taken", "Это время только что заняли"),
        ("dropped", "Это время больше не предлагают"),
        ("begun", "Запись закрывается за"),
        ("suspended", "Этот тьютор сейчас не принимает"),
        ("away", "Этот тьютор в этот день отсутствует"),
    ],
)
def test_a_page_that_was_opened_an_hour_ago_says_what_is_now(world: World, as_: As, meanwhile: str, words: str) -> None:
    slot = slots(world)[0]
    client = as_("teacher")
    address, sent = sent_by(client)
    if meanwhile == "taken":
        booked(world, slot, "other_teacher")
    elif meanwhile == "dropped":
        drop_date(date=slot.date, reason="Ремонт.", by=actor(world, "coordinator"))
    elif meanwhile == "begun":
        at_hours(slot, 1)
    elif meanwhile == "suspended":
        make_status(world.own, person(world, "tutor"), state="suspended", suspended_from=timezone.localdate())
    else:
        day = timezone.localdate(slot.start)
        TutorAbsence.objects.create(centre=world.own, tutor=person(world, "tutor"), start=day, end=day)
    answer = client.post(address, sent)
    assert answer.status_code == 409
    assert words in answer.content.decode()
    assert not Booking.objects.filter(person=person(world, "teacher")).exists()
