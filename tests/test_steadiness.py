"""What made tests red on another day, at another hour or on a slower machine is written nowhere any more."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone

from tests import clock
from tests.patience import until

TESTS = Path(__file__).parent
#: Who may look at a watch: those that wait for what happens, and what stops a run or measures it.
WATCHES = {"patience.py", "quick.py"}
OF_THE_DAY = {"now", "localdate", "localtime", "today", "utcnow"}
OF_SECONDS = {"time", "monotonic", "perf_counter", "process_time", "thread_time"}
Found = Iterator[tuple[int, str]]


def asked_at_import(tree: ast.AST) -> Found:
    """Places that ask for the time while the file is read: minutes, or a midnight, before the test runs."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for early in (*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)):
                yield from _asked(early)
        elif isinstance(node, ast.Lambda):
            continue
        else:
            yield from _asked(node, deep=False)
            yield from asked_at_import(node)


def _asked(tree: ast.AST, deep: bool = True) -> Found:
    for node in ast.walk(tree) if deep else [tree]:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in OF_THE_DAY:
            yield node.lineno, node.func.attr


def watched(tree: ast.AST) -> Found:
    """Places that read a clock of seconds: what they compare it with is true of some machine only."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from ((node.lineno, alias.name) for alias in node.names if alias.name in OF_SECONDS)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {f"time.{name}" for name in OF_SECONDS}:
            yield node.lineno, ast.unparse(node.func)


def files() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(TESTS.rglob("*.py")):
        if "bench" not in path.relative_to(TESTS).parts:
            yield path.relative_to(TESTS).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def test_no_file_asks_for_the_day_before_its_tests_run() -> None:
    assert {name: found for name, tree in files() if (found := list(asked_at_import(tree)))} == {}


def test_no_test_looks_at_a_watch() -> None:
    assert {name: found for name, tree in files() if name not in WATCHES and (found := list(watched(tree)))} == {}


@pytest.mark.parametrize(
    "text",
    ["A = timezone.localdate()", "class A:\n    b = date.today()", "@mark(timezone.now())\ndef a(): ...",
     "def a(b=timezone.now()): ...", "if True:\n    A = [timezone.now()]"],
)  # fmt: skip
def test_the_search_sees_the_day(text: str) -> None:
    assert list(asked_at_import(ast.parse(text)))


@pytest.mark.parametrize("text", ["A = timezone.localdate", "def a():\n    timezone.now()", "A = lambda: date.today()"])
def test_the_search_lets_be_what_is_asked_later(text: str) -> None:
    assert not list(asked_at_import(ast.parse(text)))


@pytest.mark.parametrize("text", ["from time import perf_counter", "def a():\n    assert time.monotonic() < 2"])
def test_the_search_sees_watches(text: str) -> None:
    assert list(watched(ast.parse(text)))


def test_a_run_on_another_day_is_on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", timezone.now)
    clock.begin_at("2028-02-29T12:00")
    assert timezone.localtime().isoformat()[:13] == "2028-02-29T12"


BEGUN = """
import subprocess, sys
import tests.settings
subprocess.run([sys.executable, "-c", "import os, tests.settings; print(tests.settings.DATA); os._exit(1)"])
"""


def test_a_killed_worker_leaves_no_folder_and_writes_into_no_installation(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if name != "TESTS_FOLDER"}
    where = {**kept, "TMPDIR": str(tmp_path), "TRAEKTORIA_UPLOADS": str(tmp_path / "real")}
    done = subprocess.run([sys.executable, "-c", BEGUN], cwd=TESTS.parent, env=where, capture_output=True, text=True)
    assert done.stdout.startswith(str(tmp_path)), done.stderr
    assert list(tmp_path.iterdir()) == []


def test_waiting_ends_with_what_was_waited_for() -> None:
    left = [1, 2]
    until(lambda: not left or not left.pop(), pause=0.0)
    assert not left
