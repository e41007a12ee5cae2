"""What made tests red on another day, at another hour or on a slower machine is written nowhere any more."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.utils import timezone

from tests import clock
from tests.patience import until

TESTS = Path(__file__).parent
#: Who may look at a watch: those that wait for what happens, and what stops a run or measures it.
WATCHES = {"parts.py", "patience.py", "quick.py"}
OF_THE_DAY = {"now", "localdate", "localtime", "today", "utcnow"}
OF_SECONDS = {"time", "monotonic", "perf_counter", "process_time", "thread_time"}
Found = Iterator[tuple[int, str]]
#: What Playwright says at once of a page that is still coming; rows of a table are asked by ``objects``.
AT_ONCE = {
    *("all", "count", "is_visible", "is_hidden", "is_enabled", "is_disabled", "is_checked"),
    *("inner_text", "text_content", "all_inner_texts", "all_text_contents", "input_value"),
}
PRESSES = {"click", "dblclick", "tap", "press"}


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


def asked_at_once(tree: ast.AST) -> Found:
    """Places that ask a page what stands on it without waiting for it (``every``, ``words`` and ``expect`` wait)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name, of = node.func.attr, ast.unparse(node.func.value)
            if name == "wait_for_timeout" or (name in AT_ONCE and ".objects" not in of and not node.args):
                yield node.lineno, f"{of}.{name}"


def read_too_early(tree: ast.AST, waiting: set[str]) -> Found:
    """Places that read the database after a press, with nothing between that waits for what the press shows."""
    for body in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
        pressed = False
        for node in sorted((node for node in ast.walk(body) if isinstance(node, ast.Call | ast.Attribute)), key=place):
            if isinstance(node, ast.Attribute):
                if pressed and node.attr in {"objects", "refresh_from_db"}:
                    yield node.lineno, ast.unparse(node)
            elif waits(node, waiting):
                pressed = False
            else:
                pressed = pressed or is_press(node)


def waiting_steps(trees: list[ast.Module]) -> set[str]:
    """Functions of the browser tests after which nothing is on its way: they wait after the last of their presses."""
    bodies = {node.name: node for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef)}
    found = {"go", "until"}
    while more := {name for name, body in bodies.items() if name not in found and ends_waiting(body, found)}:
        found |= more
    return found


def ends_waiting(body: ast.FunctionDef, waiting: set[str]) -> bool:
    calls = [node for node in ast.walk(body) if isinstance(node, ast.Call)]
    told = [(place(call), waits(call, waiting)) for call in calls if waits(call, waiting) or is_press(call)]
    return bool(told) and max(told)[1]


def waits(call: ast.Call, waiting: set[str]) -> bool:
    """A step that waits, by name or of a hand (``hand.press``); what Playwright calls so; ``expect``."""
    of, _, name = ast.unparse(call.func).rpartition(".")
    return name.startswith(("wait_for_", "expect")) or (name in waiting and of in {"", "hand"})


def is_press(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in PRESSES


def place(node: ast.expr) -> tuple[int, int]:
    return node.end_lineno or 0, node.end_col_offset or 0


@dataclass
class Read:
    """What the files of the tests say, each read once; trees are kept of the browser tests only."""

    days: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    watches: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    of_browsers: dict[str, ast.Module] = field(default_factory=dict)


@pytest.fixture(scope="module")
def read() -> Read:
    said = Read()
    for path in sorted(TESTS.rglob("*.py")):
        name = path.relative_to(TESTS).as_posix()
        if not name.startswith("bench/"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            said.days[name], said.watches[name] = list(asked_at_import(tree)), list(watched(tree))
            if name.startswith("e2e/"):
                said.of_browsers[name] = tree
    return said


def test_no_file_asks_for_the_day_before_its_tests_run(read: Read) -> None:
    assert {name: found for name, found in read.days.items() if found} == {}
    assert "conftest.py" in read.days


def test_no_test_looks_at_a_watch(read: Read) -> None:
    assert {name for name, found in read.watches.items() if found} == WATCHES


def test_no_browser_test_asks_a_page_that_is_still_coming(read: Read) -> None:
    asking = [(name, tree) for name, tree in read.of_browsers.items() if name != "e2e/steps.py"]
    assert {name: found for name, tree in asking if (found := list(asked_at_once(tree)))} == {}


def test_no_browser_test_reads_what_a_press_has_not_done_yet(read: Read) -> None:
    waiting = waiting_steps(list(read.of_browsers.values()))
    assert {"go", "press", "follow", "every", "saved"} <= waiting
    early = {name: list(read_too_early(tree, waiting)) for name, tree in read.of_browsers.items()}
    assert {name: found for name, found in early.items() if found} == {}


@pytest.mark.parametrize(
    "text", ["for box in page.locator('a').all(): ...", "assert place.first.is_visible()", "page.wait_for_timeout(9)"]
)
def test_the_search_sees_what_is_asked_at_once(text: str) -> None:
    assert list(asked_at_once(ast.parse(text)))
    assert not list(asked_at_once(ast.parse("assert Row.objects.filter(a=1).count() == [1].count(1)")))


@pytest.mark.parametrize(
    ("between", "seen"),
    [("", True), ("    place.fill('a')\n", True), ("    go(place)\n", False), ("    expect(place)\n", False)],
)
def test_the_search_sees_what_is_read_too_early(between: str, seen: bool) -> None:
    text = f"def test():\n    place.click()\n{between}    assert Row.objects.exists()"
    assert bool(list(read_too_early(ast.parse(text), {"go"}))) is seen


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
