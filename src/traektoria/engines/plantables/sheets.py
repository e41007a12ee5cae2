"""XLSX and CSV as a paper: each visible sheet a grid, hidden ones named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import time
from typing import Any

from traektoria.engines.plantables.limits import FILES
from traektoria.engines.plantables.model import Cell, Grid, GridRow, Left, Paper, Place, Where, WhyLeftOut
from traektoria.engines.tables.cells import Dated, Fault, column_letters, shown
from traektoria.engines.tables.headings import is_example
from traektoria.engines.tables.workbook import CSV_SHEET, Sheet, read_workbook

_MIDNIGHT = re.compile(r"\s+0?0:00(?::00)?$")
"""A day that the format of its cell shows with hours that nobody typed."""


def read_sheets(source: bytes, filename: str) -> Paper:
    """Raises Unreadable and nothing else."""
    book = read_workbook(source, filename, FILES)
    is_csv = book.sheets[0].name == CSV_SHEET and len(book.sheets) == 1 and bool(book.encoding)
    sheets = sorted(book.visible, key=lambda sheet: is_example(sheet.name))
    at = {sheet.name: number for number, sheet in enumerate(book.sheets, 1)}
    grids = tuple(_grid(sheet, at[sheet.name], is_csv=is_csv) for sheet in sheets if sheet.rows)
    hidden = tuple(
        Left(Place(Where.SHEET, at[sheet.name], sheet.name), WhyLeftOut.HIDDEN_SHEET)
        for sheet in book.sheets
        if sheet.hidden
    )
    folded = tuple(one for sheet in sheets for one in _folded(sheet, at[sheet.name]))
    return Paper("csv" if is_csv else "xlsx", grids, (*hidden, *folded))


def _folded(sheet: Sheet, at: int) -> Iterator[Left]:
    """Hidden rows and columns are read; that they were hidden is said."""
    for first, last in _stretches(sheet.hidden_rows):
        place = Place(Where.SHEET, at, sheet.name, first, last if last > first else 0)
        yield Left(place, WhyLeftOut.HIDDEN_ROWS, count=last - first + 1)
    for column in sheet.hidden_columns:
        yield Left(Place(Where.SHEET, at, sheet.name), WhyLeftOut.HIDDEN_COLUMN, column_letters(column))


def _stretches(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers that follow one another, as first and last."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _grid(sheet: Sheet, at: int, *, is_csv: bool) -> Grid:
    rows = []
    for number, cells in zip(sheet.numbers, sheet.rows, strict=True):
        place = Place(Where.LINE, row=number) if is_csv else Place(Where.SHEET, at, sheet.name, number)
        rows.append(GridRow(place, tuple(_cell(at, cell) for at, cell in enumerate(cells) if cell != "")))
    return Grid(tuple(rows), max(map(len, sheet.rows), default=0), spans=False)


def _cell(at: int, cell: Any) -> Cell:
    if isinstance(cell, Fault):
        return Cell(at, at + 1, () if cell.is_formula else (cell.text,), faulty=True)
    text = shown(cell)
    if isinstance(cell, Dated) and cell.moment.time() == time():
        text = _MIDNIGHT.sub("", text)
    return Cell(at, at + 1, tuple(text.split("\n")), numbered=cell.typed if isinstance(cell, Dated) else "")
