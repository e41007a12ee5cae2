"""A freed or newly opened place is offered to who waits: to one person for a stated time, then to the next; each
decision is a line of the log. The order and the times are of ``engines.waiting_list``."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.bookings.enums import BookingState, Said
from traektoria.consultations.bookings.letters import tell_person, tell_tutors
from traektoria.consultations.bookings.models import Booking, QueueLine
from traektoria.consultations.bookings.permissions import check_own
from traektoria.consultations.bookings.policies import check_elsewhere
from traektoria.consultations.bookings.queries.commitments import then
from traektoria.consultations.bookings.queries.waiting import Against, WaitingRow, those_who_wait, who_let_pass
from traektoria.consultations.bookings.seats import free_seats
from traektoria.consultations.bookings.wishes import serve_wishes, to_the_end
from traektoria.consultations.slots.locks import lock_people, locked_slot
from traektoria.consultations.slots.models import Slot
from traektoria.consultations.slots.policies import check_received, is_received
from traektoria.consultations.slots.queries.rules import rules_of
from traektoria.core import audit
from traektoria.core.errors import Conflict
from traektoria.engines.waiting_list import Decision, Waiter, by_day, offer
from traektoria.messaging.quiet_hours import QUIET_HOURS
from traektoria.organisations.regulations.consultation_rules import ConsultingRules
from traektoria.people.actor import Actor


def offer_freed(slot: Slot, *, now: datetime | None = None) -> list[Booking]:
    """Offer the free places of the locked slot, one person each, as long as somebody waits. Side effects: lines of the
    log, the persons are told. Where nobody waits for such a slot nothing is written."""
    return _offer([slot], now or timezone.now(), anew=False)


def offer_opened(slots: Sequence[Slot], now: datetime) -> None:
    """The same for slots that are new, or open again (registered as ``SlotUser``): whom the centre had cancelled with
    the date is offered it too."""
    _offer(slots, now, anew=True)


def offer_if_somebody(slot: Slot, now: datetime) -> list[Booking]:
    """The same for a locked slot whose places may have been free for long: only where somebody can be offered one,
    else nothing is written. Who let an offer pass is not offered one free hour after the other."""
    rules = rules_of(slot.centre_id)
    wishes = {wish.person: wish for wish in reversed(those_who_wait(slot.centre_id, [slot]).get(slot.pk, []))}
    against = Against(slot.centre_id, set(wishes), rules)
    if not slot.is_open or against.stops_all(wishes) or not is_received(slot):
        return []
    for person in who_let_pass(wishes.values()):
        del wishes[person]
    free_for = set(wishes) - against.of(slot, set(wishes), anew=False).keys()
    return _offer_places(slot, wishes, against, rules, now, anew=False) if free_for else []


def _offer(slots: Sequence[Slot], now: datetime, *, anew: bool) -> list[Booking]:
    """All who wait are looked at, in their order. Two queries where nobody waits; what stands against them is asked of
    all at once, for each slot."""
    centre = slots[0].centre_id if slots else 0
    rules = rules_of(centre) if slots else None
    if rules is None or not rules.waiting_list:
        return []
    waiting = those_who_wait(centre, slots)
    against = Against(centre, {wish.person for wishes in waiting.values() for wish in wishes}, rules)
    made = []
    for slot in slots:
        wishes = {wish.person: wish for wish in reversed(waiting.get(slot.pk, []))}
        if wishes and not (anew and against.stops_all(wishes)):
            made += _offer_places(slot, wishes, against, rules, now, anew=anew)
    return made


def _offer_places(
    slot: Slot, wishes: dict[int, WaitingRow], against: Against, rules: ConsultingRules, now: datetime, *, anew: bool
) -> list[Booking]:
    reasons = against.of(slot, set(wishes), anew=anew)
    is_open = slot.is_open and is_received(slot)
    made = []
    for seat in free_seats(slot):
        decision = _decide(slot, wishes, reasons, rules, now, is_open=is_open)
        _write(slot, decision)
        if decision.key is None:
            break
        against.decides(decision.key)
        made.append(_offered(slot, wishes.pop(decision.key), seat, decision))
        for line in decision.lines[:-1]:
            wishes.pop(line.key or 0, None)  # said once of each slot
    return made


def _decide(
    slot: Slot, wishes: dict[int, WaitingRow], reasons: dict[int, str], rules: ConsultingRules, now: datetime, *,
    is_open: bool,
) -> Decision:  # fmt: skip
    until = by_day(now, timedelta(hours=rules.offer_hours), ZoneInfo(slot.date.hour.zone), QUIET_HOURS)
    return offer(
        [Waiter(wish.person, wish.since) for wish in wishes.values()], now=now, start=slot.start,
        notice=timedelta(hours=rules.notice_hours), stands_for=until - now,
        why_not=lambda person: reasons.get(person, ""), is_open=is_open,
    )  # fmt: skip


def _write(slot: Slot, decision: Decision) -> None:
    lines = [QueueLine(slot=slot, person_id=one.key, said=one.why or Said.OFFERED) for one in decision.lines]
    QueueLine.objects.bulk_create(lines)


def _offered(slot: Slot, wish: WaitingRow, seat: int, decision: Decision) -> Booking:
    booking = Booking.objects.create(
        slot=slot, person_id=wish.person, seat=seat, state=BookingState.OFFERED, wish_id=wish.pk, topic=wish.topic,
        offer_until=decision.until,
    )  # fmt: skip
    audit.record("booking.offer", booking, by=None, seat=seat)
    tell_person(booking, BookingState.OFFERED, first=True)
    return booking


@transaction.atomic
def take_offer(*, booking: Booking, by: Actor, now: datetime | None = None) -> Booking:
    """The offered place is taken, while the offer stands; the tutor is told. Twice is once."""
    lock_people([booking.person_id])
    slot = locked_slot(booking.slot_id)
    row = _locked(booking)
    check_own(by, row)
    if row.state == BookingState.BOOKED:
        return row
    return taken_offer(row, slot, by, now or timezone.now())


def taken_offer(row: Booking, slot: Slot, by: Actor, moment: datetime) -> Booking:
    """Under the locks of the person, the slot and the booking."""
    over = slot.start <= moment or (row.offer_until is not None and row.offer_until <= moment)
    if row.state != BookingState.OFFERED or over:
        raise Conflict(_("The time of this offer is over: the place went to the next."), code="offer_over")
    check_received(slot)
    check_elsewhere([row.person_id], then([row.person_id], slot, besides=[row.pk]))
    _decided(row, BookingState.BOOKED, moment)
    row.booked_by_id = by.person_id
    row.save(update_fields=["booked_by"])
    _log(row, Said.TAKEN)
    serve_wishes(slot, [row])
    audit.record("booking.take", row, by=by)
    tell_person(row, BookingState.BOOKED)
    tell_tutors(row, BookingState.BOOKED, besides=by)
    return row


@transaction.atomic
def pass_offer(*, booking: Booking, by: Actor, now: datetime | None = None) -> Booking:
    """Not this time: the place goes to the next, the person to the end of the list. Twice is once."""
    slot = locked_slot(booking.slot_id)
    row = _locked(booking)
    check_own(by, row)
    if row.state == BookingState.OFFER_OVER:
        return row
    if row.state != BookingState.OFFERED:
        raise Conflict(_("This place is yours already: cancel the booking instead."), code="booked")
    _let_go(row, slot, Said.PASSED, by, now or timezone.now())
    return row


def lapse_offers(now: datetime | None = None) -> int:
    """The task: offers whose time is over go to the next; how many. Run again it finds none."""
    moment = now or timezone.now()
    due = Booking.objects.filter(state=BookingState.OFFERED, offer_until__lte=moment).order_by("slot_id", "pk")
    return sum(_lapse(pk, slot, moment) for pk, slot in list(due.values_list("pk", "slot")))


@transaction.atomic
def _lapse(pk: int, slot_id: int, now: datetime) -> int:
    slot = locked_slot(slot_id)
    row = Booking.objects.select_for_update(no_key=True).get(pk=pk)
    if row.state != BookingState.OFFERED:
        return 0
    _let_go(row, slot, Said.LAPSED, None, now)
    return 1


def _let_go(row: Booking, slot: Slot, said: Said, by: Actor | None, now: datetime) -> None:
    _decided(row, BookingState.OFFER_OVER, now)
    _log(row, said)
    to_the_end(row, now)
    audit.record(f"booking.{said}", row, by=by)
    offer_freed(slot, now=now)


def _locked(booking: Booking) -> Booking:
    return Booking.objects.select_for_update(no_key=True).get(pk=booking.pk)


def _decided(row: Booking, state: BookingState, now: datetime) -> None:
    row.state, row.decided_at = state, now
    row.save(update_fields=["state", "decided_at"])


def _log(row: Booking, said: Said) -> None:
    QueueLine.objects.create(slot_id=row.slot_id, person_id=row.person_id, said=said)
