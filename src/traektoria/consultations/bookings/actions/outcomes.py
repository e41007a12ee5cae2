"""Who came."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from traektoria.consultations.bookings.actions.serving import follow_bookings
from traektoria.consultations.bookings.enums import BookingState
from traektoria.consultations.bookings.locks import locked_booking
from traektoria.consultations.bookings.models import Booking
from traektoria.consultations.bookings.permissions import check_keep
from traektoria.consultations.bookings.policies import (
    check_outcome,
)
from traektoria.consultations.slots.models import Slot
from traektoria.core import audit
from traektoria.people.actor import Actor


@transaction.atomic
def say_who_came(*, booking: Booking, what: str, by: Actor, now: datetime | None = None) -> Booking:
    """One of the four words, said by the tutor or the coordinator after the beginning; it may be corrected. Who asked
    for the hour is told where their request is open again by that."""
    row, slot = locked_booking(booking)
    check_keep(by, slot)
    check_outcome(row, what, now or timezone.now())
    if row.state != what:
        row.state, row.decided_at = what, timezone.now()
        row.save(update_fields=["state", "decided_at"])
        audit.record("booking.outcome", row, by=by, state=what)
        follow_bookings([row], by, told=False)
    return row


def unsay_who_came(slot: Slot, people: Collection[int], by: Actor) -> None:
    """The hour that said that they came says it no longer: of who is booked on the locked slot nobody has said anything
    now, until people do. Side effects: audit; it waits for its tutor again."""
    rows = Booking.objects.select_for_update(no_key=True).filter(slot=slot, person__in=people, state=BookingState.CAME)
    for row in rows.order_by("pk"):
        row.state, row.decided_at = BookingState.BOOKED, None
        row.save(update_fields=["state", "decided_at"])
        audit.record("booking.unsaid", row, by=by)
