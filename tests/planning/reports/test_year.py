"""The year by quarters, and who has how much."""

import pytest

from tests.planning.plan_factories import approved, open_lessons
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.planning.plans.standing import Now
from traektoria.planning.reports.load import load_page
from traektoria.planning.reports.year import columns_of, year_page

pytestmark = pytest.mark.django_db


def test_each_time_stands_in_its_quarter(world: World) -> None:
    plan = approved(world, open_lessons(), open_lessons(phrase="по запросу ОО"))
    columns = columns_of(plan)
    lessons, on_request = year_page(actor(world, "coordinator"), plan, columns, None)
    assert [[(one.now, one.number) for one in cell.marks] for cell in lessons.cells] == [[(Now.MISSED, 1)]] * 4
    assert [cell.marks for cell in on_request.cells] == [[], [], [], []]
    assert [one.label for one in columns] == ["I четверть", "II четверть", "III четверть", "IV четверть"]


def test_a_calendar_year_has_its_own_quarters(world: World) -> None:
    plan = approved(world, open_lessons(phrase="ежеквартально"), span="calendar", year=2025)
    columns = columns_of(plan)
    assert [one.first.month for one in columns] == [1, 4, 7, 10]
    (row,) = year_page(actor(world, "coordinator"), plan, columns, None)
    assert [sum(one.number for one in cell.marks) for cell in row.cells] == [1, 1, 1, 1]


def test_what_goes_through_quarters_is_one_cell_over_them(world: World) -> None:
    plan = approved(world, open_lessons(phrase="в течение года"), open_lessons(phrase="с 1 ноября по 1 февраля"))
    whole, part = year_page(actor(world, "coordinator"), plan, columns_of(plan), None)
    assert [(cell.quarters, len(cell.marks)) for cell in whole.cells] == [(4, 1)]
    assert whole.cells[0].label == "I четверть – IV четверть"
    assert [(cell.quarters, len(cell.marks)) for cell in part.cells] == [(1, 0), (2, 1), (1, 0)]


def test_the_load_is_by_person_of_the_own_centre(world: World) -> None:
    """By name, by role, as a head of a school that is named; an item counts once for a person."""
    tutor = world.accounts["tutor"].person
    assert tutor
    approved(
        world, open_lessons(), open_lessons(people=(tutor.pk,), roles=("tutor",)),
        open_lessons(roles=(), schools=(world.school.pk,)), open_lessons(roles=()),
    )  # fmt: skip
    rows = {row.who: (row.items, row.alone, row.missed) for row in load_page(actor(world, "coordinator"), None)}
    head, deputy = (world.accounts[name].person for name in ("head", "deputy_head"))
    other = world.accounts["other_tutor"].person
    assert head
    assert deputy
    assert other
    assert rows == {
        "": (1, 0, 4), tutor.short_name: (2, 1, 8), other.short_name: (2, 0, 8), head.short_name: (1, 0, 4),
        deputy.short_name: (1, 0, 4),
    }  # fmt: skip
    assert not list(load_page(actor(world, "foreign_coordinator"), None))
