"""A freed place is offered to one who waits, for a stated time, then to the next; each decision is a line."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.consultations.booking_factories import at_hours as near
from tests.consultations.booking_factories import booked, rules, slots, waits_for
from tests.consultations.bookings.test_booking import told, whose
from tests.factories import make_member
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.waiting import what_differs
from tests.world import World
from traektoria.consultations.bookings.actions.cancelling import cancel_booking
from traektoria.consultations.bookings.actions.offering import lapse_offers, pass_offer, take_offer
from traektoria.consultations.bookings.actions.wishing import leave_list
from traektoria.consultations.bookings.policies import Full
from traektoria.consultations.models import Booking, QueueLine, Slot
from traektoria.core.errors import Conflict, Refused
from traektoria.people.enums import Role

pytestmark = pytest.mark.django_db


def offer_of(slot: Slot) -> Booking | None:
    return Booking.objects.filter(slot=slot, state="offered").first()


def log(slot: Slot) -> list[str]:
    return list(QueueLine.objects.filter(slot=slot).values_list("said", flat=True))


@pytest.fixture
def third(world: World) -> str:
    world.accounts["third"] = make_member(world.own, Role.TEACHER, world.school)
    return "third"


def test_the_freed_place_goes_from_one_to_the_next(world: World, third: str) -> None:
    slot = slots(world)[0]
    row = booked(world, slot)
    first, second = waits_for(world, "other_teacher"), waits_for(world, third)
    cancel_booking(booking=row, by=actor(world, "teacher"))
    offer = offer_of(slot)
    assert offer
    assert (offer.person, offer.wish) == (first.person, first)
    assert told(world, "other_teacher") == ["Для вас освободилось место"]
    assert whose(world, "other_teacher")[0].startswith("Для вас есть место: ")
    with pytest.raises(Full):
        booked(world, slot, third)  # what is offered holds the place
    with pytest.raises(Refused):
        take_offer(booking=offer, by=actor(world, third))
    for _press in range(2):
        pass_offer(booking=offer, by=actor(world, "other_teacher"))
    following = offer_of(slot)
    assert following
    assert following.person == second.person
    first.refresh_from_db()
    assert first.since > second.since, "who gave it back goes to the end"
    for _press in range(2):
        assert take_offer(booking=following, by=actor(world, third)).state == "booked"
    second.refresh_from_db()
    assert second.state == "served"
    assert log(slot) == ["offered", "passed", "had_it", "offered", "taken"] or log(slot) == [
        "offered", "passed", "offered", "taken",
    ]  # fmt: skip
    assert what_differs() == []


def test_an_offer_ends_and_is_no_offer_any_more(world: World, third: str) -> None:
    slot = slots(world)[0]
    row = booked(world, slot)
    waits_for(world, "other_teacher")
    waits_for(world, third)
    cancel_booking(booking=row, by=actor(world, "teacher"))
    offer = offer_of(slot)
    assert offer
    assert offer.offer_until
    assert lapse_offers(offer.offer_until - timedelta(minutes=1)) == 0
    with pytest.raises(Conflict):
        take_offer(booking=offer, by=actor(world, "other_teacher"), now=offer.offer_until)
    assert (lapse_offers(offer.offer_until), lapse_offers(offer.offer_until)) == (1, 0)
    after = offer_of(slot)
    assert after
    assert after.person == person(world, third)
    assert told(world, "other_teacher") == []


def test_never_when_it_begins_sooner_than_the_notice(world: World) -> None:
    rules(world, cancel_hours=1, notice_hours=12)
    slot = slots(world)[0]
    row = booked(world, slot)
    waits_for(world, "other_teacher", first_day=timezone.localdate())
    near(slot, 11)
    cancel_booking(booking=row, by=actor(world, "teacher"))
    assert (offer_of(slot), log(slot)) == (None, ["too_near"])


def test_not_offered_because(world: World, third: str) -> None:
    rules(world, most_a_person=1)
    mine, theirs = slots(world)[0], slots(world, "other_tutor")
    row = booked(world, mine)
    booked(world, theirs[0], "other_teacher")
    waits_for(world, "other_teacher")  # has something else then, and as many as a month allows
    booked(world, theirs[2], third)
    waits_for(world, third)
    waits_for(world, "teacher")
    cancel_booking(booking=row, by=actor(world, "teacher"))
    assert (offer_of(mine), log(mine)) == (None, ["busy", "limit", "had_it", "nobody"])


def test_whose_wish_fits(world: World, third: str) -> None:
    slot = slots(world, subjects=["math"])[0]
    row = booked(world, slot)
    other = person(world, "other_tutor").pk
    waits_for(world, "other_teacher", subject="history")
    waits_for(world, "other_teacher", tutor_id=other)
    waits_for(world, third, last_day=slot.date.day - timedelta(days=1))
    cancel_booking(booking=row, by=actor(world, "teacher"))
    assert (offer_of(slot), log(slot)) == (None, [])


def test_the_same_wish_is_one_place_and_is_left_by_its_person(world: World) -> None:
    wish = waits_for(world, "teacher", subject="math")
    again = waits_for(world, "teacher", subject="math", topic="Задачи")
    assert (again.pk, again.since) == (wish.pk, wish.since)
    with pytest.raises(Refused):
        leave_list(wish=wish, by=actor(world, "other_teacher"))
    for _press in range(2):
        assert leave_list(wish=wish, by=actor(world, "teacher")).state == "left"
    rules(world, waiting_list=False)
    with pytest.raises(Conflict):
        waits_for(world, "teacher")
    with pytest.raises(Refused):
        waits_for(world, "tutor")
    assert timezone.now() > wish.since
