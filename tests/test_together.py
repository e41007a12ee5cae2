"""Parts of the run beside each other: each ends as it ends, and a failed first one ends all of them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

RULES = """
right:
	@echo done
wrong:
	@echo broken; false
long:
	@sleep 600
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "Makefile").write_text(RULES)
    return tmp_path


def together(place: Path, *targets: str) -> tuple[int, str]:
    """The code it ends with, and what it says."""
    given = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    where = {**given, "PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, "-m", "tests.together", *targets]
    done = subprocess.run(command, cwd=place, env=where, capture_output=True, text=True, check=False, timeout=300)
    return done.returncode, done.stdout


def test_all_that_passed_is_a_success(place: Path) -> None:
    code, told = together(place, "right", "right")
    assert (code, told.count("right  done"), told.count("right: passed")) == (0, 2, 2)


def test_a_part_that_failed_is_named_and_the_others_end(place: Path) -> None:
    code, told = together(place, "right", "wrong", "right")
    assert (code, told.count("right: passed")) == (1, 2)
    assert "wrong  broken" in told
    assert "wrong: failed" in told


def test_where_the_first_one_failed_nobody_waits_for_the_others(place: Path) -> None:
    code, told = together(place, "wrong", "long")
    assert code == 1
    assert "long: failed" in told
