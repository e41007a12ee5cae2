"""Real files and reference figures that lie beside the project, where they are present."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("TRAEKTORIA_SHARED", Path(__file__).resolve().parents[2] / "shared")) / "data"


def shared(name: str) -> Path:
    """The file or folder ``name``; skips the test visibly where it is absent."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"no ../shared/data/{name} beside this clone")
    return path
