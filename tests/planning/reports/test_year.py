"""The year by quarters, and who has how much."""

import pytest

from tests.planning.plan_factories import approved, open_lessons
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.planning.plans.standing import Now
from traektoria.planning.reports.year import columns_of, load_page, year_page

pytestmark = pytest.mark.django_db


def test_each_time_stands_in_its_quarter(world: World) -> None:
    plan = approved(world, open_lessons(), open_lessons(phrase="по запросу ОО"))
    columns = columns_of(plan)
    lessons, on_request = year_page(actor(world, "coordinator"), plan, columns, None)
    assert [[(one.now, one.number) for one in cell] for cell in lessons.cells] == [[(Now.MISSED, 1)]] * 4
    assert on_request.cells == [[], [], [], []]
    assert [one.label for one in columns] == ["I четверть", "II четверть", "III четверть", "IV четверть"]


def test_a_calendar_year_has_its_own_quarters(world: World) -> None:
    plan = approved(world, open_lessons(phrase="ежеквартально"), span="calendar", year=2025)
    columns = columns_of(plan)
    assert [one.first.month for one in columns] == [1, 4, 7, 10]
    (row,) = year_page(actor(world, "coordinator"), plan, columns, None)
    assert [sum(one.number for one in cell) for cell in row.cells] == [1, 1, 1, 1]


def test_the_load_is_by_role_and_person_of_the_own_centre(world: World) -> None:
    person = world.accounts["teacher"].person
    assert person
    approved(world, open_lessons(), open_lessons(roles=(), people=(person.pk,)))
    rows = {row.who: (row.items, row.missed) for row in load_page(actor(world, "coordinator"), None)}
    assert rows == {"тьютор": (1, 4), person.short_name: (1, 4)}
    assert not list(load_page(actor(world, "foreign_coordinator"), None))
