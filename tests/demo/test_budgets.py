"""What the main pages cost, in calls and queries: they may only become cheaper (docs/testing.md)."""

import os
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings

from tests.costs import Cost, cost_of
from tests.demo.budgets import PAGES, PRESSES, SHAKE, keep, kept, table
from tests.demo.copied import lay_demo
from tests.demo.tour import BACKEND
from tests.once import folder_of_the_run
from traektoria.people.models import Account

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module")
def found(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> dict[str, Cost]:
    """By name of the page."""
    with django_db_blocker.unblock(), transaction.atomic():
        lay_demo(folder_of_the_run(tmp_path_factory))
        with override_settings(DEMO=True):
            costs = {page.name: _cost(page) for page in PAGES}
        transaction.set_rollback(True)
    if os.environ.get("TESTS_KEEP"):
        keep(costs)
    print("\n".join(["", *table(costs)]))
    return costs


def _cost(page: Any) -> Cost:
    client = Client()
    client.force_login(Account.objects.get(username=page.login), backend=BACKEND)
    with transaction.atomic():
        ask = page.asks(client)
        transaction.set_rollback(True)
    return cost_of(client, ask)


@pytest.mark.parametrize("page", [page.name for page in PAGES])
def test_page_is_no_dearer_than_kept(found: dict[str, Cost], page: str) -> None:
    now, before = found[page], kept()[page]
    assert now.status in ((200, 302) if page in PRESSES else (200,))
    assert now.calls <= before.calls * SHAKE, str(now)
    assert now.queries <= before.queries, str(now)
