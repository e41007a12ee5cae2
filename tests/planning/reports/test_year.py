"""The year by quarters, and who has how much."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from tests.planning.plan_factories import approved, open_lessons
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.planning.plans.occurrence_state import Now
from traektoria.planning.reports.load import load_items, load_page
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


def test_what_is_due_in_a_break_stands_in_the_quarter_that_has_ended(world: World) -> None:
    """«1 сентября – 31 октября» is work of the first quarter, not of the second."""
    plan = approved(world, open_lessons(phrase="1 раз в два месяца"), open_lessons(phrase="до 31 октября"))
    columns = columns_of(plan)
    assert columns[0].last < date(2025, 10, 31) < columns[1].first
    every, until = year_page(actor(world, "coordinator"), plan, columns, None)
    assert sum(one.number for one in every.cells[0].marks) == 1
    assert [len(cell.marks) for cell in until.cells] == [1, 0, 0, 0]


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
    by_tutor = load_items(actor(world, "coordinator"), tutor.pk, None)
    nobodys = load_items(actor(world, "coordinator"), 0, None)
    assert by_tutor
    assert nobodys
    assert (by_tutor.who, [row.missed for row in by_tutor.page]) == (tutor.short_name, [4, 4])
    assert (nobodys.who, [row.missed for row in nobodys.page]) == ("", [4])
    assert load_items(actor(world, "foreign_coordinator"), tutor.pk, None) is None


def test_a_line_of_the_load_opens_to_its_items(as_: Any, world: World, django_assert_max_num_queries: Any) -> None:
    """At the same cost for one as for three; who has none and what is no number are no page."""
    tutor = world.accounts["tutor"].person
    assert tutor
    client, page = as_("coordinator"), reverse("planning:load")
    for rows in (1, 2):
        approved(world, *(open_lessons(content=f"Урок {at}", people=(tutor.pk,)) for at in range(rows)))
        with django_assert_max_num_queries(5):
            found = load_items(actor(world, "coordinator"), tutor.pk, None)
        assert found
        assert len(list(found.page)) == rows * (rows + 1) // 2
    opened = f"{page}?who={tutor.pk}"
    assert opened in client.get(page).content.decode()
    assert "Урок 1" in client.get(opened).content.decode()
    for strange in ("0", "-1", "x", "9" * 40, ""):
        assert client.get(page, {"who": strange}).status_code == 404
