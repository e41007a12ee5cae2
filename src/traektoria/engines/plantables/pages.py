"""PDF by its text: ruled tables as grids, everything else as lines. What is only a picture of a page is said.

Read in a process apart: the reader is slow, needs memory, and a crafted file must not hold a page of ours.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any, Final

from traektoria.engines.plantables.limits import PAGES
from traektoria.engines.plantables.model import (
    Block,
    Cell,
    Grid,
    GridRow,
    Left,
    Paper,
    Paragraph,
    Place,
    Where,
    WhyLeftOut,
)
from traektoria.engines.process_apart import Apart, Failed, NoAnswer
from traektoria.engines.storable_text import fit
from traektoria.engines.tables.errors import Unreadable

READER: Final = Apart("pages", idle=30, patience=60)
_EDGE: Final = 3.0
"""Points within which two edges of cells are one."""
_LETTERS: Final = 8
"""Letters of a page under which it is a picture."""


def read_pages(source: bytes) -> Paper:
    """Raises Unreadable and nothing else."""
    try:
        return READER.ask(pages_of, source)
    except (NoAnswer, Failed) as error:
        raise Unreadable("damaged_pdf") from error


def pages_of(source: bytes) -> Paper:
    """The paper, in the process apart. Raises Unreadable; every other error is a damaged file."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    try:
        with pdfplumber.open(io.BytesIO(source)) as book:
            return _paper(book)
    except Unreadable:
        raise
    except (Exception, RecursionError) as error:
        locked = isinstance(error, PDFPasswordIncorrect) or "Password" in repr(error)
        raise Unreadable("encrypted" if locked else "damaged_pdf") from error


def _paper(book: Any) -> Paper:
    if len(book.pages) > PAGES:
        raise Unreadable("too_many_pages", pages=len(book.pages), limit=PAGES)
    blocks, left, is_text = list[Block](), list[Left](), False
    for number, page in enumerate(book.pages, 1):
        if len(page.chars) < _LETTERS and page.images:
            left.append(Left(Place(Where.PAGE, number=number), WhyLeftOut.PICTURE))
            continue
        is_text = is_text or len(page.chars) >= _LETTERS
        blocks += _page(page, number)
        page.close()
    if not is_text:
        raise Unreadable("scanned" if left else "empty")
    return Paper("pdf", tuple(blocks), tuple(left))


def _page(page: Any, number: int) -> Iterator[Block]:
    """Tables and the lines between them, from top to bottom."""
    tables = sorted(page.find_tables(), key=lambda table: table.bbox[1])
    tables = [table for table in tables if len(table.rows) and len(_edges(table)) > 2]
    row, top = 0, 0.0
    for table in tables:
        for text in _lines(page, top, table.bbox[1]):
            row += 1
            yield Paragraph(Place(Where.PAGE, number=number, row=row), text)
        grid = _grid(page, table, number, row)
        row += len(grid.rows)
        yield grid
        top = max(top, table.bbox[3])
    for text in _lines(page, top, page.height):
        row += 1
        yield Paragraph(Place(Where.PAGE, number=number, row=row), text)


def _lines(page: Any, top: float, bottom: float) -> list[str]:
    if bottom - top < 1:
        return []
    part = page.crop((0, max(top, 0), page.width, min(bottom, page.height)), strict=False)
    return [line for line in fit(part.extract_text() or "").split("\n") if line.strip()]


def _edges(table: Any) -> list[float]:
    """Where columns begin and end, from left to right."""
    found = list[float]()
    for x in sorted(x for cell in table.cells for x in (cell[0], cell[2])):
        if not found or x - found[-1] > _EDGE:
            found.append(x)
    return found


def _grid(page: Any, table: Any, number: int, before: int) -> Grid:
    edges = _edges(table)
    rows, open_cells = list[GridRow](), dict[int, tuple[float, Cell]]()
    for at, row in enumerate(table.rows):
        cells = list[Cell]()
        for box in filter(None, row.cells):
            start, end = _column(edges, box[0]), max(_column(edges, box[2]), _column(edges, box[0]) + 1)
            cell = Cell(start, end, _text(page, box))
            cells.append(cell)
            open_cells[start] = (box[3], cell)
        cells += _merged(open_cells, cells, row)
        place = Place(Where.PAGE, number=number, row=before + at + 1)
        rows.append(GridRow(place, tuple(sorted(cells, key=lambda cell: cell.start))))
    return Grid(tuple(rows), len(edges) - 1)


def _merged(open_cells: dict[int, tuple[float, Cell]], cells: Sequence[Cell], row: Any) -> list[Cell]:
    """Cells that began in a row above and reach down into this one."""
    taken = {at for cell in cells for at in range(cell.start, cell.end)}
    return [
        Cell(cell.start, cell.end, cell.lines, goes_on=True)
        for bottom, cell in open_cells.values()
        if bottom > row.bbox[1] + _EDGE and taken.isdisjoint(range(cell.start, cell.end))
    ]


def _column(edges: Sequence[float], x: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - x))


def _text(page: Any, box: tuple[float, float, float, float]) -> tuple[str, ...]:
    part = page.crop(box, strict=False)
    return tuple(line for line in fit(part.extract_text() or "").split("\n") if line.strip())
