"""What ends by itself: a booking that its tutor has not answered until the hour was over."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from traektoria.consultations.bookings.actions.serving import follow_bookings
from traektoria.consultations.bookings.enums import BookingState
from traektoria.consultations.bookings.letters import tell_person, tell_tutors
from traektoria.consultations.bookings.models import Booking
from traektoria.consultations.bookings.wishes import back_to_the_list
from traektoria.consultations.slots.locks import locked_slot
from traektoria.core import audit

NEWS = timedelta(days=2)
"""What was over earlier ends without a letter: it is no news, and no upgrade tells anybody of it."""


def end_unanswered(now: datetime | None = None) -> int:
    """The task: bookings that are asked for still when their hour is over; how many. Run again it finds none."""
    moment = now or timezone.now()
    due = Booking.objects.filter(state=BookingState.ASKED, slot__end__lte=moment).order_by("slot_id", "pk")
    return sum(_end(pk, slot, moment) for pk, slot in list(due.values_list("pk", "slot")))


@transaction.atomic
def _end(pk: int, slot_id: int, now: datetime) -> int:
    """Side effects: audit; both are told; whom the list had served waits again, a request is its tutor's turn again."""
    slot = locked_slot(slot_id)
    row = Booking.objects.select_for_update(no_key=True).get(pk=pk)
    if row.state != BookingState.ASKED or row.slot_id != slot.pk or slot.end > now:
        return 0
    row.slot, row.state, row.decided_at = slot, BookingState.UNANSWERED, now
    row.save(update_fields=["state", "decided_at"])
    audit.record("booking.unanswered", row, by=None)
    back_to_the_list(row)
    if now - slot.end <= NEWS:
        tell_person(row, BookingState.UNANSWERED)
        tell_tutors(row, BookingState.UNANSWERED, besides=None)
    follow_bookings([row], None)
    return 1
