"""How long a request waits for another writer of the database, and how that is known afterwards.

SQLite has one writer at a time. A reader never waits for it (WAL); who wants to write waits as long as the connection's
patience lasts. PostgreSQL is told once, in its settings (config.env), as there only rows are locked.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, Final

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


class Turns:
    """One writer of a process after the other, in the order in which they came. SQLite gives its lock to whoever asks
    when it happens to be free, and who waits longest asks most rarely: of many at once somebody waits for ever."""

    def __init__(self) -> None:
        self._own = Lock()
        self._line: deque[Lock] = deque()

    def __len__(self) -> int:
        return len(self._line)

    @contextmanager
    def wait(self, seconds: float) -> Iterator[None]:
        """Raises ``OperationalError`` (``is_busy``) where it is not one's turn after so long."""
        mine = Lock()
        mine.acquire()
        with self._own:
            self._line.append(mine)
            is_first = self._line[0] is mine
        if not is_first and not mine.acquire(timeout=seconds):
            self._leave(mine)
        try:
            yield
        finally:
            with self._own:
                self._line.popleft()
                if self._line:
                    self._line[0].release()

    def _leave(self, mine: Lock) -> None:
        """Unless the turn has come at this moment."""
        with self._own:
            if self._line[0] is not mine:
                self._line.remove(mine)
                raise OperationalError("database is locked: others have been writing for too long")


_TURNS: Final = Turns()


@contextmanager
def in_turn() -> Iterator[None]:
    """Around a transaction that writes. Nothing is waited for where rows are locked, or one is in a transaction."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with _TURNS.wait(WRITING):
        yield


def is_busy(error: BaseException | None) -> bool:
    """Somebody else writes: nothing is broken, and the same can be tried again."""
    if not isinstance(error, OperationalError):
        return False
    return "locked" in str(error) or getattr(error.__cause__, "sqlstate", None) in LOCKED
