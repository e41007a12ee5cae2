"""A request and the hour that is booked for it, pressed at from both sides at the same moment: what is taken back holds
no place, who gives the hour has the request, and nobody waits for the other for ever."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.acceptance.races import together
from tests.consultations.absence_factories import away
from tests.consultations.booking_factories import booked, slots
from tests.consultations.hour_factories import given
from tests.consultations.request_factories import assigned, own_request
from tests.factories import make_member
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.waiting import what_differs
from tests.world import World
from traektoria.consultations.absences.actions.absences import record_absence
from traektoria.consultations.bookings.actions.cancelling import cancel_booking
from traektoria.consultations.bookings.enums import COMING
from traektoria.consultations.hours.actions.giving import record_hour
from traektoria.consultations.models import Booking, ConsultationRequest, Slot, TutorAbsence
from traektoria.consultations.requests.actions.answering import recall_request, return_request
from traektoria.consultations.requests.actions.requests import withdraw_request
from traektoria.consultations.slots.actions.changing import drop_date, move_date, restore_date
from traektoria.consultations.slots.actions.substituting import substitute_tutor
from traektoria.core.errors import DomainError
from traektoria.people.enums import Role

pytestmark = pytest.mark.django_db(transaction=True)
Call = Callable[[], object]


def _ready(world: World) -> tuple[ConsultationRequest, list[Slot]]:
    return assigned(world, own_request(world)), slots(world)


def _is_true(request: ConsultationRequest) -> None:
    """What the request says is what stands."""
    request.refresh_from_db()
    coming = list(Booking.objects.filter(request=request, state__in=COMING).select_related("slot"))
    if request.state in ("withdrawn", "asked", "declined"):
        assert not coming, request.state
    elif request.state == "taken":
        assert {row.slot.tutor_id for row in coming} == {request.tutor_id}
    else:
        assert (request.state, coming, request.answer) == ("assigned", [], "")
    assert what_differs() == []


@pytest.mark.parametrize("end", ["withdraw", "recall", "return"])
def test_ended_while_an_hour_is_booked_for_it(own_world: World, end: str) -> None:
    request, made = _ready(own_world)
    asker, tutor, keeper = (actor(own_world, who) for who in ("teacher", "tutor", "coordinator"))
    ends: dict[str, Call] = {
        "withdraw": lambda: withdraw_request(request=request, by=asker),
        "recall": lambda: recall_request(request=request, by=keeper),
        "return": lambda: return_request(request=request, reason="Не мой предмет", by=tutor),
    }
    together(*(lambda slot=slot: booked(own_world, slot, by="tutor", request=request) for slot in made), ends[end])  # type: ignore[misc]
    _is_true(request)


def test_taken_back_and_cancelled_and_dropped_at_once(own_world: World) -> None:
    request, made = _ready(own_world)
    row = booked(own_world, made[0], by="tutor", request=request)
    asker, tutor, keeper = (actor(own_world, who) for who in ("teacher", "tutor", "coordinator"))
    together(
        lambda: withdraw_request(request=request, by=asker),
        lambda: cancel_booking(booking=row, reason="Педсовет", by=keeper),
        lambda: drop_date(date=made[0].date, reason="Ремонт", by=tutor),
    )
    _is_true(request)
    row.refresh_from_db()
    assert row.state in ("off_by_us", "off_by_asker")


def test_given_to_a_colleague_while_the_place_is_given_back(own_world: World) -> None:
    request, made = _ready(own_world)
    row = booked(own_world, made[0], by="tutor", request=request)
    ids = [person(own_world, who).pk for who in ("tutor", "other_tutor")]
    asker, keeper = actor(own_world, "teacher"), actor(own_world, "coordinator")
    together(
        lambda: substitute_tutor(date=made[0].date, tutor_id=ids[0], other_id=ids[1], reason="Болен", by=keeper),
        lambda: cancel_booking(booking=row, by=asker),
        lambda: booked(own_world, made[1], by="coordinator", request=request),
    )
    _is_true(request)


def test_written_down_while_it_is_moved_and_returned(own_world: World) -> None:
    """The hour is locked before the request by both: nobody waits in a ring."""
    request, made = _ready(own_world)
    booked(own_world, made[0], by="tutor", request=request)
    tutor, keeper, whom = actor(own_world, "tutor"), actor(own_world, "coordinator"), [person(own_world, "teacher").pk]
    date = made[0].date
    together(
        lambda: record_hour(
            centre=own_world.own, given=given(), teachers=whom, request=request, slot=made[0], closes=False, by=tutor
        ),
        lambda: move_date(date=date, start=date.start + timedelta(days=1), reason="Так", by=keeper),
        lambda: return_request(request=request, reason="Не мой предмет", by=tutor),
    )
    _is_true(request)


def test_restored_while_its_tutor_is_written_down_as_away(own_world: World) -> None:
    made = slots(own_world)
    date, keeper = made[0].date, actor(own_world, "coordinator")
    drop_date(date=date, reason="Ремонт", by=keeper)
    tutor, day = person(own_world, "tutor").pk, timezone.localdate(date.start)
    got = together(
        lambda: restore_date(date=date, by=keeper),
        lambda: record_absence(centre=own_world.own, tutor_id=tutor, away=away(day, days=1), by=keeper),
    )
    date.refresh_from_db()
    assert TutorAbsence.objects.count() == 1
    assert date.is_standing != any(isinstance(one, DomainError) for one in got)
    assert what_differs() == []


def test_the_coordinators_of_two_centres_write_the_same_days_down(own_world: World) -> None:
    """One absence in each of them, whoever comes first."""
    make_member(own_world.foreign, Role.TUTOR, person=person(own_world, "tutor"))
    tutor = person(own_world, "tutor").pk
    presses = [
        lambda centre=centre, who=who: record_absence(  # type: ignore[misc]
            centre=centre, tutor_id=tutor, away=away(), by=actor(own_world, who)
        )
        for centre, who in ((own_world.own, "coordinator"), (own_world.foreign, "foreign_coordinator"))
    ]
    together(*presses, *presses)
    assert sorted(TutorAbsence.objects.values_list("centre", flat=True)) == [own_world.own.pk, own_world.foreign.pk]
