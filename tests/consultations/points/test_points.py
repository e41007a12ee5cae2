"""Points: who makes and sees them, what the page says, when one can be closed."""

from collections.abc import Callable
from datetime import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.consultations.booking_factories import waits_for
from tests.consultations.slot_factories import first_date, help_hour, monday, point
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.consultations.models import Booking, ConsultationPoint
from traektoria.consultations.points.actions.keeping import PointFacts, change_point, close_point, make_point
from traektoria.consultations.slots.actions.changing import drop_date
from traektoria.consultations.slots.queries.free_filters import points_offered
from traektoria.core.errors import Conflict, Invalid, Refused

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


def _made(world: World, by: str = "coordinator", **fields: object) -> ConsultationPoint:
    given = {"kind": "school", "name": "Пункт", "school": world.school, **fields}
    return make_point(
        centre=world.own, facts=PointFacts(**given), rooms=["кабинет 12", "кабинет 12", "зал"],  # type: ignore[arg-type]
        tutors=[person(world, "tutor").pk], by=actor(world, by),
    )  # fmt: skip


def test_a_point_is_made_with_its_rooms_and_who_receives(world: World) -> None:
    made = _made(world)
    assert [room.name for room in made.rooms.all()] == ["кабинет 12", "зал"]
    assert [one.person for one in made.receives.all()] == [person(world, "tutor")]


@pytest.mark.parametrize("name", ["tutor", "teacher", "head", "foreign_coordinator"])
def test_only_the_coordinator_makes_points(world: World, name: str) -> None:
    with pytest.raises(Refused):
        _made(world, name)


def test_what_a_point_can_not_be(world: World) -> None:
    _made(world)
    for fields, code in (({}, "name_taken"), ({"name": "Второй", "school": None}, "no_school")):
        with pytest.raises(Invalid) as caught:
            _made(world, **fields)
        assert caught.value.code == code
    with pytest.raises(Invalid) as caught:
        make_point(
            centre=world.own, facts=PointFacts("video", "Видео"), rooms=[],
            tutors=[person(world, "foreign_tutor").pk], by=actor(world, "coordinator"),
        )  # fmt: skip
    assert caught.value.code == "not_a_tutor"


def test_a_room_that_is_named_no_longer_stays_for_its_dates(world: World) -> None:
    made = _made(world)
    room = made.rooms.get(name="зал")
    hour = help_hour(world, way="in_person", point=made, room=room)
    facts = PointFacts("school", "Пункт", school=world.school)
    change_point(point=made, facts=facts, rooms=["кабинет 12"], tutors=[], by=actor(world, "coordinator"))
    room.refresh_from_db()
    assert not room.in_use
    assert first_date(hour).room == room
    change_point(point=made, facts=facts, rooms=["зал"], tutors=[], by=actor(world, "coordinator"))
    assert list(made.rooms.filter(in_use=True)) == [room]


def test_a_point_is_closed_when_no_date_stands_at_it(world: World) -> None:
    made = point(world)
    hour = help_hour(world, way="in_person", point=made, last_day=monday())
    by = actor(world, "coordinator")
    with pytest.raises(Conflict) as caught:
        close_point(point=made, on=monday(), reason="Ремонт", by=by)
    assert caught.value.code == "has_dates"
    drop_date(date=first_date(hour), reason="Ремонт", by=by)
    closed = close_point(point=made, on=monday(), reason="Ремонт", by=by)
    assert (closed.closed_on, closed.closed_why) == (monday(), "Ремонт")
    with pytest.raises(Invalid):
        help_hour(world, way="in_person", point=made, start=time(8), end=time(9))


def test_a_point_that_opens_again_offers_its_restored_places_to_who_waits(world: World, as_: As) -> None:
    """While it is closed nothing of it comes back."""
    made, by, client = point(world), actor(world, "coordinator"), as_("coordinator")
    hour = help_hour(world, way="in_person", point=made, first_day=monday(2), last_day=monday(2))
    date, page = first_date(hour), reverse("consultations:point_detail", args=[made.pk])
    waits_for(world, "other_teacher")
    drop_date(date=date, reason="Протекла крыша", by=by)
    close_point(point=made, on=monday(), reason="Ремонт", by=by)
    restore = reverse("consultations:date_restore", args=[date.pk])
    assert client.post(restore).status_code == 409
    assert "Протекла крыша" not in client.get(page).content.decode()
    assert not Booking.objects.filter(state="offered").exists()
    client.post(reverse("consultations:point_reopen", args=[made.pk]))
    shown = client.get(page).content.decode()
    assert "Дни, когда приёма не будет" in shown
    assert "Протекла крыша" in shown
    assert reverse("consultations:date_detail", args=[date.pk]) in shown
    assert "Протекла крыша" not in as_("teacher").get(page).content.decode()
    client.post(restore)
    assert Booking.objects.get(state="offered").person == person(world, "other_teacher")
    assert "Протекла крыша" not in client.get(page).content.decode()


def test_what_closes_on_a_later_day_can_be_booked_until_then(world: World, as_: As) -> None:
    made, client = point(world), as_("teacher")
    free = reverse("consultations:booking_free")
    for day, shown in ((monday(3), True), (monday(), True), (timezone.localdate(), False)):
        ConsultationPoint.objects.filter(pk=made.pk).update(closed_on=day, closed_why="Ремонт")
        page = client.get(reverse("consultations:point_detail", args=[made.pk])).content.decode()
        assert (f"{free}?place={world.own.pk}" in page) is shown
        assert (made.pk in dict(points_offered(world.own.pk))) is shown


def test_what_is_not_shown_yet_is_seen_by_the_coordinator(world: World, as_: As) -> None:
    hidden = point(world, published=False, name="Черновик")
    url = reverse("consultations:point_detail", args=[hidden.pk])
    assert as_("teacher").get(url).status_code == 404
    assert as_("coordinator").get(url).status_code == 200
    assert "Черновик" not in as_("teacher").get(reverse("consultations:point_list")).content.decode()


def test_the_page_says_when_one_is_received(world: World, as_: As) -> None:
    made = point(world, name="Математика", contacts="+7 000 000-00-00")
    hour = help_hour(world, way="in_person", point=made, room=made.rooms.get(), first_day=monday(), topic="Задачи")
    page = as_("teacher").get(reverse("consultations:point_detail", args=[made.pk])).content.decode()
    for words in ("по понедельникам, 15:00–16:30", "кабинет 12", "Задачи", "+7 000 000-00-00"):
        assert words in page
    assert "Закрыть пункт" not in page
    assert hour.point == made


def test_the_form_keeps_what_was_typed_where_it_is_refused(world: World, as_: As) -> None:
    answer = as_("coordinator").post(
        reverse("consultations:point_new"), {"name": "Новый", "kind": "school", "rooms": "зал, кабинет 3"}
    )
    assert answer.status_code == 422
    assert "зал, кабинет 3" in answer.content.decode()


def test_the_list_asks_as_much_for_three_as_for_one(world: World, as_: As) -> None:
    client, numbers = as_("coordinator"), []
    for _round in range(2):
        point(world)
        client.get(reverse("consultations:point_list"))
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("consultations:point_list")).status_code == 200
        numbers.append(len(caught))
        point(world)
    assert numbers[0] == numbers[1]
