"""The worker does the tasks, one after another.

Its own thread says that it lives, also in the middle of a long task, takes back what dead workers held and looks after
the schedule.
"""

import logging
import os
import resource
import socket
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any, Final

from django.db import DatabaseError, connections, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from traektoria.core.models import TaskWorker
from traektoria.core.tasks import fate
from traektoria.core.tasks.backend import Row

LOOK: Final = 1.0
"""Seconds between looks while nothing is due."""
BEAT: Final = 20.0
"""Seconds between signs of life."""
HEAVY: Final = 500_000_000
"""Bytes after which the process ends when its task has: what figures and papers loaded is given back."""
log = logging.getLogger(__name__)


class Worker:
    """Takes what is due, oldest first; several of them never take the same."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._stop = Event()

    def run(self) -> None:
        """Until it is told to stop, or has grown heavy: then the supervisor starts another."""
        beating = Thread(target=self._beat, name="sign of life", daemon=True)
        beating.start()
        while not self._stop.is_set() and resident() < HEAVY:
            if not self._unless_away(self.do_one):
                self._stop.wait(LOOK)
        self._stop.set()
        beating.join(LOOK)

    def stop(self, *_signal: Any) -> None:
        """Finish what is being done and end."""
        self._stop.set()

    def live(self, now: datetime) -> None:
        """Say that we are here, and look after what nobody does."""
        TaskWorker.objects.update_or_create(name=self.name, defaults={"seen_at": now})
        fate.reap(now)
        fate.take_over()
        fate.put_on_schedule()

    def do_one(self) -> bool:
        """Do the next task that is due; False where there is none."""
        row = self._claimed()
        if row is None:
            return False
        try:
            said = row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        except Exception as error:
            log.error("Task %s failed: %s", row.task_path, type(error).__name__)
            fate.failed(row, error)
        else:
            fate.succeeded(row, said)
        return True

    def _claimed(self) -> Row | None:
        if not DBTaskResult.objects.ready().exists():
            return None
        with transaction.atomic():
            row = DBTaskResult.objects.ready().get_locked()
            if row is not None:
                row.claim(self.name)
        return row

    def _beat(self) -> None:
        while not self._stop.is_set():
            self._unless_away(lambda: self.live(timezone.now()))
            connections.close_all()
            self._stop.wait(BEAT)

    def _unless_away(self, act: Callable[[], object]) -> bool:
        """A database that is away or busy is asked again later."""
        try:
            return bool(act())
        except DatabaseError as trouble:
            log.warning("Tasks wait: the database does not answer (%s)", type(trouble).__name__)
            connections.close_all()
            return False


def resident() -> int:
    """Bytes of memory that this process holds now; 0 where the system does not tell (it is Linux that does)."""
    told = Path("/proc/self/statm")
    return int(told.read_text().split()[1]) * resource.getpagesize() if told.exists() else 0


def name_of_this_process() -> str:
    return f"{socket.gethostname()[:40]}-{os.getpid()}-{timezone.now():%H%M%S}"


def do_what_is_due() -> int:
    """Do all that is due now, and end. Returns how many; for tests and for ``traektoria tasks --run``."""
    worker, done = Worker(name_of_this_process()), 0
    worker.live(timezone.now())
    while worker.do_one():
        done += 1
    TaskWorker.objects.filter(name=worker.name).update(seen_at=timezone.now() - 2 * fate.LOST)
    return done
