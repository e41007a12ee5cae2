"""The made-up places and people: as many as promised, nobody in two centres, the same each time."""

from datetime import date

import pytest
from django.test import override_settings

from traektoria.demo.people import PASSWORD, SEED, classes_of, everyone, populate, year_of
from traektoria.people.enums import Role
from traektoria.people.models import Account, Person, RoleAssignment, TaughtClass

TODAY = date(2026, 11, 22)


def _count(centre: object, role: Role) -> int:
    return RoleAssignment.objects.filter(centre=centre, role=role).count()


@pytest.mark.django_db
def test_centre_has_the_promised_people() -> None:
    population = populate(today=TODAY)
    assert population.centre.schools().count() == 12
    assert _count(population.centre, Role.TEACHER) == 150
    assert _count(population.centre, Role.TUTOR) == 10
    assert _count(population.centre, Role.HEAD) == 12
    assert _count(population.centre, Role.COORDINATOR) == 1
    assert _count(population.foreign, Role.COORDINATOR) == 1
    assert Person.objects.values("surname", "given", "patronymic").distinct().count() == Person.objects.count()
    assert not Account.objects.exclude(email="").exists()


@pytest.mark.django_db
def test_classes_of_the_results_have_their_teachers() -> None:
    population = populate(today=TODAY)
    taught = TaughtClass.objects.filter(employment__school__in=population.centre.schools(), grade=4)
    for autumn in (2020, 2025):
        places = taught.filter(year__start_year=autumn).values_list("employment__school", "letter")
        assert len(places) == len(set(places)) == 24


def test_people_are_the_same_each_time() -> None:
    first, again = ([(one.login, one.name) for one in everyone(TODAY, SEED)] for _time in range(2))
    assert first == again
    assert len({login for login, _name in first}) == len(first)


@pytest.mark.django_db
def test_password_works_in_the_demo_mode_only() -> None:
    with override_settings(DEMO=True):
        populate(today=TODAY)
    assert Account.objects.get(username="koordinator").check_password(PASSWORD)


@pytest.mark.django_db
def test_outside_the_demo_mode_accounts_have_no_password() -> None:
    populate(today=TODAY)
    assert not Account.objects.get(username="koordinator").has_usable_password()


@pytest.mark.parametrize("today", [date(2026, 8, 31), date(2026, 9, 1), date(2027, 1, 3), date(2027, 7, 15)])
def test_classes_are_of_the_results_and_of_this_year(today: date) -> None:
    posts = [one.post for one in everyone(today, SEED) if one.post]
    assert {row[0] for post in posts for row in classes_of(post, today)} == {2020, 2025, year_of(today)}
