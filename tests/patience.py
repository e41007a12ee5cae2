"""Waiting in tests: for what happens, never for a time."""

import time
from collections.abc import Callable

#: How long something that happens at once on an idle machine may take on one that a whole town works on.
SECONDS = 120.0


def until(reached: Callable[[], object], pause: float = 0.02) -> None:
    """Return as soon as ``reached`` is true; fails when it never is."""
    end = time.monotonic() + SECONDS
    while not reached():
        assert time.monotonic() < end, "never reached"
        time.sleep(pause)
