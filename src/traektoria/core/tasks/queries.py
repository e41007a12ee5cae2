"""What the administrator sees of tasks, and what a page asks about its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Case, Max, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from traektoria.core.models import TaskWorker
from traektoria.core.tasks.backend import Row, key_of
from traektoria.core.tasks.fate import LOST, OPEN
from traektoria.core.tasks.kinds import TaskKind, task_kinds

MOST_SHOWN = 100

_FIRST = Case(When(status=TaskResultStatus.FAILED, then=0), When(status__in=OPEN, then=1), default=2)
"""What was done goes from the page first, what gave up never before it."""


class State(StrEnum):
    """What the page says of one task, in the order of the page."""

    FAILED = "failed"
    RUNNING = "running"
    WAITING = "waiting"
    AGAIN = "again"
    SCHEDULED = "scheduled"
    DONE = "done"


@dataclass(frozen=True)
class TaskStanding:
    """One task: what it is called, how it stands, when it was done last and is due next, the class of its trouble."""

    pk: UUID
    name: Any
    state: State
    done_at: datetime | None
    due_at: datetime | None
    tries: int
    trouble: str


@dataclass(frozen=True)
class Sign:
    """When a worker was last seen, and whether that is lately enough."""

    at: datetime | None
    lives: bool


def lines() -> list[TaskStanding]:
    """Failed ones first, then what runs and waits, the schedule, and what was done lately. One query."""
    order = list(State)
    kinds = {kind.work.module_path: kind for kind in task_kinds}
    rows = sorted(
        DBTaskResult.objects.order_by(_FIRST, "-run_after")[:MOST_SHOWN],
        key=lambda row: kinds[row.task_path].order if row.task_path in kinds else 0,
    )
    return sorted((_line(row, kinds) for row in rows), key=lambda line: order.index(line.state))


def is_open(work: Task[..., Any], **facts: Any) -> bool:
    """The task with these facts waits or runs. One query."""
    key = key_of(work.module_path, kwargs=facts)
    return DBTaskResult.objects.filter(pk=key, status__in=OPEN).exists()


def failed_count() -> int:
    """How many tasks gave up. One query."""
    return DBTaskResult.objects.failed().count()


def worker_seen() -> Sign:
    """The last sign of life of any worker. One query."""
    last = TaskWorker.objects.aggregate(last=Max("seen_at"))["last"]
    return Sign(last, last is not None and last > timezone.now() - LOST)


def _line(row: Row, kinds: Mapping[str, TaskKind]) -> TaskStanding:
    kind = kinds.get(row.task_path)
    return TaskStanding(
        pk=row.pk,
        name=kind.label if kind else row.task_path.rpartition(".")[2],
        state=_state(row, by_the_clock=bool(kind and kind.every)),
        done_at=row.finished_at,
        due_at=row.run_after if row.status == TaskResultStatus.READY else None,
        tries=len(row.worker_ids),
        trouble=_trouble(row.exception_class_path.rpartition(".")[2]),
    )


def _trouble(error: str) -> str:
    """What the administrator can do something about, in words."""
    match error:
        case "":
            return ""
        case "WorkerLost":
            return _("the process was stopped in the middle; it is done anew")
        case "OperationalError" | "InterfaceError":
            return _("the database did not answer")
    return _("an error of the program (%(name)s); the log of the server names the place") % {"name": error}


def _state(row: Row, *, by_the_clock: bool) -> State:
    match row.status:
        case TaskResultStatus.RUNNING:
            return State.RUNNING
        case TaskResultStatus.FAILED:
            return State.FAILED
        case TaskResultStatus.SUCCESSFUL:
            return State.DONE
    if row.worker_ids:
        return State.AGAIN
    return State.SCHEDULED if by_the_clock and row.run_after > timezone.now() else State.WAITING
