"""A world that several threads write to: on PostgreSQL, or on a SQLite file with its real locks."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, connections

from tests import numbers
from tests.conftest import WORLDS
from tests.world import World


@pytest.fixture
def own_world(transactional_db: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world in a database that several threads write to."""
    if connection.vendor != "sqlite":
        yield WORLDS.one()
        return
    kept, name = connections["default"], connection.settings_dict["NAME"]
    file = tmp_path_factory.mktemp("races") / "races.sqlite3"
    kept.settings_dict["NAME"] = str(file)
    connections["default"] = connections.create_connection("default")
    try:
        _migrated(file, tmp_path_factory.getbasetemp() / "migrated.sqlite3")
        numbers.begin()
        yield WORLDS.one()
    finally:
        connections["default"].close()
        kept.settings_dict["NAME"] = name
        connections["default"] = kept


def _migrated(file: Path, once: Path) -> None:
    """The tables of the whole product: made once a run, then copied."""
    if once.exists():
        shutil.copy(once, file)
        return
    call_command("migrate", verbosity=0, run_syncdb=True)
    with connections["default"].cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections["default"].close()
    shutil.copy(file, once)
