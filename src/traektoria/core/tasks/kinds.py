"""The tasks that rooms have: how the administrator reads of them, which the worker does by the clock."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from traektoria.core.registries import Registry


@dataclass(frozen=True)
class TaskKind:
    """A task as the administrator reads of it. With ``every`` it takes no facts, and the worker does it by the clock:
    so often, counted from ``past`` midnight UTC. ``was``: the path under which rows of an earlier release name it."""

    slug: str
    order: int
    label: Any  # lazy string
    work: Any  # django_tasks.Task
    every: timedelta | None = None
    past: timedelta = timedelta()
    was: str = ""

    def next_after(self, moment: datetime) -> datetime | None:
        """The next time by the clock."""
        if self.every is None:
            return None
        midnight = moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + self.past
        return midnight + ((moment - midnight) // self.every + 1) * self.every


task_kinds: Registry[TaskKind] = Registry("tasks")
