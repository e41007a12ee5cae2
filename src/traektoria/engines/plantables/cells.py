"""The cells of a row under the columns of its table, as texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from traektoria.engines.plantables.joined_lines import joined_surely, squeezed
from traektoria.engines.plantables.model import Cell, Column, Grid, GridRow, How, PlanColumn

_ENDS_A_NAME = re.compile(r"(?:[А-ЯЁ]\. ?[А-ЯЁ]\.|[а-яё»)]{3,}|[А-ЯЁ]{2,})$")
_MARK = re.compile(r"[+*хxХXvV✓✔•●■√]+|да|\d{1,2}", re.IGNORECASE)
_BEGINS_ANOTHER = re.compile(r"[А-ЯЁ][а-яё]{2,}")


@dataclass(frozen=True, slots=True)
class RowTexts:
    """Texts by meaning and those of columns that no plan has; ``repeats`` are meanings whose cell is the lower part of
    a merged one. ``shifted``: which cell belongs to which column is a guess; ``marked``: the term is the headings of
    columns in which something stands."""

    texts: dict[PlanColumn, str]
    others: tuple[tuple[str, str], ...] = ()
    repeats: frozenset[PlanColumn] = frozenset()
    shifted: bool = False
    sure: bool = True
    damaged: bool = False
    marked: bool = False

    def __getitem__(self, meaning: PlanColumn) -> str:
        return self.texts.get(meaning, "")

    def only(self, *meanings: PlanColumn) -> bool:
        """Whether nothing else is filled."""
        return not self.others and {meaning for meaning, text in self.texts.items() if text} <= set(meanings)


def texts_of(row: GridRow, columns: Sequence[Column], *, spans: bool) -> RowTexts:
    """What stands under each column."""
    places, shifted = _places(row, columns, spans=spans)
    texts: dict[PlanColumn, str] = {}
    others, repeats, months, certain = list[tuple[str, str]](), set[PlanColumn](), list[tuple[str, str]](), True
    for at, column in enumerate(columns):
        cells = [cell for cell, place in zip(row.cells, places, strict=True) if place == at and not cell.is_empty]
        text, sure = _text(cells, column.meaning)
        certain = certain and sure
        if column.meaning is PlanColumn.OTHER:
            others += [(column.title, text)] if text else []
            continue
        if column.meaning is PlanColumn.MONTH:
            months += [(column.title, text)] if text else []
            continue
        texts[column.meaning] = text
        if cells and all(cell.goes_on for cell in cells):
            repeats.add(column.meaning)
    outside = [cell for cell, place in zip(row.cells, places, strict=True) if place < 0]
    others += [("", text) for cell in outside if (text := joined_surely(cell.lines)[0])]
    is_marked = bool(months) and not texts.get(PlanColumn.TERM)
    if is_marked:
        texts[PlanColumn.TERM] = ", ".join(title if _MARK.fullmatch(text) else text for title, text in months)
    elif months:
        others += months
    damaged = any(cell.faulty for cell in row.cells) or any("\ufffd" in text for text in texts.values())
    return RowTexts(texts, tuple(others), frozenset(repeats), shifted, certain, damaged, is_marked)


def complete(columns: Sequence[Column], grid: Grid, start: int) -> tuple[Column, ...]:
    """With the columns that have no heading and something in them."""
    covered = {at for column in columns for at in range(column.start, column.end)}
    bare = {
        (cell.start, cell.end)
        for row in grid.rows[start:]
        for cell in row.filled
        if len(row.cells) > (len(columns) if grid.spans else 1) and covered.isdisjoint(range(cell.start, cell.end))
    }
    more = [
        Column(first, end, "", PlanColumn.OTHER, How.NOT)
        for first, end in sorted(bare)
        if not any(a < end and first < b and (a, b) < (first, end) for a, b in bare)
    ]
    return tuple(sorted([*columns, *more], key=lambda column: column.start))


def _places(row: GridRow, columns: Sequence[Column], *, spans: bool) -> tuple[list[int], bool]:
    """For each cell the number of its column, -1 for none. A row that is not as wide as its headings and has as many
    cells is read in order; one that has not is doubtful."""
    by_overlap = [_under(cell, columns) for cell in row.cells]
    if not spans or not row.cells or row.cells[-1].end == columns[-1].end:
        return by_overlap, False
    if len(row.cells) == len(columns):
        in_order = list(range(len(columns)))
        return in_order, False
    return by_overlap, row.cells[-1].end > columns[-1].end or len(set(by_overlap)) < len(row.filled)


def _under(cell: Cell, columns: Sequence[Column]) -> int:
    overlaps = [min(cell.end, column.end) - max(cell.start, column.start) for column in columns]
    best = max(range(len(columns)), key=lambda at: overlaps[at])
    return best if overlaps[best] > 0 else -1


def _text(cells: Sequence[Cell], meaning: PlanColumn) -> tuple[str, bool]:
    if meaning is PlanColumn.NUMBER:
        return " ".join(cell.numbered or joined_surely(cell.lines)[0] for cell in cells), True
    lines = [line for cell in cells for line in cell.lines]
    return joined_surely(people(lines) if meaning is PlanColumn.RESPONSIBLE else lines)


def people(lines: Sequence[str]) -> list[str]:
    """Lines of a cell with people: where another one begins, a comma divides them."""
    found = list[str]()
    for line in filter(None, map(squeezed, lines)):
        if found and _ENDS_A_NAME.search(found[-1]) and _BEGINS_ANOTHER.match(line):
            found[-1] += ","
        found.append(line)
    return found
