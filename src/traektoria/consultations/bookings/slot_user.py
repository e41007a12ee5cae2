"""What bookings tell the slots: places that are taken, whom a change is told, what becomes of the bookings."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Count, QuerySet

from traektoria.consultations.bookings.actions.cancelling import drop_bookings
from traektoria.consultations.bookings.actions.moving import follow_moves, follow_tutors, tell_edited
from traektoria.consultations.bookings.actions.offering import offer_opened
from traektoria.consultations.bookings.enums import COMING, LIVE
from traektoria.consultations.bookings.models import Booking
from traektoria.consultations.slots.registries import SlotUser, slot_users
from traektoria.core.prepared_statements import Numbers, prepared
from traektoria.people.models import Person


def taken(slots: Collection[int]) -> Mapping[int, int]:
    """One query."""
    return dict(_taken().all(slots=slots)) if slots else {}


@prepared
def _taken() -> QuerySet[Booking, Any]:
    rows = Booking.objects.filter(slot__in=Numbers("slots"), state__in=LIVE).order_by()
    return rows.values("slot").annotate(number=Count("pk")).values_list("slot", "number")


def told(slots: Collection[int]) -> Sequence[Person]:
    rows = Booking.objects.filter(slot__in=slots, state__in=COMING).order_by()
    return list(Person.objects.filter(pk__in=rows.values("person")))


slot_users.add(
    SlotUser(
        "consultations.bookings", 10, taken, told, drop_bookings, follow_moves, follow_tutors, offer_opened, tell_edited
    )
)
