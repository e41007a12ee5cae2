"""Topic, places and times of a running series: this date alone, or this and the following ones; bookings follow."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.consultations.absence_factories import absence
from tests.consultations.booking_factories import booked, rules, waits_for
from tests.consultations.bookings.test_booking import told
from tests.consultations.slot_factories import help_hour, monday, point
from tests.factories import make_member
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.waiting import what_differs
from tests.world import World
from traektoria.consultations.models import Booking, HelpDate, HelpHour, Slot
from traektoria.consultations.slots.actions.editing import Edit, Edited, Where, edit_dates
from traektoria.consultations.slots.enums import Which
from traektoria.consultations.slots.wording import moment_by_rule
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.messaging.models import Message
from traektoria.people.enums import Role

As = Callable[[str], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def hour(world: World) -> HelpHour:
    """Four Mondays from the week after the next, three meetings each."""
    rules(world, most_a_person=0, window_days=40)
    return help_hour(world, first_day=monday(2), last_day=monday(5), places=2)


def dates(hour: HelpHour) -> list[HelpDate]:
    return list(hour.dates.order_by("day"))


def clock(date: HelpDate) -> list[str]:
    rows = Slot.objects.filter(date=date, state="open").order_by("start")
    return [f"{timezone.localtime(one.start):%H:%M}" for one in rows]


def edit(
    world: World, date: HelpDate, *, which: Which = Which.THIS, by: str = "coordinator", **fields: object
) -> Edited:
    facts = {"topic": date.topic, "places": date.places, "start": time(15), "end": time(16, 30), **fields}
    wanted = Edit(**facts)  # type: ignore[arg-type]
    return edit_dates(date=date, wanted=wanted, which=which, reason="Иначе удобнее.", by=actor(world, by))


def test_only_this_date(world: World, hour: HelpHour) -> None:
    one, two, *_rest = dates(hour)
    row = booked(world, one.slots.order_by("start")[1])
    for _press in range(2):
        edit(world, one, topic="Чтение графиков", start=time(16), end=time(17, 30))
    one.refresh_from_db()
    row.refresh_from_db()
    assert (one.topic, clock(one), clock(two)) == (
        "Чтение графиков",
        ["16:00", "16:30", "17:00"],
        ["15:00", "15:30", "16:00"],
    )
    assert f"{timezone.localtime(row.slot.start):%H:%M}" == "16:30"
    assert row.moves.count() == 1
    assert told(world, "teacher") == ["Ваша консультация перенесена"]
    assert Message.objects.filter(kind="consultations.booking", person_id=row.person_id).count() == 1, "told once"
    assert [(change.kind, change.before["topic"]) for change in one.changes.all()] == [("edited", "")]
    hour.refresh_from_db()
    assert (hour.topic, hour.start) == ("", time(15))
    assert what_differs() == []


def test_this_and_the_following_and_those_before_stay(world: World, hour: HelpHour) -> None:
    first, second, third, fourth = dates(hour)
    before = {date.pk: moment_by_rule(date) for date in (first, second, third, fourth)}
    rows = [booked(world, date.slots.order_by("start")[0]) for date in (first, second, third)]
    edited = edit(world, second, which=Which.FOLLOWING, topic="Задачи", start=time(14), end=time(16))
    assert [date.day for date in edited.dates] == [second.day, third.day, fourth.day]
    assert [clock(date) for date in dates(hour)] == [["15:00", "15:30", "16:00"]] + [
        ["14:00", "14:30", "15:00", "15:30"]
    ] * 3
    assert [date.topic for date in dates(hour)] == ["", "Задачи", "Задачи", "Задачи"]
    hour.refresh_from_db()
    assert (hour.topic, hour.start, hour.end) == ("Задачи", time(14), time(16))
    assert {date.pk: moment_by_rule(date) for date in dates(hour)} == before, "calendars know each date by it"
    assert [row.moves.count() for row in rows] == [0, 1, 1]
    assert what_differs() == []


def test_another_topic_alone_is_told_once_to_who_is_booked(world: World, hour: HelpHour) -> None:
    one, two, *_rest = dates(hour)
    booked(world, one.slots.order_by("start")[0])
    booked(world, two.slots.order_by("start")[0], "other_teacher")
    edit(world, one, topic="Иное")
    assert told(world, "teacher") == ["У вашей консультации другая тема"]
    assert told(world, "other_teacher") == ["Вы записаны на консультацию"]


def test_fewer_places_than_are_booked_are_refused_or_left(world: World, hour: HelpHour) -> None:
    one, two, *_rest = dates(hour)
    world.accounts["third"] = make_member(world.own, Role.TEACHER, world.school)
    for name in ("teacher", "other_teacher"):
        booked(world, two.slots.order_by("start")[0], name)
    with pytest.raises(Conflict) as refusal:
        edit(world, two, places=1)
    assert refusal.value.code == "booked_more"
    edited = edit(world, one, which=Which.FOLLOWING, places=1)
    assert [date.pk for date, _why in edited.left] == [two.pk]
    assert [date.places for date in dates(hour)] == [1, 2, 1, 1]
    assert set(Slot.objects.exclude(date=two).values_list("places", flat=True)) == {1}


def test_more_places_are_offered_to_who_waits(world: World, hour: HelpHour) -> None:
    one = dates(hour)[0]
    Slot.objects.exclude(date=one).update(state="dropped")
    for slot in one.slots.order_by("start"):
        for name in ("teacher", "other_teacher"):
            booked(world, slot, name)
    world.accounts["third"] = make_member(world.own, Role.TEACHER, world.school)
    waits_for(world, "third")
    edit(world, one, places=3)
    assert [row.person for row in Booking.objects.filter(state="offered")] == [person(world, "third")]


def test_a_shorter_date_drops_what_no_longer_fits_and_a_longer_one_opens_it_again(world: World, hour: HelpHour) -> None:
    one = dates(hour)[0]
    row = booked(world, one.slots.order_by("start")[2])
    edit(world, one, end=time(16))
    row.refresh_from_db()
    assert (clock(one), row.state, row.why) == (["15:00", "15:30"], "off_by_us", "Иначе удобнее.")
    edit(world, one, end=time(16, 30))
    assert clock(one) == ["15:00", "15:30", "16:00"]
    edit(world, one, start=time(14))
    assert clock(one) == ["14:00", "14:30", "15:00", "15:30", "16:00"]
    assert Slot.objects.filter(date=one).count() == 5


def test_a_date_whose_new_time_is_taken_stays_as_it_is(world: World, hour: HelpHour) -> None:
    first, second, *_rest = dates(hour)
    help_hour(world, first_day=second.day, last_day=second.day, start=time(10), end=time(11))
    edited = edit(world, first, which=Which.FOLLOWING, start=time(10), end=time(11, 30))
    assert [(date.pk, "другое" in why) for date, why in edited.left] == [(second.pk, True)]
    assert len(edited.dates) == 3
    with pytest.raises(Conflict):
        edit(world, second, start=time(10), end=time(11, 30))


def test_who_may_and_what_can_not_be(world: World, hour: HelpHour) -> None:
    one = dates(hour)[0]
    for name in ("teacher", "other_tutor", "foreign_coordinator"):
        with pytest.raises(Refused):
            edit(world, one, topic="Иное", by=name)
    for fields in ({"end": time(14)}, {"end": time(15, 20)}, {"places": 0}):
        with pytest.raises(Invalid):
            edit(world, one, **fields)
    HelpDate.objects.filter(pk=one.pk).update(start=timezone.now() - timedelta(minutes=5))
    with pytest.raises(Conflict) as refusal:
        edit(world, one, topic="Иное")
    assert refusal.value.code == "begun"


def test_on_its_page(world: World, as_: As, hour: HelpHour) -> None:
    one = dates(hour)[0]
    booked(world, one.slots.order_by("start")[0])
    url = reverse("consultations:date_edit", args=[one.pk])
    tutor = as_("tutor")
    assert url in tutor.get(reverse("consultations:date_detail", args=[one.pk])).content.decode()
    page = tutor.get(url).content.decode()
    assert "эта и следующие даты" in page
    assert person(world, "teacher").short_name in page
    sent = {
        "topic": "Графики",
        "place": "video",
        "number": one.number,
        "places": 2,
        "start": "15:00",
        "end": "16:30",
        "scope": "following",
        "reason": "Так решили",
    }
    answer = tutor.post(url, sent, follow=True).content.decode().replace("\xa0", " ")
    assert "Изменено: 4 даты." in answer
    assert "Графики" in answer
    assert "прежде: без темы" in answer
    again = tutor.post(url, sent, follow=True).content.decode()
    assert "Ничего не изменилось" in again
    old = tutor.post(url, sent | {"topic": "Со старой страницы"})
    assert old.status_code == 409
    assert "изменили" in old.content.decode()
    one.refresh_from_db()
    assert one.topic == "Графики", "a page that was opened before does not undo it"


def test_all_dates_go_to_another_room_but_where_it_can_not_be(world: World) -> None:
    """One date has the room taken, on one the tutor is away, the first has begun: these stay and are said. Who is
    booked and who receives are told of the place, once, and the time stays."""
    rules(world, most_a_person=0, window_days=60)
    here, there = point(world), point(world)
    old, new = here.rooms.get(), there.rooms.get()
    facts = {"way": "in_person", "first_day": monday(1), "last_day": monday(5)}
    hour = help_hour(world, point=here, room=old, **facts)
    first, second, third, fourth, fifth = dates(hour)
    begun = first.start + timedelta(minutes=5)
    help_hour(world, "other_tutor", point=there, room=new, **(facts | {"first_day": third.day, "last_day": third.day}))
    absence(world, first=fourth.day, days=1)
    booked(world, second.slots.order_by("start")[0])
    booked(world, fifth.slots.order_by("start")[0], "other_teacher")
    where = Where("in_person", there, new)
    wanted, by = Edit("", 1, time(15), time(16, 30), where), actor(world, "coordinator")
    edited = edit_dates(date=fifth, wanted=wanted, which=Which.ALL, reason="Ремонт", by=by, now=begun)
    assert [date.pk for date in edited.dates] == [second.pk, fifth.pk]
    assert [(date.pk, why[:8]) for date, why in edited.left] == [(third.pk, "Кабинет "), (fourth.pk, "В этот д")]
    assert not edit_dates(date=fifth, wanted=wanted, which=Which.ALL, reason="Ремонт", by=by, now=begun).dates
    assert [date.room_id for date in dates(hour)] == [old.pk, new.pk, old.pk, old.pk, new.pk]
    assert told(world, "teacher") == ["Ваша консультация в другом месте"]
    assert told(world, "other_teacher") == ["Ваша консультация в другом месте"]
    assert Message.objects.filter(kind="consultations.date", person_id=person(world, "tutor").pk).count() == 2
    hour.refresh_from_db()
    assert (hour.point, hour.room) == (there, new)
    with pytest.raises(Conflict) as refusal:
        edit(world, third, where=where)
    assert refusal.value.code == "room_at_once"
    new.in_use = False
    new.save()
    with pytest.raises(Conflict) as refusal:
        edit(world, fourth, where=where)
    assert refusal.value.code == "room_gone"
    assert what_differs() == []
