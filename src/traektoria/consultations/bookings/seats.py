"""The numbered places of a locked slot."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from traektoria.consultations.bookings.enums import LIVE
from traektoria.consultations.bookings.models import Booking
from traektoria.consultations.bookings.policies import Full
from traektoria.consultations.slots.models import Slot
from traektoria.consultations.slots.queries.free import free_slots
from traektoria.consultations.slots.registries import taken_places
from traektoria.core.prepared import Given, prepared

SHOWN, LOOKED_AT = 3, 60


def free_seats(slot: Slot) -> list[int]:
    """Numbers that nobody has, the lowest first. Under the lock of the slot. One query."""
    taken = {seat for (seat,) in _taken().all(slot=slot.pk)}
    return [number for number in range(1, slot.places + 1) if number not in taken]


@prepared
def _taken() -> QuerySet[Booking, Any]:
    return Booking.objects.filter(slot=Given("slot"), state__in=LIVE).order_by().values_list("seat")


class NoPlace(Exception):
    """The locked slot has not so many places; what is free instead is looked for when its lock is given back."""


def take_seats(slot: Slot, number: int) -> list[int]:
    """So many numbers. Raises ``NoPlace``."""
    seats = free_seats(slot)
    if len(seats) < number:
        raise NoPlace
    return seats[:number]


@contextmanager
def looking_further(slot: Slot, number: int, now: datetime | None) -> Iterator[None]:
    """Around an act that takes places: who comes too late gets ``Full`` with the next slots that are free. What is full
    already is not waited for."""
    try:
        if len(free_seats(slot)) < number:
            raise NoPlace
        with transaction.atomic():
            yield
    except NoPlace:
        raise Full(next_free(slot, number, now or timezone.now())) from None


def next_free(slot: Slot, number: int, now: datetime) -> list[Slot]:
    """The next slots with so many places: of the same tutor first, then of others in the subjects of the Hour. Two
    queries, four where the tutor has none."""
    own = _with_places(slot, number, now, tutor=slot.tutor_id or 0)
    if own or slot.tutor_id is None:
        return own
    subjects = slot.date.hour.subjects
    return _with_places(slot, number, now, subject=subjects[0] if subjects else "")


def _with_places(slot: Slot, number: int, now: datetime, tutor: int = 0, subject: str = "") -> list[Slot]:
    rows = list(free_slots(slot.centre_id, now=now, tutor=tutor, subject=subject).exclude(pk=slot.pk)[:LOOKED_AT])
    taken = taken_places([one.pk for one in rows])
    return [one for one in rows if one.places - taken.get(one.pk, 0) >= number][:SHOWN]
