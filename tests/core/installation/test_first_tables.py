"""An empty database gets the tables at once, and they are those of the migrations played one after the other."""

import re
from collections.abc import Iterator
from functools import partialmethod
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db.migrations import Migration, RunPython, RunSQL
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from tests.core.installation.empty import empty_database
from tests.thoroughness import THOROUGH
from traektoria.core.installation.first_tables import AtOnce, acts_of, on_empty


@pytest.fixture(autouse=True)
def migrations(settings: LazySettings) -> None:
    """They are there, also where the run makes its tables of the models."""
    settings.MIGRATION_MODULES = {}


def migrated(executor: type[MigrationExecutor], folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What stands in an empty database after ``migrate`` with this executor. A new model is drawn with its neighbours
    only, which is a third of the time; ``make thorough`` draws all that hang together with it, as Django does."""
    with empty_database(folder) as fresh:
        with monkeypatch.context() as patched:
            patched.setattr(migrate, "MigrationExecutor", executor)
            if not THOROUGH:
                patched.setattr(ProjectState, "reload_model", partialmethod(ProjectState.reload_model, delay=True))
            call_command("migrate", verbosity=0)
        with fresh.cursor() as cursor:
            return told_by_postgres(cursor) if fresh.vendor == "postgresql" else told_by_sqlite(cursor)


def told_by_sqlite(cursor: Any) -> dict[str, Any]:
    """Columns, references, indexes and rules by table, in whatever order they came."""
    cursor.execute("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
    found: dict[str, Any] = {}
    for kind, name, table, text in cursor.fetchall():
        found[f"{kind} {name}"] = sorted(map(str.strip, _pieces(text))) if kind == "table" else text
        if kind == "table":
            cursor.execute(f"PRAGMA table_info('{table}')")
            found[f"columns {table}"] = sorted(map(repr, (row[1:] for row in cursor.fetchall())))
            cursor.execute(f"PRAGMA foreign_key_list('{table}')")
            found[f"references {table}"] = sorted(row[2:] for row in cursor.fetchall())
    return {**found, **rows(cursor)}


def _pieces(text: str) -> Iterator[str]:
    """Of «CREATE TABLE name (a, b, c)» what stands between the commas of the outermost bracket."""
    depth, piece = 0, ""
    for sign in re.sub(r"\s+", " ", text[text.index("(") + 1 : text.rindex(")")]):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            yield piece
            piece = ""
        else:
            piece += sign
    yield piece


def told_by_postgres(cursor: Any) -> dict[str, Any]:
    asked = {
        "columns": "SELECT table_name, column_name, data_type, is_nullable, column_default, is_identity,"
        " character_maximum_length FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2",
        "rules": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2",
        "indexes": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
    }
    found: dict[str, Any] = {}
    for what, statement in asked.items():
        cursor.execute(statement)
        found[what] = cursor.fetchall()
    return {**found, **rows(cursor)}


def rows(cursor: Any) -> dict[str, Any]:
    """What migrations and their signals write: who is applied, kinds of content, rights."""
    asked = {
        "applied": "SELECT app, name FROM django_migrations ORDER BY 1, 2",
        "kinds": "SELECT app_label, model FROM django_content_type ORDER BY 1, 2",
        "rights": "SELECT codename, name FROM auth_permission ORDER BY 1, 2",
    }
    found = {}
    for what, statement in asked.items():
        cursor.execute(statement)
        found[what] = cursor.fetchall()
    return found


@pytest.mark.slow
@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_what_is_made_at_once_is_what_the_migrations_make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    played = migrated(MigrationExecutor, tmp_path, monkeypatch)
    asked: list[str] = []
    monkeypatch.setattr(AtOnce, "_made", _noted(AtOnce._made, asked))
    at_once = migrated(AtOnce, tmp_path, monkeypatch)
    assert asked == ["at once"]
    assert {what for what in played if played[what] != at_once.get(what)} == set()
    assert at_once.keys() == played.keys()


def _noted(act: Any, asked: list[str]) -> Any:
    def noted(*args: Any) -> Any:
        asked.append("at once")
        return act(*args)

    return noted


def test_each_migration_of_ours_says_whether_an_empty_database_needs_its_python() -> None:
    loader = MigrationLoader(None)
    plan = [(one, False) for one in loader.disk_migrations.values()]
    silent = [one for one in plan if acts_of([one]) is None]
    assert silent == [], "mark what it does by @on_empty(True) or @on_empty(False) of core.installation.first_tables"


@pytest.mark.parametrize(
    ("operation", "found"),
    [(RunPython(on_empty(False)(lambda *_: None)), 0), (RunPython(lambda *_: None), None), (RunSQL("SELECT 1"), None)],
)
def test_one_that_says_nothing_is_played(operation: Any, found: int | None) -> None:
    migration = Migration("0009_new", "routes")
    migration.operations = [operation]
    acts = acts_of([(migration, False)])
    assert acts == ([] if found == 0 else None)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_only_where_nothing_is_and_all_is_asked_for(tmp_path: Path) -> None:
    with empty_database(tmp_path) as fresh:
        executor = AtOnce(fresh)
        targets = executor.loader.graph.leaf_nodes()
        plan = executor.migration_plan(targets)
        assert executor._begins(plan)
        assert not executor._begins(plan[:-1])
        with fresh.cursor() as cursor:
            cursor.execute("CREATE TABLE somebody_s (id integer)")
        assert not executor._begins(plan)
