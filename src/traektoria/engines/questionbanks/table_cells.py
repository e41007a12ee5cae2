"""Cells of a table of questions: any value of a spreadsheet as the text that its author saw."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from traektoria.engines.questionbanks.findings import Findings
from traektoria.engines.questionbanks.table_columns import ANSWER, OPTIONS, column_key, title_of
from traektoria.engines.tables.cells import Dated, Fault, column_letters, shown

Place = tuple[str, int]  # (key of a column, number of the answer or 0)
Meanings = Mapping[str, str]  # what a person said of headings: title_of(heading) → key of a column, "" for not needed
_ENUMERATED = re.compile(r"(?:\d{1,2}|[А-Яа-яA-Za-z])[.)]\s+")
_STARRED = re.compile(r"\*\s*(?=[^*\s])")
FORMULA = "="  # in a cell whose formula no program has computed


def cell_text(cell: Any) -> str:
    """A cell as it is shown; True is «да»; a date is what was typed, day.month."""
    if isinstance(cell, bool):
        return "да" if cell else "нет"
    if isinstance(cell, Dated):
        return cell.typed
    return shown(cell).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_\n", "\n").strip(" \t\n\u00a0\ufeff")


@dataclass(slots=True)
class Row:
    """One row: texts by place, the letter of each place's column, and what stands in cells without a value."""

    number: int
    cells: dict[Place, str]
    letters: dict[Place, str]
    faults: dict[Place, str]

    def text(self, key: str, number: int = 0) -> str:
        """The text of a cell, "" if it is empty or there is no such column."""
        return self.cells.get((key, number), "")

    def letter(self, key: str, number: int = 0) -> str:
        """The letter of a column, "" without it."""
        return self.letters.get((key, number), "")

    def numbered(self, key: str) -> list[tuple[int, str]]:
        """(number, text) of the filled answers in their order."""
        return sorted((number, text) for (own, number), text in self.cells.items() if own == key and text)


def headings(cells: Sequence[Any], number: int, findings: Findings, told: Meanings) -> dict[int, Place]:
    """0-based column → place. Unknown and repeated headings are told of, but for what a person said is not needed."""
    places: dict[int, Place] = {}
    for at, title, place in _places(cells, told):
        if place is None and told.get(title_of(title)) != "":
            findings.warn(number, "unknown_column", column=column_letters(at), found=title)
        elif place in places.values():
            findings.warn(number, "repeated_column", column=column_letters(at), found=title)
        elif place is not None:
            places[at] = place
    return places


def is_header(cells: Sequence[Any], told: Meanings) -> bool:
    """Whether a row of headings: it names the question and one more column."""
    found = {place for _at, _title, place in _places([cell for cell in cells if isinstance(cell, str)], told) if place}
    return ("text", 0) in found and len(found) > 1


def _places(cells: Sequence[Any], told: Meanings) -> Iterator[tuple[int, str, Place | None]]:
    """Each filled heading with what it is; a column that is told to be an answer is the next one."""
    answers = 0
    for at, cell in enumerate(cells):
        if not (title := cell_text(cell)):
            continue
        meaning = told.get(title_of(title))
        place = column_key(title) if meaning is None else (meaning, 0) if meaning else None
        if place is not None and place[0] == ANSWER:
            answers = place[1] or answers + 1
            place = (ANSWER, answers)
        yield at, title, place


def row_of(cells: Sequence[Any], number: int, places: dict[int, Place], findings: Findings) -> Row:
    """The row; cells that a spreadsheet turned into dates are told of."""
    row = Row(number, {}, {place: column_letters(at) for at, place in places.items()}, {})
    for at, place in places.items():
        cell = cells[at] if at < len(cells) else ""
        if isinstance(cell, Fault):
            row.faults[place] = FORMULA if cell.is_formula else cell.text
            continue
        row.cells[place] = cell_text(cell)
        if isinstance(cell, Dated):
            findings.warn(number, "date_in_cell", column=column_letters(at), found=cell_text(cell))
    _part_options(row)
    _read_stars(row)
    return row


def _part_options(row: Row) -> None:
    """«1) Москва⏎2) Тверь» in one cell are two answers, where there are no others."""
    text = row.text(OPTIONS)
    if not text or row.numbered(ANSWER):
        return
    pieces = text.split("\n") if "\n" in text else text.split(";")
    for number, piece in enumerate(filter(None, map(str.strip, pieces)), 1):
        row.cells[ANSWER, number] = _ENUMERATED.sub("", piece).rstrip(";")
        row.letters[ANSWER, number] = row.letter(OPTIONS)


def _read_stars(row: Row) -> None:
    """Answers with a star before them are the right ones, where no key says which are."""
    answers = row.numbered(ANSWER)
    starred = [number for number, text in answers if _STARRED.match(text)]
    if starred and len(starred) < len(answers) and not row.text("key"):
        row.cells["key", 0] = "; ".join(map(str, starred))
        for number in starred:
            row.cells[ANSWER, number] = _STARRED.sub("", row.cells[ANSWER, number])
