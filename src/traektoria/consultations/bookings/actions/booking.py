"""A slot is booked, confirmed, refused; the places are numbered, and no two have one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.bookings.actions.offering import offer_freed, taken_offer
from traektoria.consultations.bookings.actions.serving import answer_request, follow_bookings
from traektoria.consultations.bookings.enums import BookingState
from traektoria.consultations.bookings.letters import BACK, tell_made, tell_person
from traektoria.consultations.bookings.models import Booking
from traektoria.consultations.bookings.permissions import check_book, check_keep, keeps
from traektoria.consultations.bookings.policies import check_elsewhere, check_limits, check_people, limited_by_absences
from traektoria.consultations.bookings.queries.commitments import then
from traektoria.consultations.bookings.seats import Seat, looking_further, take_seats, taken_seats
from traektoria.consultations.bookings.time_and_place import zone_of
from traektoria.consultations.bookings.wishes import back_to_the_list, serve_wishes
from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.consultations.requests.policies import check_reason
from traektoria.consultations.requests.turns import until
from traektoria.consultations.slots.locks import lock_people, lock_school, lock_slot, locked_slot
from traektoria.consultations.slots.models import Slot
from traektoria.consultations.slots.policies import check_bookable, check_received
from traektoria.consultations.slots.queries.rules import rules_for
from traektoria.core import audit, waiting
from traektoria.core.errors import Conflict
from traektoria.core.joined_rows import RowWriter
from traektoria.organisations.models import School
from traektoria.organisations.regulations.consultation_rules import ConsultingRules
from traektoria.people.actor import Actor
from traektoria.routes.models import RouteItem

_BOOKINGS: Final = RowWriter(Booking)


@dataclass(frozen=True)
class BookingPurpose:
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
    purpose: BookingPurpose | None = None,
    now: datetime | None = None,
) -> list[Booking]:
    """Take a place for each of ``people``, or for none of them. Who has one there already keeps it: pressed twice it is
    one booking.

    Of whom the regulation limits after absences the tutor says yes first. Side effects: audit; they and the tutor are
    told; the request is answered by the time of the slot; wishes that it serves leave the waiting list.
    Raises ``Full`` with the next free slots, ``Conflict`` and ``Invalid`` with what stands against it.
    """
    wanted, why = set(people), purpose or BookingPurpose()
    check_book(by, slot, wanted, school)
    alone = len(wanted) == 1 and why.request is None  # of several one may be refused when another one has a place
    with looking_further(slot, wanted, now, writes_last=alone) as before:
        return _booked(slot, before, wanted, by, school, why, now or timezone.now())


def _booked(
    slot: Slot,
    before: list[Seat],
    people: set[int],
    by: Actor,
    school: School | None,
    why: BookingPurpose,
    moment: datetime,
) -> list[Booking]:
    """What is of the people is asked under their locks; the slot, for which others wait, is locked last. ``before``:
    places that were taken when it began; who of the people has one is asked anew under the lock."""
    lock_people(people)
    rules = rules_for(by, slot.centre_id)
    if school is not None and rules.most_a_school:
        lock_school(school.pk)
    new = people - {one.person for one in before}
    checked = (new, slot.start, slot.end, slot.tutor_id)
    _check(slot, people, new, by, school, rules, moment)
    row = lock_slot(slot)
    taken = taken_seats(row)
    have = _held(row, people, taken, by, moment)
    new = people - {one.person_id for one in have}
    if not new:
        return have
    check_bookable(row, rules, moment, kept=keeps(by, row))
    if checked != (new, row.start, row.end, row.tutor_id):
        _check(row, people, new, by, school, rules, moment)
    seats = take_seats(row, taken, len(new))
    limited = set() if keeps(by, row) else limited_by_absences(new, row.centre_id, rules, moment)
    made = [
        _taken(row, person, seat, school, why, by, asks=person in limited)
        for person, seat in zip(sorted(new), seats, strict=True)
    ]
    waiting.renew_new(*made)
    tell_made(made, by)
    serve_wishes(row, made)
    if why.request is not None:
        answer_request(why.request, row, by)
    return [*have, *made]


def _check(
    slot: Slot, people: set[int], new: set[int], by: Actor, school: School | None, rules: ConsultingRules,
    moment: datetime,
) -> None:  # fmt: skip
    check_book(by, slot, people, school)
    at = then(people, slot)
    check_people(slot, people, school, at)
    if new:
        check_bookable(slot, rules, moment, kept=keeps(by, slot))
        check_received(slot)
        check_elsewhere(new, at)
        check_limits(new, slot, rules, school, at)


def _held(slot: Slot, people: set[int], taken: list[Seat], by: Actor, moment: datetime) -> list[Booking]:
    """Places that some of the people have on the slot. Whose place is only offered takes it by booking; for others it
    is not taken by anybody else."""
    mine = {one.booking: one for one in taken if one.person in people}
    rows = list(Booking.objects.filter(pk__in=mine).select_for_update(no_key=True).order_by("pk")) if mine else []
    for row in rows:
        row.slot = slot
        if mine[row.pk].is_offered and row.person_id == by.person_id:
            taken_offer(row, slot, by, moment)
        elif mine[row.pk].is_offered:
            text = _("A place here is offered to %(name)s from the waiting list until %(until)s: the answer is theirs.")
            until_then = until(row.offer_until or slot.start, zone_of(slot))
            raise Conflict(text % {"name": row.person.short_name, "until": until_then}, code="offered")
    return rows


def _taken(
    slot: Slot, person: int, seat: int, school: School | None, why: BookingPurpose, by: Actor, *, asks: bool
) -> Booking:
    facts: dict[str, Any] = {"topic": why.topic, "request": why.request, "item": why.item}
    facts["school_id"] = school.pk if school else why.request.school_id if why.request else None
    state = BookingState.ASKED if asks else BookingState.BOOKED
    booking = _BOOKINGS.insert(
        Booking(slot=slot, person_id=person, seat=seat, state=state, booked_by_id=by.person_id, **facts)
    )
    audit.record("booking.ask" if asks else "booking.book", booking, by=by, seat=seat)
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
        tell_person(row, BACK if back_to_the_list(row) else BookingState.OFF_BY_US)
        follow_bookings([row], by)
        offer_freed(slot, now=now)
    return row


def _whole(booking: Booking) -> Booking:
    return Booking.objects.select_related("slot__date__hour", "slot__centre__municipality", "person").get(pk=booking.pk)


def _over(row: Booking) -> str:
    return _("This was decided meanwhile: %(state)s.") % {"state": row.get_state_display()}
