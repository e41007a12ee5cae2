"""What stands between an absence, a moved or restored date, and the places that are booked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.consultations.booking_factories import booked, placed, rules, slots, waits_for
from tests.consultations.slot_factories import monday
from tests.factories import make_member
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.consultations.bookings.actions.cancelling import cancel_booking
from traektoria.consultations.bookings.actions.moving import move_booking
from traektoria.consultations.bookings.actions.offering import lapse_offers, take_offer
from traektoria.consultations.bookings.actions.outcomes import say_who_came
from traektoria.consultations.models import Booking, Slot, TutorAbsence
from traektoria.consultations.slots.actions.changing import drop_date, leave_date, move_date, restore_date
from traektoria.core.errors import Conflict
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment

pytestmark = pytest.mark.django_db


def away(world: World, slot: Slot, days: int = 0) -> TutorAbsence:
    day = timezone.localdate(slot.start)
    last = day + timedelta(days=days)
    return TutorAbsence.objects.create(centre=world.own, tutor=person(world, "tutor"), start=day, end=last)


def test_nobody_books_or_is_offered_an_hour_of_an_absent_tutor(world: World) -> None:
    one, two, elsewhere = *slots(world)[:2], slots(world, first_day=monday(3), last_day=monday(3))[0]
    row, moved = booked(world, one), booked(world, elsewhere, "other_teacher")
    absence = away(world, two)
    with pytest.raises(Conflict) as refusal:
        booked(world, two, "other_teacher")
    assert refusal.value.code == "tutor_away"
    with pytest.raises(Conflict):
        move_booking(booking=moved, slot=two, by=actor(world, "other_teacher"))
    waits_for(world, "other_teacher")
    cancel_booking(booking=row, by=actor(world, "teacher"))
    assert not Booking.objects.filter(state="offered").exists()
    absence.cancelled_at = timezone.now()
    absence.save()
    assert booked(world, two, "other_teacher").state == "booked"


def test_a_date_restored_opens_nothing_of_who_receives_there_no_longer(world: World) -> None:
    world.accounts["second_tutor"] = make_member(world.own, Role.TUTOR)
    date = slots(world, "tutor", "second_tutor")[0].date
    by = actor(world, "coordinator")
    leave_date(date, person(world, "second_tutor").pk, "Ушла.", by, timezone.now())
    drop_date(date=date, reason="Ремонт.", by=by)
    restore_date(date=date, by=by)
    assert set(Slot.objects.filter(date=date, state="open").values_list("tutor", flat=True)) == {
        person(world, "tutor").pk
    }


def test_a_date_is_not_restored_to_who_is_no_tutor_any_more(world: World) -> None:
    date, by = slots(world)[0].date, actor(world, "coordinator")
    drop_date(date=date, reason="Ремонт.", by=by)
    RoleAssignment.objects.filter(person=person(world, "tutor"), role="tutor").delete()
    with pytest.raises(Conflict) as refusal:
        restore_date(date=date, by=by)
    assert refusal.value.code == "not_a_tutor"


def test_what_was_cancelled_before_it_began_is_no_absence(world: World) -> None:
    slot = slots(world)[0]
    row = booked(world, slot)
    cancel_booking(booking=row, by=actor(world, "teacher"))
    booked(world, slot, "other_teacher")
    for what in ("missed", "came"):
        with pytest.raises(Conflict) as refusal:
            say_who_came(booking=row, what=what, by=actor(world, "tutor"), now=slot.end)
        assert refusal.value.code == "cancelled"


def test_an_offer_ends_with_the_notice_of_the_moved_hour(world: World) -> None:
    rules(world, notice_hours=12, offer_hours=72)
    slot = slots(world)[0]
    row = booked(world, slot)
    waits_for(world, "other_teacher")
    cancel_booking(booking=row, by=actor(world, "teacher"))
    offer = Booking.objects.get(state="offered")
    start = timezone.now() + timedelta(hours=20)
    move_date(date=slot.date, start=start, reason="Иначе нельзя.", by=actor(world, "coordinator"))
    offer.refresh_from_db()
    assert offer.offer_until == start - timedelta(hours=12)
    late = start + timedelta(hours=1)
    Booking.objects.filter(pk=offer.pk).update(offer_until=late + timedelta(hours=1))
    with pytest.raises(Conflict):
        take_offer(booking=offer, by=actor(world, "other_teacher"), now=late)
    assert lapse_offers(late + timedelta(hours=2)) == 1


def test_who_waits_is_offered_the_day_on_which_the_hour_is(world: World) -> None:
    slot = slots(world)[0]
    row = booked(world, slot)
    waits_for(world, "other_teacher", first_day=monday(2), last_day=monday(2))
    move_date(
        date=slot.date, start=slot.start + timedelta(days=1), reason="Иначе нельзя.", by=actor(world, "coordinator")
    )
    cancel_booking(booking=row, by=actor(world, "teacher"))
    assert not Booking.objects.filter(state="offered").exists()


def test_a_move_to_another_month_keeps_to_its_limit(world: World) -> None:
    rules(world, most_a_person=1, window_days=120)
    here, there = slots(world)[0], slots(world, first_day=monday(8), last_day=monday(8))
    placed(world, there[0])
    row = booked(world, here)
    with pytest.raises(Conflict) as refusal:
        move_booking(booking=row, slot=there[1], by=actor(world, "teacher"))
    assert refusal.value.code == "limit"


def test_within_one_month_a_move_is_no_booking_more(world: World) -> None:
    rules(world, most_a_person=1, most_a_school=1)
    one, two = slots(world)[:2]
    assert move_booking(booking=booked(world, one), slot=two, by=actor(world, "teacher")).slot == two
