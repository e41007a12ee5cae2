"""What one process of a run makes and the others read."""

import fcntl
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

T = TypeVar("T")


def folder_of_the_run(factory: pytest.TempPathFactory) -> Path:
    """One for all workers of the run; pytest keeps it as it keeps any of its folders."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def once(folder: Path, name: str, make: Callable[[], T]) -> T:
    """What ``make`` returned to the first process that asked for ``name``; the others wait for it and read it."""
    kept = folder / f"{name}.pickle"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if kept.exists():
            return pickle.loads(kept.read_bytes())  # type: ignore[no-any-return]  # noqa: S301
        made = make()
        kept.write_bytes(pickle.dumps(made))
        return made
