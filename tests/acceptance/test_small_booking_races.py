"""Rounds of mixed acts on the few places of four slots: books, confirmations, refusals, moves, cancels, promotions.

``TESTS_RACES=1000`` makes so many rounds (the suite makes three) and prints the figures of docs/performance.md.
"""

import json
import os
from collections import Counter
from dataclasses import dataclass, field
from datetime import time, timedelta
from functools import partial
from random import Random

import pytest
from django.db import connection
from django.utils import timezone

from tests.acceptance.races import Call, together
from tests.acceptance.test_booking_races import Crowd, booked_as, crowd, press
from tests.consultations.booking_factories import rules, slots
from tests.consultations.slot_factories import monday
from tests.waiting import what_differs
from tests.world import World
from traektoria.consultations.bookings.actions.booking import confirm_booking, refuse_booking
from traektoria.consultations.bookings.actions.cancelling import cancel_booking
from traektoria.consultations.bookings.actions.moving import move_booking
from traektoria.consultations.bookings.actions.offering import lapse_offers, take_offer
from traektoria.consultations.bookings.actions.wishing import WaitedFor, enter_list
from traektoria.consultations.bookings.enums import LIVE
from traektoria.consultations.models import Booking, BookingMove, QueueLine, Slot, WaitingWish
from traektoria.core import waiting
from traektoria.core.errors import DomainError
from traektoria.core.models import AuditEvent, Engagement, Waiting
from traektoria.messaging.models import Message
from traektoria.people.actor import Actor, actor_of

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = int(os.environ.get("TESTS_RACES", "3"))
PEOPLE, PRESSES, PLACES = 12, 24, 2
EACH = 25
"""After so many rounds what waits and what is fixed in time is compared with what the rooms say; the figures come."""
ENDED = ("booking.cancel", "booking.refuse", "booking.lapsed", "booking.passed")


@dataclass
class Seen:
    """Over all rounds. ``doubled``: places or people twice; ``lost``: bookings that are nowhere and that nobody ended;
    ``acts``: how many of each answered without a refusal."""

    rounds: int = 0
    presses: int = 0
    doubled: int = 0
    lost: int = 0
    out_of_step: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)


def test_rounds_of_mixed_acts_on_four_slots(own_world: World) -> None:
    """No place is given twice, nobody is booked twice, none is lost, nobody waits for each other."""
    rules(own_world, most_a_person=0, absences=0)
    one = slots(own_world, places=PLACES, start=time(9), end=time(10))
    rows = [*one, *slots(own_world, "other_tutor", places=PLACES, start=time(10), end=time(11))]
    assert len(rows) == 4
    people, keeper = crowd(own_world, PEOPLE), actor_of(own_world.accounts["coordinator"])
    seen = Seen()
    for number in range(ROUNDS):
        _begin()
        calls = _calls(own_world, Random(number), rows, people, keeper)
        got = together(*(partial(_alone, call) for _what, call in calls))
        _count(seen, rows, [what for what, _call in calls], got)
        if number % EACH == 0 or number == ROUNDS - 1:
            seen.out_of_step += len(what_differs())
            print(json.dumps({"vendor": connection.vendor, **vars(seen)}), flush=True)
    assert (seen.doubled, seen.lost, seen.out_of_step) == (0, 0, 0)
    assert seen.presses == ROUNDS * PRESSES


def _begin() -> None:
    for table in (Waiting, Engagement):
        table.objects.filter(object_kind=Booking._meta.label_lower).delete()
    for model in (BookingMove, QueueLine, Booking, WaitingWish, Message, AuditEvent):
        model.objects.all().delete()


def _alone(call: Call) -> object:
    """Waits for a lock as long as it takes: a page would say 503 and try again."""
    try:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '10min'")
        return call()
    finally:
        connection.close()


def _calls(world: World, chance: Random, rows: list[Slot], people: Crowd, keeper: Actor) -> list[tuple[str, Call]]:
    """Five are booked, two of them wait for a yes, one has an offer; three wait. Then all press at once."""
    held = [(booked_as(rows[at % 4], by), by) for at, by in enumerate(people[:5])]
    Booking.objects.filter(pk__in=[row.pk for row, _by in held[:2]]).update(state="asked")
    offered, whose = held[4]
    now = timezone.now()
    Booking.objects.filter(pk=offered.pk).update(state="offered", offer_until=now + timedelta(days=1))
    waiting.renew(*(row for row, _by in held))
    for by in people[5:8]:
        enter_list(wanted=WaitedFor(world.own.pk, monday(1), monday(4)), by=by)
    calls: list[tuple[str, Call]] = [("book", partial(press, chance.choice(rows), by)) for by in people]
    for row, by in held[:3]:
        calls.append(("move", partial(move_booking, booking=row, slot=chance.choice(rows), by=by)))
        who = chance.choice([by, keeper])
        calls.append(("cancel", partial(cancel_booking, booking=row, by=who, reason="Нет")))
    calls += [("confirm", partial(confirm_booking, booking=row, by=keeper)) for row, _by in held[:2]]
    calls.append(("refuse", partial(refuse_booking, booking=held[0][0], by=keeper, reason="Нет")))
    calls.append(("take", partial(take_offer, booking=offered, by=whose)))
    calls += [("promote", partial(lapse_offers, now + timedelta(days=at))) for at in (0, 2)]
    assert len(calls) == PRESSES
    chance.shuffle(calls)
    return calls


def _count(seen: Seen, rows: list[Slot], what: list[str], got: list[object]) -> None:
    live = list(Booking.objects.filter(state__in=LIVE).values_list("slot", "seat", "person", "state", "slot__start"))
    places = Counter(slot for slot, *_rest in live)
    firm = [(person, start) for _slot, _seat, person, state, start in live if state != "offered"]
    seen.rounds += 1
    seen.presses += len(got)
    seen.doubled += len(live) - len({row[:2] for row in live}) + len(firm) - len(set(firm))
    seen.doubled += sum(max(0, places[row.pk] - PLACES) for row in rows)
    ended = set(AuditEvent.objects.filter(event__in=ENDED).values_list("object_id", flat=True))
    gone = Booking.objects.exclude(state__in=LIVE).values_list("pk", flat=True)
    made = {row.pk for one in got if isinstance(one, list) for row in one}
    seen.lost += sum(pk not in ended for pk in gone)
    seen.lost += len(made - set(Booking.objects.values_list("pk", flat=True)))
    for name, one in zip(what, got, strict=True):
        if isinstance(one, DomainError):
            seen.refusals[one.code] += 1
        else:
            seen.acts[name] += 1
