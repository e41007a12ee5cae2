"""Hours of methodical help made, moved and opened at the same moment: never two at once, never slots made twice."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests.acceptance.races import together
from tests.consultations.slot_factories import first_date, help_hour, monday, point, wanted
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.consultations.models import HelpDate, HelpDateChange, HelpDateTutor, HelpHour, Slot
from traektoria.consultations.slots.actions.changing import drop_date, move_date, restore_date
from traektoria.consultations.slots.actions.making import make_hour
from traektoria.consultations.slots.actions.opening import open_windows
from traektoria.core.errors import DomainError
from traektoria.engines.intervals import Interval

pytestmark = pytest.mark.django_db(transaction=True)


def _make(world: World, *tutors: str, **fields: object) -> Callable[[], object]:
    wish, by = wanted(world, *tutors, **fields), actor(world, "coordinator")
    return lambda: make_hour(wanted=wish, days=[day for day, _interval in wish.dates], by=by)


def _refusals(got: list[object]) -> list[str]:
    return sorted(one.code for one in got if isinstance(one, DomainError))


def _never_at_once() -> None:
    """Of no tutor and of no room two that stand."""
    rows = [(one.tutor_id, Interval(one.start, one.end)) for one in HelpDateTutor.objects.filter(live=True)]
    rooms = [(one.room_id, one.interval) for one in HelpDate.objects.filter(state="standing", room__isnull=False)]
    for taken in (rows, rooms):
        for number, (who, interval) in enumerate(taken):
            assert not any(who == other and interval.clashes(one) for other, one in taken[number + 1 :])


def test_many_hours_of_one_tutor_at_once(own_world: World) -> None:
    """Six that overlap by chains: those that stand never do."""
    starts = [time(15, 10 * number) for number in range(6)]
    got = together(*(_make(own_world, start=start, end=time(17), topic=f"{start}") for start in starts))
    assert _refusals(got) == ["no_date_left"] * 5
    assert HelpHour.objects.count() == 1
    _never_at_once()


def test_two_tutors_of_each_other_are_no_deadlock(own_world: World) -> None:
    """Each names both, in another order."""
    one, other = ("tutor", "other_tutor"), ("other_tutor", "tutor")
    got = together(*(_make(own_world, *(one, other)[number % 2], topic=f"Тема {number}") for number in range(6)))
    assert _refusals(got) == ["no_date_left"] * 5
    _never_at_once()


def test_one_room_for_two_tutors(own_world: World) -> None:
    place = point(own_world)
    facts = {"way": "in_person", "point": place, "room": place.rooms.get()}
    got = together(_make(own_world, "tutor", **facts), _make(own_world, "other_tutor", **facts))
    assert _refusals(got) == ["no_date_left"]
    _never_at_once()


def test_the_same_group_hour_opened_twice_stays_one(own_world: World) -> None:
    press = _make(own_world, "tutor", "other_tutor", together=True, places=10)
    together(press, press, press, press)
    assert HelpHour.objects.count() == 1
    assert Slot.objects.count() == len(set(Slot.objects.values_list("date", "start")))


def test_the_window_opened_by_many_workers(own_world: World) -> None:
    hour = help_hour(own_world, first_day=monday(6), last_day=monday(6))
    later = hour.dates.get().start - timedelta(days=5)
    got = together(*(lambda: open_windows(later) for _worker in range(4)))
    assert sorted(got) == [0, 0, 0, 1]  # type: ignore[type-var]
    assert Slot.objects.count() == 3


def test_two_dates_moved_to_one_time(own_world: World) -> None:
    hour = help_hour(own_world)
    by, dates = actor(own_world, "tutor"), list(hour.dates.order_by("start")[:4])
    new = dates[0].start + timedelta(days=1)
    moves = [lambda one=one: move_date(date=one, start=new, reason="Педсовет", by=by) for one in dates]  # type: ignore[misc]
    assert _refusals(together(*moves)) == ["at_once"] * 3
    assert HelpDateChange.objects.count() == 1
    _never_at_once()


def test_a_date_dropped_moved_and_restored_at_once(own_world: World) -> None:
    """In whatever order: what stands has open slots at its time, what is dropped has none."""
    date, by = first_date(help_hour(own_world)), actor(own_world, "tutor")
    new = date.start + timedelta(days=1)
    together(
        lambda: drop_date(date=date, reason="Болезнь", by=by),
        lambda: move_date(date=date, start=new, reason="Педсовет", by=by),
        lambda: restore_date(date=date, by=by),
        lambda: drop_date(date=date, reason="Болезнь", by=by),
    )
    date.refresh_from_db()
    slots = list(date.slots.all())
    assert {slot.state for slot in slots} == {"open" if date.state == "standing" else "dropped"}
    assert min(slot.start for slot in slots) == date.start
    assert date.number == 1 + date.changes.count()


def test_the_database_itself_refuses_two_at_once(own_world: World) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    place = point(own_world)
    hour = help_hour(own_world, way="in_person", point=place, room=place.rooms.get())
    first, second = hour.dates.order_by("start")[:2]
    with pytest.raises(IntegrityError), transaction.atomic():
        HelpDate.objects.filter(pk=second.pk).update(start=first.start, end=first.end)
    with pytest.raises(IntegrityError), transaction.atomic():
        second.receives.update(start=first.end - timedelta(minutes=1), end=first.end + timedelta(minutes=1))
    second.receives.update(start=first.end, end=first.end + timedelta(minutes=1))
    second.receives.update(live=False, start=first.start, end=timezone.now() + timedelta(days=400))
