"""A booking is moved, by people or with its date; of what else changes on the date is told."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.bookings.actions.offering import offer_freed
from traektoria.consultations.bookings.actions.serving import follow_bookings
from traektoria.consultations.bookings.enums import BookingState
from traektoria.consultations.bookings.letters import (
    CHANGED,
    MOVED,
    PLACED,
    tell_person,
    tell_tutors,
)
from traektoria.consultations.bookings.locks import coming_on, read_locked, slot_of
from traektoria.consultations.bookings.models import Booking, BookingMove
from traektoria.consultations.bookings.permissions import check_keep, check_leave, keeps
from traektoria.consultations.bookings.policies import (
    check_coming,
    check_elsewhere,
    check_in_time,
    check_limits,
)
from traektoria.consultations.bookings.queries.commitments import then
from traektoria.consultations.bookings.seats import looking_further, take_seats, taken_seats
from traektoria.consultations.slots.locks import lock_people, lock_school, locked_slot
from traektoria.consultations.slots.models import Slot
from traektoria.consultations.slots.policies import check_bookable, check_received
from traektoria.consultations.slots.queries.rules import rules_for, rules_of
from traektoria.consultations.slots.registries import SlotMove
from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.people.actor import Actor


def move_booking(*, booking: Booking, slot: Slot, by: Actor, reason: str = "", now: datetime | None = None) -> Booking:
    """The same booking at another time: one record with its history. Until the term by who is booked, until it begins
    by the tutor or the coordinator. Both sides are told; the old place goes to who waits. Raises ``Full``.
    """
    if slot_of(booking) == slot.pk:
        return _moved(booking, slot, by, reason, now or timezone.now())
    with looking_further(slot, [booking.person_id], now):
        return _moved(booking, slot, by, reason, now or timezone.now())


@transaction.atomic
def _moved(booking: Booking, slot: Slot, by: Actor, reason: str, moment: datetime) -> Booking:
    rules = rules_for(by, slot.centre_id)
    lock_people([booking.person_id])
    if booking.school_id is not None and rules.most_a_school:
        lock_school(booking.school_id)
    row, old, new = _locked_both(booking, slot.pk)
    own = keeps(by, old) and row.person_id != by.person_id
    if own:
        check_keep(by, new)
        check_coming(row, moment)
    else:
        check_leave(by, row, rules)
    if row.slot_id == new.pk:
        return row
    if not own:
        check_in_time(row, rules, moment)
    _check_movable(row, old, new)
    check_bookable(new, rules, moment, kept=own)
    check_received(new)
    at = then([row.person_id], new, besides=[row.pk])
    check_elsewhere([row.person_id], at)
    check_limits([row.person_id], new, rules, row.school, at, besides=row.pk)
    [seat] = take_seats(new, taken_seats(new), 1)
    _remember(row, old, old.start, old.end, reason.strip(), by)
    row.slot, row.seat, row.leave_asked_at = new, seat, None
    row.save(update_fields=["slot", "seat", "leave_asked_at"])
    audit.record("booking.move", row, by=by)
    tell_person(row, MOVED)
    tell_tutors(row, MOVED, besides=by, before=old)
    follow_bookings([row], by)
    offer_freed(old, now=moment)
    return row


def _check_movable(row: Booking, old: Slot, new: Slot) -> None:
    if row.state not in (BookingState.BOOKED, BookingState.ASKED):
        raise Conflict(_("Take the offered place first."), code="offered")
    if new.centre_id != old.centre_id:
        raise Invalid(_("A booking is moved within its centre."), code="another_centre")


def _locked_both(booking: Booking, to: int) -> tuple[Booking, Slot, Slot]:
    """Slots locked by number, so that two moves crosswise don't wait for each other."""
    at = slot_of(booking)
    found = {pk: locked_slot(pk) for pk in sorted({at, to})}
    return read_locked(booking, found[at]), found[at], found[to]


def _remember(row: Booking, slot: Slot, start: datetime, end: datetime, reason: str, by: Any) -> None:
    own = by.person_id if by is not None else None
    BookingMove.objects.create(booking=row, slot=slot, start=start, end=end, reason=reason, by_id=own)


def follow_moves(moves: Sequence[SlotMove], reason: str, by: Actor | None) -> None:
    """The date is at another time (registered as ``SlotUser``): bookings stay on their slots, as moved ones."""
    before = {move.slot.pk: move for move in moves}
    rows = coming_on([move.slot for move in moves])
    for row in rows:
        move = before[row.slot_id]
        _remember(row, move.slot, move.start, move.end, reason[:300], by)
        if row.state == BookingState.OFFERED and row.offer_until is not None:
            notice = timedelta(hours=rules_of(move.slot.centre_id).notice_hours)
            row.offer_until = min(row.offer_until, move.slot.start - notice)
            row.save(update_fields=["offer_until"])
        audit.record("booking.move", row, by=by)
        tell_person(row, MOVED)
    follow_bookings(rows, by)


def follow_tutors(slots: Sequence[Slot], by: Actor | None) -> None:
    """Somebody else receives (registered as ``SlotUser``): requests go to who gives the hour. Who has booked is told by
    who made the substitution."""
    follow_bookings(coming_on(slots), by)


def tell_edited(slots: Sequence[Slot], placed: bool, by: Actor) -> None:
    """The Hour is at another place, or about something else (registered as ``SlotUser``): who is booked is told."""
    for row in coming_on(slots):
        audit.record("booking.placed" if placed else "booking.edited", row, by=by)
        tell_person(row, PLACED if placed else CHANGED)
