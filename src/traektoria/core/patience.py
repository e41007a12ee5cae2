"""How long a request waits for another writer of the database, and how that is known afterwards.

SQLite has one writer at a time. A reader never waits for it (WAL); who wants to write waits as long as the connection's
patience lasts. PostgreSQL is told once, in its settings (config.env), as there only rows are locked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection

NONE = 0.0
READING, WRITING = 0.25, 5.0
"""Seconds. A page that is read writes next to nothing (core.journal) and never waits long for that."""
LOCKED = frozenset({"55P03", "40P01", "57014"})
"""PostgreSQL: lock_not_available, deadlock_detected, query_canceled."""


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Wait for another writer no longer than so, within the block."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    database: Any = connection.connection
    before = database.execute("PRAGMA busy_timeout").fetchone()[0]
    database.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
    try:
        yield
    finally:
        if connection.connection is database:
            database.execute(f"PRAGMA busy_timeout = {before}")


def is_busy(error: BaseException | None) -> bool:
    """Somebody else writes: nothing is broken, and the same can be tried again."""
    if not isinstance(error, OperationalError):
        return False
    return "locked" in str(error) or getattr(error.__cause__, "sqlstate", None) in LOCKED
