"""A place is given back or asked to be given back, a booking is moved, and it is said who came."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.bookings.actions.offering import offer_freed
from traektoria.consultations.bookings.actions.serving import follow_bookings
from traektoria.consultations.bookings.enums import COMING, BookingState
from traektoria.consultations.bookings.letters import (
    ASKS_OFF,
    BACK,
    CHANGED,
    KEPT,
    MOVED,
    PLACED,
    tell_person,
    tell_tutors,
)
from traektoria.consultations.bookings.models import Booking, BookingMove
from traektoria.consultations.bookings.permissions import check_keep, check_leave, keeps
from traektoria.consultations.bookings.policies import (
    OFF,
    check_coming,
    check_elsewhere,
    check_in_time,
    check_limits,
    check_outcome,
)
from traektoria.consultations.bookings.queries.commitments import then
from traektoria.consultations.bookings.seats import looking_further, take_seats, taken_seats
from traektoria.consultations.bookings.wishes import back_to_the_list, to_the_end
from traektoria.consultations.requests.policies import check_reason
from traektoria.consultations.slots.locks import lock_people, lock_school, locked_slot
from traektoria.consultations.slots.models import Slot
from traektoria.consultations.slots.policies import check_bookable, check_received
from traektoria.consultations.slots.queries.rules import rules_for, rules_of
from traektoria.consultations.slots.registries import SlotMove
from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.people.actor import Actor


@transaction.atomic
def cancel_booking(*, booking: Booking, by: Actor, reason: str = "", now: datetime | None = None) -> Booking:
    """The place is free again and goes to who waits. Who is booked (or the school) does it until the term of the
    regulation; the tutor and the coordinator until it begins, with a reason. The other side is told. Twice is once."""
    moment = now or timezone.now()
    row, slot = _locked(booking)
    own = keeps(by, slot) and row.person_id != by.person_id
    if not own:
        check_leave(by, row, rules_for(by, slot.centre_id))
    if row.state in OFF:
        return row
    if own:
        check_coming(row, moment)
    else:
        check_in_time(row, rules_for(by, slot.centre_id), moment)
    why = check_reason(reason) if own else reason.strip()
    return _off(row, slot, BookingState.OFF_BY_US if own else BookingState.OFF_BY_ASKER, why, by, moment)


@transaction.atomic
def ask_off(*, booking: Booking, reason: str, by: Actor, now: datetime | None = None) -> Booking:
    """After the term: the tutor is asked to let the person go, with a reason. Asked again, the newest reason stands."""
    why = check_reason(reason)
    row, slot = _locked(booking)
    check_leave(by, row, rules_for(by, slot.centre_id))
    check_coming(row, now or timezone.now())
    if row.leave_asked_at is None or row.leave_why != why:
        row.leave_asked_at, row.leave_why = timezone.now(), why
        row.save(update_fields=["leave_asked_at", "leave_why"])
        audit.record("booking.ask_off", row, by=by)
        tell_tutors(row, ASKS_OFF, besides=by)
    return row


@transaction.atomic
def answer_off(*, booking: Booking, lets_go: bool, by: Actor, now: datetime | None = None) -> Booking:
    """The tutor lets the person go (the place is free again), or keeps the booking; the person is told."""
    moment = now or timezone.now()
    row, slot = _locked(booking)
    check_keep(by, slot)
    if row.leave_asked_at is None or row.state not in COMING:
        return row
    if lets_go:
        return _off(row, slot, BookingState.OFF_BY_ASKER, row.leave_why, by, moment)
    row.leave_asked_at, row.leave_why = None, ""
    row.save(update_fields=["leave_asked_at", "leave_why"])
    audit.record("booking.keep", row, by=by)
    tell_person(row, KEPT)
    return row


def _off(row: Booking, slot: Slot, state: BookingState, why: str, by: Actor | None, now: datetime) -> Booking:
    _cancelled(row, slot, state, why, by, now)
    tell_tutors(row, state, besides=by)
    follow_bookings([row], by)
    return row


def cancel_with_request(row: Booking, slot: Slot, state: BookingState, why: str, by: Actor, now: datetime) -> None:
    """Of the locked slot, together with the request that it serves: of its end the tutor is told once. By who asked
    only until the term of the regulation. Raises ``Conflict``."""
    if state == BookingState.OFF_BY_ASKER:
        check_in_time(row, rules_of(slot.centre_id), now)
    _cancelled(row, slot, state, why, by, now)


def _cancelled(row: Booking, slot: Slot, state: BookingState, why: str, by: Actor | None, now: datetime) -> None:
    """The person is told; the place goes to who waits."""
    row.state, row.why, row.decided_at, row.leave_asked_at = state, why[:300], timezone.now(), None
    row.save(update_fields=["state", "why", "decided_at", "leave_asked_at"])
    audit.record("booking.cancel", row, by=by, state=state)
    if state == BookingState.OFF_BY_US:
        tell_person(row, BACK if back_to_the_list(row) else state)
    else:
        tell_person(row, state)
        to_the_end(row, now)
    offer_freed(slot, now=now)


def move_booking(*, booking: Booking, slot: Slot, by: Actor, reason: str = "", now: datetime | None = None) -> Booking:
    """The same booking at another time: one record with its history. Until the term by who is booked, until it begins
    by the tutor or the coordinator. Both sides are told; the old place goes to who waits. Raises ``Full``.
    """
    if _slot_of(booking) == slot.pk:
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
    _check_moves(row, old, new)
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


def _check_moves(row: Booking, old: Slot, new: Slot) -> None:
    if row.state not in (BookingState.BOOKED, BookingState.ASKED):
        raise Conflict(_("Take the offered place first."), code="offered")
    if new.centre_id != old.centre_id:
        raise Invalid(_("A booking is moved within its centre."), code="another_centre")


def _locked_both(booking: Booking, to: int) -> tuple[Booking, Slot, Slot]:
    """Slots locked by number, so that two moves crosswise don't wait for each other."""
    at = _slot_of(booking)
    found = {pk: locked_slot(pk) for pk in sorted({at, to})}
    return _read(booking, found[at]), found[at], found[to]


@transaction.atomic
def say_who_came(*, booking: Booking, what: str, by: Actor, now: datetime | None = None) -> Booking:
    """One of the four words, said by the tutor or the coordinator after the beginning; it may be corrected. Who asked
    for the hour is told where their request is open again by that."""
    row, slot = _locked(booking)
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


def let_go(booking: Booking, why: str, by: Actor | None, now: datetime) -> None:
    """The person can't come any longer; inside the caller's transaction."""
    row, slot = _locked(booking)
    if row.state in COMING:
        _off(row, slot, BookingState.OFF_BY_ASKER, why, by, now)


def drop_bookings(slots: Sequence[Slot], reason: str, by: Actor | None) -> None:
    """The date does not take place (registered as ``SlotUser``): everybody is told once, who and why."""
    rows = _coming(slots)
    for row in rows:
        offered = row.state == BookingState.OFFERED
        row.state, row.why = BookingState.OFFER_OVER if offered else BookingState.OFF_BY_US, reason[:300]
        row.decided_at, row.leave_asked_at = timezone.now(), None
        row.save(update_fields=["state", "why", "decided_at", "leave_asked_at"])
        audit.record("booking.cancel", row, by=by, state=row.state)
        tell_person(row, BACK if not offered and back_to_the_list(row) else row.state)
    follow_bookings(rows, by)


def follow_moves(moves: Sequence[SlotMove], reason: str, by: Actor | None) -> None:
    """The date is at another time (registered as ``SlotUser``): bookings stay on their slots, as moved ones."""
    before = {move.slot.pk: move for move in moves}
    rows = _coming([move.slot for move in moves])
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
    follow_bookings(_coming(slots), by)


def tell_edited(slots: Sequence[Slot], placed: bool, by: Actor) -> None:
    """The Hour is at another place, or about something else (registered as ``SlotUser``): who is booked is told."""
    for row in _coming(slots):
        audit.record("booking.placed" if placed else "booking.edited", row, by=by)
        tell_person(row, PLACED if placed else CHANGED)


def _coming(slots: Sequence[Slot]) -> list[Booking]:
    rows = Booking.objects.select_for_update(of=("self",), no_key=True).filter(slot__in=slots, state__in=COMING)
    return list(rows.select_related("slot__centre__municipality").order_by("pk"))


def _remember(row: Booking, slot: Slot, start: datetime, end: datetime, reason: str, by: Any) -> None:
    own = by.person_id if by is not None else None
    BookingMove.objects.create(booking=row, slot=slot, start=start, end=end, reason=reason, by_id=own)


def _locked(booking: Booking) -> tuple[Booking, Slot]:
    """The slot first, then the booking, as it is now."""
    slot = locked_slot(_slot_of(booking))
    return _read(booking, slot), slot


def _slot_of(booking: Booking) -> int:
    return Booking.objects.values_list("slot_id", flat=True).get(pk=booking.pk)


def _read(booking: Booking, slot: Slot) -> Booking:
    row = Booking.objects.select_for_update(no_key=True).get(pk=booking.pk)
    if row.slot_id != slot.pk:
        raise Conflict(_("This booking was moved meanwhile: open it again."), code="moved_meanwhile")
    row.slot = slot
    return row
