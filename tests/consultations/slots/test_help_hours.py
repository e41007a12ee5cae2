"""An Hour is made, its dates are dropped, restored and moved; slots are made for the window and not twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests.consultations.hour_factories import recorded
from tests.consultations.slot_factories import at, first_date, first_slot, help_hour, made, monday, point, wanted
from tests.factories import make_regulation
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.consultations.models import HelpDate, Slot, TutorAbsence
from traektoria.consultations.slots.actions.changing import drop_date, end_hour, move_date, restore_date
from traektoria.consultations.slots.actions.making import make_hour
from traektoria.consultations.slots.actions.opening import open_windows
from traektoria.consultations.slots.farewell import settle_receiver
from traektoria.consultations.slots.policies import can_book, check_bookable, check_free
from traektoria.consultations.slots.queries.busy_times import busy_tutors
from traektoria.consultations.slots.queries.preview import Outlook, outlooks
from traektoria.consultations.slots.queries.rules import rules_of
from traektoria.consultations.slots.registries import SlotMove, SlotUser, slot_users
from traektoria.core.errors import Conflict, DomainError, Invalid, Refused
from traektoria.core.models import AuditEvent, Engagement
from traektoria.engines.intervals import Interval
from traektoria.organisations.models import CalendarPeriod
from traektoria.organisations.queries import school_year
from traektoria.people.actor import Actor
from traektoria.people.models import Person
from traektoria.tutors.profiles.models import TutorProfile

pytestmark = pytest.mark.django_db


def test_an_hour_takes_its_time_for_the_series_and_has_slots_for_the_window(world: World) -> None:
    make_regulation(world.own, consulting={"window_days": 10})
    hour = help_hour(world)
    assert [one.day for one in hour.dates.all()] == [monday(week) for week in (1, 2, 3, 4)]
    start = timezone.localtime(hour.dates.all()[0].start)
    assert (start.time(), start.utcoffset()) == (time(15), timedelta(hours=3))
    near = [one for one in hour.dates.all() if one.start < timezone.now() + timedelta(days=11)]
    assert Slot.objects.count() == 3 * len(near)
    assert {one.pk for one in near} == set(hour.dates.exclude(opened_at=None).values_list("pk", flat=True))


def test_the_daily_task_opens_what_has_come_near_once(world: World) -> None:
    make_regulation(world.own, consulting={"window_days": 1, "notice_hours": 2})
    hour = help_hour(world, first_day=monday(3))
    assert not Slot.objects.exists()
    later = hour.dates.all()[0].start - timedelta(hours=20)
    assert [open_windows(later) for _time in range(2)] == [1, 0]
    assert Slot.objects.count() == 3


def test_the_same_hour_pressed_twice_is_one(world: World) -> None:
    assert help_hour(world) == help_hour(world)
    assert AuditEvent.objects.filter(event="help.make").count() == 1


def test_each_tutor_receives_alone_or_all_lead_one_group(world: World) -> None:
    alone = help_hour(world, "tutor", "other_tutor")
    date = first_date(alone)
    assert Slot.objects.filter(date=date).count() == 6
    assert {slot.tutor_id for slot in date.slots.all()} == {person(world, one).pk for one in ("tutor", "other_tutor")}
    group = help_hour(world, "tutor", "other_tutor", together=True, places=8, start=time(18), end=time(19))
    slots = first_date(group).slots.all()
    assert [(one.tutor_id, one.places) for one in slots] == [(None, 8), (None, 8)]


def test_breaks_stand_between_meetings(world: World) -> None:
    slots = first_date(help_hour(world, break_minutes=10)).slots.order_by("start")
    clocks = [timezone.localtime(one.start).strftime("%H:%M") for one in slots]
    assert clocks == ["15:00", "15:40"]


def test_two_hours_of_a_tutor_are_never_at_once_and_the_free_dates_are_made(world: World) -> None:
    help_hour(world, first_day=monday(2), last_day=monday(2))
    result = made(world, start=time(16), end=time(17), topic="Вторая")
    assert [one.day for one in result.taken] == [monday(2)]
    states = {one.day: one.state for one in result.hour.dates.all()}
    assert [states[monday(week)] for week in (1, 2, 3, 4)] == ["standing", "dropped", "standing", "standing"]
    assert "Час методической помощи" in result.hour.dates.get(day=monday(2)).why


def test_hours_that_touch_are_both_made(world: World) -> None:
    help_hour(world)
    assert not made(world, start=time(16, 30), end=time(18)).taken


def test_where_no_date_is_left_nothing_is_made(world: World) -> None:
    first = help_hour(world)
    with pytest.raises(Conflict) as caught:
        made(world, start=time(14, 30), end=time(15, 30))
    assert caught.value.code == "no_date_left"
    assert {one.hour_id for one in HelpDate.objects.all()} == {first.pk}


def test_a_room_has_no_two_at_once_and_two_rooms_do(world: World) -> None:
    place = point(world)
    room, other = place.rooms.get(), place.rooms.create(name="кабинет 14")
    help_hour(world, way="in_person", point=place, room=room)
    with pytest.raises(Conflict):
        made(world, "other_tutor", way="in_person", point=place, room=room)
    assert not made(world, "other_tutor", way="in_person", point=place, room=other).taken


def test_hours_that_were_given_take_their_time(world: World) -> None:
    hour = recorded(world, ago=300, minutes=280)
    tutor = person(world, "tutor").pk
    found = busy_tutors([tutor], Interval(hour.end - timedelta(minutes=1), hour.end + timedelta(hours=1)))
    assert [(one.tutor, one.interval) for one in found] == [(tutor, hour.interval)]
    with pytest.raises(Conflict) as caught:
        check_free([tutor], None, Interval(hour.start, hour.end))
    assert caught.value.code == "at_once"
    check_free([tutor], None, Interval(hour.end, hour.end + timedelta(hours=1)))


def test_the_preview_says_of_each_date_what_it_is(world: World) -> None:
    tutor = person(world, "tutor")
    weekly = [{"weekday": 0, "start": "15:00", "end": "17:00"}]
    TutorProfile.objects.create(
        centre=world.own, person=tutor, availability=weekly, teachers_at_once=5, hours_a_month=10
    )
    help_hour(world, first_day=monday(1), last_day=monday(1), topic="Другое")
    TutorAbsence.objects.create(centre=world.own, tutor=tutor, start=monday(2), end=monday(2), reason="курсы")
    CalendarPeriod.objects.create(
        centre=world.own, year=school_year(2020), kind="holidays", name="Каникулы", start=monday(3), end=monday(3)
    )
    found = outlooks(wanted(world), now=timezone.now())
    assert [one.outlook for one in found][:3] == [Outlook.TAKEN, Outlook.OUTSIDE, Outlook.OFF]
    assert found[1].why.endswith("курсы")
    assert found[2].why == "Каникулы"
    late = outlooks(wanted(world, start=time(16), end=time(17, 30)), now=timezone.now())
    assert late[1].outlook == Outlook.OUTSIDE


def test_the_holidays_of_a_school_stand_in_for_those_of_the_centre(world: World) -> None:
    year = school_year(2020)
    for school, day in ((None, monday(1)), (world.school, monday(2))):
        CalendarPeriod.objects.create(
            centre=world.own, school=school, year=year, kind="holidays", name="Каникулы", start=day, end=day
        )
    place = point(world)
    at_school = outlooks(wanted(world, way="in_person", point=place), now=timezone.now())
    at_home = outlooks(wanted(world), now=timezone.now())
    assert [one.day for one in at_school if one.outlook == Outlook.OFF][:1] == [monday(2)]
    assert [one.day for one in at_home if one.outlook == Outlook.OFF][:1] == [monday(1)]


def test_a_date_that_was_left_out_stays_so(world: World) -> None:
    wish = wanted(world)
    days = [day for day, _interval in wish.dates]
    hour = make_hour(wanted=wish, days=days[1:], by=actor(world, "coordinator")).hour
    assert hour.dates.get(day=days[0]).state == "dropped"
    assert open_windows(timezone.now() + timedelta(days=3)) == 0 or not hour.dates.get(day=days[0]).slots.exists()


@contextmanager
def used(told: list[Person]) -> Iterator[list[tuple[str, object, str]]]:
    """Somebody has booked: what the slots say of it is written down."""
    said: list[tuple[str, object, str]] = []

    def dropped(slots: object, reason: str, by: Actor | None) -> None:
        said.append(("dropped", slots, reason))

    def moved(moves: object, reason: str, by: Actor) -> None:
        said.append(("moved", moves, reason))

    def handed(slots: object, by: Actor | None) -> None:
        said.append(("handed", slots, ""))

    user = SlotUser(
        "tests", 1, lambda slots: dict.fromkeys(slots, 1), lambda slots: told, dropped, moved, handed,
        lambda slots, now: None, lambda slots, placed, by: None,
    )  # fmt: skip
    slot_users.add(user)
    try:
        yield said
    finally:
        slot_users._items.pop("tests")


def test_a_dropped_date_frees_its_time_and_tells_who_has_booked(world: World) -> None:
    hour = help_hour(world)
    date = first_date(hour)
    with used([]) as said:
        drop_date(date=date, reason="Педсовет", by=actor(world, "tutor"))
        drop_date(date=date, reason="Педсовет", by=actor(world, "tutor"))
    assert [(what, len(slots), why) for what, slots, why in said] == [("dropped", 3, "Педсовет")]  # type: ignore[arg-type]
    assert [(one.kind, one.reason) for one in date.changes.all()] == [("dropped", "Педсовет")]
    assert set(date.slots.values_list("state", flat=True)) == {"dropped"}
    again = made(world, first_day=date.day, last_day=date.day, topic="Вместо")
    assert not again.taken
    with pytest.raises(Conflict):
        restore_date(date=date, by=actor(world, "coordinator"))


def test_a_restored_date_is_offered_again(world: World) -> None:
    hour = help_hour(world)
    date = drop_date(date=first_date(hour), reason="Педсовет", by=actor(world, "tutor"))
    restore_date(date=date, by=actor(world, "tutor"))
    assert set(date.slots.values_list("state", flat=True)) == {"open"}
    assert [one.kind for one in date.changes.all()] == ["dropped", "restored"]


def test_a_moved_date_is_one_record_with_its_history(world: World) -> None:
    hour = help_hour(world)
    date, slots = first_date(hour), list(first_date(hour).slots.values_list("pk", flat=True))
    new = at(date.day + timedelta(days=1), time(10))
    with used([]) as said:
        moved = move_date(date=date, start=new, reason="Педсовет", by=actor(world, "tutor"))
    assert (moved.day, moved.start, moved.end - moved.start) == (date.day, new, timedelta(minutes=90))
    assert list(moved.slots.values_list("pk", flat=True)) == slots
    assert moved.slots.order_by("start")[0].start == new
    [(what, moves, _why)] = said
    assert what == "moved"
    assert isinstance(moves, list)
    assert isinstance(moves[0], SlotMove)
    assert (moves[0].start, moves[0].slot.start) == (date.start, new)
    assert moved.changes.get().before["start"] == date.start.isoformat()
    assert not made(world, first_day=date.day, last_day=date.day, topic="На прежнее время").taken


def test_a_date_is_not_moved_onto_another(world: World) -> None:
    hour = help_hour(world)
    first, second = hour.dates.order_by("start")[:2]
    with pytest.raises(Conflict) as caught:
        move_date(date=first, start=second.start + timedelta(minutes=30), reason="Так", by=actor(world, "tutor"))
    assert caught.value.code == "at_once"


def test_a_date_may_move_over_its_own_time(world: World) -> None:
    date = first_date(help_hour(world))
    moved = move_date(date=date, start=date.start + timedelta(minutes=30), reason="Дорога", by=actor(world, "tutor"))
    assert moved.start == date.start + timedelta(minutes=30)


def test_an_ended_hour_has_no_dates_after_that_day(world: World) -> None:
    hour = help_hour(world)
    for _time in range(2):
        end_hour(hour=hour, after=monday(2), reason="Тьютор ушёл", by=actor(world, "coordinator"))
    states = [one.state for one in hour.dates.order_by("day")]
    assert states == ["standing", "standing", "dropped", "dropped"]
    late = hour.dates.get(day=monday(4))
    assert late.changes.count() == 1
    with pytest.raises(Conflict):
        restore_date(date=late, by=actor(world, "coordinator"))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"end": time(15)}, "ends_before"),
        ({"slot_minutes": 100}, "no_meeting"),
        ({"way": "in_person"}, "no_point"),
        ({"places": 0}, "places"),
        ({"last_day": date(2020, 1, 1)}, "last_before_first"),
        ({"repeat": "by_hand"}, "no_dates"),
        ({"tutors": ()}, "no_tutor"),
    ],
)
def test_what_can_not_be_is_said(world: World, fields: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid) as caught:
        make_hour(wanted=wanted(world, **fields), days=[monday()], by=actor(world, "coordinator"))
    assert caught.value.code == code


def test_a_point_of_another_centre_or_a_closed_one_takes_no_hour(world: World) -> None:
    foreign = point(world, centre=world.foreign, name="Чужой")
    closed = point(world, closed_on=monday(), closed_why="Ремонт")
    for place in (foreign, closed):
        with pytest.raises(Invalid):
            help_hour(world, way="in_person", point=place)


def test_a_tutor_makes_hours_of_their_own_alone(world: World) -> None:
    assert made(world, by="tutor").hour
    for tutors, by in ((("other_tutor",), "tutor"), (("tutor",), "teacher"), (("tutor",), "foreign_coordinator")):
        with pytest.raises(Refused):
            made(world, *tutors, by=by, start=time(8), end=time(9))


def test_who_may_drop_a_date(world: World) -> None:
    date = first_date(help_hour(world))
    for name in ("other_tutor", "teacher", "foreign_coordinator", "head"):
        with pytest.raises(Refused):
            drop_date(date=date, reason="Так", by=actor(world, name))
    with pytest.raises(Invalid):
        drop_date(date=date, reason=" ", by=actor(world, "tutor"))


def test_when_a_slot_can_be_booked(world: World) -> None:
    slot, rules = first_slot(help_hour(world)), rules_of(world.own.pk)
    for before, code in ((timedelta(hours=1), "too_late"), (timedelta(days=29), "too_early")):
        with pytest.raises(DomainError) as caught:
            check_bookable(slot, rules, slot.start - before)
        assert caught.value.code == code
    assert can_book(slot, rules, slot.start - timedelta(hours=12))
    drop_date(date=slot.date, reason="Педсовет", by=actor(world, "tutor"))
    slot.refresh_from_db()
    assert not can_book(slot, rules, slot.start - timedelta(hours=12))


def test_a_centre_of_another_zone_keeps_its_clock(world: World) -> None:
    world.own.municipality.time_zone = "Asia/Yekaterinburg"
    world.own.municipality.save()
    hour = help_hour(world)
    assert hour.zone == "Asia/Yekaterinburg"
    assert first_date(hour).start.astimezone(ZoneInfo("Europe/Moscow")).time() == time(13)


def test_who_is_no_tutor_any_more_receives_no_longer(world: World) -> None:
    """What is theirs alone is dropped, what they lead with others goes on."""
    alone, shared = help_hour(world), help_hour(world, "tutor", "other_tutor", start=time(18), end=time(19))
    tutor = person(world, "tutor")
    tutor.roles.filter(role="tutor").update(end=timezone.localdate() - timedelta(days=1))
    with used([]) as said:
        for _time in range(2):
            settle_receiver(tutor.pk, None)
    assert set(alone.dates.values_list("state", flat=True)) == {"dropped"}
    assert set(shared.dates.values_list("state", flat=True)) == {"standing"}
    date = first_date(shared)
    assert [one.tutor for one in date.receives.all()] == [person(world, "other_tutor")]
    assert {slot.state for slot in date.slots.all() if slot.tutor == tutor} == {"dropped"}
    assert len(said) == 8


def test_the_calendar_has_each_date_of_its_tutors_and_its_point(world: World) -> None:
    place = point(world)
    hour = help_hour(world, way="in_person", point=place, room=place.rooms.get(), last_day=monday(2))
    first, second = hour.dates.order_by("start")
    moved = move_date(date=second, start=second.start + timedelta(days=1), reason="Так", by=actor(world, "tutor"))
    drop_date(date=first, reason="Так", by=actor(world, "tutor"))
    rows = Engagement.objects.filter(kind="consultations.help").order_by("addressee", "start")
    told = [(one.addressee.split(":")[0], one.state, one.start == moved.start, one.busy) for one in rows]
    assert told == [
        ("person", "cancelled", False, True), ("person", "fixed", True, True),
        ("point", "cancelled", False, False), ("point", "fixed", True, False),
    ]  # fmt: skip
    assert {one.original for one in rows if one.state == "fixed"} == {second.start}
    assert {one.series for one in rows} == {f"help-{hour.pk}"}
