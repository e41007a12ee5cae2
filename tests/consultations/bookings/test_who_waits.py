"""Who waits is offered what is opened and restored; whom the centre drops comes back; all are looked at."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.consultations.booking_factories import booked, rules, slots, waits_for
from tests.consultations.bookings.test_booking import told
from tests.consultations.slot_factories import help_hour, monday
from tests.factories import make_member
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.waiting import what_differs
from tests.world import World
from traektoria.consultations.absences.actions.absences import end_absence
from traektoria.consultations.bookings.actions.booking import confirm_booking, refuse_booking
from traektoria.consultations.bookings.actions.cancelling import cancel_booking
from traektoria.consultations.bookings.actions.offering import pass_offer
from traektoria.consultations.bookings.letters import to_person
from traektoria.consultations.models import Booking, HelpDate, QueueLine, Slot, TutorAbsence, WaitingWish
from traektoria.consultations.slots.actions.changing import drop_date, restore_date
from traektoria.consultations.slots.actions.opening import open_windows
from traektoria.messaging.kinds import Told, readers
from traektoria.messaging.models import Message
from traektoria.people.enums import Role

pytestmark = pytest.mark.django_db


def offers() -> list[Booking]:
    return list(Booking.objects.filter(state="offered").order_by("pk"))


def member(world: World, name: str) -> str:
    world.accounts[name] = make_member(world.own, Role.TEACHER, world.school)
    return name


def letter(world: World, name: str) -> str:
    who = person(world, name).pk
    rows = Message.objects.filter(kind="consultations.booking", person_id=who)
    return " ".join(" ".join(one.sentences) for one in to_person(rows, readers([who])[who]) if isinstance(one, Told))


def test_newly_opened_dates_are_offered_one_to_each_who_waits(world: World) -> None:
    waits_for(world, "teacher")
    waits_for(world, "other_teacher", subject="history")
    help_hour(world, subjects=("math",), first_day=monday(2), last_day=monday(2))
    assert [(one.person, one.slot) for one in offers()] == [
        (person(world, "teacher"), Slot.objects.earliest("start"))
    ], "one offer at a time; another subject is not offered"
    assert told(world, "teacher") == ["Для вас освободилось место"]
    assert what_differs() == []


def test_the_daily_task_offers_what_it_opens(world: World) -> None:
    rules(world, window_days=14)
    hour = help_hour(world, first_day=monday(2), last_day=monday(4))
    waits_for(world, "teacher", last_day=monday(6))
    last = hour.dates.latest("start")
    assert not last.slots.exists()
    assert not offers()
    open_windows(last.start - timedelta(days=10))
    assert [one.slot.date for one in offers()] == [hour.dates.order_by("start")[1]]


def test_a_restored_date_is_offered_to_whom_it_was_taken_away(world: World) -> None:
    slot = slots(world)[0]
    first = booked(world, slot, "other_teacher")
    wish = waits_for(world, "teacher")
    cancel_booking(booking=first, by=actor(world, "other_teacher"))
    booked(world, slot)  # takes the offer
    drop_date(date=HelpDate.objects.get(), reason="Ремонт.", by=actor(world, "coordinator"))
    wish.refresh_from_db()
    since = wish.since
    assert (wish.state, wish.since) == ("waits", since)
    assert "снова в листе ожидания" in letter(world, "teacher")
    restore_date(date=HelpDate.objects.get(), by=actor(world, "coordinator"))
    assert [(one.person, one.slot) for one in offers()] == [(person(world, "teacher"), slot)]
    assert what_differs() == []


@pytest.mark.parametrize("how", ["cancelled", "refused"])
def test_whom_the_centre_takes_the_place_away_waits_again_since_the_first_time(world: World, how: str) -> None:
    rules(world, absences=1)
    before, slot, *_rest = slots(world)
    wish, since = waits_for(world, "teacher"), timezone.now()
    missed = Booking.objects.filter(person=person(world, "teacher"))
    missed.delete()
    Booking.objects.create(slot=before, person=person(world, "teacher"), seat=1, state="missed")
    row = booked(world, slot)
    wish.refresh_from_db()
    assert (row.state, wish.state, wish.served_by) == ("asked", "served", row)
    tutor = actor(world, "tutor")
    for _press in range(2):
        if how == "refused":
            refuse_booking(booking=row, reason="Не успеваю", by=tutor)
        else:
            confirm_booking(booking=row, by=tutor) if _press == 0 else None
            cancel_booking(booking=row, reason="Не успеваю", by=tutor)
    wish.refresh_from_db()
    assert wish.state == "waits"
    assert wish.since < since
    assert "снова в листе ожидания" in letter(world, "teacher")
    assert not offers(), "the hour that was taken away is not offered anew"


def test_who_had_not_waited_is_put_into_no_list(world: World) -> None:
    row = booked(world, slots(world)[0])
    cancel_booking(booking=row, reason="Болезнь", by=actor(world, "tutor"))
    assert not WaitingWish.objects.exists()
    assert "листе ожидания" not in letter(world, "teacher")


def test_who_gives_it_back_alone_comes_not_back_by_it(world: World) -> None:
    slot = slots(world)[0]
    wish = waits_for(world, "teacher")
    cancel_booking(booking=booked(world, slot), by=actor(world, "teacher"))
    wish.refresh_from_db()
    assert wish.state == "served"


def test_all_who_wait_are_looked_at_by_as_many_queries_for_many_as_for_few(world: World) -> None:
    rules(world, most_a_person=1)
    busy = slots(world, start=time(9), end=time(19), places=60)
    numbers = []
    for number, slot in ((3, busy[0]), (60, busy[1])):
        Booking.objects.all().delete()
        WaitingWish.objects.all().delete()
        row = Booking.objects.create(slot=slot, person=person(world, "teacher"), seat=1, state="booked")
        Slot.objects.filter(pk=slot.pk).update(places=1)
        for one in range(number):
            name = member(world, f"waits-{number}-{one}")
            waits_for(world, name)
            if one < number - 1:  # as many as a month allows, but for the last
                Booking.objects.create(slot=busy[5], person=person(world, name), seat=one + 1, state="booked")
        with CaptureQueriesContext(connection) as caught:
            cancel_booking(booking=row, by=actor(world, "teacher"))
        numbers.append(len(caught))
        assert [offer.person for offer in offers()] == [person(world, name)]
        assert QueueLine.objects.filter(slot=slot, said="limit").count() == number - 1
    assert numbers[0] == numbers[1]


def test_who_passes_is_offered_the_next_that_is_freed(world: World) -> None:
    one, two, _three = slots(world)
    rows = [booked(world, one, "other_teacher"), booked(world, two, "other_teacher")]
    waits_for(world, "teacher")
    by = actor(world, "other_teacher")
    cancel_booking(booking=rows[0], by=by)
    cancel_booking(booking=rows[1], by=by)
    assert [offer.slot for offer in offers()] == [one], "one offer at a time"
    assert QueueLine.objects.filter(slot=two, said="decides").exists()
    pass_offer(booking=offers()[0], by=actor(world, "teacher"))
    assert not offers()


def test_days_of_an_absence_that_ended_sooner_are_offered(world: World) -> None:
    slot = slots(world)[0]
    day = timezone.localdate(slot.start)
    absence = TutorAbsence.objects.create(
        centre=world.own, tutor=person(world, "tutor"), start=timezone.localdate(), end=day + timedelta(days=9)
    )
    waits_for(world, "teacher", first_day=day, last_day=day)
    end_absence(absence=absence, last_day=day - timedelta(days=1), by=actor(world, "coordinator"))
    assert [(offer.person, offer.slot) for offer in offers()] == [(person(world, "teacher"), slot)]
