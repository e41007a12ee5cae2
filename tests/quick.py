"""``python -m tests.quick``: ask in fifty seconds what the change since main can have broken.

No browser, no processes, no PostgreSQL, nothing marked ``slow``: those stay with ``make test``. Nearest first:

1. tests that were changed, those that import a changed module or helper, and those that import what imports it;
2. tests of the rooms of the change, and what opens each page of these rooms;
3. tests of the rooms to the left, where a module there depends on a changed one, however far (grimp, import-linter's).

After ``SECONDS`` it stops and says how many were not asked.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.choosing import PRODUCT, ROOT, SOURCES, imported, module_of

SECONDS = int(os.environ.get("QUICK_SECONDS", "50"))
LEFT_OUT = "not browser and not slow and not processes"
TESTS = ROOT / "tests"
#: What every test of its folder stands on.
GROUND = ("conftest.py", "settings.py")
#: Folders of the package that are no code of a room; the room is the name of the next folder.
BY_ROOM = ("templates", "static", "locale")


@dataclass
class Choice:
    """``steps``: why, and the files or folders of tests; ``rooms``: whose pages the acceptance tests open."""

    steps: list[tuple[str, list[Path]]] = field(default_factory=list)
    rooms: set[str] = field(default_factory=set)


def main() -> int:
    changed = changes()
    if not changed:
        print("quick: nothing has changed since main.")
        return 0
    chosen = choose(changed)
    print(f"quick: {len(changed)} changed files since main")
    for why, places in chosen.steps:
        print(f"  {why}: {', '.join(str(place.relative_to(ROOT)) for place in places)}")
    if not chosen.steps:
        print("  none of them is the business of a test: only the checks")
        return 0
    if chosen.rooms:
        print(f"  pages of: {', '.join(sorted(chosen.rooms))}")
    places = [str(place.relative_to(ROOT)) for _why, found in chosen.steps for place in found]
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup", "--no-loadscope-reorder"]
    wanted = [*command, "--no-migrations", "-m", LEFT_OUT, "-p", "tests.quick", "-p", "no:warnings", *places]
    return subprocess.call(wanted, cwd=ROOT, env={**os.environ, "QUICK_ROOMS": " ".join(chosen.rooms)})


def changes() -> list[Path]:
    """Files that differ from where this branch left main, also those not committed."""
    main = next(filter(None, (_git("merge-base", "HEAD", name) for name in ("origin/main", "main"))), ["HEAD"])[0]
    names = _git("diff", "--name-only", main) + _git("ls-files", "--others", "--exclude-standard")
    return sorted({ROOT / name for name in names})


def _git(*words: str) -> list[str]:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False).stdout.splitlines()


def choose(changed: Iterable[Path]) -> Choice:
    """Which tests such a change can touch, nearest first."""
    every = [file for file in sorted(TESTS.rglob("test_*.py")) if "e2e" not in file.parts]
    own = [file for file in changed if file in every]
    modules = {module_of(file) for file in changed if file.suffix == ".py" and file.is_relative_to(SOURCES / PRODUCT)}
    rooms = {room for file in changed if (room := room_of(file))}
    first_hand, later = _dependent(modules)
    near = [file for file in every if file not in own and imported(file) & modules]
    next_to = [file for file in every if file not in {*own, *near} and imported(file) & first_hand]
    helped = [file for file in every if file not in own and _is_helped(file, changed)]
    left = {module.split(".")[1] for module in later} - rooms
    mirrors = {_folder_of(file) for file in changed} - {TESTS}
    found = Choice(rooms=rooms)
    found.steps = [
        ("changed", own),
        ("import what was changed", near),
        ("are helped by what was changed", helped),
        ("import what stands on it at first hand", next_to),
        ("rooms of the change", [folder for folder in sorted(mirrors) if folder.is_dir()]),
        ("open the pages of these rooms", [TESTS / "acceptance"] if rooms - {"engines"} else []),
        ("rooms that depend on it", [folder for room in sorted(left) if (folder := TESTS / room).is_dir()]),
        (
            "stand on it, all of them",
            [file.parent for file in changed if file.name in GROUND and TESTS in file.parents],
        ),
        ("look after the documents", [TESTS / "core/test_docs.py"] if any(map(_is_document, changed)) else []),
    ]
    found.steps = [(why, places) for why, places in found.steps if places]
    return found


def room_of(file: Path) -> str:
    """The room of a source, a template or a helper of its tests; empty where it has none (``.mo`` and the like)."""
    for folder in (SOURCES / PRODUCT, TESTS):
        if file.is_relative_to(folder):
            parts = file.relative_to(folder).parts
            if parts[0] in BY_ROOM:
                parts = parts[1:]
            is_room = len(parts) > 1 and (SOURCES / PRODUCT / parts[0] / "__init__.py").exists()
            return parts[0] if is_room and not file.name.startswith("test_") else ""
    return ""


def _folder_of(file: Path) -> Path:
    """The tests that mirror a source: those of its room, of an engine its own."""
    room, parts = room_of(file), file.parts
    engine = parts[parts.index("engines") + 1] if room == "engines" else ""
    return TESTS / room / engine if (TESTS / room / engine).is_dir() else TESTS / room


def _is_document(file: Path) -> bool:
    return file.suffix == ".md"


def _dependent(modules: set[str]) -> tuple[set[str], set[str]]:
    """Modules that import these, and those that do so directly or through others."""
    import grimp

    graph = grimp.build_graph(PRODUCT)
    first_hand, found = set[str](), set[str]()
    for module in modules & graph.modules:
        first_hand |= graph.find_modules_that_directly_import(module)
        found |= graph.find_downstream_modules(module)
    return first_hand - modules, found


def _is_helped(test: Path, changed: Iterable[Path]) -> bool:
    """Whether it imports one of these factories, samples or other helpers of tests."""
    text = test.read_text(encoding="utf-8")
    return any(_imports(text, file) for file in changed if file.suffix == ".py" and file.is_relative_to(TESTS))


def _imports(text: str, helper: Path) -> bool:
    module = ".".join(helper.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    package, _, name = module.rpartition(".")
    found = rf"^from {re.escape(module)} import |^from {re.escape(package)} import .*\b{name}\b"
    return re.search(found, text, re.MULTILINE) is not None


# The rest is a plugin of the pytest that ``main`` starts: in its workers, and beside them.


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """In the order in which the places were named, after all others have sorted; of the acceptance tests those that
    open these rooms."""
    yield
    places = [ROOT / place for place in config.args]
    rooms = {f"room {room}" for room in os.environ.get("QUICK_ROOMS", "").split()}
    asked, left = list[pytest.Item](), list[pytest.Item]()
    for item in items:
        (asked if "acceptance" not in item.path.parts or group_of(item) in rooms else left).append(item)
    config.hook.pytest_deselected(items=left)
    order = {file: next(n for n, place in enumerate(places) if file.is_relative_to(place)) for file in _files(asked)}
    items[:] = sorted(asked, key=lambda item: order[item.path])


def _files(items: list[pytest.Item]) -> set[Path]:
    return {item.path for item in items}


def group_of(item: pytest.Item) -> str:
    marked = item.get_closest_marker("xdist_group")
    return str(marked.args[0]) if marked else ""


class Limit:
    """Stops the run when its time is over."""

    def __init__(self, config: pytest.Config) -> None:
        self.config, self.end = config, time.monotonic() + SECONDS

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        sender: Any = self.config.pluginmanager.getplugin("dsession")
        if sender and time.monotonic() > self.end:
            sender.shouldstop = f"{SECONDS} seconds are over: what is left is asked by make test"

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        asked = sum(len(terminalreporter.stats.get(kind, ())) for kind in ("passed", "failed", "skipped", "error"))
        if left := terminalreporter._session.testscollected - asked:
            terminalreporter.write_line(f"quick: {asked} tests were asked, nearest first, and {left} were not")

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        told: Any = self.config.pluginmanager.getplugin("terminalreporter")
        if session.exitstatus == pytest.ExitCode.INTERRUPTED and time.monotonic() > self.end:
            session.exitstatus = int(bool(told.stats.get("failed") or told.stats.get("error")))


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Limit(config))


if __name__ == "__main__":
    sys.exit(main())
