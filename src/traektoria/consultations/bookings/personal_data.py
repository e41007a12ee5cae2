"""What bookings and the waiting list keep about a person, for the file that the person takes away."""

from typing import Any

from django.db.models import Q

from traektoria.consultations.bookings.models import Booking, BookingMove, QueueLine, WaitingWish

BOOKING = ("state", "topic", "why", "leave_why", "leave_asked_at", "offer_until", "created_at", "decided_at")
WISH = ("subject", "first_day", "last_day", "topic", "since", "state", "created_at")


def bookings_of(person_id: int) -> dict[str, Any]:
    """One's own with their history, those that the person made for others (their times alone), places in the waiting
    list and what was decided of them."""
    mine = Booking.objects.filter(Q(person=person_id) | Q(booked_by=person_id)).select_related("slot")
    rows = mine.prefetch_related("moves").order_by("slot__start", "pk")
    moved = BookingMove.objects.filter(by=person_id).values("start", "end", "reason", "at")
    wishes = WaitingWish.objects.filter(Q(person=person_id) | Q(tutor=person_id)).order_by("pk")
    decided = QueueLine.objects.filter(person=person_id).values("slot__start", "said", "at")
    return {
        "bookings": [_booking(row, person_id) for row in rows],
        "bookings_moved_by_me": list(moved),
        "waiting_list": [_wish(wish, person_id) for wish in wishes],
        "offers": list(decided),
    }


def _booking(row: Booking, person_id: int) -> dict[str, Any]:
    times = {"start": row.slot.start, "end": row.slot.end, "booked_by_me": row.booked_by_id == person_id}
    if row.person_id != person_id:
        return times
    moves = [{"start": one.start, "end": one.end, "reason": one.reason, "at": one.at} for one in row.moves.all()]
    return times | {name: getattr(row, name) for name in BOOKING} | {"moved_from": moves}


def _wish(wish: WaitingWish, person_id: int) -> dict[str, Any]:
    """Of a wish for the person as a tutor, its days; whose it is, is theirs."""
    own = WISH if wish.person_id == person_id else ("subject", "first_day", "last_day", "state")
    return {name: getattr(wish, name) for name in own} | {"for_me_as_tutor": wish.tutor_id == person_id}
