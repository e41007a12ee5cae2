"""Who was there: by surname, namesakes told apart, who left lately among them; the likely time of an hour."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.factories import make_employment, make_member, make_school
from tests.world import World
from traektoria.consultations.hours.policies import check_time
from traektoria.consultations.hours.queries.hours import likely
from traektoria.consultations.requests.queries.attendees import by_surnames, offered
from traektoria.core.errors import Invalid
from traektoria.engines.intervals import Interval
from traektoria.people.enums import Role
from traektoria.people.models import Person, RoleAssignment

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 8, 12, 5, tzinfo=UTC)


def teacher(world: World, given: str, position: str, school: str) -> Person:
    place = make_school(world.own, school)
    account = make_member(world.own, Role.TEACHER, place)
    assert account.person
    who = account.person
    who.surname, who.given, who.patronymic = "Соколова", given, "Ильинична"
    who.save()
    make_employment(who, place, position)
    return who


def leave(person: Person, days: int) -> None:
    last = timezone.localdate() - timedelta(days=days)
    RoleAssignment.objects.filter(person=person).update(start=last - timedelta(days=30), end=last)


def test_namesakes_are_told_apart_by_post_and_school(world: World) -> None:
    anna, alla = teacher(world, "Анна", "учитель", "Лицей"), teacher(world, "Алла", "завуч", "Гимназия")
    lone = teacher(world, "Вера", "учитель", "Школа")
    people = dict(offered(0, world.own.pk, [anna.pk, alla.pk, lone.pk]))
    assert people == {
        anna.pk: "Соколова\xa0А.\xa0И. (учитель, Лицей)",
        alla.pk: "Соколова\xa0А.\xa0И. (завуч, Гимназия)",
        lone.pk: "Соколова\xa0В.\xa0И.",
    }
    with pytest.raises(Invalid) as refusal:
        by_surnames("Соколова А", world.own.pk)
    assert "Соколова Анна Ильинична (учитель, Лицей)" in refusal.value.sentence
    assert by_surnames("Соколова гимназия, Соколовой Анне", world.own.pk) == {alla.pk, anna.pk}


def test_who_left_yesterday_is_found_and_who_stays_comes_first(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    gone = teacher(world, "Анна", "учитель", "Лицей")
    leave(gone, days=1)
    with django_assert_num_queries(1):
        assert by_surnames("Соколова", world.own.pk) == {gone.pk}
    stays = teacher(world, "Алла", "учитель", "Гимназия")
    with django_assert_num_queries(1):
        assert by_surnames("Соколова; Соколова Анна", world.own.pk) == {stays.pk, gone.pk}
    leave(gone, days=800)
    with pytest.raises(Invalid):
        by_surnames("Соколова Анна", world.own.pk)
    with pytest.raises(Invalid):
        by_surnames("--", world.own.pk)
    with pytest.raises(Invalid):
        by_surnames("Соколова", world.foreign.pk)


def hour(start: str, minutes: int) -> Interval:
    at = datetime.fromisoformat(f"2026-09-08T{start}+00:00")
    return Interval(at, at + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("taken", "start", "minutes"),
    [
        ([], "11:15", 45),
        ([hour("10:00", 60)], "11:15", 45),
        ([hour("10:30", 60)], "11:30", 45),  # what is free since the last hour
        ([hour("10:45", 60)], "11:45", 30),
        ([hour("11:30", 30)], "12:00", 15),
        ([hour("11:30", 45)], "10:45", 45),  # it goes on: another one was before it
        ([hour("10:15", 75), hour("11:30", 45)], "09:30", 45),
    ],
)
def test_the_likely_time_is_at_no_other_hour(taken: list[Interval], start: str, minutes: int) -> None:
    found, length = likely(NOW, 45, taken)
    assert (f"{found:%H:%M}", length) == (start, minutes)
    check_time(Interval(found, found + timedelta(minutes=length)), NOW)


def test_an_hour_is_written_down_shortly_before_its_end_at_the_earliest() -> None:
    check_time(hour("11:30", 50), NOW)
    with pytest.raises(Invalid) as refusal:
        check_time(hour("11:30", 51), NOW)
    assert refusal.value.code == "not_over"


def test_a_tutor_of_two_centres_chooses_the_centre_of_a_walk_in(world: World, as_: Callable[[str], Client]) -> None:
    person = world.accounts["tutor"].person
    make_member(world.foreign, Role.TUTOR, person=person)
    client, address = as_("tutor"), "/consultations/hours/new/"
    words = client.get(f"{address}?place={world.foreign.pk}").content.decode()
    assert f'href="?place={world.own.pk}"' in words
    began = timezone.localtime() - timedelta(hours=3)
    name = world.accounts["foreign_teacher"].person
    assert name
    sent = {
        "others": name.full_name, "topic": "Разбор", "subject": "math", "day": began.date().isoformat(),
        "began": f"{began:%H:%M}", "minutes": "45", "way": "phone",
    }  # fmt: skip
    assert client.post(address, sent).status_code == 422, "no teacher of the first centre"
    assert client.post(f"{address}?place={world.foreign.pk}", sent).status_code == 302
    assert person
    assert person.hours_given.get().centre == world.foreign
    assert "?place=" not in as_("other_tutor").get(address).content.decode()
