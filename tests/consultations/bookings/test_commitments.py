"""What people are and have at the time of a slot comes in one statement, whatever rooms know of it."""

from collections import Counter
from typing import Any

import pytest

from tests.consultations.booking_factories import placed, slots
from tests.events.event_factories import announced
from tests.routes.need_factories import person
from tests.world import World
from traektoria.consultations.bookings.queries.commitments import Then, elsewhere, then
from traektoria.events.models import EventDate, EventLeader

pytestmark = pytest.mark.django_db


def test_of_each_what_is_booked_led_received_and_taught(world: World, django_assert_num_queries: Any) -> None:
    slot, later, *_rest = slots(world)
    there = slots(world, "other_tutor")[0]
    teacher, tutor, head = (person(world, name).pk for name in ("teacher", "tutor", "head"))
    booking = placed(world, there)
    placed(world, later, state="missed")
    placed(world, slots(world, "other_tutor")[1], state="off_by_asker")
    event = announced(world)
    EventDate.objects.filter(event=event).update(start=slot.start, end=slot.end)
    EventLeader.objects.filter(event=event).update(person=head)
    people = [teacher, tutor, head]
    with django_assert_num_queries(1):
        found = then(people, slot)
    assert found == Then(
        frozenset([teacher]),
        {
            teacher: (there.interval, "запись на консультацию"),
            tutor: (slot.date.interval, "Час методической помощи"),
            head: (slot.interval, event.kind_name),
        },
        Counter({teacher: 2}),
    )
    with django_assert_num_queries(1):
        assert elsewhere(people, slot.interval) == found.elsewhere
    without = then(people, slot, besides=[booking.pk])
    assert teacher not in without.elsewhere
    assert without.booked == {teacher: 1}


def test_of_nobody_nothing_is_known(world: World) -> None:
    assert then([], slots(world)[0]) == Then(frozenset(), {}, Counter())
