"""SQLite asks the index that leads to few rows, once its tables are counted; they are at each start and every night."""

from contextlib import nullcontext
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection

from tests.bench.population import populate
from traektoria.core.installation.table_counts import count_tables
from traektoria.core.management.commands import start
from traektoria.core.tasks.kinds import task_kinds

ROLES = "EXPLAIN QUERY PLAN SELECT role FROM people_roleassignment WHERE centre_id IN (1) AND person_id IN (1, 2, 3)"


def ways() -> str:
    """How SQLite would look for the roles of three people in their centre."""
    with connection.cursor() as cursor:
        cursor.execute(ROLES)
        return " ".join(str(row[-1]) for row in cursor.fetchall())


def counted() -> bool:
    return "sqlite_stat1" in connection.introspection.table_names()


@pytest.mark.django_db
def test_roles_of_few_people_are_found_by_the_person_once_counted() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL counts by itself")
    populate(90)
    assert "(person_id=?)" not in ways()
    count_tables.call()
    assert "(person_id=?)" in ways()
    count_tables.call()  # again, over what was counted
    assert "(person_id=?)" in ways()


@pytest.mark.django_db
def test_a_start_has_the_tables_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL counts by itself")
    monkeypatch.setattr(start, "call_command", lambda *_args, **_facts: None)
    monkeypatch.setattr(start, "clear_leavings", lambda: None)
    assert not counted()
    start.prepare()
    assert counted()


@pytest.mark.parametrize(("trouble", "ends"), [("database is locked", False), ("no such table: people", True)])
def test_a_database_that_is_busy_does_not_end_a_start(
    monkeypatch: pytest.MonkeyPatch, trouble: str, ends: bool
) -> None:
    def busy() -> None:
        raise OperationalError(trouble)

    monkeypatch.setattr(start, "call_command", lambda *_args, **_facts: None)
    monkeypatch.setattr(start, "clear_leavings", lambda: None)
    monkeypatch.setattr(start, "count_tables", SimpleNamespace(call=busy))
    with pytest.raises(OperationalError) if ends else nullcontext():
        start.prepare()


def test_the_worker_counts_every_night() -> None:
    kind = next(one for one in task_kinds if one.work == count_tables)
    assert kind.every == timedelta(days=1)
