"""What the clock does for errands: those that were lost are asked for again, what a week has passed over is cleared."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from traektoria.core.errands import places
from traektoria.core.errands.execution import do_errand, gave_up
from traektoria.core.installation import leavings
from traektoria.core.models import Errand, ErrandState
from traektoria.core.tasks.backend import key_of
from traektoria.core.tasks.fate import OPEN

SETTLED = timedelta(minutes=2)
"""So long the asking has time to come after its commit."""


@task()
def tend_errands() -> None:
    now = timezone.now()
    ask_again_for_lost(now)
    clear_old(now)
    leavings.sweep(now)


def ask_again_for_lost(now: datetime) -> int:
    """Open errands without a task that waits or runs: the process was killed between the commit and the asking. One
    whose task gave up has failed. How many."""
    rows = Errand.objects.filter(state__in=ErrandState.open(), asked_at__lt=now - SETTLED)
    keys = {task_key(row.pk): row for row in rows}
    there = dict(DBTaskResult.objects.filter(pk__in=keys).values_list("pk", "status"))
    lost = [(row, there.get(key)) for key, row in keys.items() if there.get(key) not in OPEN]
    for row, fate in lost:
        if fate == TaskResultStatus.FAILED:
            gave_up(row)
        else:
            do_errand.enqueue(errand=str(row.pk))
    return len(lost)


def clear_old(now: datetime) -> int:
    """Rows and files of what ended a week ago. How many."""
    old = Errand.objects.filter(ended_at__lt=now - timedelta(days=places.KEPT_DAYS))
    for row in old:
        places.clear(row.pk)
        row.delete()
    return len(old)


def task_key(errand: Any) -> Any:
    """The row of its task."""
    return key_of(do_errand.module_path, kwargs={"errand": str(errand)})


def tasks_of(errands: Collection[Any]) -> dict[Any, Any]:
    """The row of the task of each errand that has one. One query."""
    keys = {task_key(pk): pk for pk in errands}
    return {keys[row.pk]: row for row in DBTaskResult.objects.filter(pk__in=keys)}
