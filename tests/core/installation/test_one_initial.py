"""One initial migration a room: a database of the day before counts as migrated, what has them half is refused."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from tests.core.installation.empty import empty_database
from traektoria.core.errors import Refused
from traektoria.core.installation.first_tables import AtOnce, acts_of
from traektoria.core.installation.one_initial import is_half
from traektoria.core.installation.restore import _check_version, _targets
from traektoria.core.installation.unready_database import sentence_of


@pytest.fixture
def loader(settings: LazySettings) -> MigrationLoader:
    settings.MIGRATION_MODULES = {}
    return MigrationLoader(None)


@pytest.fixture
def before(loader: MigrationLoader) -> set[tuple[str, str]]:
    """What stood in a database of the day before: those replaced, without what took their place and what came later."""
    replaced = {key for one in loader.replacements.values() for key in one.replaces}
    assert ("events", "0002_door") in replaced
    later = {key for key, one in ours(loader).items() if not one.initial}
    assert ("events", "0016_kinds_with_results") in later
    return (loader.graph.nodes.keys() - later - {("planning", "0001_initial")}) | replaced


def ours(loader: MigrationLoader) -> dict[tuple[str, str], Any]:
    migrations = loader.disk_migrations.items()
    return {key: one for key, one in migrations if type(one).__module__.startswith("traektoria.")}


def archive(there: set[tuple[str, str]]) -> Any:
    return SimpleNamespace(manifest={"product": "0.1", "migrations": sorted(map(list, there))})


def test_an_archive_of_the_day_before_is_of_our_version(loader: MigrationLoader, before: set[tuple[str, str]]) -> None:
    _check_version(archive(before))
    ours = [each for each in loader.disk_migrations if _of_a_room(loader, *each)]
    first = {app: name for app, name in ours if name.startswith("0001_")}
    last = {(app, first.get(app, name)) for app, name in loader.graph.leaf_nodes()}
    assert set(_targets(loader, before)) == last, "what came on top of a room's initial is of a later day"


def _of_a_room(loader: MigrationLoader, app: str, name: str) -> bool:
    return type(loader.disk_migrations[app, name]).__module__.startswith("traektoria.")


@pytest.fixture
def database(tmp_path: Path, before: set[tuple[str, str]]) -> Any:
    """A database of the day before, with a contest and a seminar in it."""
    with empty_database(tmp_path) as fresh:
        executor = AtOnce(fresh)
        targets = _targets(executor.loader, before)
        plan = executor.migration_plan(targets)
        lay_events(executor._made(plan, acts_of(plan) or []).apps)
        recorder = MigrationRecorder(fresh)
        recorder.migration_qs.all().delete()
        for app, name in sorted(before):
            recorder.record_applied(app, name)
        yield fresh


def lay_events(apps: Any) -> None:
    """By the models as they were."""

    def make(label: str, **facts: Any) -> Any:
        return apps.get_model(label).objects.create(**facts)

    region = make("organisations.Region", code="99", name="Область")
    municipality = make("organisations.Municipality", region=region, name="Район")
    centre = make("organisations.TutorCentre", municipality=municipality, name="Центр")
    regulation = make("organisations.Regulation", centre=centre, number=1, preset="yamal", content={})
    author = make("people.Person", surname="Петрова", given="Анна")
    for kind in ("contest", "seminar"):
        facts = {"centre": centre, "regulation": regulation, "author": author, "created_at": timezone.now()}
        make("events.Event", kind=kind, kind_name=kind, title=kind, **facts)


@pytest.mark.slow
@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_a_database_of_the_day_before_is_migrated(loader: MigrationLoader, database: Any) -> None:
    call_command("migrate", verbosity=0)
    with database.cursor() as cursor:
        cursor.execute("SELECT kind, has_results FROM events_event ORDER BY kind")
        assert [(kind, bool(has)) for kind, has in cursor.fetchall()] == [("contest", True), ("seminar", False)]
    applied = MigrationRecorder(database).applied_migrations().keys()
    assert set(loader.graph.leaf_nodes()) <= applied
    assert ("planning", "0001_initial") in applied


@pytest.mark.parametrize("lost", [("events", "0015_files_of_self_work"), ("routes", "0002_deficit_plans")])
@pytest.mark.parametrize("demo", [False, True])
@pytest.mark.django_db(transaction=True)
def test_a_database_of_an_earlier_day_is_told_what_to_do(
    tmp_path: Path, before: set[tuple[str, str]], settings: LazySettings, lost: tuple[str, str], demo: bool
) -> None:
    """By ``migrate``, which a start calls too, and by what stumbles over the old tables."""
    settings.DEMO = demo
    with empty_database(tmp_path) as fresh:
        recorder = MigrationRecorder(fresh)
        recorder.ensure_schema()
        for app, name in before - {lost}:
            recorder.record_applied(app, name)
        with pytest.raises(CommandError) as refused:
            call_command("migrate", verbosity=0)
        said = str(refused.value)
        assert "git checkout 31e783e5887e" in said
        assert (f"mv {settings.DATA}" in said) == (demo and fresh.vendor == "sqlite")
        assert sentence_of(DatabaseError("no such column")) == said


def test_the_first_one_alone_is_of_an_earlier_day(loader: MigrationLoader) -> None:
    """Of a room that had several, it is recorded under the name that its initial has today."""
    assert is_half({("events", "0001_initial")}, loader.disk_migrations)
    whole = loader.disk_migrations["events", "0001_initial"].replaces
    assert not is_half({("events", "0001_initial"), *whole}, loader.disk_migrations)


def test_an_archive_of_an_earlier_day_is_refused(before: set[tuple[str, str]]) -> None:
    for one in [("events", "0015_files_of_self_work"), ("planning", "0001_plans"), ("core", "0002_errand")]:
        with pytest.raises(Refused) as refused:
            _check_version(archive(before - {one}))
        assert refused.value.code == "older"
        assert "git checkout 31e783e5887e" in refused.value.sentence


def test_an_archive_of_a_later_day_is_refused(before: set[tuple[str, str]]) -> None:
    with pytest.raises(Refused) as refused:
        _check_version(archive(before | {("events", "0099_later")}))
    assert refused.value.code == "newer"


def test_each_room_begins_with_one_migration(loader: MigrationLoader) -> None:
    """What belongs together is in it; a later one stands on top."""
    there = ours(loader)
    first = {room: [key for key in there if key[0] == room and there[key].initial] for room, _ in there}
    assert {room: len(found) for room, found in first.items()} == dict.fromkeys(first, 1)
