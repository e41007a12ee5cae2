"""Rows of ``core.Waiting`` as their people see them: whose they are, once each, from when, as sums, in one query."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import make_member
from tests.world import World
from traektoria.core.models import Waiting
from traektoria.core.registries import DeskGroup, DeskLine, Waited, WaitingKind, WaitingSource, Words, waiting_sources
from traektoria.desk.waiting import MOST_SHOWN, lines_of
from traektoria.people import addressees
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment

TODAY = date(2026, 9, 7)
KINDS = ("test.one", "test.sum")


def words(row: Waited) -> Words:
    return Words(f"{row.object_id} of {row.number}", row.name, f"/{row.centre}", str(row.facts.get("said", "")))


@pytest.fixture(autouse=True)
def _two_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = (
        WaitingKind("test.one", 1, DeskGroup.SOON, words),
        WaitingKind("test.sum", 2, DeskGroup.SOON, words, sums=True),
    )
    source = WaitingSource("test", 1, Waiting, lambda rows: (), kinds)
    monkeypatch.setattr(waiting_sources, "_items", {"test": source})


def put(to: str, obj: object = 1, kind: str = "test.one", **facts: Any) -> Waiting:
    return Waiting.objects.create(addressee=to, kind=kind, object_kind="test.thing", object_id=str(obj), **facts)


def seen(world: World, viewer: str, today: date = TODAY) -> list[DeskLine]:
    return lines_of(actor_of(world.accounts[viewer]), today)


def whats(world: World, viewer: str, today: date = TODAY) -> list[str]:
    return [line.what for line in seen(world, viewer, today)]


def test_roles_places_and_persons_are_kept_apart(world: World) -> None:
    teacher, tutor = world.accounts["teacher"].person, world.accounts["tutor"].person
    assert teacher is not None
    assert tutor is not None
    put(addressees.person(teacher.pk), "person")
    put(addressees.holder(Role.TUTOR, world.own.pk, tutor.pk), "holder")
    put(addressees.of_centre(Role.COORDINATOR, world.own.pk), "coordinators")
    put(addressees.of_centre(Role.COORDINATOR, world.foreign.pk), "others")
    put(addressees.heads_of(world.own.pk, world.school.pk), "heads")
    put(addressees.ADMINISTRATOR, "administrators")
    found = {viewer: [what.split()[0] for what in whats(world, viewer)] for viewer in world.accounts}
    assert {viewer: things for viewer, things in found.items() if things} == {
        "teacher": ["person"],
        "tutor": ["holder"],
        "coordinator": ["coordinators"],
        "foreign_coordinator": ["others"],
        "head": ["heads"],
        "deputy_head": ["heads"],
        "administrator": ["administrators"],
    }


def test_a_role_that_ends_or_begins_needs_no_rewriting(world: World) -> None:
    account = world.accounts["tutor"]
    assert account.person is not None
    put(addressees.holder(Role.TUTOR, world.own.pk, account.person.pk), "mine")
    put(addressees.of_centre(Role.COORDINATOR, world.own.pk), "all")
    make_member(world.own, Role.COORDINATOR, person=account.person)
    assert sorted(whats(world, "tutor")) == ["all of 2", "mine of 2"]
    RoleAssignment.objects.filter(person=account.person).update(end=timezone.localdate() - timedelta(days=1))
    assert whats(world, "tutor") == []


def test_one_thing_by_two_roles_is_one_line_and_none_for_whom_it_is_not(world: World) -> None:
    person = world.accounts["coordinator"].person
    assert person is not None
    put(addressees.of_centre(Role.COORDINATOR, world.own.pk))
    put(addressees.person(person.pk))
    assert whats(world, "coordinator") == ["1 of 1"]
    Waiting.objects.update(not_for=f" {person.pk}1 ")
    assert whats(world, "coordinator") == ["1 of 1"]
    Waiting.objects.update(not_for=f" 0 {person.pk} ")
    assert whats(world, "coordinator") == []


def test_days_say_when_a_row_shows(world: World) -> None:
    put(addressees.of_centre(Role.COORDINATOR, world.own.pk), shows_from=TODAY, shows_until=TODAY + timedelta(days=1))
    shown = [bool(whats(world, "coordinator", TODAY + timedelta(days=shift))) for shift in (-1, 0, 1, 2)]
    assert shown == [False, True, True, False]


def test_a_sum_is_one_line_with_the_nearest_day(world: World) -> None:
    to = addressees.of_centre(Role.COORDINATOR, world.own.pk)
    for shift in (3, -1, 5):
        put(to, shift, "test.sum", due=TODAY + timedelta(days=shift), centre_id=world.own.pk)
    (line,) = seen(world, "coordinator")
    assert (line.what, line.url, line.due) == ("-1 of 3", f"/{world.own.name}", TODAY - timedelta(days=1))
    assert (line.group, line.overdue) == (DeskGroup.TODAY, True)


def test_the_name_is_that_of_now(world: World) -> None:
    person = world.accounts["teacher"].person
    assert person is not None
    put(addressees.of_centre(Role.COORDINATOR, world.own.pk), about_id=person.pk)
    person.surname = "Новая"
    person.save()
    (line,) = seen(world, "coordinator")
    assert line.who == person.short_name


def test_each_centre_has_its_own_day(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """At 22:00 in Moscow it is midnight in Yekaterinburg already."""
    place = world.foreign.municipality
    place.time_zone = "Asia/Yekaterinburg"
    place.save()
    make_member(world.foreign, Role.COORDINATOR, person=world.accounts["coordinator"].person)
    for centre in (world.own, world.foreign):
        put(addressees.of_centre(Role.COORDINATOR, centre.pk), centre.pk, shows_from=TODAY, centre_id=centre.pk)
    evening = timezone.datetime(2026, 9, 6, 20, tzinfo=timezone.get_default_timezone())  # type: ignore[attr-defined]
    monkeypatch.setattr(timezone, "now", lambda: evening + timedelta(hours=2))
    account = world.accounts["coordinator"]
    actor = actor_of(account, today=timezone.localdate())
    assert [line.what for line in lines_of(actor, date(2026, 9, 6))] == [f"{world.foreign.pk} of 1"]


def test_one_query_and_a_bounded_number_of_lines(world: World, django_assert_num_queries: Callable[[int], Any]) -> None:
    to = addressees.of_centre(Role.COORDINATOR, world.own.pk)
    for number in range(MOST_SHOWN + 5):
        put(to, number, due=TODAY + timedelta(days=MOST_SHOWN - number))
        put(to, number, "test.sum")
    actor = actor_of(world.accounts["coordinator"])
    with django_assert_num_queries(1):
        found = lines_of(actor, TODAY)
    assert len(found) == MOST_SHOWN + 1
    assert found[0].due == TODAY - timedelta(days=4)
