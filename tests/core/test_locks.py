"""Locks that hold up only who changes the same row."""

import re
from pathlib import Path

import traektoria

LOCK = re.compile(r"select_for_update\(([^()]*(?:\([^()]*\))?[^()]*)\)")


def test_a_lock_never_holds_up_who_only_points_at_the_row() -> None:
    """On PostgreSQL a plain FOR UPDATE also stops every insert of a row with a foreign key to the locked one: two that
    lock in the right order then wait for each other (a mark waits for its campaign, the campaign for the answer)."""
    found = 0
    for path in Path(traektoria.__file__).parent.rglob("*.py"):
        for lock in LOCK.findall(path.read_text(encoding="utf-8")):
            assert "no_key=True" in lock, (path.name, lock)
            found += 1
    assert found > 80
