"""``traektoria backup``: database and files as they were at one moment, while people go on working.

All rows are read in one snapshot. A file that a row of the snapshot names is there until the backup ends: nothing is
erased meanwhile (``locks.backing_up``), and a file is written before the row that names it. The keys of secret votes,
signed-in browsers and the signing key are never in it.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import load_backend
from django.utils import timezone
from django.utils.translation import gettext as _

import traektoria
from traektoria.core.errors import Refused
from traektoria.core.figures import MEGABYTE
from traektoria.core.installation import rows
from traektoria.core.installation.archive import (
    FILES,
    FORMAT,
    MANIFEST,
    ArchiveWriter,
    file_member,
    row_member,
    writing,
)
from traektoria.core.installation.identity import settle
from traektoria.core.installation.locks import backing_up
from traektoria.core.installation.roots import Root, files_under, kept, named

SNAPSHOT = "snapshot"
SPARE = 50_000_000
"""Bytes that stay free on a disk whatever we write."""


@dataclass(frozen=True)
class Copied:
    """How much is in the archive; ``missing`` are files that rows name and that were gone already."""

    path: Path
    rows: int
    files: int
    size: int
    missing: tuple[str, ...]


def back_up(target: Path) -> Copied:
    """Write an archive under ``target``, a new file or a folder. Raises ``Refused`` with what to do, ``Apart``."""
    path = _path(target)
    key = settle()
    _check_migrated()
    with backing_up() as held:
        if not held:
            raise Refused(_("Another backup goes on: wait for its end."), code="backup_runs")
        with snapshot() as alias:
            check_room(path.parent, _size(alias))
            with writing(path) as archive:
                return _write(archive, alias, key, path)


def _path(target: Path) -> Path:
    path = target.resolve()
    if path.is_dir():
        path /= f"traektoria-{timezone.localtime():%Y-%m-%d-%H%M%S}.zip"
    if path.exists():
        raise Refused(_("%(path)s is there already: name another file.") % {"path": path}, code="target_exists")
    if not path.parent.is_dir():
        raise Refused(_("There is no folder %(path)s.") % {"path": path.parent}, code="no_target")
    return path


def _check_migrated() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        words = _("The database is of an older version: traektoria migrate, or back up with the version that made it.")
        raise Refused(words, code="not_migrated")


def check_room(folder: Path, needed: int) -> None:
    """Raises ``Refused`` where the disk has no room for so many bytes."""
    free = shutil.disk_usage(folder).free
    if free < needed + SPARE:
        words = _("Not enough room in %(folder)s: %(needed)s MB are needed, %(free)s MB are free.")
        told = {"folder": folder, "needed": (needed + SPARE) // MEGABYTE + 1, "free": free // MEGABYTE}
        raise Refused(words % told, code="no_room")


@contextmanager
def snapshot() -> Iterator[str]:
    """A connection of its own that sees the database as it is now, whatever is written meanwhile. Blocks nobody."""
    told = deepcopy(connection.settings_dict)
    options = told["OPTIONS"]
    if connection.vendor == "sqlite":
        options["transaction_mode"] = "DEFERRED"  # a reader in WAL mode
    else:
        from psycopg import IsolationLevel

        options["isolation_level"] = IsolationLevel.REPEATABLE_READ
    connections[SNAPSHOT] = load_backend(told["ENGINE"]).DatabaseWrapper(told, SNAPSHOT)
    try:
        with transaction.atomic(using=SNAPSHOT):
            MigrationRecorder(connections[SNAPSHOT]).applied_migrations()  # the first read fixes the moment
            yield SNAPSHOT
    finally:
        connections[SNAPSHOT].close()
        del connections[SNAPSHOT]


def _size(alias: str) -> int:
    """Bytes that the archive takes at most."""
    if connection.vendor == "sqlite":
        place = Path(str(connection.settings_dict["NAME"]))
        database = place.stat().st_size if place.is_file() else 0
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            database = int(cursor.fetchone()[0])
    return database + sum(path.stat().st_size for place in kept() for path, _name in _files(place, alias, []))


def _write(archive: ArchiveWriter, alias: str, key: str, path: Path) -> Copied:
    tables = [_table(archive, model, alias) for model in rows.tables()]
    missing: list[str] = []
    listed: list[dict[str, Any]] = []
    for place in kept():
        for source, name in _files(place, alias, missing):
            with source.open("rb") as file:
                done = archive.file(file_member(place.slug, name), file)
            listed.append({"root": place.slug, "name": name, "size": done.size, "sha256": done.sha256})
    files = archive.lines(FILES, map(rows.line, listed))
    manifest = {
        "format": FORMAT,
        "product": traektoria.__version__,
        "made_at": timezone.now().isoformat(),
        "database": connection.vendor,
        "installation": key,
        "migrations": sorted(map(list, MigrationRecorder(connections[alias]).applied_migrations())),
        "tables": tables,
        "last_ids": rows.last_ids(connections[alias]),
        "files": {"count": files.lines, "sha256": files.sha256},
        "missing": missing,
    }
    archive.lines(MANIFEST, [rows.line(manifest)])
    total = sum(each["size"] for each in listed)
    return Copied(path, sum(each["rows"] for each in tables), len(listed), total, tuple(missing))


def _table(archive: ArchiveWriter, model: Any, alias: str) -> dict[str, Any]:
    label = rows.label_of(model)
    done = archive.lines(row_member(label), rows.lines_of(model, alias))
    columns = [column.attname for column in rows.columns_of(model)]
    return {"model": label, "columns": columns, "rows": done.lines, "sha256": done.sha256}


def _files(place: Root, alias: str, missing: list[str]) -> Iterator[tuple[Path, str]]:
    """Every file that the snapshot names under the root, once, with its name; what is gone is put into ``missing``."""
    seen = set()
    for each in named(place.slug, alias):
        if each.name in seen:
            continue
        seen.add(each.name)
        path = place.path / each.name
        if path.is_dir():
            lost = (f"{each.name}/{part}" for part in each.parts if not (path / part).is_file())
            missing.extend(f"{place.slug}/{name} ({each.owner})" for name in lost)
            yield from ((file, file.relative_to(place.path).as_posix()) for file in files_under(path))
        elif path.is_file():
            yield path, each.name
        else:
            missing.append(f"{place.slug}/{each.name} ({each.owner})")
