"""Stored content that is broken takes no page with it: it is put into the database, and all pages are walked."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from tests.acceptance.test_awkward_input import _client
from tests.acceptance.test_permission_matrix import ENTRIES, ROOMS, db, ground  # noqa: F401 (fixtures)
from tests.acceptance.visits import address_of
from tests.matrix import Entry
from tests.world import World

BROKEN: list[Any] = [{"kind": "nothing", "text": 7}, [None, {"a": "b"}], "?"]


def stored() -> Iterator[tuple[type[models.Model], str]]:
    """What a room keeps as JSON."""
    for model in apps.get_models():
        if model.__module__.startswith("traektoria."):
            for field in model._meta.concrete_fields:
                if isinstance(field, models.JSONField):
                    yield model, field.name


def _pages(room: str) -> list[tuple[str, Entry]]:
    return sorted((key, one) for key, (own, one) in ENTRIES.items() if own == room and one.method == "GET")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="what a page makes of JSON does not depend on the database")
@pytest.mark.parametrize("room", sorted(ROOMS))
def test_pages_outlive_what_is_stored(room: str, db: Callable[[str], World]) -> None:  # noqa: F811 (the fixture)
    world = db(room)
    for number, (model, field) in enumerate(stored()):
        kept = model._default_manager.exclude(**{f"{field}__isnull": True})
        kept.update(**{field: BROKEN[number % len(BROKEN)]})
    fallen = [key for key, entry in _pages(room) if not _stands(key, entry, world)]
    assert not fallen, "\n".join(fallen)


def _stands(key: str, entry: Entry, world: World) -> bool:
    viewer = next(iter(sorted(entry.allowed)), "anonymous")
    with transaction.atomic():
        return _client(viewer, world).get(address_of(key, entry, world)).status_code < 500
