"""A slot is booked, confirmed, refused; the places are numbered, and no two have one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.bookings.actions.offering import offer_freed, serve_wishes
from traektoria.consultations.bookings.actions.serving import answer_request
from traektoria.consultations.bookings.enums import LIVE, BookingState
from traektoria.consultations.bookings.letters import tell_person, tell_tutors
from traektoria.consultations.bookings.models import Booking
from traektoria.consultations.bookings.permissions import check_book, check_keep, keeps
from traektoria.consultations.bookings.policies import check_elsewhere, check_limits, check_people, is_limited
from traektoria.consultations.bookings.seats import looking_further, take_seats
from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.consultations.requests.policies import check_reason
from traektoria.consultations.slots.locking import lock_people, locked_slot
from traektoria.consultations.slots.models import Slot
from traektoria.consultations.slots.policies import check_bookable, check_received
from traektoria.consultations.slots.queries.rules import rules_of
from traektoria.core import audit, waiting
from traektoria.core.errors import Conflict
from traektoria.organisations.models import School
from traektoria.people.actor import Actor
from traektoria.routes.models import RouteItem


@dataclass(frozen=True)
class Purpose:
    """What a booking serves, and what it is about in the words of who books."""

    topic: str = ""
    request: ConsultationRequest | None = None
    item: RouteItem | None = None


def book_slot(
    *,
    slot: Slot,
    people: Collection[int],
    by: Actor,
    school: School | None = None,
    purpose: Purpose | None = None,
    now: datetime | None = None,
) -> list[Booking]:
    """Take a place for each of ``people``, or for none of them. Who has one there already keeps it: pressed twice it is
    one booking.

    Of whom the regulation limits after absences the tutor says yes first. Side effects: audit; they and the tutor are
    told; the request is answered by the time of the slot; wishes that it serves leave the waiting list.
    Raises ``Full`` with the next free slots, ``Conflict`` and ``Invalid`` with what stands against it.
    """
    check_book(by, slot, set(people), school)
    known = len(_held(slot, people))
    with looking_further(slot, len(set(people)) - known, now):
        return _booked(slot, set(people), by, school, purpose or Purpose(), now or timezone.now())


def _held(slot: Slot, people: Collection[int]) -> list[Booking]:
    """Places that some of the people have on the slot."""
    live = Booking.objects.filter(slot=slot, person__in=people, state__in=LIVE)
    return list(live.exclude(state=BookingState.OFFERED))


def _booked(
    slot: Slot, people: set[int], by: Actor, school: School | None, why: Purpose, moment: datetime
) -> list[Booking]:
    lock_people(people)
    row = locked_slot(slot.pk)
    check_book(by, row, people, school)
    have = _held(row, people)
    new = people - {one.person_id for one in have}
    check_people(row, people, school)
    if not new:
        return have
    seats = take_seats(row, len(new))
    rules = rules_of(row.centre_id)
    check_bookable(row, rules, moment, kept=keeps(by, row))
    check_received(row)
    check_elsewhere(new, row)
    check_limits(new, row, rules, school)
    limited = {one for one in new if not keeps(by, row) and is_limited(one, row.centre_id, rules, moment)}
    made = [
        _taken(row, person, seat, school, why, by, asks=person in limited)
        for person, seat in zip(sorted(new), seats, strict=True)
    ]
    serve_wishes(row, new)
    if why.request is not None:
        answer_request(why.request, row, by)
    return [*have, *made]


def _taken(
    slot: Slot, person: int, seat: int, school: School | None, why: Purpose, by: Actor, *, asks: bool
) -> Booking:
    facts: dict[str, Any] = {"topic": why.topic, "request": why.request, "item": why.item, "school": school}
    state = BookingState.ASKED if asks else BookingState.BOOKED
    booking = Booking.objects.create(
        slot=slot, person_id=person, seat=seat, state=state, booked_by_id=by.person_id, **facts
    )
    audit.record("booking.ask" if asks else "booking.book", booking, by=by, seat=seat)
    tell_person(booking, state, first=True)
    tell_tutors(booking, state, besides=by, first=True)
    return booking


@transaction.atomic
def confirm_booking(*, booking: Booking, by: Actor) -> Booking:
    """The tutor says yes to what was asked for: a compare-and-set, so that of many presses one does it. The person is
    told."""
    check_keep(by, _whole(booking).slot)
    asked = Booking.objects.filter(pk=booking.pk, state=BookingState.ASKED)
    won = asked.update(state=BookingState.BOOKED, decided_at=timezone.now())
    row = _whole(booking)
    if not won and row.state != BookingState.BOOKED:
        raise Conflict(_over(row), code="over")
    if won:
        waiting.renew(row)
        audit.record("booking.confirm", row, by=by)
        tell_person(row, BookingState.BOOKED)
    return row


@transaction.atomic
def refuse_booking(*, booking: Booking, reason: str, by: Actor, now: datetime | None = None) -> Booking:
    """The tutor says no, with a reason that the person reads; the place is free again. Twice is once."""
    why = check_reason(reason)
    slot = locked_slot(booking.slot_id)
    check_keep(by, slot)
    off = {"state": BookingState.OFF_BY_US, "why": why, "decided_at": timezone.now()}
    won = Booking.objects.filter(pk=booking.pk, state=BookingState.ASKED).update(**off)
    row = _whole(booking)
    if not won and row.state != BookingState.OFF_BY_US:
        raise Conflict(_over(row), code="over")
    if won:
        waiting.renew(row)
        audit.record("booking.refuse", row, by=by)
        tell_person(row, BookingState.OFF_BY_US)
        offer_freed(slot, now=now)
    return row


def _whole(booking: Booking) -> Booking:
    return Booking.objects.select_related("slot__date__hour", "person").get(pk=booking.pk)


def _over(row: Booking) -> str:
    return _("This was decided meanwhile: %(state)s.") % {"state": row.get_state_display()}
