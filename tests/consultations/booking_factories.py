"""Bookings, for tests of the room: of an Hour next Monday at 15:00 that is inside of the window."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from tests.consultations.slot_factories import help_hour, monday
from tests.factories import make_regulation
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.consultations.bookings.actions.booking import BookingPurpose, book_slot
from traektoria.consultations.bookings.actions.wishing import WaitedFor, enter_list
from traektoria.consultations.models import Booking, Slot, WaitingWish
from traektoria.core.models import Engagement
from traektoria.people import addressees


def slots(world: World, *tutors: str, **fields: Any) -> list[Slot]:
    """Of an Hour of the week after the next: nobody is too late for it on any day of today."""
    hour = help_hour(world, *tutors, **{"first_day": monday(2), "last_day": monday(2), **fields})
    return list(Slot.objects.filter(date__hour=hour).select_related("date__hour").order_by("start", "pk"))


def booked(world: World, slot: Slot, name: str = "teacher", by: str = "", **purpose: Any) -> Booking:
    by = by or name
    return book_slot(
        slot=slot, people=[person(world, name).pk], by=actor(world, by), purpose=BookingPurpose(**purpose)
    )[0]


def waits_for(world: World, name: str, **fields: Any) -> WaitingWish:
    facts = {"centre_id": world.own.pk, "first_day": monday(1), "last_day": monday(4), **fields}
    return enter_list(wanted=WaitedFor(**facts), by=actor(world, name))


def rules(world: World, **changes: Any) -> None:
    make_regulation(world.own, consulting=changes)


def placed(world: World, slot: Slot, name: str = "teacher", state: str = "booked", **fields: Any) -> Booking:
    """A row as it is, whatever the rules say."""
    taken = slot.bookings.count()
    return Booking.objects.create(slot=slot, person=person(world, name), seat=taken + 1, state=state, **fields)


def at_hours(slot: Slot, hours: float) -> Slot:
    """The slot begins so many hours from now."""
    length = slot.end - slot.start
    slot.start = timezone.now() + timedelta(hours=hours)
    slot.end = slot.start + length
    slot.save(update_fields=["start", "end"])
    return slot


def something_else(world: World, name: str, start: datetime, hours: float = 1) -> Engagement:
    """What another room has fixed for the person."""
    who = person(world, name).pk
    return Engagement.objects.create(
        addressee=addressees.person(who), person_id=who, kind="tests.thing", object_kind="tests.thing",
        object_id=str(Engagement.objects.count()), start=start, end=start + timedelta(hours=hours), busy=True,
        facts={}, state="fixed", centre_id=world.own.pk, seen="parties",
    )  # fmt: skip
