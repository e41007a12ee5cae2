"""What each table of a dataset may show: decided once, from the roll, and kept.

The decision of everybody looks at all counted participants. A table may stand on fewer: without a mark, without a mark
of the journal, a task that a class has not covered. So every table, and every task, is decided on its own numbers, from
what the decision of everybody shows (``disclosure.release``). That is safe together: hiding more parts of a shown total
never makes the hidden rest smaller (``disclosure.decision``, rule 2).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from traektoria.engines.disclosure import EVERYBODY, Decision

from .rolls import JOURNAL_TABLE, MARKS_TABLE, PRIMARY_TABLE, task_table

NOTHING = Decision(frozenset())


@dataclass(frozen=True)
class Decisions:
    """The decisions of one dataset by table, the widest first; a table that was never decided shows nothing."""

    tables: Mapping[str, Decision]

    def of(self, table: str) -> Decision:
        """The decision of a table by its name."""
        return self.tables.get(table, NOTHING)

    @property
    def everybody(self) -> Decision:
        """Groups whose number of participants may be shown."""
        return self.of(EVERYBODY)

    @property
    def marks(self) -> Decision:
        """Groups whose marks may be shown."""
        return self.of(MARKS_TABLE)

    @property
    def journal(self) -> Decision:
        """Groups whose comparison with the journal may be shown."""
        return self.of(JOURNAL_TABLE)

    @property
    def primary(self) -> Decision:
        """Groups whose distribution of scores may be shown."""
        return self.of(PRIMARY_TABLE)

    def task(self, position: int) -> Decision:
        """Groups whose completion of this task may be shown."""
        return self.of(task_table(position))

    def as_json(self) -> dict[str, Any]:
        """Return the decisions as they are kept: what the widest table shows, and what each other one shows less.

        None stands for a table that shows nothing.
        """
        base = next(iter(self.tables), EVERYBODY)
        wide = self.of(base).shown
        less = {
            table: sorted(map(list, wide - decision.shown), key=repr) if decision.shown else None
            for table, decision in self.tables.items()
            if table != base
        }
        return {"base": base, "shown": sorted(map(list, wide), key=repr), "less": less}

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Decisions":
        """Read what ``as_json`` wrote."""
        wide = Decision(frozenset(map(tuple, kept.get("shown", ()))))
        less: dict[str, list[list[str | None]] | None] = kept.get("less", {})
        narrow = {table: NOTHING if keys is None else _less(wide, keys) for table, keys in less.items()}
        return cls({kept.get("base", EVERYBODY): wide, **narrow})


def _less(wide: Decision, keys: list[list[str | None]]) -> Decision:
    return Decision(wide.shown - set(map(tuple, keys))) if keys else wide
