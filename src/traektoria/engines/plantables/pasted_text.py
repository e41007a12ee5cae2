"""What somebody pasted out of Word or a sheet: cells by tabs, or plain lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from traektoria.engines.plantables.limits import TEXT
from traektoria.engines.plantables.model import Block, Cell, Grid, GridRow, Paper, Paragraph, Place, Where
from traektoria.engines.storable_text import fit
from traektoria.engines.tables.errors import Unreadable

_LINE_ENDS = re.compile(r"\r\n|\r|\u2028|\u2029|\v|\f")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=\t|\n|$)')
_NUMBER = re.compile(r"\s*\d{1,3}(?:\.\d{1,3})*[.)]?\s*")
_PLAIN = re.compile(r"[^\t\n]*")

Row = tuple[int, list[str]]  # number of the line on which it begins, texts


def read_pasted(text: str) -> Paper:
    """Raises Unreadable("empty") and Unreadable("too_long")."""
    if len(text) > TEXT:
        raise Unreadable("too_long", size=len(text), limit=TEXT)
    text = fit(_LINE_ENDS.sub("\n", text))
    if not text.strip():
        raise Unreadable("empty")
    rows = list(_rows(text))
    return Paper("pasted", tuple(_blocks(rows)))


def _rows(text: str) -> Iterator[Row]:
    """Lines cut at tabs; a cell in quotation marks may go over several lines, as a sheet copies it."""
    at, line, cells, begins = 0, 1, list[str](), 1
    while at <= len(text):
        match = _QUOTED.match(text, at)
        if match is None or not {"\n", "\t", '"'} & set(match[1]):
            match = _PLAIN.match(text, at)
            cell = match[0] if match else ""
        else:
            cell = match[1].replace('""', '"')
        line += cell.count("\n")
        cells.append(cell.replace("\t", " "))
        at = (match.end() if match else at) + 1
        if at > len(text) or text[at - 1] == "\n":
            yield begins, cells
            line, cells = line + 1, []
            begins = line


def _blocks(rows: Sequence[Row]) -> Iterator[Block]:
    """Stretches of lines with tabs are grids; lines between them are paragraphs."""
    width = _width(rows)
    stretch = list[Row]()
    for number, cells in rows:
        if not any(map(str.strip, cells)):
            continue
        if len(cells) > 1 or (stretch and _belongs(cells[0], stretch[-1], width)):
            _take(stretch, number, cells, width)
            continue
        if stretch and _is_spanning(rows, number, width):
            stretch.append((number, cells))
            continue
        if stretch:
            yield _grid(stretch)
            stretch = []
        yield Paragraph(Place(Where.LINE, row=number), cells[0])
    if stretch:
        yield _grid(stretch)


def _width(rows: Sequence[Row]) -> int:
    """How many cells most rows have."""
    widths = Counter(len(cells) for _, cells in rows if len(cells) > 1)
    return max(widths, key=lambda width: (widths[width], width), default=1)


def _belongs(text: str, last: Row, width: int) -> bool:
    """A line without tabs after a row: the next paragraph of its last cell, as Word copies cells of several lines."""
    start = text.lstrip()[:1]
    return len(last[1]) > 1 and (len(last[1]) < width or start.islower() or start in "(,;–-•«")


def _take(stretch: list[Row], number: int, cells: list[str], width: int) -> None:
    """A row, or what goes on in the row above: there are too few cells in it, and here are the missing ones."""
    last = stretch[-1][1] if stretch else []
    together = len(last) + len(cells) - 1
    is_rest = (
        1 < len(last) < width
        and together <= width
        and (
            cells[0].lstrip()[:1].islower() or (together == width and _is_number(last[0]) and not _is_number(cells[0]))
        )
    )
    if len(cells) == 1 or is_rest:
        last[-1] = f"{last[-1]}\n{cells[0]}"
        last += cells[1:]
    else:
        stretch.append((number, list(cells)))


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


def _is_spanning(rows: Sequence[Row], number: int, width: int) -> bool:
    """A line without tabs between two rows of the table: a section or a date of the rows below."""
    below = [cells for at, cells in rows if at > number and any(map(str.strip, cells))]
    return any(len(cells) > 1 for cells in below[:3]) and width > 1


def _grid(rows: Sequence[Row]) -> Grid:
    made = []
    width = max(len(cells) for _, cells in rows)
    for number, cells in rows:
        spans = width if len(cells) == 1 else 1
        lines = tuple(Cell(at, at + spans, tuple(cell.split("\n"))) for at, cell in enumerate(cells) if cell.strip())
        made.append(GridRow(Place(Where.LINE, row=number), lines))
    return Grid(tuple(made), width, spans=False)
