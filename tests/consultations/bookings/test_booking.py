"""Booking a slot: who may, what stands against it, what a second press does, what becomes of a request."""

from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from tests.consultations.booking_factories import at_hours as near
from tests.consultations.booking_factories import booked, rules, slots
from tests.consultations.request_factories import assigned, own_request
from tests.consultations.slot_factories import first_date
from tests.factories import make_member
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.waiting import lines_for, what_differs
from tests.world import World
from traektoria.consultations.bookings.actions import booking as booking_acts
from traektoria.consultations.bookings.actions.cancelling import answer_off, ask_off, cancel_booking
from traektoria.consultations.bookings.actions.moving import move_booking
from traektoria.consultations.bookings.actions.outcomes import say_who_came
from traektoria.consultations.bookings.letters import PERSON, SOON, TUTOR, soon, to_person, to_tutor
from traektoria.consultations.bookings.policies import Full
from traektoria.consultations.bookings.tasks import remind_of_coming
from traektoria.consultations.models import Booking
from traektoria.consultations.points.models import ConsultationPoint
from traektoria.consultations.slots.actions.changing import drop_date, move_date
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.models import Engagement
from traektoria.messaging.invitations import attached
from traektoria.messaging.kinds import Told, readers
from traektoria.messaging.models import Message
from traektoria.people.actions import end_role
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment

pytestmark = pytest.mark.django_db


def told(world: World, name: str, kind: str = PERSON) -> list[str]:
    who = person(world, name).pk
    rows = list(Message.objects.filter(kind=kind, person_id=who).order_by("pk"))
    tell = {PERSON: to_person, TUTOR: to_tutor, SOON: soon}[kind]
    return [one.subject for one in tell(rows, readers([who])[who]) if isinstance(one, Told)]


def whose(world: World, name: str) -> list[str]:
    return [line.what for line in lines_for(actor(world, name), kinds="consultations.booking")]


def code(refusal: pytest.ExceptionInfo[Exception]) -> str:
    return str(getattr(refusal.value, "code", ""))


def test_a_teacher_books_and_both_know(world: World) -> None:
    slot = slots(world)[0]
    row = booked(world, slot)
    assert (row.state, row.seat) == ("booked", 1)
    assert booked(world, slot) == row, "pressed twice is one"
    assert told(world, "teacher") == ["Вы записаны на консультацию"]
    assert told(world, "tutor", TUTOR) == ["К вам записались"]
    assert whose(world, "teacher")[0].startswith("Ваша консультация: ")
    assert Engagement.objects.filter(kind="consultations.booking", person_id=row.person_id).count() == 1
    assert what_differs() == []


def test_places_are_numbered_and_the_loser_reads_what_is_free(world: World) -> None:
    one, two, three = slots(world, places=1)
    booked(world, one)
    with pytest.raises(Full) as refusal:
        booked(world, one, "other_teacher")
    assert [slot.pk for slot in refusal.value.free] == [two.pk, three.pk]
    assert "Ближайшие свободные: " in refusal.value.sentence
    group = slots(world, "other_tutor", places=2)[0]
    make_member(world.own, Role.TEACHER, world.school, person=person(world, "head"))
    assert [booked(world, group, name).seat for name in ("other_teacher", "head")] == [1, 2]


def test_who_may_book(world: World) -> None:
    slot = slots(world, places=3)[0]
    for name in ("foreign_teacher", "other_tutor", "administrator", "head"):
        with pytest.raises(Refused):
            booked(world, slot, "teacher", by=name)
    people = [person(world, name).pk for name in ("teacher", "other_teacher")]
    made = booking_acts.book_slot(slot=slot, people=people, by=actor(world, "head"), school=world.school)
    assert [row.school for row in made] == [world.school] * 2
    with pytest.raises(Refused):
        booking_acts.book_slot(slot=slot, people=people, by=actor(world, "foreign_head"), school=world.school)
    with pytest.raises(Invalid) as refusal:
        booked(world, slot, "tutor", by="coordinator")
    assert code(refusal) == "own_hour"
    with pytest.raises(Invalid) as refusal:
        booked(world, slot, "foreign_teacher", by="tutor")
    assert code(refusal) == "not_a_teacher"


def test_nobody_is_in_two_places_at_once(world: World) -> None:
    mine, theirs = slots(world)[0], slots(world, "other_tutor")[:2]
    booked(world, mine)
    with pytest.raises(Conflict) as refusal:
        booked(world, theirs[0])
    assert code(refusal) == "at_once"
    booked(world, theirs[1])  # touches
    make_member(world.own, Role.TEACHER, world.school, person=person(world, "other_tutor"))
    with pytest.raises(Conflict):  # receives in an Hour of their own then
        booked(world, mine, "other_tutor")


def test_rules_of_the_regulation(world: World) -> None:
    rules(world, most_a_person=1, notice_hours=12, window_days=28)
    one, two, three = slots(world)
    booked(world, one)
    with pytest.raises(Conflict) as refusal:
        booked(world, two)
    assert code(refusal) == "limit"
    for hours, why in ((11, "too_late"), (24 * 29, "too_early")):
        with pytest.raises(Conflict) as refusal:
            booked(world, near(three, hours), "other_teacher")
        assert code(refusal) == why
    booked(world, near(three, 2), "other_teacher", by="tutor")  # the tutor may still


def test_after_absences_the_tutor_says_yes_first(world: World) -> None:
    rules(world, absences=1)
    one, two, three = slots(world)
    missed = booked(world, one)
    missed.state = "missed"
    missed.save()
    row = booked(world, two)
    assert row.state == "asked"
    assert whose(world, "tutor")[0].startswith("Просят записать: ")
    with pytest.raises(Full):
        booked(world, two, "other_teacher")  # what is asked for holds a place
    with pytest.raises(Refused):
        booking_acts.confirm_booking(booking=row, by=actor(world, "teacher"))
    for _press in range(2):
        assert booking_acts.confirm_booking(booking=row, by=actor(world, "tutor")).state == "booked"
    with pytest.raises(Conflict):
        booking_acts.refuse_booking(booking=row, reason="Нет", by=actor(world, "tutor"))
    asked = booked(world, three)
    for _press in range(2):
        booking_acts.refuse_booking(booking=asked, reason="Уезжаю", by=actor(world, "tutor"))
    assert told(world, "teacher")[-1] == "Центр отменил вашу консультацию"
    booked(world, three, "other_teacher")
    assert what_differs() == []


def test_who_is_booked_cancels_alone_until_the_term_then_asks(world: World) -> None:
    one, two, _three = slots(world)
    row = booked(world, one)
    for name in ("other_teacher", "head", "other_tutor"):
        with pytest.raises(Refused):
            cancel_booking(booking=row, by=actor(world, name))
    for _press in range(2):
        assert cancel_booking(booking=row, by=actor(world, "teacher")).state == "off_by_asker"
    assert told(world, "tutor", TUTOR) == ["Запись отменена"]
    late = booked(world, two)
    near(two, 5)
    with pytest.raises(Conflict) as refusal:
        cancel_booking(booking=late, by=actor(world, "teacher"))
    assert code(refusal) == "too_late"
    ask_off(booking=late, reason="Заболел ребёнок", by=actor(world, "teacher"))
    assert whose(world, "tutor")[0].startswith("Просят отменить запись: ")
    answer_off(booking=late, lets_go=False, by=actor(world, "tutor"))
    assert told(world, "teacher")[-1] == "Тьютор всё же ждёт вас"
    ask_off(booking=late, reason="Заболел ребёнок", by=actor(world, "teacher"))
    assert answer_off(booking=late, lets_go=True, by=actor(world, "tutor")).state == "off_by_asker"
    assert what_differs() == []


def test_the_tutor_cancels_with_a_reason(world: World) -> None:
    row = booked(world, slots(world)[0])
    with pytest.raises(Invalid):
        cancel_booking(booking=row, by=actor(world, "tutor"))
    row = cancel_booking(booking=row, reason="Совещание", by=actor(world, "tutor"))
    assert (row.state, row.why) == ("off_by_us", "Совещание")


def test_the_school_gives_back_what_it_booked_if_the_regulation_lets_it(world: World) -> None:
    slot = slots(world, places=2)[0]
    people = [person(world, name).pk for name in ("teacher", "other_teacher")]
    one, two = booking_acts.book_slot(slot=slot, people=people, by=actor(world, "head"), school=world.school)
    cancel_booking(booking=one, by=actor(world, "teacher"))  # each may decline
    rules(world, cancel_by="person")
    with pytest.raises(Refused):
        cancel_booking(booking=two, by=actor(world, "deputy_head"))
    rules(world, cancel_by="person_or_school")
    assert cancel_booking(booking=two, by=actor(world, "deputy_head")).state == "off_by_asker"


def test_a_move_is_one_record_with_its_history(world: World) -> None:
    one, two, three = slots(world)
    row = booked(world, one, topic="Задачи")
    booked(world, two, "other_teacher")
    with pytest.raises(Full):
        move_booking(booking=row, slot=two, by=actor(world, "teacher"))
    moved = move_booking(booking=row, slot=three, by=actor(world, "teacher"))
    assert move_booking(booking=row, slot=three, by=actor(world, "teacher")).moves.count() == 1, "twice is once"
    assert (moved.pk, moved.slot_id, moved.moves.get().start, moved.topic) == (row.pk, three.pk, one.start, "Задачи")
    assert told(world, "teacher") == ["Ваша консультация перенесена"]
    assert Booking.objects.count() == 2
    near(three, 3)
    with pytest.raises(Conflict):
        move_booking(booking=moved, slot=one, by=actor(world, "teacher"))
    move_booking(booking=moved, slot=one, by=actor(world, "tutor"), reason="Так удобнее")


def test_the_date_is_moved_or_dropped_with_its_bookings(world: World) -> None:
    slot = slots(world)[0]
    row = booked(world, slot)
    date = slot.date
    move_date(date=date, start=date.start + timedelta(hours=1), reason="Педсовет", by=actor(world, "coordinator"))
    row.refresh_from_db()
    assert (row.moves.get().start, row.slot.start) == (slot.start, slot.start + timedelta(hours=1))
    drop_date(date=date, reason="Карантин", by=actor(world, "coordinator"))
    row.refresh_from_db()
    assert (row.state, row.why) == ("off_by_us", "Карантин")
    assert told(world, "teacher") == ["Центр отменил вашу консультацию"]
    assert what_differs() == []


def test_four_words_are_said_by_people_after_the_beginning(world: World) -> None:
    row = booked(world, slots(world)[0])
    with pytest.raises(Conflict) as refusal:
        say_who_came(booking=row, what="came", by=actor(world, "tutor"))
    assert code(refusal) == "not_begun"
    near(row.slot, -1)
    with pytest.raises(Refused):
        say_who_came(booking=row, what="came", by=actor(world, "teacher"))
    with pytest.raises(Invalid):
        say_who_came(booking=row, what="booked", by=actor(world, "tutor"))
    for word in ("missed", "off_by_us", "came", "came"):
        assert say_who_came(booking=row, what=word, by=actor(world, "tutor")).state == word
    with pytest.raises(Conflict):
        cancel_booking(booking=row, by=actor(world, "teacher"))


def test_a_request_is_answered_by_its_booking(world: World) -> None:
    one, two, _three = slots(world)
    request = assigned(world, own_request(world))
    booked(world, one, by="tutor", request=request)
    request.refresh_from_db()
    assert (request.state, request.answer.startswith("Записаны: ")) == ("taken", True)
    first = request.answered_at
    fresh = own_request(world, topic="Иное")
    booked(world, two, by="teacher", request=fresh)
    fresh.refresh_from_db()
    assert (fresh.state, fresh.tutor) == ("taken", person(world, "tutor"))
    request.refresh_from_db()
    assert request.answered_at == first
    theirs = own_request(world, "other_teacher")
    with pytest.raises(Refused):
        booked(world, slots(world, "other_tutor")[2], by="teacher", request=theirs)


def test_who_leaves_comes_no_more(world: World) -> None:
    row = booked(world, slots(world)[0])
    role = RoleAssignment.objects.get(person=row.person, role=Role.TEACHER)
    end_role(role=role, by=actor(world, "coordinator"))
    row.refresh_from_db()
    assert row.state == "off_by_asker"
    assert told(world, "tutor", TUTOR) == ["Запись отменена"]


def test_reminded_once_a_day_before_and_anew_after_a_move(world: World) -> None:
    one, two, _three = slots(world)
    row = booked(world, one)
    near(one, 20)
    remind_of_coming()
    assert told(world, "teacher", SOON) == []  # who has just booked knows it
    lately = timezone.now() - timedelta(hours=7)
    Booking.objects.update(created_at=lately)
    for _run in range(2):
        remind_of_coming()
    assert told(world, "teacher", SOON) == ["Скоро ваша консультация"]
    move_booking(booking=row, slot=near(two, 22), by=actor(world, "teacher"))
    remind_of_coming()
    assert told(world, "teacher", SOON) == []
    row.moves.update(at=lately)
    remind_of_coming()
    assert told(world, "teacher", SOON) == ["Скоро ваша консультация"]
    cancel_booking(booking=row, by=actor(world, "teacher"))
    assert told(world, "teacher", SOON) == []
    assert first_date(one.date.hour)


def test_the_letter_brings_the_time_as_it_is_now(world: World) -> None:
    """Booked, moved, cancelled: one event for the calendar of who is booked, each word higher than the last."""
    first, later, *_rest = slots(world, "tutor")
    row = booked(world, first)
    who = person(world, "teacher").pk
    reader = readers([who])[who]

    def brought() -> tuple[str, str, int, object]:
        (message,) = Message.objects.filter(kind=PERSON, person_id=who)
        (said,) = to_person([message], reader)
        assert isinstance(said, Told)
        (part,) = attached([said.invitation], reader)
        (event,) = Calendar.from_ical(part.text).events
        return part.method, str(event["UID"]), event["SEQUENCE"], event.start

    told_first = brought()
    move_booking(booking=row, slot=later, by=actor(world, "teacher"))
    told_then = brought()
    row.refresh_from_db()
    cancel_booking(booking=row, reason="", by=actor(world, "teacher"))
    told_last = brought()
    assert [one[0] for one in (told_first, told_then, told_last)] == ["PUBLISH", "PUBLISH", "CANCEL"]
    assert len({one[1] for one in (told_first, told_then, told_last)}) == 1
    assert told_first[2] < told_then[2] < told_last[2]
    assert (told_first[3], told_then[3]) == (first.start, later.start)
    assert not what_differs()


def test_what_a_place_is_called_now_stands_in_the_calendars(world: World) -> None:
    date = booked(world, slots(world, "tutor")[0]).slot.date
    date.point = point = ConsultationPoint.objects.create(centre=world.own, kind="centre", name="Пункт")
    date.room, date.way = point.rooms.create(name="каб. 1"), "in_person"
    date.save()
    point.name = "Пункт под новым именем"
    point.save()
    for room in point.rooms.all():
        room.name = "каб. 77"
        room.save()
    said = set(Engagement.objects.values_list("facts__where", flat=True))
    assert {one.partition(",")[0] for one in said} == {point.name}
    world.own.municipality.time_zone = "Asia/Omsk"
    world.own.municipality.save()
    assert not what_differs()
