"""SQLite asks the index that leads to few rows, once its tables are counted; they are at each start and every night."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.bench.population import populate
from traektoria.core.installation.counting import count_tables
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


def test_the_worker_counts_every_night() -> None:
    kind = next(one for one in task_kinds if one.work == count_tables)
    assert kind.every == timedelta(days=1)
