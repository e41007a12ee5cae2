"""The calendar: what is fixed, by whom it is read, on which day it stands, what a week of a centre costs."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.consultations.hour_factories import recorded
from tests.costs import cost_of
from tests.factories import make_member, make_person
from tests.routes.need_factories import person
from tests.world import World
from traektoria.consultations.points.models import ConsultationPoint
from traektoria.core.models import Engagement, Seen
from traektoria.organisations.models import CalendarPeriod, SchoolYear
from traektoria.people import addressees
from traektoria.people.enums import Role

pytestmark = pytest.mark.django_db
MOSCOW = ZoneInfo("Europe/Moscow")
MONDAY = date(2026, 9, 7)
HOUR = {"subject": "math", "way": "video", "teachers": 1}


def signed_in(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.accounts[name])
    return client


def fixed(person_id: int, centre_id: int, day: date = MONDAY, at: int = 10, **fields: Any) -> Engagement:
    start = datetime(day.year, day.month, day.day, at, tzinfo=MOSCOW)
    facts: dict[str, Any] = {
        "kind": "consultations.hour", "object_kind": "test", "object_id": str(Engagement.objects.count() + 1),
        "start": start, "end": start + timedelta(hours=1), "facts": HOUR, "zone": "Europe/Moscow",
    }  # fmt: skip
    facts |= {"addressee": addressees.person(person_id), "person_id": person_id, "centre_id": centre_id}
    return Engagement.objects.create(**facts | fields)


def page(client: Client, span: str = "week", day: date = MONDAY, **asked: str) -> str:
    answer = client.get(reverse("desk:calendar_span", args=[span]), {"day": day.isoformat(), **asked})
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"[ \n]+", " ", answer.content.decode())


@pytest.mark.parametrize("span", ["day", "week", "month", "agenda"])
def test_what_is_fixed_stands_in_every_span(world: World, span: str) -> None:
    teacher, tutor = person(world, "teacher"), person(world, "tutor")
    fixed(teacher.pk, world.own.pk, about_id=tutor.pk)
    fixed(person(world, "other_teacher").pk, world.own.pk, at=13)
    shown = page(signed_in(world, "teacher"), span)
    assert "10:00" in shown
    assert "Консультация: математика" in shown
    assert "13:00" not in shown
    if span != "month":
        assert tutor.short_name in shown
    assert "10:00" not in page(signed_in(world, "teacher"), span, MONDAY + timedelta(days=62))


def test_an_hour_that_was_given_stands_in_the_calendar_of_both(world: World) -> None:
    hour = recorded(world, "teacher")
    for name in ("tutor", "teacher"):
        answer = signed_in(world, name).get(reverse("desk:calendar"))
        assert reverse("consultations:hour_detail", args=[hour.pk]) in answer.content.decode()


def test_others_read_that_the_time_is_taken(world: World) -> None:
    tutor = person(world, "tutor")
    fixed(tutor.pk, world.own.pk, about_id=person(world, "teacher").pk)
    who = addressees.person(tutor.pk)
    coordinator = page(signed_in(world, "coordinator"), "day", who=who)
    colleague = page(signed_in(world, "other_tutor"), "day", who=who)
    assert "Консультация: математика" in coordinator
    assert person(world, "teacher").short_name in coordinator
    assert "занято" in colleague
    for word in ("Консультация: математика", person(world, "teacher").short_name):
        assert word not in colleague
    for stranger in ("teacher", "head", "foreign_coordinator", "foreign_tutor", "administrator"):
        asked = {"day": MONDAY.isoformat(), "who": who}
        answer = signed_in(world, stranger).get(reverse("desk:calendar_span", args=["day"]), asked)
        assert answer.status_code == 404, stranger


def test_the_choice_of_a_kind_does_not_say_which_kind_is_taken(world: World) -> None:
    tutor = person(world, "tutor")
    fixed(tutor.pk, world.own.pk)
    fixed(tutor.pk, world.own.pk, at=15, seen=Seen.CENTRE)
    kind = "consultations.hour"
    for who, span in ((addressees.person(tutor.pk), "week"), (addressees.place("centre", world.own.pk), "week")):
        for asked in ({"kind": kind}, {"kind": "tutors.session"}):
            assert "10:00" not in page(signed_in(world, "other_tutor"), span, who=who, **asked)
        assert "15:00" in page(signed_in(world, "other_tutor"), span, who=who, kind=kind)
        assert "10:00" in page(signed_in(world, "other_tutor"), span, who=who)
        assert "10:00" in page(signed_in(world, "coordinator"), span, who=who, kind=kind)


def test_what_is_of_another_centre_is_taken_time_for_the_coordinator(world: World) -> None:
    tutor = person(world, "tutor")
    fixed(tutor.pk, world.foreign.pk)
    shown = page(signed_in(world, "coordinator"), "day", who=addressees.person(tutor.pk))
    assert "занято" in shown
    assert "Консультация: математика" not in shown


def test_a_head_reads_of_teachers_what_the_school_asked_for(world: World) -> None:
    teacher = person(world, "teacher")
    fixed(teacher.pk, world.own.pk, main=False)
    fixed(
        teacher.pk,
        world.own.pk,
        at=12,
        main=False,
        seen=Seen.SCHOOL,
        facts=HOUR | {"subject": "physics", "school": world.school.pk},
    )
    other = {"subject": "chemistry", "school": world.school.pk + 1}
    fixed(teacher.pk, world.own.pk, at=18, main=False, seen=Seen.SCHOOL, facts=HOUR | other)
    stranger = make_person("Посторонняя")
    fixed(stranger.pk, world.own.pk, at=15)
    shown = page(signed_in(world, "head"), "day", who=addressees.place("school", world.school.pk))
    assert shown.count(teacher.short_name) == 3
    assert "занято" in shown
    assert "18:00" in shown
    assert "химия" not in shown.partition("<main")[2], "another school of the teacher asked for it"
    assert "Консультация: физика" in shown
    assert "Консультация: математика" not in shown
    assert "15:00" not in shown


def test_a_point_has_its_calendar_for_everybody_of_its_centre(world: World) -> None:
    point = ConsultationPoint.objects.create(
        centre=world.own, kind="centre", name="Математика и физика", published=True
    )
    word = addressees.place("point", point.pk)
    told = {"kind": "consultations.help", "facts": {"where": point.name}, "seen": Seen.CENTRE, "busy": False}
    row = fixed(0, world.own.pk, **told)
    Engagement.objects.filter(pk=row.pk).update(addressee=word, person_id=None, main=False)
    for name in ("teacher", "tutor", "head", "coordinator"):
        shown = page(signed_in(world, name), "day", who=word)
        assert "10:00–11:00" in shown
        assert "Час методической помощи" in shown
    asked = {"day": MONDAY.isoformat(), "who": word}
    assert signed_in(world, "foreign_teacher").get(reverse("desk:calendar"), asked).status_code == 404
    point.published = False
    point.save()
    assert signed_in(world, "teacher").get(reverse("desk:calendar"), asked).status_code == 404
    assert signed_in(world, "coordinator").get(reverse("desk:calendar"), asked).status_code == 200


def test_two_at_once_are_marked_before_it_happens(world: World) -> None:
    tutor, coming = person(world, "tutor").pk, timezone.localdate() + timedelta(days=7)
    for at in (10, 11):
        fixed(tutor, world.own.pk, coming, at)
    centre = addressees.place("centre", world.own.pk)
    said = "в одно время с другим делом"
    assert said not in page(signed_in(world, "tutor"), day=coming), "what touches does not clash"
    assert said not in page(signed_in(world, "coordinator"), day=coming, who=centre)
    session = {"kind": "tutors.session", "facts": {"number": 1, "where": "каб. 5"}}
    fixed(tutor, world.own.pk, coming, 10, **session)
    assert said in page(signed_in(world, "tutor"), day=coming)
    assert said in page(signed_in(world, "coordinator"), day=coming, who=centre)
    past = timezone.localdate() - timedelta(days=7)
    for fields in ({}, session):
        fixed(tutor, world.own.pk, past, **fields)
    assert said not in page(signed_in(world, "tutor"), day=past), "what is past is a record"
    assert said not in page(signed_in(world, "coordinator"), day=past, who=centre)


def test_the_week_of_a_centre_shows_what_else_its_tutors_have(world: World) -> None:
    """A tutor who sits in the commission is not free then; a teacher who comes has no row."""
    session = {"kind": "tutors.session", "facts": {"number": 1, "where": ""}, "main": False}
    fixed(person(world, "tutor").pk, world.own.pk, at=14, **session)
    fixed(person(world, "teacher").pk, world.own.pk, at=16, main=False)
    shown = page(signed_in(world, "coordinator"), who=addressees.place("centre", world.own.pk))
    assert "<b>14:00–15:00</b> Заседание комиссии" in shown
    assert "16:00" not in shown
    assert person(world, "other_tutor").short_name in shown
    assert person(world, "foreign_tutor").short_name not in shown


def test_a_week_of_a_centre_leaves_no_day_out_between_two(world: World) -> None:
    """Nothing on Saturday, something on Sunday; a free weekend has no columns."""
    coordinator, centre = signed_in(world, "coordinator"), addressees.place("centre", world.own.pk)
    fixed(person(world, "tutor").pk, world.own.pk, MONDAY + timedelta(days=6), 14)
    heads = [f"<small>{name}</small>" for name in ("сб", "вс")]
    shown = page(coordinator, who=centre)
    assert all(name in shown.replace(" ", "") for name in heads), shown
    assert not any(name in page(coordinator, day=MONDAY + timedelta(days=7), who=centre) for name in heads)


def test_hours_stand_by_the_clock_of_the_reader_and_say_that_of_the_place(world: World) -> None:
    world.own.municipality.time_zone = "Europe/Moscow"
    world.own.municipality.save()
    late = datetime(2026, 9, 8, 1, tzinfo=ZoneInfo("Asia/Yekaterinburg"))
    fixed(
        person(world, "teacher").pk, world.own.pk, start=late, end=late + timedelta(hours=1), zone="Asia/Yekaterinburg"
    )
    shown = page(signed_in(world, "teacher"), "day")
    assert "23:00–00:00" in shown
    assert "на месте будет 01:00" in shown
    assert "23:00" not in page(signed_in(world, "teacher"), "day", MONDAY + timedelta(days=1))


def test_holidays_are_bands_and_a_school_has_its_own(world: World) -> None:
    year = SchoolYear.objects.get_or_create(start_year=2026)[0]
    dates = {"year": year, "kind": "holidays", "name": "Осенние каникулы", "centre": world.own, "confirmed": True}
    CalendarPeriod.objects.create(start=MONDAY, end=MONDAY, **dates)
    assert "Осенние каникулы" in page(signed_in(world, "coordinator"))
    CalendarPeriod.objects.create(
        start=MONDAY + timedelta(days=30), end=MONDAY + timedelta(days=31), school=world.school, **dates
    )
    assert "Осенние каникулы" in page(signed_in(world, "coordinator"))
    assert "Осенние каникулы" not in page(signed_in(world, "teacher"))
    assert "праздничный день" in page(signed_in(world, "teacher"), day=date(2026, 11, 4))


@pytest.mark.parametrize("day", ["", "вчера", "2026-13-01", "0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("span", ["day", "week", "month", "agenda"])
def test_a_day_that_no_calendar_has_is_today(world: World, day: str, span: str) -> None:
    answer = signed_in(world, "teacher").get(reverse("desk:calendar_span", args=[span]), {"day": day})
    assert answer.status_code == 200
    assert "сегодня" in answer.content.decode() or span in ("day", "month", "agenda")


def test_a_span_that_is_none_is_not_found(world: World) -> None:
    assert signed_in(world, "teacher").get("/calendar/year/").status_code == 404


@pytest.mark.parametrize("span", ["day", "week", "month", "agenda"])
def test_pages_ask_as_much_for_three_as_for_one(
    world: World, span: str, django_assert_num_queries: Callable[[int], Any]
) -> None:
    client, teacher = signed_in(world, "teacher"), person(world, "teacher").pk
    fixed(teacher, world.own.pk)
    page(client, span)
    for at in (12, 14, 16):
        fixed(teacher, world.own.pk, at=at)
    with django_assert_num_queries(4):
        page(client, span)


def test_the_week_of_a_centre_costs_the_same_with_two_thousand_teachers(world: World) -> None:
    """Forty tutors, six hundred hours with a pause between; then two thousand teachers who come to them."""
    tutors = [person(world, "tutor"), person(world, "other_tutor")]
    while len(tutors) < 40:
        account = make_member(world.own, Role.TUTOR)
        assert account.person is not None
        tutors.append(account.person)
    for tutor in tutors:
        for number in range(15):
            day, at = MONDAY + timedelta(days=number % 5), 9 + 2 * (number // 5)
            fixed(tutor.pk, world.own.pk, day, at)
    client, who = signed_in(world, "coordinator"), addressees.place("centre", world.own.pk)
    path = f"{reverse('desk:calendar_span', args=['week'])}?day={MONDAY}&who={who}"
    cost = cost_of(client, path)
    assert (cost.status, cost.queries <= 8, cost.calls <= 15_000) == (200, True, True), str(cost)
    first = Engagement.objects.order_by("pk")[0]
    crowd = [
        Engagement(
            addressee=addressees.person(1_000_000 + number), person_id=1_000_000 + number, main=False, kind=first.kind,
            object_kind=first.object_kind, object_id=first.object_id, centre_id=world.own.pk, start=first.start,
            end=first.end, facts=HOUR,
        )
        for number in range(2_000)
    ]  # fmt: skip
    Engagement.objects.bulk_create(crowd)
    again = cost_of(client, path)
    assert (again.queries, again.calls) == (cost.queries, pytest.approx(cost.calls, rel=0.02))
