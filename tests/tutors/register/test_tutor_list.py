"""The list of tutors: who stands in it, and what it costs in a centre of three times the size."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.costs import Cost, cost_of
from tests.factories import make_centre, make_member, make_person
from tests.tutors.status_factories import make_status
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.tutors.models import TutorProfile
from traektoria.tutors.register.queries.tutor_list import Chosen, listed_tutors, without_record
from traektoria.tutors.statuses.enums import StatusState

pytestmark = pytest.mark.django_db
LETTERS = "абвгдежзиклмнопрстуфхцчшщэюя"


def listed(centre: TutorCentre, asked: str = "", **chosen: str | bool) -> list[str]:
    """Surnames on a page of the list."""
    today = timezone.localdate()
    account = make_member(centre, Role.TEACHER)
    rules = actor_of(account).rules_in(centre.pk).support
    others = without_record(centre.pk, today)
    page = listed_tutors(centre.pk, Chosen(**chosen), others, rules, today, asked)  # type: ignore[arg-type]
    return [row.name.split()[0] for row in page]


def test_who_is_shown_by_the_state_of_the_status() -> None:
    centre, elsewhere, today = make_centre(), make_centre(), timezone.localdate()
    day = timedelta(1)
    suspended: dict[str, Any] = {"state": StatusState.SUSPENDED, "suspended_from": today}
    make_status(centre, make_person("Бессрочная"), end=None)
    make_status(centre, make_person("Скорая"), end=today + 60 * day)
    make_status(centre, make_person("Долгая"), end=today + 61 * day)
    make_status(centre, make_person("Прошедшая"), end=today - day)
    make_status(centre, make_person("Отдыхающая"), end=today + day, **suspended)
    make_status(centre, make_person("Забытая"), end=today - day, **suspended)
    make_status(centre, make_person("Ушедшая"), state=StatusState.ENDED, ended_on=today)
    make_status(centre, make_person("Завтрашняя"), start=today + day)
    make_status(elsewhere, make_person("Чужая"))
    make_member(centre, Role.TUTOR, person=make_person("Давняя"))
    assert listed(centre) == ["Бессрочная", "Давняя", "Долгая", "Скорая"]
    assert listed(centre, shown="ending") == ["Скорая"]
    assert listed(centre, shown="suspended") == ["Отдыхающая"]
    assert listed(centre, shown="ended") == ["Забытая", "Прошедшая", "Ушедшая"]
    assert listed(centre, free=True) == ["Бессрочная", "Давняя", "Долгая", "Скорая"]
    assert listed(centre, shown="suspended", free=True) == []
    assert listed(centre, subject="physics") == []
    TutorProfile.objects.filter(person__surname="Долгая").update(subjects=["physics"], teachers_at_once=0)
    assert listed(centre, subject="physics") == ["Долгая"]
    assert listed(centre, subject="physics", free=True) == []


def test_the_list_costs_the_same_at_three_times_the_tutors() -> None:
    found = [cost(number) for number in (30, 90)]
    assert [one.status for one in found] == [200, 200]
    for few, many in pairwise(found):
        assert (many.queries, many.calls <= 1.25 * few.calls) == (few.queries, True), (str(few), str(many))


def cost(number: int) -> Cost:
    """Of the first page in a centre of so many tutors, a third of them without a record."""
    centre = make_centre()
    for one in range(number):
        person = make_person(LETTERS[one % len(LETTERS)].upper() + LETTERS[one // len(LETTERS)])
        if one % 3:
            make_status(centre, person)
        else:
            make_member(centre, Role.TUTOR, person=person)
    client = Client()
    client.force_login(make_member(centre, Role.TEACHER))
    return cost_of(client, reverse("tutors:home"))
