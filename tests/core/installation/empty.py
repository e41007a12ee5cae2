"""A database of its own that holds nothing, in place of that of the run."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.db import connection, connections


@contextmanager
def empty_database(folder: Path) -> Iterator[Any]:
    """A connection of its own in place of the run's; PostgreSQL gets a database that goes away again."""
    kept, name = connections["default"], connection.settings_dict["NAME"]
    there, url = f"tables_{uuid4().hex[:8]}", os.environ.get("DATABASE_URL", "")
    on_server = connection.vendor == "postgresql"
    if on_server:
        _ask(url, f'CREATE DATABASE "{there}"')
    kept.settings_dict["NAME"] = there if on_server else str(folder / f"{there}.sqlite3")
    connections["default"] = connections.create_connection("default")
    try:
        yield connections["default"]
    finally:
        connections["default"].close()
        kept.settings_dict["NAME"] = name
        connections["default"] = kept
        if on_server:
            _ask(url, f'DROP DATABASE "{there}" WITH (FORCE)')


def _ask(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(urlsplit(url).geturl(), autocommit=True) as server:
        server.execute(statement)
