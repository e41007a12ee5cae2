"""A request says what became of the hour that was booked for it: cancelled, refused, dropped, moved, given to another
tutor; and what is booked for a request ends with it. Whose turn it is can be read at every moment, everybody is told
once."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.consultations.absence_factories import absence, decision
from tests.consultations.booking_factories import booked, placed, slots
from tests.consultations.request_factories import assigned, own_request, school_request, taken
from tests.consultations.slot_factories import monday
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.waiting import lines_for
from tests.world import World
from traektoria.consultations.absences.actions.absences import decide
from traektoria.consultations.absences.enums import Step
from traektoria.consultations.bookings.actions.booking import refuse_booking
from traektoria.consultations.bookings.actions.cancelling import cancel_booking
from traektoria.consultations.bookings.actions.moving import move_booking
from traektoria.consultations.bookings.actions.outcomes import say_who_came
from traektoria.consultations.models import Booking, ConsultationRequest, Slot
from traektoria.consultations.requests.actions.answering import (
    decline_request,
    recall_request,
    return_request,
    take_request,
)
from traektoria.consultations.requests.actions.requests import withdraw_request
from traektoria.consultations.requests.farewell import settle_person
from traektoria.consultations.slots.actions.changing import drop_date, leave_date, move_date
from traektoria.consultations.slots.actions.substituting import substitute_tutor
from traektoria.core.errors import Conflict
from traektoria.core.models import AuditEvent
from traektoria.messaging.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def _asked(world: World, who: str = "tutor") -> tuple[ConsultationRequest, Booking]:
    """The tutor has the request and books its asker for an hour of the tutor's own."""
    request = assigned(world, own_request(world))
    row = booked(world, slots(world, who)[0], by="tutor", request=request)
    Message.objects.all().delete()
    request.refresh_from_db()
    return request, row


def _now(request: ConsultationRequest) -> tuple[str, str, bool]:
    """State, tutor's name where there is one, and whether the answer holds."""
    request.refresh_from_db()
    return request.state, request.tutor.short_name if request.tutor else "", request.answer != ""


def _told() -> Counter[tuple[int | None, str]]:
    return Counter(Message.objects.values_list("person_id", "kind"))


def _once(world: World, who: str, kind: str) -> None:
    """The person has this one message and no other."""
    assert [one for one in _told() if one[0] == person(world, who).pk] == [(person(world, who).pk, kind)]


def test_a_booking_answers_it(world: World) -> None:
    request, _row = _asked(world)
    assert _now(request) == ("taken", person(world, "tutor").short_name, True)
    assert "Записан" in request.answer


def test_cancelled_by_the_centre_the_tutor_answers_anew_and_the_promise_stays(world: World, as_: Any) -> None:
    request, row = _asked(world)
    promise = request.answer_by
    cancel_booking(booking=row, by=actor(world, "coordinator"), reason="Педсовет")
    assert _now(request) == ("assigned", person(world, "tutor").short_name, False)
    assert (request.answer_by, request.answered_at) == (promise, None)
    _once(world, "teacher", "consultations.booking")
    _once(world, "tutor", "consultations.booking_tutor")
    page = as_("teacher").get(reverse("consultations:request_detail", args=[request.pk])).content.decode()
    assert "очередь тьютора" in page
    assert "Записан" not in page
    assert lines_for(actor(world, "tutor"), kinds="consultations.given")


def test_given_back_by_the_asker_a_new_answer_is_promised(world: World) -> None:
    request, row = _asked(world)
    ConsultationRequest.objects.update(answer_by=timezone.now() - timedelta(days=3))
    cancel_booking(booking=row, by=actor(world, "teacher"))
    assert _now(request)[0] == "assigned"
    assert request.answer_by > timezone.now()


def test_refused_by_the_tutor(world: World) -> None:
    request = assigned(world, own_request(world))
    row = placed(world, slots(world)[0], state="asked", request=request)
    ConsultationRequest.objects.update(state="taken", answer="Записано", answered_at=timezone.now())
    refuse_booking(booking=row, reason="Занята", by=actor(world, "tutor"))
    assert _now(request)[0] == "assigned"


def test_a_dropped_date_and_a_moved_one(world: World) -> None:
    request, row = _asked(world)
    date, before = row.slot.date, request.answer
    move_date(date=date, start=date.start + timedelta(days=1), reason="Так", by=actor(world, "tutor"))
    assert _now(request) == ("taken", person(world, "tutor").short_name, True)
    assert request.answer != before
    drop_date(date=date, reason="Ремонт", by=actor(world, "tutor"))
    assert _now(request)[0] == "assigned"
    _once(world, "teacher", "consultations.booking")


def test_of_several_who_are_booked_the_others_hold_it(world: World) -> None:
    request = assigned(world, school_request(world, "teacher", "other_teacher"))
    made = slots(world)
    first = booked(world, made[0], "teacher", by="tutor", request=request)
    second = booked(world, made[1], "other_teacher", by="tutor", request=request)
    earlier = ConsultationRequest.objects.get().answer
    cancel_booking(booking=first, by=actor(world, "coordinator"), reason="Педсовет")
    state, _tutor, _answered = _now(request)
    assert (state, request.answer != earlier) == ("taken", True)
    Message.objects.all().delete()
    cancel_booking(booking=second, by=actor(world, "coordinator"), reason="Педсовет")
    assert _now(request)[0] == "assigned"
    _once(world, "head", "consultations.to_asker")


def test_dropped_for_an_absence_it_is_the_coordinators_turn(world: World) -> None:
    request, row = _asked(world)
    away = absence(world, first=monday(2))
    decide(absence=away, decisions=[decision(row.slot.date, Step.DROP)], by=actor(world, "coordinator"))
    assert _now(request) == ("asked", "", False)
    assert lines_for(actor(world, "coordinator"), kinds="consultations.board")


def test_a_substitute_has_the_request_and_the_history_says_from_whom(world: World, as_: Any) -> None:
    request, row = _asked(world)
    ids = [person(world, who).pk for who in ("tutor", "other_tutor")]
    by = actor(world, "coordinator")
    substitute_tutor(date=row.slot.date, tutor_id=ids[0], other_id=ids[1], reason="Болен", by=by)
    assert _now(request) == ("taken", person(world, "other_tutor").short_name, True)
    assert [bool(lines_for(actor(world, who), kinds="consultations.hold")) for who in ("other_tutor", "tutor")] == [
        True,
        False,
    ]
    assert AuditEvent.objects.get(event="consultation.substitute").facts["tutor"] == ids[0]
    page = as_("coordinator").get(reverse("consultations:request_detail", args=[request.pk])).content.decode()
    assert f"вместо: {person(world, 'tutor').short_name}" in page


def test_in_a_group_of_two_tutors_who_stays_has_the_request(world: World) -> None:
    request = assigned(world, own_request(world))
    slot = slots(world, "tutor", "other_tutor", together=True)[0]
    booked(world, slot, by="tutor", request=request)
    assert _now(request)[1] == person(world, "tutor").short_name
    leave_date(slot.date, person(world, "tutor").pk, "Ушла", None, timezone.now())
    assert _now(request) == ("taken", person(world, "other_tutor").short_name, True)


def test_moved_to_another_tutor_the_request_goes_along(world: World) -> None:
    request, row = _asked(world)
    there = slots(world, "other_tutor")[1]
    move_booking(booking=row, slot=there, by=actor(world, "coordinator"))
    assert _now(request)[1] == person(world, "other_tutor").short_name


def test_who_did_not_come_is_answered_anew_who_came_is_not(world: World) -> None:
    request, row = _asked(world)
    Slot.objects.filter(pk=row.slot_id).update(start=timezone.now() - timedelta(hours=1))
    say_who_came(booking=row, what="came", by=actor(world, "tutor"))
    assert _now(request)[0] == "taken"
    say_who_came(booking=row, what="missed", by=actor(world, "tutor"))
    assert _now(request)[0] == "assigned"


def test_taking_it_back_cancels_the_hour_and_tells_once(world: World) -> None:
    request, row = _asked(world)
    for _time in range(2):
        withdraw_request(request=request, by=actor(world, "teacher"))
    row.refresh_from_db()
    assert (_now(request)[0], row.state) == ("withdrawn", "off_by_asker")
    _once(world, "teacher", "consultations.booking")
    _once(world, "tutor", "consultations.to_tutor")


def test_too_late_for_the_hour_it_is_not_taken_back(world: World) -> None:
    request, row = _asked(world)
    Slot.objects.filter(pk=row.slot_id).update(start=timezone.now() + timedelta(hours=1))
    with pytest.raises(Conflict):
        withdraw_request(request=request, by=actor(world, "teacher"))
    row.refresh_from_db()
    assert (_now(request)[0], row.state) == ("taken", "booked")


@pytest.mark.parametrize("who", ["coordinator", "tutor"])
def test_recalled_and_returned_it_has_no_hour(world: World, who: str) -> None:
    request, row = _asked(world)
    if who == "tutor":
        return_request(request=request, reason="Не мой предмет", by=actor(world, who))
    else:
        recall_request(request=request, by=actor(world, who))
    row.refresh_from_db()
    assert (_now(request), row.state) == (("asked", "", False), "off_by_us")
    assert "Не мой предмет" not in row.why
    _once(world, "teacher", "consultations.booking")


def test_declined_it_has_no_hour_and_the_reason_is_told(world: World) -> None:
    request, row = _asked(world)
    decline_request(request=request, reason="Тема вне плана", by=actor(world, "coordinator"))
    row.refresh_from_db()
    assert (_now(request)[0], row.state) == ("declined", "off_by_us")
    assert "Тема вне плана" in row.why
    _once(world, "teacher", "consultations.booking")


def test_no_other_time_is_named_beside_a_booking(world: World) -> None:
    request, _row = _asked(world)
    with pytest.raises(Conflict):
        take_request(request=request, answer="Среда, 10:00", by=actor(world, "tutor"))


def test_a_suspended_tutor_gives_what_was_agreed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    request, _row = _asked(world)
    other = taken(world, own_request(world, "other_teacher", topic="Другое"))
    monkeypatch.setattr("traektoria.consultations.requests.farewell.may_take_teachers", lambda tutors, centre: set())
    settle_person(person(world, "tutor").pk, None)
    assert _now(request)[0] == "taken"
    assert _now(other)[0] == "asked"
