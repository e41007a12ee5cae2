"""A transaction that waits for another writer asks often and evenly; where rows that are there already are passed over,
nothing else is.

SQLite itself asks after 1, 2, 5 … 100 ms: who has waited longest asks most rarely, and of two processes that are both
busy one takes the lock again and again while the other sleeps. What writes in autocommit waits as SQLite does.

Django's ``INSERT OR IGNORE`` drops without a word also a row without what it must have, or against a condition.
"""

from time import monotonic, sleep
from typing import Any, Final

from django.db import OperationalError
from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.operations import DatabaseOperations
from django.db.models.constants import OnConflict

from traektoria.core.patience import is_busy

PAUSE: Final = 0.004
"""Seconds between two tries."""


class Operations(DatabaseOperations):
    def insert_statement(self, on_conflict: OnConflict | None = None) -> str:
        return "INSERT INTO"

    def on_conflict_suffix_sql(self, fields: Any, on_conflict: Any, update_fields: Any, unique_fields: Any) -> Any:
        if on_conflict == OnConflict.IGNORE:
            return "ON CONFLICT DO NOTHING"
        return super().on_conflict_suffix_sql(fields, on_conflict, update_fields, unique_fields)


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = Operations

    def _start_transaction_under_autocommit(self) -> None:
        """As long as the connection's patience (``core.patience``) lasts."""
        raw: Any = self.connection
        patience = raw.execute("PRAGMA busy_timeout").fetchone()[0]
        raw.execute("PRAGMA busy_timeout = 0")
        try:
            self._begin_until(monotonic() + patience / 1000)
        finally:
            raw.execute(f"PRAGMA busy_timeout = {patience}")

    def _begin_until(self, end: float) -> None:
        while True:
            try:
                super()._start_transaction_under_autocommit()  # type: ignore[misc]
                return
            except OperationalError as error:
                if not is_busy(error) or monotonic() > end:
                    raise
            sleep(PAUSE)
