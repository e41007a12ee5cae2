"""The door through which rows leave the engine: what must not be shown is replaced, not dropped."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TypeVar

from traektoria.engines.disclosure import Decision, Reason

from .rows import CompletionRow, Hidden, JournalRow, MarksRow, PrimaryRow
from .zones import Note

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
        reason = decision.reason(row.group.key)
        stand_in = None if reason is None else Hidden(row.group, reason)
        if reason is None and isinstance(row, CompletionRow):
            alone = tasks[row.task].reason(row.group.key) if row.task in tasks else None
            alone = Reason.SMALL if row.note is Note.SUPPRESSED else alone
            stand_in = Hidden(row.group, alone, task=row.task) if alone else None
        if stand_in is None:
            published.append(row)
        elif not published or published[-1] != stand_in:
            published.append(stand_in)
    return published
