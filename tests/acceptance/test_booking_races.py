"""Many presses for the places of one slot at the same moment: exactly as many stand as there are places."""

import threading
from datetime import time, timedelta
from functools import partial
from random import Random

import pytest
from django.db import connection
from django.utils import timezone

from tests.acceptance.races import Call, together
from tests.consultations.booking_factories import rules, slots, waits_for
from tests.consultations.slot_factories import monday
from tests.factories import make_member
from tests.thoroughness import rounds
from tests.waiting import what_differs
from tests.world import World
from traektoria.consultations.bookings.actions.booking import book_slot, confirm_booking, refuse_booking
from traektoria.consultations.bookings.actions.cancelling import cancel_booking
from traektoria.consultations.bookings.actions.moving import move_booking
from traektoria.consultations.bookings.actions.offering import lapse_offers, take_offer
from traektoria.consultations.bookings.actions.wishing import WaitedFor, enter_list
from traektoria.consultations.bookings.enums import LIVE
from traektoria.consultations.bookings.policies import Full
from traektoria.consultations.models import Booking, Slot
from traektoria.consultations.slots.actions.editing import Edit, edit_dates
from traektoria.consultations.slots.enums import Which
from traektoria.core.errors import DomainError
from traektoria.people.actor import Actor, actor_of
from traektoria.people.enums import Role

pytestmark = pytest.mark.django_db(transaction=True)
CROWD, PLACES = rounds(60, 200), 7
WORKERS = threading.Semaphore(24)
Crowd = list[Actor]


def crowd(world: World, number: int) -> Crowd:
    return [actor_of(make_member(world.own, Role.TEACHER, world.school)) for _one in range(number)]


def press(slot: Slot, by: Actor) -> object:
    assert by.person_id
    return book_slot(slot=slot, people=[by.person_id], by=by)


def at_once(*calls: Call, patient: bool = True) -> list[object]:
    """All at the same moment, as many as a server of several workers lets in; on a busy machine each waits its turn.
    ``patient``: for a lock as long as it takes, else as a page does."""
    return together(*(partial(_let_in, call, patient) for call in calls))


def _let_in(call: Call, patient: bool) -> object:
    with WORKERS:
        try:
            if patient and connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET lock_timeout = '10min'")
            return call()
        finally:
            connection.close()


def seats(slot: Slot) -> list[int]:
    return sorted(Booking.objects.filter(slot=slot, state__in=LIVE).values_list("seat", flat=True))


def test_a_crowd_books_one_slot(own_world: World) -> None:
    slot = slots(own_world, places=PLACES)[0]
    people = crowd(own_world, CROWD)
    got = at_once(*(partial(press, slot, by) for by in people))
    assert seats(slot) == list(range(1, PLACES + 1))
    losers = [one for one in got if isinstance(one, DomainError)]
    assert len(losers) == CROWD - PLACES
    assert all(isinstance(one, Full) and "Ближайшие свободные" in one.sentence for one in losers)


def test_confirmations_of_what_was_asked(own_world: World) -> None:
    """Of ten telephones of the tutor, for twenty bookings, with refusals between: each is decided once."""
    slot = slots(own_world, places=20)[0]
    rows = [booked_as(slot, by) for by in crowd(own_world, 20)]
    Booking.objects.filter(slot=slot).update(state="asked")
    tutor = actor_of(own_world.accounts["tutor"])
    calls = [partial(confirm_booking, booking=row, by=tutor) for row in rows for _press in range(9)]
    calls += [partial(refuse_booking, booking=row, reason="Нет", by=tutor) for row in rows]
    got = at_once(*calls)
    assert len(got) == len(calls) == 200
    states = dict(Booking.objects.filter(slot=slot).values_list("pk", "state"))
    assert set(states.values()) <= {"booked", "off_by_us"}
    assert len(seats(slot)) == sum(state == "booked" for state in states.values())


def booked_as(slot: Slot, by: Actor) -> Booking:
    assert by.person_id
    return book_slot(slot=slot, people=[by.person_id], by=by)[0]


def test_one_person_from_many_telephones(own_world: World) -> None:
    one, two = slots(own_world, places=5)[:1], slots(own_world, "other_tutor", places=5)[:1]
    me = actor_of(own_world.accounts["teacher"])
    at_once(*(partial(press, slot, me) for slot in (*one, *two) for _press in range(8)))
    assert Booking.objects.filter(state__in=LIVE).count() == 1, "nobody is in two places at once"


def test_a_school_never_passes_its_limit(own_world: World) -> None:
    """Its heads book at the same moment, for different teachers on different slots."""
    rules(own_world, most_a_school=3, most_a_person=0)
    rows, school = slots(own_world, places=20), own_world.school
    people = crowd(own_world, 12)
    heads = [actor_of(own_world.accounts[name]) for name in ("head", "deputy_head")]
    calls = [
        partial(book_slot, slot=rows[at % 3], people=[by.person_id or 0], by=heads[at % 2], school=school)
        for at, by in enumerate(people)
    ]
    got = at_once(*calls)
    assert Booking.objects.filter(school=school, state__in=LIVE).count() == 3
    assert {one.code for one in got if isinstance(one, DomainError)} == {"school_limit"}


def test_everything_at_once_on_twenty_slots(own_world: World) -> None:
    """Two hundred presses of sixty people and of a keeper: books, moves, cancels, answers, refusals, offers. Nobody
    waits for a lock longer than a page may (no 503), no place is given twice, nobody is booked twice, none is lost."""
    rules(own_world, most_a_person=0, absences=0)
    chance = Random(0)
    rows = [*slots(own_world, places=2, start=time(8), end=time(13)), *slots(own_world, "other_tutor", places=2,
            start=time(13), end=time(18))]  # fmt: skip
    assert len(rows) == 20
    people, keeper = crowd(own_world, 60), actor_of(own_world.accounts["coordinator"])
    held = [(booked_as(rows[at % 20], by), by) for at, by in enumerate(people[:30])]
    Booking.objects.filter(pk__in=[row.pk for row, _by in held[:10]]).update(state="asked")
    for by in people[30:45]:
        first, last = monday(1), monday(4)
        enter_list(wanted=WaitedFor(own_world.own.pk, first, last), by=by)
    calls: list[Call] = [partial(press, chance.choice(rows), by) for by in people for _press in range(2)]
    for row, by in held:
        calls.append(partial(move_booking, booking=row, slot=chance.choice(rows), by=by))
        calls.append(partial(cancel_booking, booking=row, by=chance.choice([by, keeper]), reason="Нет"))
    calls += [partial(confirm_booking, booking=row, by=keeper) for row, _by in held[:10]]
    calls += [partial(refuse_booking, booking=row, by=keeper, reason="Нет") for row, _by in held[:5]]
    calls += [partial(lapse_offers, timezone.now() + timedelta(days=at)) for at in (0, 1, 2, 0, 1)]
    chance.shuffle(calls)
    assert len(calls) == 200
    got = at_once(*calls, patient=False)
    live = Booking.objects.filter(state__in=LIVE)
    for slot in rows:
        found = seats(slot)
        assert len(found) == len(set(found))
        assert len(found) <= slot.places
    taken = list(live.exclude(state="offered").values_list("person", "slot__start"))
    assert len(taken) == len(set(taken)), "nobody is in two places at once"
    made = {row.pk for one in got if isinstance(one, list) for row in one}
    assert made <= set(Booking.objects.values_list("pk", flat=True)), "what was answered is there"
    assert what_differs() == []


def test_moves_crosswise_cancels_and_offers(own_world: World) -> None:
    """Ends with no place taken twice and nobody twice in a slot."""
    one, two = slots(own_world, places=3)[:2]
    people = crowd(own_world, 6)
    left, right = [booked_as(one, by) for by in people[:3]], [booked_as(two, by) for by in people[3:]]
    for name in ("teacher", "other_teacher"):
        waits_for(own_world, name)
    calls = [
        lambda row=row, by=by: move_booking(booking=row, slot=two, by=by) for row, by in zip(left, people, strict=False)
    ]
    calls += [
        lambda row=row, by=by: move_booking(booking=row, slot=one, by=by)
        for row, by in zip(right, people[3:], strict=False)
    ]
    calls += [lambda row=row, by=by: cancel_booking(booking=row, by=by) for row, by in zip(left, people, strict=False)]
    at_once(*calls, partial(lapse_offers, timezone.now()), partial(lapse_offers, timezone.now()))
    for slot in (one, two):
        found = seats(slot)
        assert len(found) == len(set(found))
        assert len(found) <= slot.places
    mine = {actor.person_id: actor for actor in map(actor_of, own_world.accounts.values())}
    for offer in Booking.objects.filter(state="offered"):
        at_once(*(partial(take_offer, booking=offer, by=mine[offer.person_id]) for _press in range(4)))
        offer.refresh_from_db()
        assert offer.state == "booked"


def test_a_series_changes_while_people_book(own_world: World) -> None:
    """Fewer places, another time, and back, from two telephones: nobody is on a slot that has not their place, and who
    is booked is where the date is."""
    rules(own_world, most_a_person=0)
    rows = slots(own_world, places=6)
    date, keeper = rows[0].date, actor_of(own_world.accounts["coordinator"])
    people = crowd(own_world, 30)

    def change(places: int, hour: int) -> object:
        wanted = Edit("Тема", places, time(hour), time(hour + 1, 30))
        return edit_dates(date=date, wanted=wanted, which=Which.FOLLOWING, reason="Иначе", by=keeper)

    calls: list[Call] = [partial(press, rows[at % 3], by) for at, by in enumerate(people)]
    calls += [partial(change, places, hour) for places, hour in ((4, 15), (6, 17), (5, 10), (4, 15), (6, 17), (5, 12))]
    at_once(*calls)
    date.refresh_from_db()
    for slot in Slot.objects.filter(date=date):
        found = seats(slot)
        assert len(found) == len(set(found))
        assert len(found) <= slot.places == date.places
        assert date.start <= slot.start < slot.end <= date.end
    assert what_differs() == []
