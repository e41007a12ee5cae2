"""A module that tells something to a registry when it is imported is imported at the start: a forgotten import would be
a line, a letter, a task that is missing without a word."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.choosing import SOURCES

ELSEWHERE = ("traektoria.config.", "traektoria.core.serving.", "traektoria.__main__")
"""What a process does at its very beginning, before or instead of Django's start."""
LOADED = "import sys, django; django.setup(); print(*(name for name in sys.modules if name.startswith('traektoria')))"


def telling() -> Iterator[str]:
    """Modules with a bare call at their top: there nothing else is called for its effect."""
    for path in sorted(SOURCES.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        parts = path.relative_to(SOURCES).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        loops = [part for node in tree.body if isinstance(node, ast.For) for part in node.body]
        calls = [
            node for node in (*tree.body, *loops) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
        ]
        if calls and not name.startswith(ELSEWHERE):
            yield name


@pytest.mark.processes
@pytest.mark.once
def test_what_tells_a_registry_is_imported_at_the_start() -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "traektoria.config.settings"}
    run = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, env=environment, check=True)
    loaded, wanted = set(run.stdout.split()), set(telling())
    assert len(wanted) > 100
    assert wanted - loaded == set()
