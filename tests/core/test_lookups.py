"""``among`` finds what ``in`` finds, for fewer calls, and takes nothing but whole numbers."""

from cProfile import Profile
from typing import Any

import pytest
from django.db.models import QuerySet

from tests.factories import make_centre, make_member
from traektoria.people.enums import Role
from traektoria.people.models import Account, Person, RoleAssignment

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def _calls(rows: QuerySet[Any]) -> int:
    profile = Profile()
    profile.enable()
    list(rows.all())
    profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


def test_among_finds_what_in_finds() -> None:
    centre = make_centre()
    people = [make_member(centre, Role.TEACHER).person_id for _ in range(3)]
    assert set(Person.objects.filter(pk__among=people[:2])) == set(Person.objects.filter(pk__in=people[:2]))
    assert set(RoleAssignment.objects.filter(person__among=set(people[:2]))) == set(
        RoleAssignment.objects.filter(person__in=people[:2])
    )
    assert Account.objects.filter(person__among=people).count() == 3
    assert set(RoleAssignment.objects.exclude(person__among=people[1:]).filter(centre=centre)) == set(
        RoleAssignment.objects.filter(person=people[0])
    )


def test_nothing_is_among_no_rows(django_assert_num_queries: Any) -> None:
    make_member(make_centre(), Role.TEACHER)
    with django_assert_num_queries(0):
        assert not Person.objects.filter(pk__among=[])


@pytest.mark.parametrize("wrong", ["1", "1) OR (1=1", None])
def test_only_whole_numbers(wrong: Any) -> None:
    with pytest.raises(TypeError):
        list(Person.objects.filter(pk__among=[wrong]))


def test_rows_asked_for_cost_nothing_each() -> None:
    def cost(among: int) -> int:
        return _calls(RoleAssignment.objects.filter(person__among=range(among)))

    cost(1)
    assert cost(500) == cost(2)
