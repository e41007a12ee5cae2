"""The numbered places of a slot: who has them, which are free, and what is free instead."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from traektoria.consultations.bookings.enums import LIVE, BookingState
from traektoria.consultations.bookings.models import Booking
from traektoria.consultations.bookings.policies import Full
from traektoria.consultations.bookings.queries.free_slots import FreeFilter, FreeSlot, free_page
from traektoria.consultations.slots.models import Slot
from traektoria.consultations.slots.queries.rules import rules_of
from traektoria.core.prepared_statements import Given, prepared

MOST_SHOWN = 3


class Seat(NamedTuple):
    """A place that is taken, by which booking."""

    seat: int
    booking: int
    person: int
    state: str

    @property
    def is_offered(self) -> bool:
        return self.state == BookingState.OFFERED


def taken_seats(slot: Slot) -> list[Seat]:
    """One query."""
    return [Seat(*row) for row in _taken().all(slot=slot.pk)]


def numbers_left(slot: Slot, taken: Collection[Seat]) -> list[int]:
    """Numbers that nobody has, the lowest first; no more than places are left where an hour has fewer than it had."""
    had = {one.seat for one in taken}
    free = [number for number in range(1, slot.places + 1) if number not in had]
    return free[: max(0, slot.places - len(had))]


def free_seats(slot: Slot) -> list[int]:
    """Under the lock of the slot. One query."""
    return numbers_left(slot, taken_seats(slot))


@prepared
def _taken() -> QuerySet[Booking, Any]:
    rows = Booking.objects.filter(slot=Given("slot"), state__in=LIVE)
    return rows.order_by().values_list("seat", "pk", "person", "state")


class NoPlace(Exception):
    """The locked slot has not so many places; what is free instead is looked for when its lock is given back."""


def take_seats(slot: Slot, taken: Collection[Seat], number: int) -> list[int]:
    """So many numbers. Raises ``NoPlace``."""
    seats = numbers_left(slot, taken)
    if len(seats) < number:
        raise NoPlace
    return seats[:number]


@contextmanager
def looking_further(
    slot: Slot, people: Collection[int], now: datetime | None, *, writes_last: bool = False
) -> Iterator[list[Seat]]:
    """Around an act that takes places for people: who comes too late gets ``Full`` with the next slots that are free.
    What is full already is not waited for. The act is given the places that were taken before it. ``writes_last``: it
    refuses nothing any more once it has written, so that in a transaction there is nothing to go back to."""
    taken = taken_seats(slot)
    number = len(set(people) - {one.person for one in taken})
    try:
        take_seats(slot, taken, number)
        with nullcontext() if writes_last and connection.in_atomic_block else transaction.atomic():
            yield taken
    except NoPlace:
        raise Full(next_free(slot, max(1, number), now or timezone.now())) from None


def next_free(slot: Slot, number: int, now: datetime) -> list[FreeSlot]:
    """The next slots with so many places: of the same tutor first, then of others in the subjects of the Hour."""
    own = _with_places(slot, number, now, FreeFilter(tutor=slot.tutor_id or 0))
    if own or slot.tutor_id is None:
        return own
    subjects = slot.date.hour.subjects
    return _with_places(slot, number, now, FreeFilter(subject=subjects[0] if subjects else ""))


def _with_places(slot: Slot, number: int, now: datetime, wanted: FreeFilter) -> list[FreeSlot]:
    found = free_page(slot.centre, None, rules_of(slot.centre_id), wanted, None, now=now)
    return [one for one in found if one.pk != slot.pk and one.places - one.taken >= number][:MOST_SHOWN]
