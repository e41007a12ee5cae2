"""A place is given back, or asked to be given back; a date that does not take place takes its bookings along."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from traektoria.consultations.bookings.actions.offering import offer_freed
from traektoria.consultations.bookings.actions.serving import follow_bookings
from traektoria.consultations.bookings.enums import COMING, BookingState
from traektoria.consultations.bookings.letters import (
    ASKS_OFF,
    BACK,
    KEPT,
    tell_person,
    tell_tutors,
)
from traektoria.consultations.bookings.locks import coming_on, locked_booking
from traektoria.consultations.bookings.models import Booking
from traektoria.consultations.bookings.permissions import check_keep, check_leave, keeps
from traektoria.consultations.bookings.policies import (
    OFF,
    check_coming,
    check_in_time,
)
from traektoria.consultations.bookings.wishes import back_to_the_list, to_the_end
from traektoria.consultations.requests.policies import check_reason
from traektoria.consultations.slots.models import Slot
from traektoria.consultations.slots.queries.rules import rules_for, rules_of
from traektoria.core import audit
from traektoria.people.actor import Actor


@transaction.atomic
def cancel_booking(*, booking: Booking, by: Actor, reason: str = "", now: datetime | None = None) -> Booking:
    """The place is free again and goes to who waits. Who is booked (or the school) does it until the term of the
    regulation; the tutor and the coordinator until it begins, with a reason. The other side is told. Twice is once."""
    moment = now or timezone.now()
    row, slot = locked_booking(booking)
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
    row, slot = locked_booking(booking)
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
    row, slot = locked_booking(booking)
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


def let_go(booking: Booking, why: str, by: Actor | None, now: datetime) -> None:
    """The person can't come any longer; inside the caller's transaction."""
    row, slot = locked_booking(booking)
    if row.state in COMING:
        _off(row, slot, BookingState.OFF_BY_ASKER, why, by, now)


def drop_bookings(slots: Sequence[Slot], reason: str, by: Actor | None) -> None:
    """The date does not take place (registered as ``SlotUser``): everybody is told once, who and why."""
    rows = coming_on(slots)
    for row in rows:
        offered = row.state == BookingState.OFFERED
        row.state, row.why = BookingState.OFFER_OVER if offered else BookingState.OFF_BY_US, reason[:300]
        row.decided_at, row.leave_asked_at = timezone.now(), None
        row.save(update_fields=["state", "why", "decided_at", "leave_asked_at"])
        audit.record("booking.cancel", row, by=by, state=row.state)
        tell_person(row, BACK if not offered and back_to_the_list(row) else row.state)
    follow_bookings(rows, by)
