"""Bookings locked for a change: the slot first, then the booking, as it is now."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from traektoria.consultations.bookings.enums import COMING
from traektoria.consultations.bookings.models import Booking
from traektoria.consultations.slots.locks import locked_slot
from traektoria.consultations.slots.models import Slot
from traektoria.core.errors import Conflict


def locked_booking(booking: Booking) -> tuple[Booking, Slot]:
    """The slot first, then the booking, as it is now."""
    slot = locked_slot(slot_of(booking))
    return read_locked(booking, slot), slot


def slot_of(booking: Booking) -> int:
    return Booking.objects.values_list("slot_id", flat=True).get(pk=booking.pk)


def read_locked(booking: Booking, slot: Slot) -> Booking:
    row = Booking.objects.select_for_update(no_key=True).get(pk=booking.pk)
    if row.slot_id != slot.pk:
        raise Conflict(_("This booking was moved meanwhile: open it again."), code="moved_meanwhile")
    row.slot = slot
    return row


def coming_on(slots: Sequence[Slot]) -> list[Booking]:
    rows = Booking.objects.select_for_update(of=("self",), no_key=True).filter(slot__in=slots, state__in=COMING)
    return list(rows.select_related("slot__centre__municipality").order_by("pk"))
