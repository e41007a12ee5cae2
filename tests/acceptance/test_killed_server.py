"""The server is killed with SIGKILL while people write: every answer that it acknowledged is there afterwards.

Once: what a database makes of the transaction of a killed process is asked of both by ``test_killed_import.py``.
"""

import asyncio
import json
import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.db import connection

from tests.bench.crowd import Seen, Sitter, crowd
from tests.bench.sittings import HOST, Server
from tests.diagnostics.sitting_factories import make_scene
from tests.e2e.conftest import session_of
from traektoria.diagnostics.models import Answer

pytestmark = [pytest.mark.slow, pytest.mark.database, pytest.mark.django_db(transaction=True)]
PEOPLE, ITEMS, ENOUGH = 4, 12, 6


def environment_of(folder: Path) -> dict[str, str]:
    """The same database for another process: a copy as a file of SQLite, the very one of PostgreSQL."""
    environment = {**os.environ, "TRAEKTORIA_DATA": str(folder), "TRAEKTORIA_SECRET": settings.SECRET_KEY}
    environment["DJANGO_SETTINGS_MODULE"] = "traektoria.config.settings"
    if connection.vendor == "sqlite":
        environment.pop("DATABASE_URL", None)
        connection.ensure_connection()
        with closing(sqlite3.connect(folder / "traektoria.sqlite3")) as copy:
            connection.connection.backup(copy)
        return environment
    place = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    return {**environment, "DATABASE_URL": place.geturl()}


def kept_in(folder: Path) -> dict[tuple[str, int], str]:
    """Answers on the disk, read without the server."""
    if connection.vendor == "sqlite":
        tables = "diagnostics_answer a join diagnostics_sitting s on s.id = sitting_id"
        query = f"select token, form_item_id, value from {tables}"  # noqa: S608
        with closing(sqlite3.connect(folder / "traektoria.sqlite3")) as copy:
            return {(token.replace("-", ""), item): value for token, item, value in copy.execute(query)}
    rows = Answer.objects.values_list("sitting__token", "form_item", "value")
    return {(token.hex, item): f'{{"choice": {value["choice"]}}}' for token, item, value in rows}


def names_of_static_files(folder: Path) -> None:
    """What ``collectstatic`` would leave, as far as pages need it to name their files."""
    names = {name: name for finder in get_finders() for name, _storage in finder.list([])}
    (folder / "static").mkdir()
    (folder / "static" / "staticfiles.json").write_text(json.dumps({"version": "1.1", "hash": "", "paths": names}))


async def write_while_killed(server: Server, sitters: list[Sitter], seen: Seen) -> None:
    async def strike() -> None:
        while len(seen.kept) < ENOUGH:
            await asyncio.sleep(0.01)
        await asyncio.to_thread(server.kill)
        server.start()

    striking = asyncio.create_task(strike())
    await crowd(HOST, server.port, sitters, 0.1, 120, seen)
    striking.cancel()


def test_no_acknowledged_answer_is_lost(tmp_path: Path) -> None:
    scenes = [make_scene("new", ["single"] * ITEMS, consented=False) for _ in range(PEOPLE)]
    sitters = [
        Sitter(
            f"sessionid={session_of(scene.account)}",
            str(scene.sitting.token),
            scene.campaign.pk,
            tuple(row.pk for row in scene.rows),
        )
        for scene in scenes
    ]
    names_of_static_files(tmp_path)
    server, seen = Server(workers=1, environment=environment_of(tmp_path)), Seen()
    server.start()
    try:
        server.wait()
        asyncio.run(write_while_killed(server, sitters, seen))
    finally:
        server.kill(signal.SIGTERM)
    there = kept_in(tmp_path)
    assert (len(seen.kept), seen.unfinished, dict(seen.bad)) == (PEOPLE * ITEMS, 0, {})
    assert seen.retries > 0
    lost = {key: value for key, value in seen.kept.items() if there.get((key[0].replace("-", ""), key[1])) is None}
    assert lost == {}
