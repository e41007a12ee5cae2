"""A command that meets no prepared database ends in a sentence: in real processes with an empty folder."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

CLI = ("-m", "traektoria.config.cli")
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
        [sys.executable, *command],
        cwd=folder,
        env=environment | told,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return found.returncode, found.stdout + found.stderr


#: Each command as the console script has it, one after the other: a process of its own for each would only load anew.
ONE_BY_ONE = """
import contextlib, io, json, sys, traceback
from traektoria.config import cli
told = {}
for command in json.loads(sys.argv[1]):
    sys.argv, said = ["traektoria", *command], io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            cli.main()
            told[command[0]] = "ended well"
        except SystemExit as ended:
            told[command[0]] = f"{ended.code} {said.getvalue()}"
        except BaseException:
            told[command[0]] = traceback.format_exc()
print(json.dumps(told))
"""


def test_before_migrate_a_command_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "т.csv").write_text("школа;класс;участник;1;2\n1;5А;1;1;0\n", encoding="utf-8")
    status, answer = run(tmp_path, "-c", ONE_BY_ONE, json.dumps(COMMANDS))
    assert status == 0, answer
    for command, said in json.loads(answer.splitlines()[-1]).items():
        assert "traektoria migrate" in said, command
        assert "ещё не подготовлена" in said, command
        assert "Traceback" not in said, command


@pytest.mark.parametrize("address", ["postgres://nobody@127.0.0.1:1/nothing", "sqlite:///{folder}/no.sqlite3"])
def test_a_database_that_can_not_be_opened_is_told(tmp_path: Path, address: str) -> None:
    (tmp_path / "no.sqlite3").write_bytes(b"no database at all" * 100)
    status, said = run(tmp_path, *CLI, "tasks", DATABASE_URL=address.format(folder=tmp_path))
    assert status != 0
    assert "не открывается" in said
    assert "Traceback" not in said
