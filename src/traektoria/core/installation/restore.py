"""``traektoria restore``: an archive becomes the installation, wholly or not at all; what was there is kept aside.

Everything is checked and built beside what is there: files in a hidden folder under their root, rows in a new file of
SQLite or a new schema of PostgreSQL. Only then a journal is written and the two change places by renames; killed in
these, the server refuses to start until ``restore --finish`` has gone on from the journal.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import asdict, dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.utils import load_backend
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.core.installation import rows, sqlite
from traektoria.core.installation.archive import BLOCK, NotWhole, Reader, file_member, reading, row_member
from traektoria.core.installation.backup import check_room
from traektoria.core.installation.first_tables import AtOnce
from traektoria.core.installation.identity import JOURNAL, marked, put_mark
from traektoria.core.installation.locks import replacing
from traektoria.core.installation.one_initial import LAST_WITH_ALL, is_half, ours
from traektoria.core.installation.roots import kept, root, things_in
from traektoria.core.models import Installation

EMPTY_ANYWAY = frozenset({"contenttypes.contenttype", "auth.permission"})
"""Tables that a new database has filled already."""
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Switch:
    """What changes places: written as the journal, so that it can be gone on with."""

    stamp: str
    key: str
    schema: str

    @property
    def staged(self) -> str:
        return f"restoring_{self.stamp}"

    @property
    def before(self) -> str:
        return f"before_restore_{self.stamp}"


def restore(path: Path, *, replace: bool, tell: Tell) -> Switch:
    """Make the archive the installation. ``replace``: what is there may be put aside.

    Raises ``Refused`` and ``NotWhole`` with what to do; then nothing has changed.
    """
    with reading(path) as archive, replacing() as held:
        if not held:
            raise Refused(_("The server or a command is running: stop it first."), code="running")
        if journal().exists():
            raise Refused(_("A restore was cut short: traektoria restore --finish."), code="unfinished")
        _check_version(archive)
        if not replace:
            _check_empty()
        tell(_("Checking the archive"))
        archive.verify()
        check_room(Path(settings.DATA), 2 * archive.size)
        switch = Switch(f"{timezone.localtime():%Y%m%d_%H%M%S}", token_hex(16), _schema())
        try:
            _stage_files(archive, switch, tell)
            _stage_rows(archive, switch, tell)
        except BaseException:
            _discard(switch)
            raise
        _write_journal(switch)
        _finish(switch)
    return switch


def finish() -> Switch:
    """Go on with a restore that was cut short in its last step."""
    with replacing() as held:
        if not held:
            raise Refused(_("The server or a command is running: stop it first."), code="running")
        try:
            switch = Switch(**json.loads(journal().read_text()))
        except FileNotFoundError as none:
            raise Refused(_("No restore was cut short: there is nothing to finish."), code="finished") from none
        _finish(switch)
    return switch


def journal() -> Path:
    return Path(settings.DATA) / JOURNAL


def _check_version(archive: Reader) -> None:
    migrations, replaced = ours()
    there = {(app, name) for app, name in archive.manifest["migrations"]}
    newer = [name for app, name in sorted(there) if (app, name) not in migrations.keys() | replaced]
    if newer:
        words = _("The archive was made by a newer version (%(product)s, %(migration)s): install that version first.")
        raise Refused(words % {"product": archive.manifest["product"], "migration": newer[0]}, code="newer")
    if is_half(there, migrations):
        words = _(
            "The archive is of a day before 1 December 2026 and this version can't bring it up. Restore it by the "
            "version of that day (git checkout %(commit)s, make setup), run «traektoria migrate» and «traektoria "
            "backup» there; this version restores that archive."
        )
        raise Refused(words % {"commit": LAST_WITH_ALL}, code="older")


def _check_empty() -> None:
    there = set(connection.introspection.table_names())
    full = next((model for model in rows.tables() if model._meta.db_table in there and _has_rows(model)), None)
    files = next((place for place in kept() if next(things_in(place), None) is not None), None)
    if full is not None or files is not None:
        words = _(
            "There is something here already: %(what)s. Nothing has changed.\n"
            "To put it aside and take the archive instead: traektoria restore ARCHIVE --replace"
        )
        what = full._meta.db_table if full else files.path  # type: ignore[union-attr]
        raise Refused(words % {"what": what}, code="not_empty")


def _has_rows(model: Any) -> bool:
    return rows.label_of(model) not in EMPTY_ANYWAY and bool(model._base_manager.exists())


def _schema() -> str:
    if connection.vendor == "sqlite":
        return ""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_schema(), has_database_privilege(current_database(), 'CREATE'), "
            "pg_has_role(nspowner, 'USAGE') FROM pg_namespace WHERE nspname = current_schema()"
        )
        found = cursor.fetchone()
    if not found or not found[1] or not found[2]:
        raise Refused(
            _("The database account must own the database and its schema: let its owner restore."), code="owner"
        )
    return str(found[0])


def _stage_files(archive: Reader, switch: Switch, tell: Tell) -> None:
    tell(_("Files: %(count)s") % {"count": archive.manifest["files"]["count"]})
    for place in kept():
        (place.path / f".{switch.staged}").mkdir(mode=0o700, parents=True)
    for each in archive.files():
        target = root(each["root"]).path / f".{switch.staged}" / each["name"]
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with archive.open(file_member(each["root"], each["name"])) as source, target.open("xb") as file:
            shutil.copyfileobj(source, file, BLOCK)


def _stage_rows(archive: Reader, switch: Switch, tell: Tell) -> None:
    """Bring an empty database to the version of the archive, fill it, then bring it to ours."""
    tell(_("Rows: %(count)s") % {"count": sum(each["rows"] for each in archive.manifest["tables"])})
    with _database_at(switch):
        registry = _migrate_to(archive.manifest["migrations"])
        with transaction.atomic():
            _fill(archive, registry)
        tell(_("Version of the database"))
        ContentType.objects.clear_cache()
        call_command("migrate", interactive=False, verbosity=0)
        Installation.objects.update_or_create(pk=1, defaults={"key": switch.key, "settled": True})
        if connection.vendor == "sqlite":
            sqlite.write_out(connection)


@contextmanager
def _database_at(switch: Switch) -> Iterator[None]:
    """Inside, the database of the product is the one that is being built: migrations know of no other."""
    told = deepcopy(connection.settings_dict)
    if connection.vendor == "sqlite":
        told["NAME"] = str(sqlite.beside(told["NAME"], switch.staged))
    else:
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE SCHEMA "{switch.staged}"')
        options = told["OPTIONS"]
        options["options"] = f"{options.get('options', '')} -c search_path={switch.staged}".strip()
    before = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = load_backend(told["ENGINE"]).DatabaseWrapper(told, DEFAULT_DB_ALIAS)
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS].close()
        connections[DEFAULT_DB_ALIAS] = before


def _migrate_to(migrations: list[list[str]]) -> Any:
    """The models as they were when the archive was made, with their tables: of our own version made at once, of an
    older one by its migrations."""
    executor = AtOnce(connection)
    targets = _targets(executor.loader, {(app, name) for app, name in migrations})
    return executor.migrate(targets, executor.migration_plan(targets)).apps


def _targets(loader: MigrationLoader, there: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """The last of our migrations that the archive had; all that an initial replaces stand for it."""
    graph = loader.graph
    stood_for = {key for key, one in loader.replacements.items() if there.issuperset(one.replaces)}
    nodes = (there | stood_for) & graph.nodes.keys()
    last = {node for node in nodes if not any(child[0] == node[0] and child in nodes for child in _next(graph, node))}
    leaves: list[tuple[str, str]] = graph.leaf_nodes()
    return leaves if last == set(leaves) else sorted(last)


def _next(graph: Any, node: tuple[str, str]) -> list[tuple[str, str]]:
    return [child.key for child in graph.node_map[node].children]


def _fill(archive: Reader, registry: Any) -> None:
    models = {rows.label_of(model): model for model in rows.tables(registry)}
    with connection.cursor() as cursor:
        for each in models.values():
            cursor.execute(f'DELETE FROM "{each._meta.db_table}"')  # noqa: S608 - names of our own models
    for table in archive.manifest["tables"]:
        if (model := models.get(table["model"])) is None:
            raise NotWhole(_("The archive has rows of an unknown table: %(name)s.") % {"name": table["model"]})
        lines = archive.lines(row_member(table["model"]))
        if sum(rows.load(model, table["columns"], lines, connection)) != table["rows"]:
            raise NotWhole(_("The archive is damaged: %(name)s is not what was written.") % {"name": table["model"]})
    rows.go_on_from(archive.manifest["last_ids"], connection)
    connection.check_constraints()


def _discard(switch: Switch) -> None:
    """Take away what this restore had built."""
    for place in kept():
        shutil.rmtree(place.path / f".{switch.staged}", ignore_errors=True)
    if connection.vendor == "sqlite":
        sqlite.remove(sqlite.beside(connection.settings_dict["NAME"], switch.staged))
        return
    with connection.cursor() as cursor:
        cursor.execute(f'DROP SCHEMA IF EXISTS "{switch.staged}" CASCADE')


def _write_journal(switch: Switch) -> None:
    os.sync()
    fresh = journal().with_name(f"{JOURNAL}.new")
    with fresh.open("w") as file:
        json.dump(asdict(switch), file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(journal())


def _finish(switch: Switch) -> None:
    """Each step is done once, however often it is begun."""
    for place in kept():
        _switch_files(place.path, switch)
    for place in marked():
        put_mark(place.path, switch.key)
    if connection.vendor == "sqlite":
        connection.close()
        sqlite.switch(Path(str(connection.settings_dict["NAME"])), switch.staged, switch.before)
    else:
        _switch_schema(switch)
    cache.clear()
    journal().unlink(missing_ok=True)


def _switch_files(folder: Path, switch: Switch) -> None:
    staged, before = folder / f".{switch.staged}", folder / f".{switch.before}"
    half = folder / f".{switch.before}.half"
    if not staged.exists():
        return
    if not before.exists():
        half.mkdir(mode=0o700, exist_ok=True)
        for path in [path for path in folder.iterdir() if not path.name.startswith(".")]:
            path.replace(half / path.name)
        half.replace(before)
    for path in list(staged.iterdir()):
        path.replace(folder / path.name)
    staged.rmdir()
    if not any(before.iterdir()):
        before.rmdir()


def _switch_schema(switch: Switch) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname = ANY(%s)", [[switch.schema, switch.staged]])
        there = {name for (name,) in cursor.fetchall()}
        if switch.staged not in there:
            return
        if switch.schema in there:
            things = "SELECT count(*) FROM pg_class WHERE relnamespace = %s::regnamespace"
            cursor.execute(things, [f'"{switch.schema}"'])
            full = cursor.fetchone()[0]
            cursor.execute(f'ALTER SCHEMA "{switch.schema}" RENAME TO "{switch.before}"')
            if not full:
                cursor.execute(f'DROP SCHEMA "{switch.before}" CASCADE')
        cursor.execute(f'ALTER SCHEMA "{switch.staged}" RENAME TO "{switch.schema}"')
