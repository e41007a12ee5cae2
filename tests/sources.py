"""The product's sources as trees, read once for all tests that look through them (one group: ``tests/conftest.py``)."""

import ast
import gc
from functools import cache
from pathlib import Path

import traektoria

HOME = Path(traektoria.__file__).parent
#: Files of tests that look through all trees: one worker reads them.
READERS = (
    "tests/core/test_class_names.py",
    "tests/core/test_dead_names.py",
    "tests/core/test_figures.py",
    "tests/core/test_school_year.py",
    "tests/diagnostics/items/test_every_kind.py",
)


@cache
def trees() -> dict[str, ast.Module]:
    """By their place in the package. A million nodes that stay: searching them for garbage, while they are made and
    later, takes four times as long as making them."""
    gc.disable()
    try:
        return {
            path.relative_to(HOME).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
            for path in sorted(HOME.rglob("*.py"))
        }
    finally:
        gc.freeze()
        gc.enable()
