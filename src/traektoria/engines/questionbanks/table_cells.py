"""Cells of a table of questions: any value of a spreadsheet as the text that its author saw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from traektoria.engines.questionbanks.findings import Findings
from traektoria.engines.questionbanks.table_columns import column_key
from traektoria.engines.results.safety import column_letters

Place = tuple[str, int]  # (key of a column, number of the answer or 0)


def cell_text(cell: Any) -> str:
    """Numbers with a decimal point and without idle zeros; True is «да»; a date is day.month."""
    if isinstance(cell, bool):
        return "да" if cell else "нет"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime | date):
        return f"{cell.day}.{cell.month}"
    return str(cell).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_\n", "\n").strip(" \t\n\u00a0\ufeff")


@dataclass(slots=True)
class Row:
    """One row: texts by place, and the letter of each place's column."""

    number: int
    cells: dict[Place, str]
    letters: dict[Place, str]

    def text(self, key: str, number: int = 0) -> str:
        """The text of a cell, "" if it is empty or there is no such column."""
        return self.cells.get((key, number), "")

    def letter(self, key: str, number: int = 0) -> str:
        """The letter of a column, "" without it."""
        return self.letters.get((key, number), "")

    def numbered(self, key: str) -> list[tuple[int, str]]:
        """(number, text) of the filled answers in their order."""
        return sorted((number, text) for (own, number), text in self.cells.items() if own == key and text)


def headings(cells: Sequence[Any], number: int, findings: Findings) -> dict[int, Place]:
    """0-based column → place. Unknown and repeated headings are told of."""
    places: dict[int, Place] = {}
    for at, cell in enumerate(cells):
        title = cell_text(cell)
        if not title:
            continue
        place = column_key(title)
        if place is None:
            findings.warn(number, "unknown_column", column=column_letters(at), found=title)
        elif place in places.values():
            findings.warn(number, "repeated_column", column=column_letters(at), found=title)
        else:
            places[at] = place
    return places


def is_header(cells: Sequence[Any]) -> bool:
    """Whether a row of headings: it names the question and one more column."""
    found = {place for cell in cells if isinstance(cell, str) and (place := column_key(cell_text(cell)))}
    return ("text", 0) in found and len(found) > 1


def row_of(cells: Sequence[Any], number: int, places: dict[int, Place], findings: Findings) -> Row:
    """The row; cells that a spreadsheet turned into dates are told of."""
    row = Row(number, {}, {place: column_letters(at) for at, place in places.items()})
    for at, place in places.items():
        cell = cells[at] if at < len(cells) else ""
        row.cells[place] = cell_text(cell)
        if isinstance(cell, datetime | date | time | timedelta):
            findings.warn(number, "date_in_cell", column=column_letters(at), found=cell_text(cell))
    return row
