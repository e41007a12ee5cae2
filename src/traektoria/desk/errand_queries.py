"""What a person reads of the long work that they asked for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from traektoria.core.errands.places import KEPT_DAYS, far_of
from traektoria.core.errands.upkeep import tasks_of
from traektoria.core.models import Errand, ErrandState
from traektoria.core.registries import errand_kinds
from traektoria.core.tasks.backend import Row
from traektoria.core.tasks.queries import Sign, worker_seen
from traektoria.people.actor import Actor

MOST_SHOWN = 50


@dataclass(frozen=True)
class ErrandView:
    """``before`` is how many tasks are done first; ``again_at``: it did not work, and is tried then; ``stands``: nobody
    does anything, since when. ``repeats``: it can be done once more, as it needs no file that was sent."""

    row: Errand
    label: Any
    before: int = 0
    again_at: datetime | None = None
    stands: Sign | None = None

    @property
    def kept_until(self) -> datetime | None:
        return self.row.ended_at and self.row.ended_at + timedelta(days=KEPT_DAYS)

    @property
    def repeats(self) -> bool:
        return bool(self.row.file) or self.row.state == "failed"


def errands_of(actor: Actor) -> QuerySet[Errand]:
    """Those of this account and of nobody else."""
    return Errand.objects.filter(account_id=actor.account_id)


def views_of(actor: Actor) -> list[ErrandView]:
    """The last ones, newest first. One query."""
    return [ErrandView(row, _label(row)) for row in errands_of(actor)[:MOST_SHOWN]]


def view_of(row: Errand) -> ErrandView:
    """Three queries more while it is open."""
    if not row.is_open:
        return ErrandView(row, _label(row))
    if row.state == ErrandState.RUNNING and not row.total:
        row.done, row.total = far_of(row)
    task = tasks_of([row.pk]).get(row.pk)
    sign, again = worker_seen(), _again_at(task)
    return ErrandView(row, _label(row), 0 if again else _before(task), again, None if sign.lives else sign)


def _label(row: Errand) -> Any:
    kind = errand_kinds.get(row.kind)
    return kind.label if kind else row.kind


def _again_at(task: Row | None) -> datetime | None:
    if task is None or not task.worker_ids or task.status != TaskResultStatus.READY:
        return None
    return task.run_after if task.run_after > timezone.now() else None


def _before(task: Row | None) -> int:
    """Tasks that are due and stand before it in the queue."""
    if task is None or task.status != TaskResultStatus.READY:
        return 0
    return DBTaskResult.objects.ready().filter(run_after__lt=task.run_after).count()
