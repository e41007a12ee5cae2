"""The door through which rows leave the engine: what must not be shown is replaced, not dropped."""

from collections.abc import Iterable
from typing import TypeVar

from traektoria.engines.disclosure import Decision, Reason

from .rows import CompletionRow, Hidden, JournalRow, MarksRow, PrimaryRow
from .zones import Note

R = TypeVar("R", MarksRow, JournalRow, PrimaryRow, CompletionRow)


def publish(rows: Iterable[R], decision: Decision) -> list[R | Hidden]:
    """Return the rows with each hidden group replaced by one `Hidden`, in the same order.

    In a shown group a task with fewer than ten read scores is hidden as well, by itself.
    """
    published: list[R | Hidden] = []
    for row in rows:
        reason = decision.reason(row.group.key)
        stand_in = None if reason is None else Hidden(row.group, reason)
        if reason is None and isinstance(row, CompletionRow) and row.note is Note.SUPPRESSED:
            stand_in = Hidden(row.group, Reason.SMALL, task=row.task)
        if stand_in is None:
            published.append(row)
        elif not published or published[-1] != stand_in:
            published.append(stand_in)
    return published
