"""Months of two districts, day by day: their whole plans live, and the report agrees with our own count to the item.

The full form is ``traektoria simulate_year`` (docs/testing.md): here its first weeks, in a process whose clock is ours.
"""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.shared import SHARED
from traektoria.demo.simulated_year.scenario import SCENARIOS

SEEDS = SHARED.parent / "seeds"


def lived(preset: str, until: str, seed: int = 1) -> dict[str, Any]:
    paper = SCENARIOS[preset].paper
    if not (SEEDS / paper).exists():
        pytest.skip(f"no ../shared/seeds/{paper} beside this clone")
    asked = ["--preset", preset, "--until", until, "--seed", str(seed), "--seeds", str(SEEDS), "--json"]
    command = [sys.executable, "-m", "traektoria.config.cli", "simulate_year", *asked]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr[-2000:]
    found: dict[str, Any] = json.loads(told.stdout)[0]
    return found


def test_two_months_of_tbilisskaya() -> None:
    told = lived("tbilisskaya", "2021-02-10")
    assert told["right"], told["wrong"]
    assert told["days"] == 72
    assert told["checks"] > 200
    items = {one["number"]: one for one in told["plans"][0]["items"]}
    assert list(items) == [str(number) for number in range(1, 13)], "eleven of the paper and an amendment"
    assert sum(one["due"] for one in items.values()) >= 6
    assert told["counts"]["acts"] % 3 == 0
    assert told["counts"]["acts"] > 0
    assert told["counts"]["findings"] > 0


def test_a_spring_of_gelendzhik_is_the_same_each_time() -> None:
    first, second = (lived("gelendzhik", "2021-04-01", seed=5) for _ in range(2))
    assert first == second
    assert first["right"], first["wrong"]
    assert [one["number"] for one in first["plans"][0]["items"]][:3] == ["1.1", "1.2", "1.3"]
    assert first["counts"]["hours"] > 0
