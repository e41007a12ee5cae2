"""What tests cost: seconds of processor of each test and fixture, also of the browsers and processes that they begin.

``TESTS_BURNT=/tmp/burnt .venv/bin/pytest -p tests.burnt …`` writes into that folder, a file for each worker;
``python -m tests.burnt /tmp/burnt`` shows the dearest files and tests. Read where Linux keeps them, in /proc.
"""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

TICKS = os.sysconf("SC_CLK_TCK")
PROCESSES = Path("/proc")
_before = 0.0


def burnt() -> float:
    """Seconds of this process, of those it has begun and of those that they have."""
    own = os.times()
    return sum(own[:4]) + sum(map(_of_process, _begun_by(os.getpid())))


def burnt_by(pid: int) -> float:
    """The same of another process; nothing where there is no /proc."""
    return _of_process(pid) + sum(map(_of_process, _begun_by(pid)))


def _begun_by(pid: int) -> Iterator[int]:
    for task in (PROCESSES / str(pid) / "task").glob("*/children"):
        for child in map(int, _read(task).split()):
            yield child
            yield from _begun_by(child)


def _of_process(pid: int) -> float:
    told = _read(PROCESSES / str(pid) / "stat").rpartition(")")[2].split()
    return sum(map(int, told[11:15])) / TICKS


def _read(file: Path) -> str:
    """Nothing of a process that has just ended."""
    try:
        return file.read_text()
    except OSError:
        return ""


def note(what: str, where: str = "") -> None:
    """What was burnt since the last note goes to this."""
    global _before
    folder = Path(os.environ["TESTS_BURNT"])
    folder.mkdir(exist_ok=True, parents=True)
    now = burnt()
    with (folder / f"{os.environ.get('PYTEST_XDIST_WORKER', 'one')}.tsv").open("a") as file:
        file.write(f"{now - _before:.2f}\t{what}\t{where}\n")
    _before = now


def pytest_collection_finish() -> None:
    note("collecting")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_fixture_setup(fixturedef: Any, request: Any) -> Any:
    if fixturedef.scope == "function":
        return (yield)
    note("before fixtures")
    made = yield
    note(f"fixture {fixturedef.argname}", request.node.nodeid)
    return made


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Any:
    note("between tests")
    ran = yield
    note("test", item.nodeid)
    return ran


def main(folder: Path, shown: int = 40) -> None:
    files, each = Counter[str](), Counter[str]()
    for file in folder.glob("*.tsv"):
        for line in file.read_text().splitlines():
            seconds, what, where = line.split("\t")
            files[where.partition("::")[0] or what] += float(seconds)  # type: ignore[assignment]
            each[f"{what} {where}"] += float(seconds)  # type: ignore[assignment]
    print(f"{sum(files.values()):8.1f} in all")
    for counted in (files, each):
        print("", *(f"{seconds:8.1f} {name}" for name, seconds in counted.most_common(shown)), sep="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
