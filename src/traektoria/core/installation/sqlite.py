"""A database of SQLite as files: the file itself with its log and the index of the log."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

WITH_IT = ("", "-wal", "-shm")


def beside(database: Any, name: str) -> Path:
    """Where another database lies that will take its place."""
    return Path(str(database)).with_name(f".{name}.sqlite3")


def write_out(connection: BaseDatabaseWrapper) -> None:
    """Everything into the file itself, so that the file can be moved alone."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def remove(path: Path) -> None:
    for ending in WITH_IT:
        Path(f"{path}{ending}").unlink(missing_ok=True)


def switch(path: Path, staged: str, before: str) -> None:
    """``staged`` takes the place of the database, which is kept as ``before``. Begun again, it goes on."""
    new, old = beside(path, staged), path.with_name(f"{before}.sqlite3")
    if not new.exists():
        return
    if path.exists() and not old.exists():
        if path.stat().st_size:
            with closing(sqlite3.connect(path)) as database:
                database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            path.replace(old)
        remove(path)
    new.replace(path)
