"""A plan of 300 weekly items: its pages cost what those of a small one cost, within the budget of a page."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.costs import cost_of
from tests.planning.plan_factories import approved, first_item, open_lessons, times
from tests.world import World
from traektoria.core.paging import ROWS_A_PAGE
from traektoria.planning.models import ItemOccurrence, WorkPlan

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
CALLS, QUERIES, GROWTH = 70_000, 10, 1.3
WHOLE = {"load": 30_000, "plan_copy": 150_000}
"""These go through all items: who answers for each, which of them has a year in its words."""
PAGES = ("plan_detail", "plan_year", "plan_report", "item_detail", "time_detail", "board", "load", "plan_copy")


def plan_of(world: World, items: int) -> WorkPlan:
    rows = [open_lessons(content=f"Дело {number}", phrase="еженедельно") for number in range(items)]
    return approved(world, *rows)


def address(page: str, plan: WorkPlan) -> str:
    item = first_item(plan)
    keys = {"item_detail": [item.pk], "time_detail": [times(item)[0].pk], "board": [], "load": []}
    return reverse(f"planning:{page}", args=keys.get(page, [plan.pk]))


def test_pages_of_a_large_plan_cost_what_those_of_a_small_one_do(world: World, client: Client) -> None:
    client.force_login(world.accounts["coordinator"])
    small = plan_of(world, ROWS_A_PAGE + 1)
    before = {page: cost_of(client, address(page, small)) for page in PAGES}
    large = plan_of(world, 300)
    assert ItemOccurrence.objects.filter(item__plan=large).count() > 300 * 35
    now = {page: cost_of(client, address(page, large)) for page in PAGES}
    for page in PAGES:
        old, new = before[page], now[page]
        print(f"{page}: {old.calls} {old.queries} → {new.calls} {new.queries}")
        assert new.status == 200
        assert new.queries <= QUERIES, (page, str(new))
        assert new.calls <= WHOLE.get(page, CALLS), (page, str(new))
        assert page in WHOLE or new.calls <= old.calls * GROWTH, (page, str(old), str(new))
