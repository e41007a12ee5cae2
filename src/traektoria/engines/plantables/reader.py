"""From the bytes of a file, or a pasted text, to a proposal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from traektoria.engines.plantables.cells import complete
from traektoria.engines.plantables.columns import by_content, find_heading, guessed, rows_of_several, without_heading
from traektoria.engines.plantables.file_kinds import open_paper
from traektoria.engines.plantables.joined_lines import joined
from traektoria.engines.plantables.limits import LEFT, MOST_ROWS
from traektoria.engines.plantables.lines import read_lines
from traektoria.engines.plantables.model import (
    Block,
    Column,
    Doubt,
    FoundTable,
    Grid,
    GridRow,
    How,
    Left,
    Paper,
    Paragraph,
    Place,
    Proposal,
    ProposedRow,
    Where,
    WhyLeftOut,
)
from traektoria.engines.plantables.pasted_text import read_pasted as paper_of
from traektoria.engines.plantables.rows import GridReader
from traektoria.engines.plantables.side_tables import stacked
from traektoria.engines.storable_text import fit
from traektoria.engines.tables.errors import Unreadable

_TITLE = 200
_ROWS_ENOUGH = 3
_SHOWN = 120
_UNNAMED = re.compile(r"(?:лист|sheet|таблица)\s?\d*", re.IGNORECASE)


def read_plan(source: bytes, filename: str) -> Proposal:
    """What a file proposes. Raises Unreadable and nothing else."""
    return propose(open_paper(source, filename))


def read_pasted(text: str) -> Proposal:
    """What a pasted text proposes. Raises Unreadable and nothing else."""
    return propose(paper_of(text))


def propose(paper: Paper) -> Proposal:
    """Grids with columns of a plan; where there is none, the paragraphs. Raises Unreadable("no_plan")."""
    blocks = [stacked(block) for block in paper.blocks]
    reading = _Reading(sum(_columns(block) is not None for block in blocks if isinstance(block, Grid)))
    for block in blocks:
        reading.block(block)
    tables = reading.finish()
    rows, left = reading.rows, reading.left
    title = reading.title
    if not rows:
        paragraphs = [block for block in paper.blocks if isinstance(block, Paragraph)]
        rows, left = read_lines(paragraphs)
        title = ""
    if not rows:
        rows, tables, left = _at_a_guess(paper.blocks)
    if not rows:
        raise Unreadable("no_plan")
    left = [*paper.left, *left]
    if len(rows) > MOST_ROWS:
        left.append(
            Left(rows[MOST_ROWS].place, WhyLeftOut.TOO_MANY, rows[MOST_ROWS].content[:_SHOWN], len(rows) - MOST_ROWS)
        )
        rows = rows[:MOST_ROWS]
    pictures = {one.place for one in left if one.why is WhyLeftOut.PICTURE}
    seen = [replace(row, doubts=(*row.doubts, Doubt.PICTURE)) if row.place in pictures else row for row in rows]
    return Proposal(paper.kind, title, tuple(map(_fitted, seen)), tables, tuple(left[:LEFT]))


def _at_a_guess(blocks: Sequence[Block]) -> tuple[list[ProposedRow], tuple[FoundTable, ...], list[Left]]:
    """The largest table of a paper in which no heading says anything: its longest texts are what is done, and a person
    says what the other columns are. Nothing where no table has three rows."""
    grids = [block for block in blocks if isinstance(block, Grid)]
    grid = max(grids, key=rows_of_several, default=None)
    found = guessed(grid) if grid is not None and rows_of_several(grid) > _ROWS_ENOUGH else None
    if grid is None or found is None:
        return [], (), []
    reading = _Reading(plans=1)
    for block in blocks:
        if block is grid:
            reading.table(grid, *found)
        else:
            reading.block(block)
    tables = reading.finish()
    return reading.rows, tables, reading.left


@dataclass
class _Reading:
    """Goes through the blocks of a paper; ``plans``: how many of its tables have headings of a plan."""

    plans: int
    rows: list[ProposedRow] = field(default_factory=list)
    readers: list[tuple[Place, GridReader]] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    title: str = ""
    _above: list[Paragraph] = field(default_factory=list)
    _last: GridReader | None = None
    _width: int = 0

    def block(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            self._above.append(block)
            return
        self._grid(block)

    def _grid(self, grid: Grid) -> None:
        if not any(row.filled for row in grid.rows):
            return
        found = _columns(grid)
        if self._goes_on(grid, found):
            self._next_page(grid, found)
        elif found is None:
            self._flush()
            first = next(row for row in grid.rows if row.filled)
            filled = sum(bool(row.filled) for row in grid.rows)
            self.left.append(Left(first.place, WhyLeftOut.OTHER_TABLE, _beginning(first), filled))
        else:
            self.table(grid, *found)

    def table(self, grid: Grid, start: int, columns: tuple[Column, ...]) -> None:
        reader = GridReader(columns)
        if heading := self._heading(grid):
            reader.held.hold(heading, grid.rows[0].place)
        self._flush()
        self._last, self._width = reader, grid.width
        self.readers.append((grid.rows[max(start - 1, 0)].place, reader))
        self._read(reader, grid, start)

    def _next_page(self, grid: Grid, found: tuple[int, tuple[Column, ...]] | None) -> None:
        """The last row of the page before may go on here."""
        start = 0 if found is None or found[1][0].how is How.CONTENT else found[0]
        reader = self._last
        if reader is None:
            return
        self.left += [Left(row.place, WhyLeftOut.HEADING, _beginning(row)) for row in grid.rows[:start] if row.filled]
        if found is not None and start:
            reader.columns = found[1]
        self.rows = self.rows[: len(self.rows) - len(reader.rows)]
        self._read(reader, grid, start)

    def _read(self, reader: GridReader, grid: Grid, start: int) -> None:
        reader.left.clear()
        reader.read(grid, start)
        self.rows += reader.rows
        self.left += reader.left

    def finish(self) -> tuple[FoundTable, ...]:
        self._flush()
        return tuple(FoundTable(place, reader.columns, len(reader.rows)) for place, reader in self.readers)

    def _heading(self, grid: Grid) -> str:
        """What stands right over one of several tables is its section, and so is the name of a sheet; over the only
        table stands the title of the plan."""
        sheet = grid.rows[0].place.name
        text = joined([self._above[-1].text]) if self._above else sheet
        if not text or len(text) > _TITLE or text.endswith((":", ";")) or (text == sheet and _UNNAMED.fullmatch(sheet)):
            return ""
        if self.plans < 2:
            self.title = "" if text == sheet else text
            return ""
        if self._above:
            self._above.pop()
        return text

    def _goes_on(self, grid: Grid, found: tuple[int, tuple[Column, ...]] | None) -> bool:
        """A table right after a table of the plan, with its headings once more or with none and its columns: the next
        page of it."""
        last = self._last
        if last is None or self._above or grid.rows[0].place.where is Where.SHEET:
            return False
        titles = [one.title for one in last.columns if one.title]
        if found is not None and any(one.title for one in found[1]):
            return titles == [one.title for one in found[1] if one.title]
        return grid.width == self._width or max(len(row.cells) for row in grid.rows) == len(last.columns)

    def _flush(self) -> None:
        """Paragraphs that stand outside of tables, as one thing that is not taken."""
        if self._above:
            self.left.append(text_left(self._above))
            self._above = []


def _beginning(row: GridRow) -> str:
    return " | ".join(joined(cell.lines) for cell in row.filled)[:_SHOWN]


def text_left(paragraphs: Sequence[Paragraph]) -> Left:
    """Paragraphs that are not taken, by the first of them."""
    first, last = paragraphs[0].place, paragraphs[-1].place
    place = replace(first, last=last.row if last.row > first.row and last.number == first.number else 0)
    return Left(place, WhyLeftOut.TEXT, joined([paragraphs[0].text])[:_SHOWN], len(paragraphs))


def _columns(grid: Grid) -> tuple[int, tuple[Column, ...]] | None:
    """Where the rows of a plan begin in a grid, and its columns."""
    if found := find_heading(grid):
        at, columns = found
        return at + 1, by_content(complete(columns, grid, at + 1), grid.rows[at + 1 :])
    columns = without_heading(grid) or ()
    return (0, columns) if columns else None


def _fitted(row: ProposedRow) -> ProposedRow:
    """Text that a database can hold."""
    names = ("number", "section", "content", "term", "responsible", "direction", "product", "note")
    texts: dict[str, Any] = {name: fit(getattr(row, name)) for name in names}
    others = tuple((fit(title), fit(text)) for title, text in row.others)
    return replace(row, **texts, others=others)
