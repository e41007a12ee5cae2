"""Presses and workers at the same moment: one errand, one end, nothing half."""

from typing import Any

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from tests.acceptance.races import together
from tests.world import make_world
from traektoria.core.errands import Doing, Made, ask, execution, places
from traektoria.core.models import Errand, ErrandState
from traektoria.core.registries import ErrandKind, errand_kinds
from traektoria.core.tasks.worker import Worker
from traektoria.people.actor import actor_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="the tests' SQLite lives in memory and has one writer"),
]


@pytest.fixture(autouse=True)
def _kind(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(given: Doing) -> Made:
        given.progress(1, 2)
        return Made(given.source(), "one.csv", "text/csv", 1)

    kind = ErrandKind("test.kind", 1, "Проба", 0, lambda actor, facts: None, run)
    monkeypatch.setitem(errand_kinds._items, "test.kind", kind)


def asked(actor: Any) -> Errand:
    return ask("test.kind", {"sha256": "1"}, by=actor, source=b"one")


def test_presses_at_once_make_one_errand_and_workers_one_file() -> None:
    actor = actor_of(make_world().accounts["coordinator"])
    together(*[lambda: asked(actor)] * 5)
    assert Errand.objects.count() == DBTaskResult.objects.count() == 1

    def work(name: str) -> None:
        worker = Worker(name)
        while worker.do_one():
            pass

    together(*(lambda name=name: work(name) for name in "abc"))  # type: ignore[misc]
    work("last")
    row = Errand.objects.get()
    assert (row.state, row.attempt) == (ErrandState.DONE, 1)
    assert places.result_of(row).read() == b"one"


def test_attempts_at_once_leave_the_file_of_the_last_one() -> None:
    row = asked(actor_of(make_world().accounts["coordinator"]))
    together(*[lambda: execution.do_errand.call(errand=str(row.pk))] * 4)
    row = Errand.objects.get()
    assert row.state == ErrandState.DONE
    assert row.file == f"result-{row.attempt}"
    assert places.result_of(row).read() == b"one"
    assert {path.name for path in places.folder_of(row.pk).iterdir()} == {row.file}
