"""The door through which rows leave the engine: what must not be shown is replaced, not dropped."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TypeVar

from traektoria.engines.disclosure import MINIMUM, Decision

from .rows import CompletionRow, Hidden, JournalRow, MarksRow, PrimaryRow

R = TypeVar("R", MarksRow, JournalRow, PrimaryRow, CompletionRow)


def publish(
    rows: Iterable[R], decision: Decision, tasks: Mapping[str, Decision] = MappingProxyType({})
) -> list[R | Hidden]:
    """Return the rows with each hidden group replaced by one `Hidden`, in the same order.

    `decision` is that of the table. In a shown group a task is hidden by itself where `tasks` (by label) says so, or
    where it has fewer than ten read scores.
    """
    published: list[R | Hidden] = []
    for row in rows:
        stand_in = Hidden(row.group) if decision.hides(row.group.key) else None
        if stand_in is None and isinstance(row, CompletionRow) and _hides_task(row, tasks):
            stand_in = Hidden(row.group, task=row.task)
        if stand_in is None:
            published.append(row)
        elif not published or published[-1] != stand_in:
            published.append(stand_in)
    return published


def _hides_task(row: CompletionRow, tasks: Mapping[str, Decision]) -> bool:
    return row.n < MINIMUM or (row.task in tasks and tasks[row.task].hides(row.group.key))
