"""One initial migration a room: a database of the day before counts as migrated, what has them half is refused."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import LazySettings
from django.db.migrations.loader import MigrationLoader

from traektoria.core.errors import Refused
from traektoria.core.installation.restore import _check_version, _targets


@pytest.fixture
def loader(settings: LazySettings) -> MigrationLoader:
    settings.MIGRATION_MODULES = {}
    return MigrationLoader(None)


@pytest.fixture
def before(loader: MigrationLoader) -> set[tuple[str, str]]:
    """What stood in a database of the day before: the ones replaced, without what took their place."""
    replaced = {key for one in loader.replacements.values() for key in one.replaces}
    assert ("events", "0002_door") in replaced
    return (loader.graph.nodes.keys() - {("planning", "0001_initial")}) | replaced


def archive(there: set[tuple[str, str]]) -> Any:
    return SimpleNamespace(manifest={"product": "0.1", "migrations": sorted(map(list, there))})


def test_an_archive_of_the_day_before_is_of_our_version(loader: MigrationLoader, before: set[tuple[str, str]]) -> None:
    _check_version(archive(before))
    assert set(_targets(loader, before)) == set(loader.graph.leaf_nodes())


def test_an_archive_of_an_earlier_day_is_refused(before: set[tuple[str, str]]) -> None:
    for one in [("events", "0015_files_of_self_work"), ("planning", "0001_plans"), ("core", "0002_errand")]:
        with pytest.raises(Refused) as refused:
            _check_version(archive(before - {one}))
        assert refused.value.code == "older"


def test_an_archive_of_a_later_day_is_refused(before: set[tuple[str, str]]) -> None:
    with pytest.raises(Refused) as refused:
        _check_version(archive(before | {("events", "0099_later")}))
    assert refused.value.code == "newer"


def test_each_room_begins_with_one_migration(loader: MigrationLoader) -> None:
    """What belongs together is in it; a later one stands on top."""
    ours = {key for key, one in loader.disk_migrations.items() if type(one).__module__.startswith("traektoria.")}
    first = {room: [key for key in ours if key[0] == room and loader.disk_migrations[key].initial] for room, _ in ours}
    assert {room: len(found) for room, found in first.items()} == dict.fromkeys(first, 1)
