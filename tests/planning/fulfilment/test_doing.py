"""What was done counts for its period: late, early, several times; taken back it opens the item again."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.planning.plan_factories import approved, draft, first_item, open_lessons, times
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.planning.fulfilment.actions import doing
from traektoria.planning.fulfilment.actions.doing import DeedText
from traektoria.planning.fulfilment.floors import broken_floor
from traektoria.planning.models import Deed, ItemOccurrence
from traektoria.planning.plans.actions.writing import ProposedItem
from traektoria.planning.plans.occurrence_state import Now, said

pytestmark = pytest.mark.django_db
MISTAKE = "Записано не туда"


def tell(world: World, time: ItemOccurrence, day: date, what: str = "Урок", by: str = "tutor") -> ItemOccurrence:
    doing.tell_deed(occurrence=time, told=DeedText(what, day), by=actor(world, by))
    time.refresh_from_db()
    return time


def test_a_late_deed_closes_its_own_period(world: World) -> None:
    second = times(first_item(approved(world)))[1]
    assert second.due
    late = tell(world, second, second.due + timedelta(days=6))
    words = said(late.state, late.start, late.due, late.done_on, timezone.localdate())
    assert words.now is Now.LATE
    assert "6" in words.words
    third = times(late.item)[2]
    assert third.state == "open"


def test_an_early_deed_counts_once_for_the_period_that_was_meant(world: World) -> None:
    first, second = times(first_item(approved(world)))[:2]
    tell(world, second, date(2025, 9, 5))
    first.refresh_from_db()
    assert (first.state, second.state) == ("open", "done")


def test_so_many_deeds_as_are_needed(world: World) -> None:
    time = times(first_item(approved(world, open_lessons(needs=2))))[0]
    assert tell(world, time, date(2025, 9, 10), "Первый").state == "open"
    tell(world, time, date(2025, 9, 10), "Первый")
    assert time.deeds_done == 1, "the same words of the same day are one deed"
    assert (tell(world, time, date(2025, 9, 20), "Второй").state, time.done_on) == ("done", date(2025, 9, 20))


def test_taken_back_it_is_open_again_with_the_reason(world: World) -> None:
    time = tell(world, times(first_item(approved(world)))[0], date(2025, 9, 10))
    deed, by = time.deeds.get(), actor(world, "tutor")
    with pytest.raises(Invalid):
        doing.undo_deed(deed=deed, reason=" ", by=by)
    doing.undo_deed(deed=deed, reason=MISTAKE, by=by)
    doing.undo_deed(deed=deed, reason="ещё раз", by=by)
    time.refresh_from_db()
    assert (time.state, time.done_on, time.deeds_done) == ("open", None, 0)
    assert Deed.objects.get().undone_why == MISTAKE


def test_moved_and_cancelled_with_a_reason(world: World) -> None:
    first, second = times(first_item(approved(world)))[:2]
    by = actor(world, "coordinator")
    with pytest.raises(Invalid):
        doing.move_occurrence(occurrence=first, day=date(2025, 8, 1), reason="x", by=by)
    doing.move_occurrence(occurrence=first, day=date(2025, 11, 7), reason="Карантин", by=by)
    first.refresh_from_db()
    assert (first.due, first.end, first.why) == (date(2025, 11, 7), date(2025, 10, 24), "Карантин")
    assert tell(world, first, date(2025, 11, 6)).state == "done"
    doing.cancel_occurrence(occurrence=second, reason="Решение совета", by=by)
    with pytest.raises(Conflict):
        tell(world, second, date(2025, 12, 1))
    doing.restore_occurrence(occurrence=second, by=by)
    assert tell(world, second, date(2025, 12, 1)).state == "done"


@pytest.mark.parametrize("name", ["teacher", "head", "foreign_tutor", "foreign_coordinator"])
def test_who_does_not_answer_for_it_says_nothing(world: World, name: str) -> None:
    time = times(first_item(approved(world)))[0]
    with pytest.raises(Refused):
        tell(world, time, date(2025, 9, 10), by=name)
    with pytest.raises(Refused):
        doing.move_occurrence(occurrence=time, day=date(2025, 10, 1), reason="x", by=actor(world, name))


def test_by_name_one_may_say_it_without_a_role_in_the_plan(world: World) -> None:
    person = world.accounts["teacher"].person_id
    assert person
    time = times(first_item(approved(world, open_lessons(roles=(), people=(person,)))))[0]
    assert tell(world, time, date(2025, 9, 10), by="teacher").state == "done"
    with pytest.raises(Refused):
        tell(world, times(time.item)[1], date(2025, 9, 10), by="other_teacher")


def test_of_a_draft_and_of_days_to_come_nothing_is_done(world: World) -> None:
    with pytest.raises(Conflict):
        tell(world, times(first_item(draft(world)))[0], date(2025, 9, 10), by="coordinator")
    time = times(first_item(approved(world)))[0]
    with pytest.raises(Invalid):
        tell(world, time, timezone.localdate() + timedelta(days=2))


def test_a_floor_is_measured_between_deeds(world: World) -> None:
    """«Не реже раза в два месяца»: in September and at the end of December is too seldom, whatever the months say."""
    item = first_item(approved(world, open_lessons(phrase="не реже одного раза в два месяца")))
    rows = times(item)
    assert len(rows) == 4
    tell(world, rows[0], date(2025, 9, 5))
    tell(world, rows[1], date(2025, 12, 25))
    found = broken_floor(item, date(2026, 1, 10))
    assert len(found) == 1
    assert broken_floor(first_item(approved(world, ProposedItem("x", "по запросу ОО"))), date(2026, 1, 1)) == []
