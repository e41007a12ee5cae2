"""A command that meets no prepared database ends in a sentence: in real processes, each with an empty folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = [
    ["import_results", "т.csv"],
    ["mark_scale", "--procedure=vpr", "--year=2021", "--subject=math", "--grade=4", "--marks", "1", "2", "3"],
    ["results_table", "1", "--table", "marks"],
    ["tasks", "--run"],
]


def run(folder: Path, *command: str, **settings: str) -> tuple[int, str]:
    """Status and all that was said. Settings of the tests are left out: the command has an installation of its own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("TRAEKTORIA", "DJANGO"))}
    environment.pop("DATABASE_URL", None)
    told = {"TRAEKTORIA_DATA": str(folder / "data"), "PYTHONUTF8": "1", **settings}
    found = subprocess.run(
        [sys.executable, "-m", "traektoria.config.cli", *command],
        cwd=folder,
        env=environment | told,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return found.returncode, found.stdout + found.stderr


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_before_migrate_a_command_says_what_to_do(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "т.csv").write_text("школа;класс;участник;1;2\n1;5А;1;1;0\n", encoding="utf-8")
    status, said = run(tmp_path, *command)
    assert status != 0
    assert "traektoria migrate" in said
    assert "ещё не подготовлена" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("address", ["postgres://nobody@127.0.0.1:1/nothing", "sqlite:///{folder}/no.sqlite3"])
def test_a_database_that_can_not_be_opened_is_told(tmp_path: Path, address: str) -> None:
    (tmp_path / "no.sqlite3").write_bytes(b"no database at all" * 100)
    status, said = run(tmp_path, "tasks", DATABASE_URL=address.format(folder=tmp_path))
    assert status != 0
    assert "не открывается" in said
    assert "Traceback" not in said
