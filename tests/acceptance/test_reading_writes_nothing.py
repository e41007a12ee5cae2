"""A page that is read writes nothing but the journal, and each form on it has a key (``test_one_press``).

In a module of its own: the grounds of the matrix lie in one open transaction, which tests that really commit must not
meet.
"""

from collections.abc import Callable

import pytest
from django.db import connection

from tests.acceptance.test_one_press import check_keys
from tests.acceptance.test_permission_matrix import ENTRIES, ROOMS, db, ground
from tests.acceptance.visits import visit
from tests.world import World

__all__ = ["db", "ground"]


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_pages_write_nothing_but_the_journal_and_their_forms_have_keys(room: str, db: Callable[[str], World]) -> None:
    """Nor do they open a transaction: on SQLite one that only reads takes the write lock too."""
    if connection.vendor != "sqlite":
        pytest.skip("pages are the same on both")
    world = db(room)
    for key, (own, entry) in sorted(ENTRIES.items()):
        if own != room or entry.method != "GET":
            continue
        for viewer in [one for one in world.accounts if one in entry.allowed][:2] or ["anonymous"]:
            seen = visit(key, entry, viewer, world)
            assert seen.wrote == (), (key, viewer)
            if (page := seen.page) is not None:
                check_keys(page, key)
