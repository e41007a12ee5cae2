"""Months of two districts, day by day: their whole plans live, and the report agrees with our own count to the item.

The full form is ``traektoria simulate_year`` (docs/testing.md): here its first weeks, in a process whose clock is ours.
"""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.shared import SHARED
from tests.thoroughness import rounds
from traektoria.demo.simulated_year.scenario import SCENARIOS

SEEDS = SHARED.parent / "seeds"
Life = Callable[..., dict[str, Any]]


@pytest.fixture
def lived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Life]:
    """A life beside an installation, in whose database it writes nothing."""
    there = tmp_path / "there.sqlite3"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{there}")
    yield _lived
    with closing(sqlite3.connect(there)) as found:
        assert found.execute("SELECT name FROM sqlite_master").fetchall() == []


def _lived(preset: str, until: str, seed: int = 1) -> dict[str, Any]:
    paper = SCENARIOS[preset].paper
    if not (SEEDS / paper).exists():
        pytest.skip(f"no ../shared/seeds/{paper} beside this clone")
    asked = ["--preset", preset, "--until", until, "--seed", str(seed), "--seeds", str(SEEDS), "--json"]
    command = [sys.executable, "-m", "traektoria.config.cli", "simulate_year", *asked]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr[-2000:]
    found: dict[str, Any] = json.loads(told.stdout)[0]
    return found


def test_the_first_weeks_of_tbilisskaya(lived: Life) -> None:
    days = rounds(46, 72)
    told = lived("tbilisskaya", f"{date(2020, 11, 30) + timedelta(days=days)}")
    assert told["right"], told["wrong"]
    assert told["days"] == days
    assert told["checks"] > rounds(150, 200)
    items = {one["number"]: one for one in told["plans"][0]["items"]}
    assert list(items) == [str(number) for number in range(1, 13)], "eleven of the paper and an amendment"
    assert sum(one["due"] for one in items.values()) >= 6
    assert told["counts"]["acts"] % 3 == 0
    assert told["counts"]["acts"] > 0
    assert told["counts"]["findings"] > 0


def test_a_spring_of_gelendzhik_is_the_same_each_time(lived: Life) -> None:
    first, second = (lived("gelendzhik", "2021-04-01", seed=5) for _ in range(2))
    assert first == second
    assert first["right"], first["wrong"]
    assert [one["number"] for one in first["plans"][0]["items"]][:3] == ["1.1", "1.2", "1.3"]
    assert first["counts"]["hours"] > 0
