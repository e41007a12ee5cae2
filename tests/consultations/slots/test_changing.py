"""What is done to a date is true everywhere: its tutors are told once, what has begun keeps its marks, a date goes to
no day on which its tutor is away or its point is closed, by the clock of the place."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.consultations.absence_factories import absence, decision
from tests.consultations.booking_factories import placed
from tests.consultations.slot_factories import at, first_date, help_hour, monday, point
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.consultations.absences.actions.absences import decide
from traektoria.consultations.absences.enums import Step
from traektoria.consultations.models import Booking, HelpDate, HelpDateTutor, Slot
from traektoria.consultations.points.actions.keeping import close_point
from traektoria.consultations.slots.actions.changing import drop_date, end_hour, leave_date, move_date, restore_date
from traektoria.consultations.slots.actions.substituting import substitute_tutor
from traektoria.consultations.slots.letters import DATE
from traektoria.core.errors import Conflict
from traektoria.messaging.enums import UnsentReason
from traektoria.messaging.kinds import Reader, Told, Withheld, kinds
from traektoria.messaging.models import Message
from traektoria.organisations.models import Municipality

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ZONES = ["Europe/Moscow", "Asia/Yekaterinburg"]


def _told(world: World, who: str) -> list[Told | Withheld]:
    by, kind = actor(world, who), kinds.get(DATE)
    assert kind is not None
    rows = list(Message.objects.filter(kind=DATE, person_id=by.person_id))
    return list(kind.tell(rows, Reader(by.person_id, "", by.zone, by.addresses, by)))


def _titles(world: World, who: str) -> list[str]:
    return [one.subject for one in _told(world, who) if isinstance(one, Told)]


def _begun(date: HelpDate, hours: float = 0.6) -> HelpDate:
    """It began so many hours ago: the first meeting is over, the later ones are to come."""
    back = date.start - timezone.now() + timedelta(hours=hours)
    for model, of in ((HelpDate, {"pk": date.pk}), (HelpDateTutor, {"date": date}), (Slot, {"date": date})):
        for row in model.objects.filter(**of):  # type: ignore[attr-defined]
            row.start, row.end = row.start - back, row.end - back
            row.save()
    date.refresh_from_db()
    return date


def test_a_tutor_is_told_once_of_what_the_coordinator_does(world: World) -> None:
    date, by = first_date(help_hour(world)), actor(world, "coordinator")
    move_date(date=date, start=date.start + timedelta(days=1), reason="Так", by=by)
    assert _titles(world, "tutor") == ["Ваш приём перенесён"]
    for _time in range(2):
        drop_date(date=date, reason="Ремонт", by=by)
    assert _titles(world, "tutor") == ["Ваш приём отменён"]
    restore_date(date=date, by=by)
    assert _titles(world, "tutor") == ["Ваш приём всё-таки состоится"]
    assert Message.objects.filter(kind=DATE).count() == 1


def test_who_does_it_themselves_is_not_told_the_other_is(world: World) -> None:
    date = first_date(help_hour(world, "tutor", "other_tutor"))
    drop_date(date=date, reason="Ремонт", by=actor(world, "tutor"))
    assert (_told(world, "tutor"), _titles(world, "other_tutor")) == ([], ["Ваш приём отменён"])


def test_an_ended_hour_is_told_once_for_all_its_dates(world: World) -> None:
    hour = help_hour(world)
    end_hour(hour=hour, after=monday(2), reason="Так", by=actor(world, "coordinator"))
    assert _titles(world, "tutor") == ["Ваш Час завершён"]
    assert Message.objects.filter(kind=DATE).count() == 1


def test_what_was_decided_of_an_absence_is_told_by_its_own_letter(world: World) -> None:
    hour = help_hour(world)
    row = absence(world)
    decide(absence=row, decisions=[decision(first_date(hour), Step.DROP)], by=actor(world, "coordinator"))
    assert _told(world, "tutor") == []
    assert Message.objects.filter(kind="consultations.away", person_id=person(world, "tutor").pk).count() == 1


def test_a_letter_of_what_is_not_so_any_more_does_not_go(world: World) -> None:
    date, by = first_date(help_hour(world)), actor(world, "coordinator")
    drop_date(date=date, reason="Ремонт", by=by)
    restore_date(date=date, by=actor(world, "tutor"))
    assert _told(world, "tutor") == [Withheld(UnsentReason.DONE)]


def test_what_has_begun_is_not_moved_nor_given_to_another(world: World, as_: Any) -> None:
    date = _begun(first_date(help_hour(world)))
    slot = date.slots.order_by("start")[0]
    booking = placed(world, slot, state="missed", decided_at=timezone.now())
    by, ids = actor(world, "coordinator"), [person(world, who).pk for who in ("tutor", "other_tutor")]
    with pytest.raises(Conflict) as moved:
        move_date(date=date, start=date.start + timedelta(days=1), reason="Так", by=by)
    with pytest.raises(Conflict) as given:
        substitute_tutor(date=date, tutor_id=ids[0], other_id=ids[1], reason="Болен", by=by)
    assert (moved.value.code, given.value.code) == ("begun", "begun")
    booking.refresh_from_db()
    slot.refresh_from_db()
    assert (booking.state, slot.tutor_id) == ("missed", ids[0])
    page = as_("coordinator").get(reverse("consultations:date_detail", args=[date.pk])).content.decode()
    assert "Перенести эту дату" not in page
    assert "Отменить остаток" in page


def test_of_what_has_begun_the_rest_is_dropped_and_nothing_is_guessed(world: World) -> None:
    date = _begun(first_date(help_hour(world)))
    past, _second, coming = date.slots.order_by("start")
    there, later = placed(world, past), placed(world, coming, "other_teacher")
    drop_date(date=date, reason="Заболела", by=actor(world, "coordinator"))
    with pytest.raises(Conflict):
        drop_date(date=date, reason="Заболела", by=actor(world, "coordinator"))
    there.refresh_from_db()
    later.refresh_from_db()
    date.refresh_from_db()
    assert (there.state, later.state, date.state) == ("booked", "off_by_us", "standing")
    assert [one.kind for one in date.changes.all()] == ["rest"]
    assert _titles(world, "tutor") == ["Остаток вашего приёма отменён"]


def test_who_leaves_in_the_middle_keeps_what_was(world: World) -> None:
    date = _begun(first_date(help_hour(world)))
    past, _second, coming = date.slots.order_by("start")
    there, later = placed(world, past), placed(world, coming, "other_teacher")
    leave_date(date, person(world, "tutor").pk, "Ушла", None, timezone.now())
    states = [Booking.objects.get(pk=one.pk).state for one in (there, later)]
    assert states == ["booked", "off_by_us"]


def test_an_hour_that_ends_leaves_the_date_that_goes_on(world: World) -> None:
    hour = help_hour(world)
    date = _begun(first_date(hour))
    end_hour(hour=hour, after=timezone.localdate() - timedelta(days=1), reason="Так", by=actor(world, "coordinator"))
    date.refresh_from_db()
    assert date.state == "standing"


@pytest.mark.parametrize("zone", ZONES)
def test_no_date_goes_to_a_day_of_absence(world: World, zone: str) -> None:
    """At 23:30 in Moscow it is 01:30 of the next day in Yekaterinburg: the clock of the place decides."""
    Municipality.objects.update(time_zone=zone)
    date, by = first_date(help_hour(world)), actor(world, "coordinator")
    absence(world, first=monday(6), days=1)
    clock = ZoneInfo(zone)
    night = datetime.combine(monday(6) - timedelta(days=1), time(23, 30), ZoneInfo("Europe/Moscow"))
    if zone == ZONES[0]:
        assert move_date(date=date, start=night - timedelta(hours=1), reason="Так", by=by).end <= night + timedelta(
            hours=1
        )
        refused = datetime.combine(monday(6), time(23, 30), clock)
    else:
        refused = night
        assert timezone.localdate(night, clock) == monday(6)
    with pytest.raises(Conflict) as caught:
        move_date(date=date, start=refused, reason="Так", by=by)
    assert caught.value.code == "tutor_away"


def test_a_dropped_date_is_not_restored_to_who_is_away(world: World) -> None:
    date, by = first_date(help_hour(world)), actor(world, "coordinator")
    drop_date(date=date, reason="Ремонт", by=by)
    absence(world)
    with pytest.raises(Conflict) as caught:
        restore_date(date=date, by=by)
    assert caught.value.code == "tutor_away"


def test_no_date_goes_to_a_closed_point(world: World) -> None:
    place, by = point(world), actor(world, "coordinator")
    hour = help_hour(world, way="in_person", point=place, room=place.rooms.get(), last_day=monday(2))
    first, second = hour.dates.order_by("start")
    drop_date(date=second, reason="Ремонт", by=by)
    close_point(point=place, on=monday(2), reason="Ремонт", by=by)
    with pytest.raises(Conflict) as moved:
        move_date(date=first, start=at(monday(2), time(10)), reason="Так", by=by)
    with pytest.raises(Conflict) as restored:
        restore_date(date=second, by=by)
    assert (moved.value.code, restored.value.code) == ("point_closed", "point_closed")
    assert move_date(date=first, start=at(monday(1), time(10)), reason="Так", by=by).start == at(monday(1), time(10))


@pytest.mark.parametrize("zone", ZONES)
def test_a_point_is_closed_by_its_own_clock(world: World, zone: str) -> None:
    """A date that was moved stands on its new day, whatever its rule says; 01:30 is the day of the place."""
    Municipality.objects.update(time_zone=zone)
    place, by = point(world), actor(world, "coordinator")
    hour = help_hour(world, way="in_person", point=place, room=place.rooms.get(), last_day=monday(1))
    night = datetime.combine(monday(3), time(1, 30), ZoneInfo(zone))
    move_date(date=first_date(hour), start=night, reason="Так", by=by)
    with pytest.raises(Conflict) as caught:
        close_point(point=place, on=monday(3), reason="Ремонт", by=by)
    assert caught.value.code == "has_dates"
    assert close_point(point=place, on=monday(3) + timedelta(days=1), reason="Ремонт", by=by).closed_on
