"""Who is told of a change, and what is true of what they are told: of bookings that go to a colleague, of requests that
an hour of a colleague serves, of what was said of who came, by the clock of the place."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests.consultations.absence_factories import absence
from tests.consultations.booking_factories import booked, slots
from tests.consultations.hour_factories import recorded
from tests.consultations.request_factories import assigned, own_request, school_request
from tests.consultations.slot_factories import first_date, help_hour, monday
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.consultations.absences.actions.absences import end_absence, replace_tutor
from traektoria.consultations.bookings.actions.booking import BookingPurpose, book_slot
from traektoria.consultations.bookings.actions.moving import move_booking
from traektoria.consultations.bookings.actions.outcomes import say_who_came
from traektoria.consultations.models import ConsultationRequest
from traektoria.messaging.kinds import Told, readers, told
from traektoria.messaging.models import Message
from traektoria.organisations.models import Municipality
from traektoria.people.models import RoleAssignment

pytestmark = [pytest.mark.django_db, pytest.mark.database]

FAR = ZoneInfo("Asia/Kamchatka")
"""Nine hours before the clock of the installation."""


def said_to(world: World, name: str, kind: str) -> str:
    """What the messages of this kind say to the person now, in one text; nothing of those that are withheld."""
    own = person(world, name).pk
    rows = list(Message.objects.filter(person_id=own, kind=kind).order_by("pk"))
    answers = told(rows, readers([own])[own])
    found = [one for one in (answers[row.pk] for row in rows) if isinstance(one, Told)]
    return " ".join(sentence for one in found for sentence in one.sentences).replace("\N{NO-BREAK SPACE}", " ")


def test_who_received_reads_that_the_booking_went_to_a_colleague(world: World) -> None:
    mine, theirs = slots(world, "tutor"), slots(world, "other_tutor")
    row = booked(world, mine[0])
    move_booking(booking=row, slot=theirs[1], by=actor(world, "teacher"))
    before, now = (said_to(world, name, "consultations.booking_tutor") for name in ("tutor", "other_tutor"))
    assert "к коллеге" in before
    assert "15:00" in before
    assert "15:30" in now
    move_booking(booking=row, slot=mine[2], by=actor(world, "teacher"))
    back = said_to(world, "tutor", "consultations.booking_tutor")
    assert "16:00" in back
    assert "15:00" not in back


def test_a_request_that_an_hour_of_a_colleague_serves_was_not_taken_back_by_the_coordinator(world: World) -> None:
    request = assigned(world, own_request(world))
    booked(world, slots(world, "other_tutor")[0], request=request)
    text = said_to(world, "tutor", "consultations.to_tutor")
    assert "коллег" in text
    assert "Координатор" not in text


def test_of_several_hours_for_a_request_the_nearest_is_its_answer(world: World) -> None:
    """An hour of a colleague for another teacher takes nothing away from who holds the first one."""
    request = assigned(world, school_request(world, "teacher", "other_teacher"))
    booked(world, slots(world, "tutor")[0], by="tutor", request=request)
    later = slots(world, "other_tutor", first_day=monday(3), last_day=monday(3))[0]
    Message.objects.all().delete()
    book_slot(
        slot=later, people=[person(world, "other_teacher").pk], by=actor(world, "head"), school=world.school,
        purpose=BookingPurpose(request=request),
    )  # fmt: skip
    request = ConsultationRequest.objects.get()
    assert request.tutor == person(world, "tutor")
    assert "15:00" in request.answer
    assert not said_to(world, "tutor", "consultations.to_tutor")


def test_who_is_said_not_to_have_come_reads_that_the_request_is_open(world: World) -> None:
    """Said by mistake, it is the answer again."""
    request = assigned(world, own_request(world))
    row = booked(world, slots(world)[0], by="tutor", request=request)
    after: dict[str, Any] = {"by": actor(world, "tutor"), "now": row.slot.start + timedelta(minutes=5)}
    say_who_came(booking=row, what="missed", **after)
    assert "не действует" in said_to(world, "teacher", "consultations.to_asker")
    say_who_came(booking=row, what="came", **after)
    request.refresh_from_db()
    assert (request.state, request.tutor, bool(request.answer)) == ("taken", person(world, "tutor"), True)


def test_who_was_said_to_be_away_reads_that_it_is_taken_back(world: World) -> None:
    row = absence(world)
    assert "не записывают" in said_to(world, "tutor", "consultations.away")
    end_absence(absence=row, last_day=row.start - timedelta(days=1), by=actor(world, "coordinator"))
    text = said_to(world, "tutor", "consultations.away")
    assert "снова" in text
    assert "не записывают" not in text


def test_letters_say_the_hour_and_the_day_of_the_place(world: World) -> None:
    Municipality.objects.update(time_zone=FAR.key)
    world.own.municipality.refresh_from_db()
    date = first_date(help_hour(world))
    pair = {"tutor_id": person(world, "tutor").pk, "other_id": person(world, "other_tutor").pk}
    replace_tutor(date=date, reason="Так", by=actor(world, "coordinator"), **pair)
    assert "15:00" in said_to(world, "tutor", "consultations.replaced")
    morning = datetime.combine(timezone.localdate() - timedelta(days=3), time(8), FAR)
    recorded(world, ago=(timezone.now() - morning) // timedelta(minutes=1))
    assert f" {morning.day} " in said_to(world, "teacher", "consultations.hour")


def test_who_teaches_there_no_longer_is_sent_to_no_closed_page(world: World) -> None:
    recorded(world)
    RoleAssignment.objects.filter(person=person(world, "teacher")).delete()
    assert said_to(world, "teacher", "consultations.hour") == ""
