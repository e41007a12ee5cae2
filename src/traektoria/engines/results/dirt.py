"""What was found wrong or worth knowing in a file: kind, cell and value as written. Nothing is repaired."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from traektoria.engines.results.headers import cell_text
from traektoria.engines.results.safety import column_letters

EXAMPLES: Final = 200
# Normal in any file: told for information, not as a fault.
INFORMATION: Final = frozenset({"not_started", "not_covered", "absent", "maximum_observed"})
KINDS: Final[tuple[str, ...]] = (
    "not_started",
    "not_covered",
    "absent",
    "unreadable",
    "over_maximum",
    "missing",
    "total_mismatch",
    "total_missing",
    "total_over_maximum",
    "no_journal_mark",
    "journal_mark_unreadable",
    "mark_mismatch",
    "repeated_participant",
    "class_missing",
    "school_missing",
    "task_count_mismatch",
    "scale_mismatch",
    "repeated_task",
    "stray_value",
    "formula",
    "maximum_observed",
)


@dataclass(frozen=True, slots=True)
class Example:
    """A cell: 1-based row of the sheet, letters of the column ("" for the row as a whole), text as written."""

    sheet: str
    row: int
    column: str
    value: str


@dataclass(frozen=True, slots=True)
class Dirt:
    """Counts by kind, and the first cells of each kind."""

    counts: dict[str, int] = field(default_factory=dict)
    examples: dict[str, tuple[Example, ...]] = field(default_factory=dict)


class DirtCollector:
    """Gathers while a sheet is read. Rows are given as 1-based numbers of the sheet."""

    def __init__(self, sheet: str) -> None:
        self._sheet = sheet
        self._counts: dict[str, int] = {}
        self._examples: dict[str, list[Example]] = {}

    def count(self, kind: str, number: int) -> None:
        """Add cells whose places are of no interest."""
        if number:
            self._counts[kind] = self._counts.get(kind, 0) + number

    def add(self, kind: str, rows: Sequence[int], column: int | None, values: Callable[[int], Any]) -> None:
        """Add cells of one column (None: whole rows). `values(i)` is the cell of `rows[i]` as written."""
        kept = self._examples.setdefault(kind, [])
        letters = "" if column is None else column_letters(column)
        for index in range(min(len(rows), EXAMPLES - len(kept))):
            kept.append(Example(self._sheet, int(rows[index]), letters, cell_text(values(index))[:100]))
        if not rows:
            return
        self.count(kind, len(rows))

    def result(self) -> Dirt:
        """What was gathered, kinds in the order of KINDS."""
        counts = {kind: self._counts[kind] for kind in KINDS if kind in self._counts}
        examples = {kind: tuple(self._examples[kind]) for kind in counts if self._examples.get(kind)}
        return Dirt(counts, examples)
