"""What the task does by itself: what was not answered ends, free places are offered to who waits, who receives is
reminded; and what an hour that is corrected says no longer of who came."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.consultations.absence_factories import absence, decision
from tests.consultations.booking_factories import at_hours, booked, placed, slots, waits_for
from tests.consultations.bookings.test_booking import told, whose
from tests.consultations.hour_factories import given
from tests.consultations.request_factories import assigned, own_request
from tests.consultations.slot_factories import first_date, help_hour, monday
from tests.factories import make_member
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.tutors.status_factories import make_status
from tests.waiting import what_differs
from tests.world import World
from traektoria.consultations.absences.actions.absences import decide, end_absence
from traektoria.consultations.absences.enums import Step
from traektoria.consultations.bookings.actions.ending import end_unanswered
from traektoria.consultations.bookings.actions.finding import offer_what_is_free
from traektoria.consultations.bookings.actions.offering import lapse_offers
from traektoria.consultations.bookings.actions.outcomes import say_who_came
from traektoria.consultations.bookings.hour_reminders import HOUR_SOON
from traektoria.consultations.bookings.letters import SOON
from traektoria.consultations.bookings.tasks import remind_of_coming
from traektoria.consultations.hours.actions.giving import correct_hour, facts_of, mark_of, record_hour, withdraw_hour
from traektoria.consultations.models import Booking, QueueLine, Slot, TutorAbsence
from traektoria.consultations.slots.actions.changing import drop_date, leave_date
from traektoria.consultations.slots.letters import DATE
from traektoria.core.errors import Conflict
from traektoria.core.models import Engagement
from traektoria.messaging import lead_time
from traektoria.messaging.kinds import Told, readers
from traektoria.messaging.kinds import told as told_of
from traektoria.messaging.models import Message
from traektoria.people.enums import Role
from traektoria.tutors.statuses.actions.statuses import resume_status, suspend_status

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def sentences(world: World, name: str, kind: str) -> list[str]:
    """Of what is told now."""
    who = person(world, name).pk
    rows = list(Message.objects.filter(kind=kind, person_id=who).order_by("pk"))
    answers = told_of(rows, readers([who])[who])
    found = [one.sentences[0] for one in (answers[row.pk] for row in rows) if isinstance(one, Told)]
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in found]


def test_what_was_not_answered_until_its_end_ends_and_both_are_told(world: World) -> None:
    request = assigned(world, own_request(world))
    slot = slots(world)[0]
    row = booked(world, slot, request=request)
    Booking.objects.filter(pk=row.pk).update(state="asked")
    over = slot.end
    assert end_unanswered(over - timedelta(minutes=1)) == 0
    for _time in range(2):
        end_unanswered(over)
    row.refresh_from_db()
    request.refresh_from_db()
    assert (row.state, row.get_state_display()) == ("unanswered", "тьютор не ответил вовремя")
    assert told(world, "teacher") == ["Тьютор не ответил"]
    assert told(world, "tutor", "consultations.booking_tutor") == ["Просьба о записи осталась без ответа"]
    assert (whose(world, "teacher"), whose(world, "tutor")) == ([], [])
    assert request.state == "assigned", "it is the turn of its tutor again"
    with pytest.raises(Conflict):
        say_who_came(booking=row, what="missed", by=actor(world, "tutor"), now=over)
    assert say_who_came(booking=row, what="came", by=actor(world, "tutor"), now=over).state == "came"
    assert what_differs() == []


def test_what_was_over_long_ago_ends_without_a_letter(world: World) -> None:
    row = booked(world, slots(world)[0])
    Booking.objects.filter(pk=row.pk).update(state="asked")
    before = Message.objects.count()
    assert end_unanswered(row.slot.end + timedelta(days=3)) == 1
    assert (told(world, "teacher"), Message.objects.count()) == ([], before)


def test_who_does_not_answer_is_not_offered_one_free_hour_after_the_other(world: World) -> None:
    slots(world)
    waits_for(world, "teacher")
    QueueLine.objects.all().delete()
    Booking.objects.all().delete()
    assert offer_what_is_free() == 1
    lapse_offers(timezone.now() + timedelta(days=2))
    assert (offer_what_is_free(), Booking.objects.filter(state="offered").count()) == (0, 0)


def test_free_places_of_who_receives_again_are_offered(world: World) -> None:
    status = make_status(world.own, person(world, "tutor"))
    slot = slots(world)[0]
    Slot.objects.exclude(pk=slot.pk).update(state="dropped")
    suspend_status(status=status, reason="Отпуск", by=actor(world, "coordinator"))
    waits_for(world, "teacher")
    assert (offer_what_is_free(), QueueLine.objects.count()) == (0, 0)
    status.refresh_from_db()
    resume_status(status=status, by=actor(world, "coordinator"))
    assert (offer_what_is_free(), offer_what_is_free()) == (1, 0)
    assert list(slot.bookings.values_list("person", "state")) == [(person(world, "teacher").pk, "offered")]
    assert QueueLine.objects.count() == 1, "nothing is written of what nobody can be offered"


def test_a_group_whose_tutors_are_all_away_is_not_free(world: World, as_: Any) -> None:
    group = slots(world, "tutor", "other_tutor", together=True, start=time(18), end=time(19))
    free, first = reverse("consultations:booking_free"), group[0].pk

    def listed() -> bool:
        return f"/slot/{first}/" in as_("teacher").get(free).content.decode()

    absence(world, first=monday(2))
    assert listed(), "one of them receives"
    both = absence(world, tutor="other_tutor", first=monday(2))
    assert not listed()
    end_absence(absence=both, last_day=both.start - timedelta(days=1), by=actor(world, "coordinator"))
    assert listed()


def test_a_second_reminder_is_a_number(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lead_time, "BOOKINGS", (3, 1))
    date = first_date(help_hour(world, first_day=monday(2), last_day=monday(2)))
    row = booked(world, date.slots.order_by("start")[0])
    for hours in (60, 50, 20, 2):
        remind_of_coming(date.start - timedelta(hours=hours))
    for kind, key in ((SOON, row.pk), (HOUR_SOON, date.pk)):
        rows = Message.objects.filter(kind=kind).order_by("pk")
        start = date.start.isoformat()
        assert [message.fact for message in rows] == [f"{key} {start} 3", f"{key} {start}"]


def test_who_receives_is_reminded_of_what_stands_once_for_each_time(world: World) -> None:
    hour = help_hour(world, first_day=monday(2), last_day=monday(2))
    date = first_date(hour)
    booked(world, date.slots.order_by("start")[0])
    early = date.start - timedelta(days=2)
    for moment in (early, date.start - timedelta(hours=20), date.start - timedelta(hours=19)):
        remind_of_coming(moment)
    [said] = sentences(world, "tutor", HOUR_SOON)
    assert said.startswith("Завтра или раньше у вас приём: ")
    assert said.endswith(" Записан 1 учитель.")
    assert Message.objects.filter(kind=HOUR_SOON).count() == 1
    drop_date(date=date, reason="Карантин", by=actor(world, "coordinator"))
    assert sentences(world, "tutor", HOUR_SOON) == [], "called off with its reason"


def test_a_corrected_hour_leaves_nobody_marked_who_was_not_there(world: World, as_: Any) -> None:
    slot = at_hours(slots(world, places=2)[0], -2)
    rows = [placed(world, slot, name) for name in ("teacher", "other_teacher")]
    me, page = actor(world, "tutor"), reverse("consultations:slot_bookings", args=[slot.pk])
    one, two = (row.person_id for row in rows)
    assert "Проведено: записать" in as_("tutor").get(page).content.decode()
    told_now = given(ago=120, minutes=30)
    hour = record_hour(centre=world.own, given=told_now, teachers=[one], missed=[two], slot=slot, by=me)
    shown = as_("tutor").get(page).content.decode()
    assert reverse("consultations:hour_detail", args=[hour.pk]) in shown
    assert "Проведено: записать" not in shown

    def states() -> list[str]:
        return [Booking.objects.get(pk=row.pk).state for row in rows]

    assert states() == ["came", "missed"]
    correct_hour(hour=hour, given=told_now, teachers=[two], by=me, seen=mark_of(hour))
    assert states() == ["booked", "came"], "of who was taken out nothing is said"
    hour.refresh_from_db()
    assert facts_of(hour)["teachers"] == [two]
    withdraw_hour(hour=hour, reason="Не состоялось", by=me)
    assert states() == ["booked", "booked"]
    assert "Проведено: записать" in as_("tutor").get(page).content.decode()
    assert what_differs() == []


def test_who_goes_on_without_a_colleague_is_told(world: World) -> None:
    date = first_date(help_hour(world, "tutor", "other_tutor", together=True))
    away = absence(world)
    decide(absence=away, decisions=[decision(date, Step.TAKE_OUT)], by=actor(world, "coordinator"))
    [said] = sentences(world, "other_tutor", DATE)
    assert "приём состоится с вами" in said
    assert sentences(world, "tutor", DATE) == []
    leave_date(date, person(world, "tutor").pk, "Ушёл", None, timezone.now())
    assert len(sentences(world, "other_tutor", DATE)) == 1


def test_an_absence_in_pieces_ends_everywhere_and_is_seen_once(world: World) -> None:
    """Two of its days were written down in the other centre before: there it stands in two pieces."""
    who, first = person(world, "tutor"), monday(2)
    make_member(world.foreign, Role.TUTOR, person=who)
    two_days = {"start": first + timedelta(days=2), "end": first + timedelta(days=3)}
    TutorAbsence.objects.create(centre=world.foreign, tutor=who, **two_days)
    row = absence(world, first=first, days=10)
    echoes = TutorAbsence.objects.filter(source=row)
    assert echoes.count() == 2
    client = Client()
    client.force_login(world.accounts["tutor"])
    day = reverse("desk:calendar_span", args=["day"])
    shown = client.get(day, {"day": first.isoformat()}).content.decode()
    assert shown.count("Не принимает") == 1
    end_absence(absence=row, last_day=first, by=actor(world, "coordinator"))
    stands = TutorAbsence.objects.filter(source=row, cancelled_at=None)
    assert [(one.start, one.end) for one in stands] == [(first, first)]
    later = Engagement.objects.filter(kind="consultations.away", state="fixed", end__gt=moment(first, 4))
    assert not later.exists()
    assert what_differs() == []


def moment(day: Any, days: int) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=days), time()))


def test_the_board_says_where_a_request_is_that_it_does_not_list(world: World, as_: Any) -> None:
    board = reverse("consultations:request_board")
    request = own_request(world)
    assert as_("coordinator").get(board, {"request": "999999999"}).status_code == 404
    assert as_("foreign_coordinator").get(board, {"request": request.pk}).status_code == 404
    assert "Этой заявки в списке нет" not in as_("coordinator").get(board, {"request": request.pk}).content.decode()
    request.state, request.closed_why = "declined", "Нет"
    request.save()
    page = as_("coordinator").get(board, {"request": request.pk}).content.decode()
    assert "Этой заявки в списке нет" in page
    assert reverse("consultations:request_detail", args=[request.pk]) in page
