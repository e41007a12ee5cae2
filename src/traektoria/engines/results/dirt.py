"""What was found wrong or worth knowing in a file: kind, cell and value as written. Nothing is repaired."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from traektoria.engines.results.columns import SHEET_STEP, sheets_of
from traektoria.engines.tables.cells import column_letters, shown
from traektoria.engines.tables.encodings import ODD
from traektoria.engines.tables.headings import Table

EXAMPLES: Final = 200
# Normal in any file: told for information, not as a fault.
INFORMATION: Final = frozenset(
    {
        "not_started",
        "not_covered",
        "absent",
        "maximum_observed",
        "heading_row",
        "numbers_row",
        "date_heading",
        "class_spelling",
        "plus_minus",
    }
)
KINDS: Final[tuple[str, ...]] = (
    "sheet_hidden",
    "sheet_other_columns",
    "sheet_example",
    "heading_row",
    "numbers_row",
    "total_row",
    "signature_row",
    "date_heading",
    "odd_byte",
    "plus_minus",
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
    "class_spelling",
    "school_missing",
    "task_count_mismatch",
    "scale_mismatch",
    "condition_without_tasks",
    "condition_unread",
    "no_task",
    "repeated_task",
    "stray_value",
    "formula",
    "maximum_observed",
)


@dataclass(frozen=True, slots=True)
class Example:
    """A cell: 1-based row of the sheet (0 for the sheet as a whole), letters of the column ("" for the row as a whole),
    text as written."""

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
    """Gathers while a table is read. Rows are given as `columns.row_places` numbers them."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._sheets = sheets_of(table)
        self._counts: dict[str, int] = {}
        self._examples: dict[str, list[Example]] = {}

    def left(self) -> None:
        """Add what the reader of tables did not take: rows among the others, and sheets."""
        for left in self._table.left:
            self._say(f"{left.why}_row", Example(left.sheet, left.number, "", left.text))
        for unread in self._table.unread:
            self._say(f"sheet_{unread.why}", Example(unread.sheet, 0, "", ""))
        if self._table.odd_rows:
            self._odd_bytes()

    def _odd_bytes(self) -> None:
        """Cells of a CSV with bytes that are no text in its encoding; of rows that are not taken, the row."""
        rows = {line.number: line.cells for line in self._table.lines} | {self._table.number: self._table.heading}
        for number in self._table.odd_rows:
            texts = [(place, shown(cell)) for place, cell in enumerate(rows.get(number, ()))]
            hits = [(column_letters(place), text[:100]) for place, text in texts if ODD in text]
            for letters, text in hits or [("", "")]:
                self._say("odd_byte", Example(self._table.sheet, number, letters, text))

    def _say(self, kind: str, example: Example) -> None:
        kept = self._examples.setdefault(kind, [])
        if len(kept) < EXAMPLES:
            kept.append(example)
        self.count(kind, 1)

    def count(self, kind: str, number: int) -> None:
        """Add cells whose places are of no interest."""
        if number:
            self._counts[kind] = self._counts.get(kind, 0) + number

    def add(self, kind: str, rows: Sequence[int], column: int | None, values: Callable[[int], Any]) -> None:
        """Add cells of one column (None: whole rows). `values(i)` is the cell of `rows[i]` as written."""
        kept = self._examples.setdefault(kind, [])
        for index in range(min(len(rows), EXAMPLES - len(kept))):
            place, number = divmod(int(rows[index]), SHEET_STEP)
            letters = "" if column is None else self._table.letters(self._sheets[place], column)
            kept.append(Example(self._sheets[place], number, letters, shown(values(index))[:100]))
        if not rows:
            return
        self.count(kind, len(rows))

    def result(self) -> Dirt:
        """What was gathered, kinds in the order of KINDS."""
        counts = {kind: self._counts[kind] for kind in KINDS if kind in self._counts}
        examples = {kind: tuple(self._examples[kind]) for kind in counts if self._examples.get(kind)}
        return Dirt(counts, examples)
