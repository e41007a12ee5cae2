"""A statement of ours goes to the database, and what comes of it.

A cursor of Django asks of each statement again which connection is the thread's, whether there is one, whose thread it
is, whether a loop runs: half of the calls of a statement, of which a press makes twenty to thirty. Here the connection
is asked once whether anything stands in the way: where it is not open yet, where a transaction has failed, where
somebody looks at statements or counts them, Django's cursor goes the whole way; else the driver is asked at once. Its
errors become Django's in both.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper


def found(here: BaseDatabaseWrapper, text: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Its rows, as the driver gives them."""
    if not _is_at_hand(here):
        with here.cursor() as cursor:
            cursor.execute(text, params)
            return list(cursor.fetchall())
    with here.wrap_database_errors:
        raw: Any = here.create_cursor()
        try:
            raw.execute(text, params)
            return raw.fetchall()  # type: ignore[no-any-return]
        finally:
            raw.close()


def found_often(here: BaseDatabaseWrapper, text: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Rows of a statement that each page sends, always in the same words: PostgreSQL, which else plans it anew each
    time (0.5 ms of 0.6 for the one that says who comes in), keeps its plan in the connection.

    Where a column has got another type since, or the plan is gone, the connection is of no use any more.
    """
    if here.vendor != "postgresql":
        return found(here, text, params)
    from psycopg import Cursor
    from psycopg.errors import FeatureNotSupported, InvalidSqlStatementName

    here.close_if_health_check_failed()
    here.ensure_connection()
    if not _is_at_hand(here):
        return found(here, text, params)
    with here.wrap_database_errors:
        try:
            with Cursor(here.connection) as raw:
                return raw.execute(text, params, prepare=True).fetchall()
        except (FeatureNotSupported, InvalidSqlStatementName):
            if here.in_atomic_block:
                raise
    here.close()
    return found(here, text, params)


def done(here: BaseDatabaseWrapper, text: str, params: Sequence[Any] = ()) -> int:
    """How many rows it has changed."""
    if not _is_at_hand(here):
        with here.cursor() as cursor:
            cursor.execute(text, params)
            changed: int = cursor.rowcount
            return changed
    with here.wrap_database_errors:
        raw: Any = here.create_cursor()
        try:
            raw.execute(text, params)
            return raw.rowcount  # type: ignore[no-any-return]
        finally:
            raw.close()


def done_many(here: BaseDatabaseWrapper, text: str, rows: Iterable[Sequence[Any]]) -> None:
    """The same statement for each of the rows."""
    if not _is_at_hand(here):
        with here.cursor() as cursor:
            cursor.executemany(text, list(rows))
            return
    with here.wrap_database_errors:
        raw: Any = here.create_cursor()
        try:
            raw.executemany(text, rows)
        finally:
            raw.close()


def sent(value: Any, here: BaseDatabaseWrapper) -> Any:
    """A value as the database takes it. SQLite keeps a moment as the text of its hour in UTC, for which Django asks
    what it is in eight calls."""
    if isinstance(value, datetime):
        if here.vendor == "sqlite" and value.tzinfo is not None:
            return str(value.astimezone(here.timezone).replace(tzinfo=None))
        return here.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return here.ops.adapt_datefield_value(value)
    return value


def _is_at_hand(here: Any) -> bool:
    """Open, known to live, and nobody looks at what is asked."""
    return not (
        here.connection is None or here.needs_rollback or here.execute_wrappers or here.force_debug_cursor
        or (here.health_check_enabled and not here.health_check_done)
    )  # fmt: skip
