"""The worker as a process: it begins by itself, does what the clock asks for, and ends when told to."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.patience import SECONDS, until

HOURLY = {"remind_by_the_clock", "keep_statuses_by_the_clock", "keep_campaigns_by_the_clock"}
SCHEDULED = {"send_messages", "forget", *HOURLY}
WORKER = [sys.executable, "-m", "traektoria.core.serving.tasks"]


@pytest.fixture
def place(tmp_path: Path) -> dict[str, str]:
    """The environment of an installation of its own, with an empty database."""
    given = {
        name: value for name, value in os.environ.items() if not name.startswith(("TRAEKTORIA", "DJANGO", "DATABASE"))
    }
    environment = {**given, "TRAEKTORIA_DATA": str(tmp_path), "PYTHONUTF8": "1"}
    migrate = [sys.executable, "-m", "traektoria.config.cli", "migrate", "-v", "0"]
    subprocess.run(migrate, env=environment, check=True, timeout=120)
    return environment


def done_in(folder: str) -> set[str]:
    """Names of the tasks that have ended, read without the worker."""
    with closing(sqlite3.connect(f"{folder}/traektoria.sqlite3")) as database:
        rows = database.execute(
            "select task_path from django_tasks_database_dbtaskresult where finished_at is not null and traceback = ''"
        )
        return {path.rpartition(".")[2] for (path,) in rows}


def test_it_begins_works_and_ends(place: dict[str, str]) -> None:
    folder = place["TRAEKTORIA_DATA"]
    for stop in (signal.SIGKILL, signal.SIGTERM):
        worker = subprocess.Popen(WORKER, env=place, stderr=subprocess.PIPE, text=True)
        until(lambda running=worker: running.poll() is not None or done_in(folder) >= SCHEDULED, pause=0.2)
        assert worker.poll() is None, worker.stderr and worker.stderr.read()
        worker.send_signal(stop)
        assert worker.wait(SECONDS) == (-signal.SIGKILL if stop == signal.SIGKILL else 0)
        with closing(sqlite3.connect(f"{folder}/traektoria.sqlite3")) as database, database:
            database.execute("update django_tasks_database_dbtaskresult set finished_at = null")
            database.execute("update django_tasks_database_dbtaskresult set run_after = '2026-01-01 00:00:00'")
