"""A statement that is written once reads what the query builder reads, with other values each time."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from tests.costs import calls_of
from tests.world import World
from traektoria.core.prepared_statements import Given, Numbers, Statement, prepared
from traektoria.people.actor import actor_of, in_force
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import Role
from traektoria.people.models import Account, Person, RoleAssignment

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def _roles(people: Any, day: Any) -> QuerySet[RoleAssignment]:
    rows = RoleAssignment.objects.filter(in_force(day), person__in=people).exclude(person__given="100%s «%»")
    return rows.order_by("pk")


@prepared
def _columns() -> QuerySet[RoleAssignment, Any]:
    return _roles(Numbers("people"), Given("day")).values_list("pk", "start", "person__name_cases", "role")


@prepared
def _whole() -> QuerySet[RoleAssignment, Any]:
    return _roles(Numbers("people"), Given("day")).select_related("person", "school")


def _people(world: World) -> list[int]:
    return [world.accounts[name].person_id for name in ("teacher", "tutor", "head")]


def test_columns_are_those_of_the_query(world: World, django_assert_num_queries: Any) -> None:
    Person.objects.filter(pk=_people(world)[0]).update(given="100%", name_cases={"genitive": "«а»"})
    for people in (_people(world), _people(world)[:1]):
        for day in (timezone.localdate(), date(1990, 1, 1)):
            expected = list(_roles(people, day).values_list("pk", "start", "person__name_cases", "role"))
            with django_assert_num_queries(1):
                assert _columns().all(people=people, day=day) == expected
            assert bool(expected) == (day.year > 1990)


def test_whole_rows_are_those_of_the_query(world: World, django_assert_num_queries: Any) -> None:
    given = {"people": _people(world), "day": timezone.localdate()}
    expected = list(_roles(given["people"], given["day"]).select_related("person", "school"))
    with django_assert_num_queries(1):
        found = _whole().all(**given)
        told = [(one, one.person.surname, one.school and one.school.name, one.start) for one in found]
    assert told == [(one, one.person.surname, one.school and one.school.name, one.start) for one in expected]
    assert _whole().first(**given) == expected[0]


def test_nothing_is_among_none(world: World) -> None:
    day = timezone.localdate()
    assert _columns().all(people=[], day=day) == []
    assert _columns().first(people=(), day=day) is None
    without = Statement(Person.objects.exclude(pk__in=Numbers("people")).order_by("pk"))
    assert without.all(people=[]) == list(Person.objects.order_by("pk"))


@pytest.mark.parametrize("people", [["1) OR (1=1"], [None], [1, "2"]])
def test_numbers_are_numbers(people: Any) -> None:
    with pytest.raises(TypeError):
        _columns().all(people=people, day=timezone.localdate())


def test_what_is_not_given_is_an_error() -> None:
    with pytest.raises(KeyError, match="day"):
        _columns().all(people=[1])


def test_a_page_of_it(world: World) -> None:
    Person.objects.bulk_create([Person(surname=f"Я{number:02}", given="Я", sort_name="я") for number in range(30)])
    rows = Statement(Person.objects.filter(surname__gte=Given("first")).order_by("pk").values_list("surname"))
    page = rows.page("2", first="Я00")
    assert [*page] == [(f"Я{number:02}",) for number in range(25, 30)]
    assert (page.number, page.has_previous, page.has_next) == (2, True, False)


def test_a_value_stands_in_each_part_of_the_text(world: World) -> None:
    held = RoleAssignment.objects.filter(in_force(Given("day")), person=OuterRef("pk"), role=Given("role"))
    rows = Statement(Person.objects.filter(Exists(held), pk__in=Numbers("people")).order_by("pk").values_list("pk"))
    given = {"people": _people(world), "day": timezone.localdate() + timedelta(days=1)}
    assert rows.all(role=Role.TUTOR.value, **given) == [(world.accounts["tutor"].person_id,)]
    assert rows.all(role=Role.TEACHER.value, **given) == [(world.accounts["teacher"].person_id,)]


def test_it_is_written_once(world: World) -> None:
    people, day = _people(world), timezone.localdate()
    assert _columns() is _columns()
    _columns().all(people=people, day=day)
    own = calls_of(lambda: _columns().all(people=people, day=day))
    built = calls_of(lambda: list(_roles(people, day).values_list("pk", "start", "person__name_cases", "role")))
    assert own * 5 < built


def test_anybody_is_asked_only_what_a_statement_can_be_given(world: World) -> None:
    coordinator = actor_of(Account.objects.get(pk=world.accounts["coordinator"].pk))
    held = RoleAssignment.objects.filter(centre__in=anybody(coordinator.roles).centres(Role.COORDINATOR))
    own = RoleAssignment.objects.filter(centre=world.own)
    assert len(Statement(held.order_by("pk")).all(**given_of(coordinator))) == own.count()
    for ask in (
        lambda: anybody(coordinator.roles).has(world.own.pk, Role.COORDINATOR),
        lambda: anybody(coordinator.roles).follows(None),
    ):
        with pytest.raises(TypeError):
            ask()
