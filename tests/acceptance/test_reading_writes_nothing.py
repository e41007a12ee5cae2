"""A page that is read writes nothing but the journal. In a module of its own: the grounds of the matrix lie in one open
transaction, which tests that really commit must not meet."""

from collections.abc import Callable

import pytest
from django.db import connection
from lxml.html import fromstring

from tests.acceptance.test_one_press import PAGES, check_keys, statements, url_of
from tests.acceptance.test_permission_matrix import ENTRIES, db, ground
from tests.matrix import client_of
from tests.world import World
from traektoria.core import journal

__all__ = ["db", "ground"]


@pytest.mark.parametrize("key", PAGES)
def test_page_writes_nothing_but_the_journal_and_its_forms_have_keys(
    key: str, db: Callable[[str], World], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does it open a transaction: on SQLite one that only reads takes the write lock too."""
    if connection.vendor != "sqlite":
        pytest.skip("pages are the same on both")
    monkeypatch.setattr(journal, "write", lambda *rows: None)
    room, entry = ENTRIES[key]
    world = db(room)
    url = url_of(key, world)
    for viewer in [one for one in world.accounts if one in entry.allowed][:2] or ["anonymous"]:
        with statements(transactions=True) as seen:
            answer = client_of(viewer, world).get(url)
            content = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
        assert seen == [], viewer
        if answer.headers.get("Content-Type", "").startswith("text/html") and content.strip():
            check_keys(fromstring(content.decode()))
