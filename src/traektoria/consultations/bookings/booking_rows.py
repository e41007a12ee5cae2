"""Bookings as they stand, for what waits and for what is fixed in time: one read for both tables, of what they say."""

from collections.abc import Collection
from datetime import datetime, tzinfo
from typing import Any, Final, NamedTuple

from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from traektoria.consultations.bookings.models import Booking
from traektoria.consultations.bookings.time_and_place import named_place
from traektoria.core.ledgers import read_once
from traektoria.core.prepared_statements import Numbers, prepared
from traektoria.organisations import zones

_WRITTEN: Final = (
    "EXISTS (SELECT 1 FROM consultations_consultationhour h JOIN consultations_hourteacher x ON x.hour_id = h.id "
    'WHERE h.slot_id = "consultations_booking".slot_id AND h.withdrawn_at IS NULL '
    'AND x.person_id = "consultations_booking".person_id)'
)
"""Whether an hour is written down for the person in this slot; in words, as hours stand above bookings."""


class Standing(NamedTuple):
    """A booking with its slot, its place and its centre."""

    pk: int
    state: str
    person: int
    school: int | None
    offer_until: datetime | None
    leave_asked_at: datetime | None
    slot: int
    start: datetime
    end: datetime
    tutor: int | None
    date: int
    way: str
    point: str | None
    room: str | None
    centre: int
    time_zone: str
    written: bool

    @property
    def zone(self) -> tzinfo:
        return zones.zone(self.time_zone)

    @property
    def place(self) -> str:
        return named_place(self.way, self.point, self.room)


def standing(bookings: Collection[int]) -> list[Standing]:
    """By number. At most one query."""
    return read_once(_read, bookings)


def _read(bookings: Collection[int]) -> list[Standing]:
    return [Standing(*row) for row in _standing().all(bookings=bookings)] if bookings else []


@prepared
def _standing() -> QuerySet[Booking, Any]:
    rows = Booking.objects.filter(pk__in=Numbers("bookings")).order_by("pk")
    rows = rows.annotate(written=RawSQL(_WRITTEN, (), BooleanField()))  # noqa: S611 - no value stands in it
    return rows.values_list(
        "pk", "state", "person", "school", "offer_until", "leave_asked_at", "slot", "slot__start", "slot__end",
        "slot__tutor", "slot__date", "slot__date__way", "slot__date__point__name", "slot__date__room__name",
        "slot__centre", "slot__centre__municipality__time_zone", "written",
    )  # fmt: skip
