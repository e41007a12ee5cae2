"""Stored content that is broken takes no page with it: it is put into the database, and all pages are walked."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client
from django.urls import reverse

from tests.acceptance.test_permission_matrix import ENTRIES, ROOMS
from tests.matrix import Entry
from tests.world import World, add_awkward, make_world

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


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="what a page makes of JSON does not depend on the database")
@pytest.mark.parametrize("room", sorted(ROOMS))
def test_pages_outlive_what_is_stored(room: str) -> None:
    world = add_awkward(make_world())
    getattr(ROOMS[room], "prepare", lambda _world: None)(world)
    for number, (model, field) in enumerate(stored()):
        kept = model._default_manager.exclude(**{f"{field}__isnull": True})
        kept.update(**{field: BROKEN[number % len(BROKEN)]})
    fallen = [key for key, entry in _pages(room) if not _stands(key, entry, world)]
    assert not fallen, "\n".join(fallen)


def _stands(key: str, entry: Entry, world: World) -> bool:
    client = Client(raise_request_exception=False)
    for viewer in sorted(entry.allowed)[:1]:
        client.force_login(world.accounts[viewer], backend="django.contrib.auth.backends.ModelBackend")
    url = reverse(key.split()[0], kwargs=entry.kwargs(world)) + (f"?{entry.query}" if entry.query else "")
    with transaction.atomic():
        return client.get(url).status_code < 500
