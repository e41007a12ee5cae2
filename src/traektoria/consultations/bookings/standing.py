"""Bookings as they stand, for what waits and for what is fixed in time: one read for both tables."""

from collections.abc import Collection
from typing import Final

from traektoria.consultations.bookings.models import Booking
from traektoria.core.joined import Joined
from traektoria.core.written import read_once

_WRITTEN: Final = (
    "SELECT COUNT(*) FROM consultations_consultationhour h JOIN consultations_hourteacher x ON x.hour_id = h.id "
    "WHERE h.slot_id = t.slot_id AND h.withdrawn_at IS NULL AND x.person_id = t.person_id"
)
_BOOKINGS: Final = Joined(
    Booking, "slot__date__point", "slot__date__room", "slot__centre__municipality", written=_WRITTEN
)


def standing(bookings: Collection[int]) -> list[Booking]:
    """With slot, date, place and centre; ``written``: of how many hours that are written down for the person in this
    slot. At most one query."""
    return read_once(_read, bookings)


def _read(bookings: Collection[int]) -> list[Booking]:
    return _BOOKINGS.among("t.id", bookings, order="t.id")
