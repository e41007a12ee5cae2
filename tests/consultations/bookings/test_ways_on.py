"""Pages of bookings lead nowhere where the reader may not go, and offer nothing that is refused."""

import re
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.consultations.absence_factories import absence
from tests.consultations.booking_factories import at_hours, booked, slots, waits_for
from tests.consultations.hour_factories import recorded
from tests.consultations.request_factories import assigned, own_request, school_request, taken
from tests.consultations.slot_factories import help_hour, monday
from tests.factories import make_member
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.consultations.bookings.actions.booking import book_slot
from traektoria.consultations.bookings.actions.cancelling import cancel_booking
from traektoria.consultations.models import Booking, Slot
from traektoria.consultations.requests.actions.answering import hold_request
from traektoria.core.errors import Conflict
from traektoria.messaging.delivery import send_waiting
from traektoria.messaging.enums import Rhythm
from traektoria.messaging.kinds import Withheld, readers, told
from traektoria.messaging.models import Message, Preference
from traektoria.people.enums import Role
from traektoria.people.models import Account

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def offered(page: str) -> set[int]:
    return {int(one) for one in re.findall(r'name="slot"\s+value="(\d+)"', page)}


def test_the_head_reads_what_is_booked_for_the_request_of_the_school(world: World, as_: Any) -> None:
    request = assigned(world, school_request(world, "teacher"))
    row = booked(world, slots(world)[0], by="tutor", request=request)
    url = reverse("consultations:booking_detail", args=[row.pk])
    assert url in as_("head").get(reverse("consultations:request_detail", args=[request.pk])).content.decode()
    assert as_("head").get(url).status_code == 200
    own = booked(world, slots(world, first_day=monday(3), last_day=monday(3))[0], request=own_request(world))
    assert as_("head").get(reverse("consultations:booking_detail", args=[own.pk])).status_code == 404


def test_who_is_not_named_in_a_request_is_not_led_to_it(world: World, as_: Any) -> None:
    request = school_request(world, number=3)
    new = reverse("consultations:booking_new", args=[slots(world)[0].pk])
    as_("head").post(f"{new}?request={request.pk}", {"people": [person(world, "teacher").pk], "topic": ""})
    page = reverse("consultations:booking_detail", args=[Booking.objects.get().pk])
    url = reverse("consultations:request_detail", args=[request.pk])
    assert url not in as_("teacher").get(page).content.decode()
    assert url in as_("coordinator").get(page).content.decode()


def test_a_booking_of_the_second_centre_is_moved_there(world: World, as_: Any) -> None:
    own = slots(world)
    teacher = person(world, "teacher")
    make_member(world.foreign, Role.TEACHER, person=teacher)
    days = {"first_day": monday(2), "last_day": monday(2)}
    hour = help_hour(world, "foreign_tutor", by="foreign_coordinator", centre=world.foreign, **days)
    there = list(Slot.objects.filter(date__hour=hour).order_by("start"))
    [row] = book_slot(slot=there[0], people=[teacher.pk], by=actor(world, "teacher"))
    page = as_("teacher").get(reverse("consultations:booking_free"), {"move": row.pk}).content.decode()
    assert offered(page) == {one.pk for one in there[1:]}
    assert own


def test_a_tutor_moves_a_booking_to_hours_of_their_own(world: World, as_: Any) -> None:
    mine, theirs = slots(world, "tutor"), slots(world, "other_tutor")
    row = booked(world, mine[0])
    found = {
        who: offered(as_(who).get(reverse("consultations:booking_free"), {"move": row.pk}).content.decode())
        for who in ("tutor", "coordinator", "teacher")
    }
    assert found["tutor"] == {one.pk for one in mine[1:]}
    assert found["coordinator"] == found["teacher"] == {one.pk for one in (*mine[1:], *theirs[1:])}


def test_the_way_to_the_waiting_list_is_shown_to_who_may_enter_it(world: World, as_: Any) -> None:
    [slot] = slots(world, end=time(15, 30))
    booked(world, slot)
    new, wait = reverse("consultations:booking_new", args=[slot.pk]), reverse("consultations:wish_new")
    other = person(world, "other_teacher")
    form = {"others": other.surname, "people": [other.pk], "topic": ""}
    for who, mode, leads in (
        ("other_teacher", "self", True),
        ("coordinator", "keeper", False),
        ("head", "school", False),
    ):
        answer = as_(who).post(f"{new}?as={mode}", form)
        assert (answer.status_code, f'href="{wait}' in answer.content.decode()) == (409, leads)


def test_nobody_is_booked_whom_nobody_chose(world: World, as_: Any) -> None:
    """Everybody whom the request names is unticked: that is a question, no order for all of them."""
    request = assigned(world, school_request(world, "teacher", "other_teacher"))
    slot = slots(world, places=3)[0]
    new = f"{reverse('consultations:booking_new', args=[slot.pk])}?request={request.pk}"
    assert as_("coordinator").post(new, {"topic": "", "others": ""}).status_code == 422
    assert not Booking.objects.exists()
    as_("coordinator").post(new, {"topic": "", "slot": slot.pk})
    assert Booking.objects.count() == 2


def test_a_request_with_an_hour_before_it_is_not_held(world: World, as_: Any) -> None:
    request = assigned(world, own_request(world))
    booked(world, slots(world)[0], by="tutor", request=request)
    hold = reverse("consultations:request_hold", args=[request.pk])
    assert hold not in as_("tutor").get(reverse("consultations:request_detail", args=[request.pk])).content.decode()
    with pytest.raises(Conflict):
        hold_request(request=request, by=actor(world, "tutor"))


def test_lines_of_the_calendar_lead_where_one_may_go(world: World, as_: Any) -> None:
    """The head reads that the school's consultation was, a colleague that the tutor is away, without a page of it."""
    hour = recorded(world, request=taken(world, school_request(world, "teacher")))
    day = reverse("desk:calendar_span", args=["day"])
    of_hour = {"who": f"school:{world.school.pk}", "day": str(timezone.localdate(hour.start))}
    away = absence(world)
    of_absence = {"who": f"person:{person(world, 'tutor').pk}", "day": str(away.start)}
    read = reverse("consultations:hour_detail", args=[hour.pk])
    look = reverse("consultations:absence_detail", args=[away.pk])
    for who, asked, url, word, leads in (
        ("head", of_hour, read, "Консультация", False),
        ("coordinator", of_hour, read, "Консультация", True),
        ("other_tutor", of_absence, look, "Не принимает", False),
        ("coordinator", of_absence, look, "Не принимает", True),
    ):
        page = as_(who).get(day, asked).content.decode()
        assert (word in page, url in page) == (True, leads), who


def test_an_offer_made_at_night_stands_till_it_can_be_read(world: World) -> None:
    row = booked(world, slots(world)[0])
    waits_for(world, "other_teacher")
    night = datetime.combine(timezone.localdate() + timedelta(days=1), time(22), timezone.get_default_timezone())
    cancel_booking(booking=row, by=actor(world, "teacher"), now=night)
    assert Booking.objects.get(state="offered").offer_until == night + timedelta(hours=10 + 6)


def test_news_of_an_hour_come_before_it_whatever_the_rhythm(world: World) -> None:
    """Who has letters once a week reads of an hour of Thursday on Wednesday; of what has passed nobody reads that they
    are awaited."""
    person_id = person(world, "teacher").pk
    Account.objects.filter(person=person_id).update(email="teacher@example.org")
    Preference.objects.create(person_id=person_id, kind="consultations.booking", rhythm=Rhythm.WEEK)
    slot = slots(world, first_day=monday() + timedelta(days=3), last_day=monday() + timedelta(days=3))[0]
    booked(world, slot)
    tuesday = timezone.make_aware(datetime.combine(monday() + timedelta(days=1), time(12)))
    send_waiting(tuesday)
    [row] = Message.objects.filter(kind="consultations.booking")
    assert row.batch == f"day:{monday() + timedelta(days=2)}"
    at_hours(slot, -2)
    assert isinstance(told([row], readers([person_id])[person_id])[row.pk], Withheld)
