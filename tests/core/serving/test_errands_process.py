"""A worker process that is killed in the middle of long work: nothing half, and the next worker begins it anew."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from tests.patience import SECONDS, until

RUN = """
import sys
import time
from datetime import timedelta
import django
django.setup()
from django.utils import timezone
from traektoria.core.errands import Made, ask
from traektoria.core.registries import ErrandKind, errand_kinds
from traektoria.core.tasks import fate
from traektoria.core.tasks.worker import Worker
from traektoria.people.actor import actor_of
from traektoria.people.models import Account

def run(doing):
    doing.progress(120, 480)
    while sys.argv[1] == "stays":
        time.sleep(0.05)
    return Made(b"whole", "list.csv", "text/csv", 480)

errand_kinds.add(ErrandKind("test.slow", 1, "Проба", 0, lambda actor, facts: None, run))
if sys.argv[1] == "asks":
    account = Account.objects.get_or_create(username="one")[0]
    ask("test.slow", {}, by=actor_of(account))
else:
    fate.LOST, fate.PAUSES = timedelta(0), [timedelta(0)] * 9
    worker = Worker(sys.argv[1])
    fate.reap(timezone.now())
    while worker.do_one():
        pass
"""


@pytest.fixture
def place(tmp_path: Path) -> dict[str, str]:
    """The environment of an installation of its own, with an empty database."""
    given = {
        name: value for name, value in os.environ.items() if not name.startswith(("TRAEKTORIA", "DJANGO", "DATABASE"))
    }
    settings = {"DJANGO_SETTINGS_MODULE": "traektoria.config.settings", "PYTHONUTF8": "1"}
    environment = {**given, **settings, "TRAEKTORIA_DATA": str(tmp_path)}
    migrate = [sys.executable, "-m", "traektoria.config.cli", "migrate", "-v", "0"]
    subprocess.run(migrate, env=environment, check=True, timeout=10 * SECONDS)
    return environment


def row_in(folder: str) -> tuple[str, int, int, str]:
    """How the errand stands, read without the worker."""
    with closing(sqlite3.connect(f"{folder}/traektoria.sqlite3")) as database:
        found = database.execute("select state, done, attempt, file from core_errand").fetchall()
    assert len(found) == 1
    state, done, attempt, file = found[0]
    return state, done, attempt, file


def test_killed_in_the_middle_it_writes_nothing_half_and_begins_anew(place: dict[str, str]) -> None:
    folder = place["TRAEKTORIA_DATA"]
    script = Path(folder) / f"{uuid4().hex}.py"
    script.write_text(RUN, encoding="utf-8")
    for _press in range(2):
        subprocess.run([sys.executable, str(script), "asks"], env=place, check=True, timeout=10 * SECONDS)
    worker = subprocess.Popen([sys.executable, str(script), "stays"], env=place, stderr=subprocess.PIPE, text=True)
    until(lambda: worker.poll() is not None or row_in(folder)[:2] == ("running", 120), pause=0.2)
    assert worker.poll() is None, worker.stderr and worker.stderr.read()
    worker.send_signal(signal.SIGKILL)
    worker.wait(SECONDS)
    assert row_in(folder) == ("running", 120, 1, "")
    assert not list(Path(folder).glob("errands/*/result*"))
    subprocess.run([sys.executable, str(script), "ends"], env=place, check=True, timeout=10 * SECONDS)
    state, _done, attempt, file = row_in(folder)
    assert (state, attempt, file) == ("done", 2, "result-2")
    assert [path.read_bytes() for path in Path(folder).glob("errands/*/result-2")] == [b"whole"]
