"""Asking for a task: one row for one task with the same facts, however often it is asked for."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task, TaskResultStatus
from django_tasks.utils import normalize_json
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.models import DBTaskResult

Row = DBTaskResult[..., Any]
_OURS = UUID("6d1c3a52-0a43-4d0e-9a44-0e7c4f1d9a10")


def ask_for(work: Task[..., Any], **facts: Any) -> None:
    """Have ``work(**facts)`` done after the commit; a commit that does not come asks for nothing.

    What was committed stands, whatever becomes of the asking: where the database is busy, the clock finds it later.
    """
    transaction.on_commit(lambda: work.enqueue(**facts), robust=True)


def key_of(path: str, args: Sequence[Any] = (), kwargs: Mapping[str, Any] | None = None) -> UUID:
    """The row of a task: by its function and its facts."""
    return uuid5(_OURS, json.dumps([path, list(args), dict(kwargs or {})], sort_keys=True))


class OnceBackend(DatabaseBackend):
    """Tasks as rows of our database. Asked for while it waits, a task is not asked for twice; while it runs, it runs
    once more afterwards; after it ended, it begins anew."""

    def _task_to_db_task(self, task: Any, args: Any, kwargs: Any) -> Row:
        facts = normalize_json({"args": args, "kwargs": kwargs})
        key, due = key_of(task.module_path, **facts), task.run_after or timezone.now()
        waiting = DBTaskResult.objects.filter(pk=key, status=TaskResultStatus.READY, run_after__lte=due).first()
        if waiting is not None:
            return waiting
        fresh: Row = DBTaskResult(
            id=key, args_kwargs=facts, priority=task.priority, task_path=task.module_path,
            queue_name=task.queue_name, run_after=due, backend_name=self.alias,
        )  # fmt: skip
        DBTaskResult.objects.bulk_create([fresh], ignore_conflicts=True)
        with transaction.atomic():
            row = DBTaskResult.objects.select_for_update(no_key=True).get(pk=key)
            if row.status == TaskResultStatus.RUNNING or row.run_after > due:
                row.run_after = due
            if row.status != TaskResultStatus.RUNNING:
                begin_anew(row, row.run_after)
            else:
                row.save(update_fields=["run_after"])
        return row


def begin_anew(row: Row, due: datetime) -> None:
    """The row waits for the worker, with all its tries."""
    row.status, row.run_after, row.worker_ids = TaskResultStatus.READY, due, []
    row.enqueued_at = timezone.now()
    row.save(update_fields=["status", "run_after", "worker_ids", "enqueued_at"])
