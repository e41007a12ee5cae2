"""A freed place is offered to who waits: to one person for a stated time, then to the next; each decision is a line of
the log. The order and the times are of ``engines.queueing``."""

from collections.abc import Collection
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.bookings.enums import LIVE, BookingState, Said, WishState
from traektoria.consultations.bookings.letters import tell_person, tell_tutors
from traektoria.consultations.bookings.models import Booking, QueueLine, WaitingWish
from traektoria.consultations.bookings.permissions import check_own
from traektoria.consultations.bookings.policies import at_limit, check_elsewhere, elsewhere, teaching, tutors_of
from traektoria.consultations.bookings.seats import free_seats
from traektoria.consultations.slots.locking import lock_people, locked_slot
from traektoria.consultations.slots.models import Slot
from traektoria.consultations.slots.policies import is_received
from traektoria.consultations.slots.queries.rules import rules_of
from traektoria.core import audit
from traektoria.core.errors import Conflict
from traektoria.engines.queueing import Decision, Waiter, offer
from traektoria.organisations.regulations.consulting import ConsultingRules
from traektoria.people.actor import Actor

LOOKED_AT = 50
"""So many of those who wait are asked about one place."""


def offer_freed(slot: Slot, *, now: datetime | None = None) -> list[Booking]:
    """Offer the free places of the locked slot, one person each, as long as somebody waits. Side effects: lines of the
    log, the persons are told. Where nobody waits for such a slot nothing is written."""
    moment, rules = now or timezone.now(), rules_of(slot.centre_id)
    if not rules.waiting_list:
        return []
    wishes = {wish.person_id: wish for wish in reversed(list(wishes_for(slot)[:LOOKED_AT]))}
    made = []
    for seat in free_seats(slot) if wishes else ():
        decision = _decide(slot, list(wishes.values()), rules, moment)
        _write(slot, decision)
        if decision.key is None:
            break
        made.append(_offered(slot, wishes.pop(decision.key), seat, decision))
    return made


def wishes_for(slot: Slot) -> QuerySet[WaitingWish]:
    """Who waits for this tutor or any, a subject of the Hour or any, on the day of the slot."""
    hour = slot.date.hour
    day = timezone.localdate(slot.start, ZoneInfo(hour.zone))
    tutor = Q(tutor=None) | Q(tutor__in=tutors_of(slot))
    rows = WaitingWish.objects.filter(
        tutor, centre=slot.centre_id, state=WishState.WAITS, first_day__lte=day, last_day__gte=day
    )
    if hour.subjects:
        rows = rows.filter(Q(subject="") | Q(subject__in=hour.subjects))
    return rows.order_by("since", "pk")


def _decide(slot: Slot, wishes: list[WaitingWish], rules: ConsultingRules, now: datetime) -> Decision:
    people = [wish.person_id for wish in wishes]
    reasons = _reasons(slot, people, rules)
    return offer(
        [Waiter(wish.person_id, wish.since) for wish in wishes], now=now, start=slot.start,
        notice=timedelta(hours=rules.notice_hours), stands_for=timedelta(hours=rules.offer_hours),
        why_not=lambda person: reasons.get(person, ""), is_open=slot.is_open and is_received(slot),
    )  # fmt: skip


def _reasons(slot: Slot, people: Collection[int], rules: ConsultingRules) -> dict[int, str]:
    """What stands against it, by person."""
    had = Booking.objects.filter(slot=slot, person__in=people).values_list("person_id", "state")
    there, own = teaching(people, slot.centre_id), tutors_of(slot)
    found: dict[int, str] = {person: Said.LIMIT for person in people if at_limit(person, slot, rules)}
    found |= dict.fromkeys(elsewhere(people, slot.interval), Said.BUSY)
    found |= {person: Said.HAS_PLACE if state in LIVE else Said.HAD_IT for person, state in had}
    found |= {person: Said.GONE for person in people if person not in there}
    return found | {person: Said.OWN for person in people if person in own}


def _write(slot: Slot, decision: Decision) -> None:
    lines = [QueueLine(slot=slot, person_id=one.key, said=one.why or Said.OFFERED) for one in decision.lines]
    QueueLine.objects.bulk_create(lines)


def _offered(slot: Slot, wish: WaitingWish, seat: int, decision: Decision) -> Booking:
    booking = Booking.objects.create(
        slot=slot, person_id=wish.person_id, seat=seat, state=BookingState.OFFERED, wish=wish, topic=wish.topic,
        offer_until=decision.until,
    )  # fmt: skip
    audit.record("booking.offer", booking, by=None, seat=seat)
    tell_person(booking, BookingState.OFFERED, first=True)
    return booking


@transaction.atomic
def take_offer(*, booking: Booking, by: Actor, now: datetime | None = None) -> Booking:
    """The offered place is taken, while the offer stands; the tutor is told. Twice is once."""
    moment = now or timezone.now()
    lock_people([booking.person_id])
    slot = locked_slot(booking.slot_id)
    row = _locked(booking)
    check_own(by, row)
    if row.state == BookingState.BOOKED:
        return row
    over = slot.start <= moment or (row.offer_until is not None and row.offer_until <= moment)
    if row.state != BookingState.OFFERED or over:
        raise Conflict(_("The time of this offer is over: the place went to the next."), code="offer_over")
    check_elsewhere([row.person_id], slot, besides=[row.pk])
    _decided(row, BookingState.BOOKED, moment)
    row.booked_by_id = by.person_id
    row.save(update_fields=["booked_by"])
    _log(row, Said.TAKEN)
    serve_wishes(slot, [row.person_id])
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
    due = Booking.objects.filter(state=BookingState.OFFERED, offer_until__lte=moment).order_by("slot", "pk")
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


def to_the_end(row: Booking, now: datetime) -> None:
    """Who gave the place back begins to wait anew."""
    if row.wish_id is not None:
        WaitingWish.objects.filter(pk=row.wish_id, state=WishState.WAITS).update(since=now)


def serve_wishes(slot: Slot, people: Collection[int]) -> None:
    """Who has a place as they wished waits no longer."""
    served = wishes_for(slot).filter(person__in=people).order_by()
    WaitingWish.objects.filter(pk__in=list(served.values_list("pk", flat=True))).update(state=WishState.SERVED)


def _locked(booking: Booking) -> Booking:
    return Booking.objects.select_for_update(no_key=True).get(pk=booking.pk)


def _decided(row: Booking, state: BookingState, now: datetime) -> None:
    row.state, row.decided_at = state, now
    row.save(update_fields=["state", "decided_at"])


def _log(row: Booking, said: Said) -> None:
    QueueLine.objects.create(slot_id=row.slot_id, person_id=row.person_id, said=said)
