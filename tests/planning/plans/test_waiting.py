"""What a plan lays on desks and into calendars: an item is one line on each day of the year."""

from datetime import date, timedelta

import pytest

from tests.planning.plan_factories import approved, draft, first_item, open_lessons, times
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.core.models import Engagement, EngagementState, Waiting
from traektoria.core.waiting import differences
from traektoria.people import addressees
from traektoria.people.enums import Role
from traektoria.planning.fulfilment.actions import doing
from traektoria.planning.plans.actions.approving import propose_plan, return_plan
from traektoria.planning.plans.farewell import settle_person
from traektoria.planning.plans.waiting import APPROVAL, MINE, RETURNED, ROLES

pytestmark = pytest.mark.django_db


def shown(day: date, kind: str = ROLES) -> list[Waiting]:
    rows = Waiting.objects.filter(kind=kind)
    return [
        row
        for row in rows
        if (row.shows_from is None or row.shows_from <= day) and (row.shows_until is None or day <= row.shows_until)
    ]


@pytest.mark.parametrize("phrase", ["1 раз в 2 месяца", "еженедельно", "2 раза в месяц", "до 25 числа каждого месяца"])
def test_an_item_is_one_line_on_each_day(world: World, phrase: str) -> None:
    approved(world, open_lessons(phrase=phrase), year=2027)
    for number in range(0, 330, 5):
        day = date(2027, 9, 1) + timedelta(days=number)
        assert len(shown(day)) <= 1, day
    assert shown(date(2028, 7, 1)), "what was missed stays"
    assert not list(differences())


def test_the_line_says_what_was_missed_before_and_goes_when_done(world: World) -> None:
    item = first_item(approved(world, year=2025))
    rows = times(item)
    last = [row for row in Waiting.objects.filter(kind=ROLES) if row.object_id == str(rows[3].pk)]
    assert [row.facts["before"] for row in last] == [3]
    for row in rows:
        told = doing.DeedText("Урок", date(2025, 9, 10))
        doing.tell_deed(occurrence=row, told=told, by=actor(world, "tutor"))
    assert not Waiting.objects.filter(kind=ROLES).exists()


def test_a_draft_reminds_nobody(world: World) -> None:
    draft(world, year=2027)
    assert not Waiting.objects.filter(kind__in=(ROLES, MINE)).exists()


def test_by_name_and_when_they_leave_the_coordinator_has_it(world: World) -> None:
    person = world.accounts["teacher"].person_id
    assert person
    approved(world, open_lessons(phrase="15 октября", roles=(), people=(person,)), year=2027)
    row = Waiting.objects.get(kind=MINE)
    assert row.addressee == addressees.person(person)
    day = Engagement.objects.get(kind="planning.day")
    assert (day.person_id, day.all_day, day.busy) == (person, True, False)
    world.accounts["teacher"].person.roles.all().delete()  # type: ignore[union-attr]
    settle_person(person, None)
    assert not Waiting.objects.filter(kind=MINE).exists()
    assert Waiting.objects.get(kind=ROLES).addressee == addressees.of_centre(Role.COORDINATOR, world.own.pk)
    assert not Engagement.objects.exclude(state=EngagementState.CANCELLED).filter(kind="planning.day").exists()


def test_a_plan_waits_for_its_approval_and_is_told_when_it_is_returned(world: World) -> None:
    plan = propose_plan(plan=draft(world, by="tutor"), by=actor(world, "tutor"))
    assert Waiting.objects.get(kind=APPROVAL).addressee == addressees.of_centre(Role.COORDINATOR, world.own.pk)
    return_plan(plan=plan, reason="Добавьте отчёт", by=actor(world, "coordinator"))
    tutor = world.accounts["tutor"].person_id or 0
    assert Waiting.objects.get(kind=RETURNED).addressee == addressees.holder(Role.TUTOR, world.own.pk, tutor)
    assert not Waiting.objects.filter(kind=APPROVAL).exists()
