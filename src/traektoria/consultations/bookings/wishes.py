"""What becomes of a place in the waiting list: it is served by a booking, goes to the end, or comes back."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from traektoria.consultations.bookings.enums import WishState
from traektoria.consultations.bookings.models import Booking, WaitingWish
from traektoria.consultations.bookings.queries.waiting import those_who_wait
from traektoria.consultations.slots.models import Slot


def serve_wishes(slot: Slot, bookings: Sequence[Booking]) -> None:
    """Who has a place as they wished waits no longer: which booking it was is kept. One query where nobody waits."""
    people = {row.person_id: row.pk for row in bookings}
    for wish in those_who_wait(slot.centre_id, [slot]).get(slot.pk, ()):
        if wish.person in people:
            waits = WaitingWish.objects.filter(pk=wish.pk, state=WishState.WAITS)
            waits.update(state=WishState.SERVED, served_by=people[wish.person])


def to_the_end(row: Booking, now: datetime) -> None:
    """Who gave the place back begins to wait anew."""
    if row.wish_id is not None:
        WaitingWish.objects.filter(pk=row.wish_id, state=WishState.WAITS).update(since=now)


def back_to_the_list(row: Booking) -> bool:
    """Whom the centre took the place away waits again since the first time; whether they had waited. Who had not waited
    is put into no list."""
    wishes = WaitingWish.objects.filter(served_by=row, state=WishState.SERVED, last_day__gte=timezone.localdate())
    return bool(wishes.update(state=WishState.WAITS, served_by=None))
