"""A statement that goes to the driver at once says what Django's cursor says, and hides from nobody."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, IntegrityError, NotSupportedError, connection, connections, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from tests.costs import calls_of
from traektoria.core import statements

pytestmark = pytest.mark.django_db
PUT = "INSERT INTO core_submission (mark, body, status, location, at) VALUES (%s, '', 0, '', '2026-12-01')"
READ = "SELECT mark FROM core_submission ORDER BY mark"


def here() -> Any:
    return connections[DEFAULT_DB_ALIAS]


def test_both_ways_say_the_same() -> None:
    assert statements.done(here(), PUT, ["a"]) == 1
    with CaptureQueriesContext(here()) as seen:
        assert statements.done(here(), PUT, ["b"]) == 1
        looked_at = statements.found(here(), READ)
        statements.done_many(here(), PUT, [["c"], ["d"]])
    assert looked_at == [("a",), ("b",)]
    assert len(seen) == 3
    statements.done_many(here(), PUT, [["e"]])
    assert [mark for (mark,) in statements.found(here(), READ)] == ["a", "b", "c", "d", "e"]
    assert statements.done(here(), "UPDATE core_submission SET body = %s WHERE mark > %s", ["x", "b"]) == 3


@pytest.mark.database
def test_a_statement_that_is_sent_often_says_the_same_and_is_planned_once() -> None:
    statements.done_many(here(), PUT, [["a"], ["b"]])
    often = "SELECT mark FROM core_submission WHERE mark = %s AND at < %s"
    at = here().ops.adapt_datetimefield_value(datetime(2026, 12, 2, tzinfo=UTC))
    with CaptureQueriesContext(here()) as seen:
        looked_at = statements.found_often(here(), often, ["a", at])
    assert len(seen) == 1
    assert looked_at == [("a",)]
    assert [statements.found_often(here(), often, [mark, at]) for mark in "abc"] == [[("a",)], [("b",)], []]
    if here().vendor == "postgresql":
        kept = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s"
        assert statements.found(here(), kept, ["SELECT mark FROM core_submission WHERE mark%"]) == [(1,)]


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no plans")
def test_a_column_of_another_type_since_spoils_no_page() -> None:
    """As ``migrate`` beside a running server leaves it."""
    often, other = "SELECT word FROM often_asked WHERE word = %s", connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("CREATE TABLE often_asked (word varchar(10))")
            cursor.execute("INSERT INTO often_asked VALUES ('a')")
            assert statements.found_often(here(), often, ["a"]) == [("a",)]
            cursor.execute("ALTER TABLE often_asked ALTER word TYPE text")
            assert statements.found_often(here(), often, ["a"]) == [("a",)]
            assert statements.found_often(here(), often, ["a"]) == [("a",)]
            statements.done(here(), "DEALLOCATE PREPARE ALL")
            assert statements.found_often(here(), often, ["a"]) == [("a",)]
            assert statements.found_often(here(), often, ["a"]) == [("a",)]
            cursor.execute("ALTER TABLE often_asked ALTER word TYPE varchar(20)")
        with pytest.raises(NotSupportedError, match="cached plan"), transaction.atomic():
            statements.found_often(here(), often, ["a"])
        assert statements.found_often(here(), often, ["a"]) == [("a",)]
    finally:
        with other.cursor() as cursor:
            cursor.execute("DROP TABLE often_asked")
        other.close()


def test_errors_are_those_of_django_and_a_failed_transaction_asks_nothing() -> None:
    statements.done(here(), PUT, ["a"])
    with pytest.raises(IntegrityError), transaction.atomic():
        statements.done(here(), PUT, ["a"])
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            statements.found(here(), READ)


def test_it_costs_less_than_a_cursor() -> None:
    def ours() -> None:
        statements.found(here(), READ)

    def django() -> None:
        with here().cursor() as cursor:
            cursor.execute(READ)
            cursor.fetchall()

    assert calls_of(django) - calls_of(ours) >= 15


def test_a_test_that_asks_for_no_database_is_refused_it(django_db_blocker: DjangoDbBlocker) -> None:
    """The connection is open, as each worker's is: other tests have asked for it."""
    asked: list[Callable[[], Any]] = [
        lambda: statements.found(here(), READ),
        lambda: statements.done(here(), PUT, ["a"]),
        lambda: statements.done_many(here(), PUT, [["a"]]),
    ]
    assert statements.found(here(), READ) == []
    with django_db_blocker.block():
        for ask in asked:
            with pytest.raises(RuntimeError, match="Database access not allowed"):
                ask()
    assert statements.found(here(), READ) == []
