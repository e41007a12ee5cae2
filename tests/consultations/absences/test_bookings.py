"""What an absence does to bookings: a substitution keeps them, a drop is «by us», nobody has «not come»."""

from datetime import datetime

import pytest
from django.utils import timezone

from tests.consultations.absence_factories import absence, decision
from tests.consultations.booking_factories import booked, placed, slots
from tests.consultations.slot_factories import first_date, help_hour, monday
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.consultations.absences.actions.absences import decide, replace_tutor
from traektoria.consultations.absences.enums import Step
from traektoria.consultations.absences.queries.alternatives import to_decide
from traektoria.consultations.bookings.enums import BookingState
from traektoria.consultations.models import Booking, HelpDate, Slot
from traektoria.consultations.slots.actions.substituting import substitute_tutor, take_out_tutor
from traektoria.core.errors import Conflict, Invalid
from traektoria.messaging.enums import UnsentReason
from traektoria.messaging.kinds import Reader, Told, Withheld, kinds
from traektoria.messaging.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.database]
KIND = "consultations.another_tutor"


def _date(world: World) -> tuple[HelpDate, list[Slot]]:
    made = slots(world)
    return made[0].date, made


def _told(world: World, who: str) -> list[Told | Withheld]:
    by, kind = actor(world, who), kinds.get(KIND)
    assert kind is not None
    rows = list(Message.objects.filter(kind=KIND, person_id=by.person_id))
    return list(kind.tell(rows, Reader(by.person_id, "", by.zone, by.addresses, by)))


def test_a_substitution_keeps_places_and_tells_once(world: World) -> None:
    date, made = _date(world)
    rows = [placed(world, made[0]), placed(world, made[1], "other_teacher")]
    row = absence(world, first=monday(2))
    [found] = to_decide(row, timezone.now())
    assert found.taken == 2
    other = person(world, "other_tutor")
    decide(absence=row, decisions=[decision(date, Step.SUBSTITUTE, other=other.pk)], by=actor(world, "coordinator"))
    for one in rows:
        seat, slot = one.seat, one.slot_id
        one.refresh_from_db()
        assert (one.state, one.seat, one.slot_id, one.slot.tutor_id) == (BookingState.BOOKED, seat, slot, other.pk)
    assert Message.objects.filter(kind=KIND).count() == 2
    [said] = _told(world, "teacher")
    assert isinstance(said, Told)
    assert other.short_name in " ".join(said.sentences)
    Booking.objects.update(state=BookingState.OFF_BY_ASKER, decided_at=timezone.now())
    assert _told(world, "teacher") == [Withheld(UnsentReason.DONE)]


def test_a_drop_is_by_us_and_a_move_takes_the_booking_along(world: World) -> None:
    date, made = _date(world)
    booking = placed(world, made[0])
    row = absence(world, first=monday(2))
    choices = [choice.value.partition(":") for choice in to_decide(row, timezone.now())[0].choices]
    start = next(datetime.fromisoformat(when) for what, _mark, when in choices if what == "move")
    by = actor(world, "coordinator")
    decide(absence=row, decisions=[decision(date, Step.MOVE, start=start)], by=by)
    booking.refresh_from_db()
    assert (booking.state, booking.slot.start) == (BookingState.BOOKED, start)
    again = absence(world, first=start.date())
    decide(absence=again, decisions=[decision(date, Step.DROP)], by=by)
    booking.refresh_from_db()
    assert booking.state == BookingState.OFF_BY_US
    assert not Booking.objects.filter(state=BookingState.MISSED).exists()


def test_only_who_has_a_place_with_the_absent_one_is_told(world: World) -> None:
    """Two receive at the same time, each alone: bookings of the other one are not touched."""
    made = slots(world, "tutor", "other_tutor")
    mine = next(one for one in made if one.tutor_id == person(world, "tutor").pk)
    others = next(one for one in made if one.tutor_id == person(world, "other_tutor").pk)
    kept, lost = placed(world, others, "other_teacher"), placed(world, mine)
    row = absence(world, first=monday(2))
    decide(absence=row, decisions=[decision(mine.date, Step.TAKE_OUT)], by=actor(world, "coordinator"))
    kept.refresh_from_db()
    lost.refresh_from_db()
    assert (kept.state, lost.state) == (BookingState.BOOKED, BookingState.OFF_BY_US)


def test_nobody_receives_themselves(world: World) -> None:
    date, made = _date(world)
    placed(world, made[0], "other_tutor")
    with pytest.raises(Invalid):
        substitute_tutor(
            date=date, tutor_id=person(world, "tutor").pk, other_id=person(world, "other_tutor").pk, reason="Болен",
            by=actor(world, "coordinator"),
        )  # fmt: skip


def test_who_left_a_date_may_come_back_instead_of_another(world: World) -> None:
    """Ill, then well when the colleague falls ill; who receives anyway replaces nobody."""
    hour = help_hour(world, "tutor", "other_tutor", first_day=monday(2), last_day=monday(2))
    date, by = first_date(hour), actor(world, "coordinator")
    first, second = person(world, "tutor").pk, person(world, "other_tutor").pk
    kept = booked(world, date.slots.get(tutor=second, start=date.start))
    with pytest.raises(Conflict) as refused:
        replace_tutor(date=date, tutor_id=second, other_id=first, reason="Болезнь", by=by)
    assert refused.value.code == "there_too"
    take_out_tutor(date=date, tutor_id=first, reason="Болезнь", by=by)
    replace_tutor(date=date, tutor_id=second, other_id=first, reason="Болезнь", by=by)
    kept.refresh_from_db()
    assert (kept.slot.tutor_id, kept.slot.state, kept.state) == (first, "open", "booked")
    assert set(date.slots.filter(state="open").values_list("tutor", flat=True)) == {first}
    assert set(date.slots.filter(state="dropped").values_list("tutor", flat=True)) == {second}
