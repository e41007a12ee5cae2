"""What becomes of a task that ended, failed, or lost its worker: tried again with growing pauses, or due at its next
hour. Only our own row is touched; what a task has done stays in the rows of its room."""

import traceback
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from traektoria.core.models import TaskWorker
from traektoria.core.tasks.backend import Row, begin_anew, key_of
from traektoria.core.tasks.kinds import task_kinds

PAUSES: Final[Sequence[timedelta]] = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
)
"""Before the second try, the third …; after the last one the task waits for a person."""
LOST: Final = timedelta(minutes=2)
"""A worker that has not been seen for so long is gone."""
OPEN: Final = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
FORGOTTEN: Final = timedelta(days=30)


class WorkerLost(Exception):
    """The worker was killed in the middle of the task."""


def succeeded(row: Row, said: Any) -> None:
    """The task has ended; asked for meanwhile, it waits again."""
    row.set_successful(said)
    with transaction.atomic():
        kept = DBTaskResult.objects.select_for_update(no_key=True).get(pk=row.pk)
        now = timezone.now()
        again = bool(kept.started_at and kept.run_after > kept.started_at)
        due = now if again else _next_hour(kept, now)
        if due is not None:
            begin_anew(kept, due)


def failed(row: Row, error: BaseException) -> None:
    """Keep the class of the error and its places in the code, and never its words: they may name a person."""
    now, tries = timezone.now(), len(row.worker_ids)
    row.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}"
    row.traceback = "".join(traceback.format_tb(error.__traceback__))
    row.finished_at, row.return_value, row.status = now, None, TaskResultStatus.READY
    if tries <= len(PAUSES):
        row.run_after = now + PAUSES[tries - 1]
    elif due := _next_hour(row, now):
        row.run_after, row.worker_ids = due, []
    else:
        row.status = TaskResultStatus.FAILED
    row.save(
        update_fields=[
            "status", "run_after", "finished_at", "return_value", "exception_class_path", "traceback", "worker_ids",
        ]
    )  # fmt: skip


def reap(now: datetime) -> int:
    """Take tasks back from workers that are gone. Returns how many."""
    alive = set(TaskWorker.objects.filter(seen_at__gt=now - LOST).values_list("name", flat=True))
    lost = 0
    for pk in DBTaskResult.objects.running().values_list("pk", flat=True):
        with transaction.atomic():
            row = DBTaskResult.objects.select_for_update(skip_locked=True, no_key=True).running().filter(pk=pk).first()
            if row is not None and row.worker_ids[-1] not in alive:
                failed(row, WorkerLost())
                lost += 1
    return lost


def take_over() -> None:
    """What waits, or gave up, under a path of an earlier release is asked for under the one of now."""
    now_under = {kind.was: kind.work for kind in task_kinds if kind.was}
    left = DBTaskResult.objects.filter(task_path__in=now_under).exclude(status=TaskResultStatus.RUNNING)
    for row in left:
        if row.status != TaskResultStatus.SUCCESSFUL:
            now_under[row.task_path].enqueue(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        left.filter(pk=row.pk).delete()


def put_on_schedule() -> None:
    """Each task that goes by the clock has a row that waits; the first time it is due at once, as after a loss."""
    scheduled = {key_of(kind.work.module_path): kind for kind in task_kinds if kind.every}
    there = DBTaskResult.objects.filter(pk__in=scheduled, status__in=OPEN).values_list("pk", flat=True)
    for key in scheduled.keys() - set(there):
        scheduled[key].work.enqueue()


@task()
def forget() -> None:
    """Ended tasks and workers of long ago."""
    long_ago = timezone.now() - FORGOTTEN
    DBTaskResult.objects.finished().filter(finished_at__lt=long_ago).delete()
    TaskWorker.objects.filter(seen_at__lt=long_ago).delete()


def _next_hour(row: Row, now: datetime) -> datetime | None:
    """When it is due by the clock, for a task that is."""
    kind = next((kind for kind in task_kinds if key_of(kind.work.module_path) == row.pk), None)
    return kind.next_after(now) if kind else None
