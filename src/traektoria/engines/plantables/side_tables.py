"""Tables that stand side by side in one: the same headings come several times in a row. They are read one under the
other, as one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from traektoria.engines.plantables.columns import meaning_of, two_storeys
from traektoria.engines.plantables.joined_lines import joined
from traektoria.engines.plantables.model import Block, Cell, Grid, GridRow, PlanColumn
from traektoria.engines.plantables.terms import date_of

_HEADS_WITHIN: Final = 15
"""Rows in which headings are looked for."""
_LEAST_COLUMNS: Final = 2
"""So many headings make a table."""


@dataclass(frozen=True, slots=True)
class _SideTable:
    """One of the tables: from which column to before which it goes, its headings, what stands right over them."""

    start: int
    end: int
    heads: tuple[Cell, ...]
    over: GridRow | None = None


def stacked(block: Block) -> Block:
    """One table of several that stand side by side; anything else as it is. What stands over all of them, or goes
    through them, holds for each."""
    if not isinstance(block, Grid):
        return block
    for at, row in enumerate(block.rows[:_HEADS_WITHIN]):
        if parts := _parts(row, block.width):
            return _one_under_another(block, at, parts)
    return block


def _parts(row: GridRow, width: int) -> list[_SideTable]:
    """The same headings again and again, what is done among them; none where they come once."""
    texts = [_key(cell) for cell in row.filled]
    for size in range(_LEAST_COLUMNS, len(texts) // 2 + 1):
        own = texts[:size]
        times, rest = divmod(len(texts), size)
        if rest or texts != own * times or len(set(own)) < size:
            continue
        if not any(meaning_of(joined(cell.lines))[0] is PlanColumn.CONTENT for cell in row.filled[:size]):
            return []  # «Срок, Ответственный» twice: what is done stands beside both
        heads = [row.filled[at : at + size] for at in range(0, len(texts), size)]
        ends = [*(one[0].start for one in heads[1:]), width]
        return [_SideTable(one[0].start, end, one) for one, end in zip(heads, ends, strict=True)]
    return []


def _one_under_another(grid: Grid, at: int, parts: list[_SideTable]) -> Grid:
    first = parts[0]
    over = grid.rows[at - 1] if at else None
    if over is not None and (named := _over_each(over, parts, spans=grid.spans)):
        parts = [replace(part, over=label) for part, label in zip(parts, named, strict=True)]
    heads = [_within(row, first, first) for row in grid.rows[at : at + _storeys(grid.rows[at : at + 2], parts)]]
    body = grid.rows[at + len(heads) :]
    rows = [*grid.rows[: at - 1 if first.over else at], *heads, *_bands(body, parts, spans=grid.spans)]
    return replace(grid, rows=tuple(rows), width=first.heads[-1].end)


def _over_each(row: GridRow, parts: Sequence[_SideTable], *, spans: bool) -> list[GridRow]:
    """«I полугодие» over the first table, «II полугодие» over the second: one over each, or none."""
    found = row.filled
    before = [0, *(part.heads[-1].end for part in parts)]
    is_so = len(found) == len(parts) and all(
        begin <= cell.start < part.end and cell.end <= part.end and (cell.end - cell.start > 1 or not spans)
        for begin, cell, part in zip(before, found, parts, strict=False)
    )
    whole = (parts[0].heads[0].start, parts[0].heads[-1].end)
    return [GridRow(row.place, (Cell(*whole, cell.lines),)) for cell in found] if is_so else []


def _storeys(rows: Sequence[GridRow], parts: Sequence[_SideTable]) -> int:
    """How many rows the headings take."""
    upper, *below = [_within(row, parts[0], parts[0]) for row in rows]
    if not below or two_storeys(upper, below[0]) is None:
        return 1
    texts = [[_key(cell) for cell in _within(rows[1], part, parts[0]).filled] for part in parts]
    return 2 if all(one == texts[0] for one in texts) else 1


def _bands(rows: Sequence[GridRow], parts: Sequence[_SideTable], *, spans: bool) -> Iterator[GridRow]:
    """What goes through all tables, then the rows of each down to the next such row."""
    band: list[GridRow] = []
    through: GridRow | None = None
    last = max((at for at, row in enumerate(rows) if _is_beyond(row, parts[0])), default=-1)
    for at, row in enumerate(rows):
        if (
            _goes_through(row, parts)
            if spans
            else (len(row.filled) == 1 and at < last and not _is_beyond(row, parts[0]))
        ):
            yield from _band(through, band, parts)
            band, through = [], row
        else:
            band.append(row)
    yield from _band(through, band, parts)


def _band(through: GridRow | None, rows: Sequence[GridRow], parts: Sequence[_SideTable]) -> Iterator[GridRow]:
    if through is not None:
        yield _within(replace(through, cells=through.filled), parts[0], parts[0])
    for part in parts:
        own = [one for row in rows if (one := _within(row, part, parts[0])).filled]
        if own and part.over is not None:
            yield _under(through, part.over)
        yield from own


def _under(through: GridRow | None, over: GridRow) -> GridRow:
    """What stands over a table is a date, or a section within that which goes through all of them."""
    label = joined(over.cells[0].lines)
    if through is None or date_of(label):
        return over
    section = " ".join(joined(cell.lines) for cell in through.filled)
    return replace(over, cells=(replace(over.cells[0], lines=(f"{section}. {label}",)),))


def _goes_through(row: GridRow, parts: Sequence[_SideTable]) -> bool:
    """A title over the tables, with or without its number."""
    return len(row.filled) < 3 and any(cell.start < part.start < cell.end for cell in row.filled for part in parts[1:])


def _is_beyond(row: GridRow, first: _SideTable) -> bool:
    return any(cell.start >= first.end for cell in row.filled)


def _within(row: GridRow, part: _SideTable, first: _SideTable) -> GridRow:
    """The cells of one of the tables, as if they stood in the first."""
    own = [
        cell for cell in row.cells if part.start <= cell.start < part.end or (part is first and cell.start < part.start)
    ]
    if part is not first and len(own) == len(part.heads):
        return replace(row, cells=tuple(_moved(cell, to, to) for cell, to in zip(own, first.heads, strict=True)))
    if part is first:
        return replace(
            row, cells=tuple(replace(cell, end=min(cell.end, max(part.end, cell.start + 1))) for cell in own)
        )
    return replace(row, cells=tuple(_placed(cell, part, first) for cell in own))


def _placed(cell: Cell, part: _SideTable, first: _SideTable) -> Cell:
    """Under the same headings of the first table; what stands under none keeps its distance."""
    under = [
        to for head, to in zip(part.heads, first.heads, strict=True) if cell.start < head.end and head.start < cell.end
    ]
    if under:
        return _moved(cell, under[0], under[-1])
    away = part.start - first.start
    return replace(cell, start=cell.start - away, end=cell.end - away)


def _cut(cell: Cell, end: int) -> Cell:
    return replace(cell, end=min(cell.end, end))


def _moved(cell: Cell, begin: Cell, end: Cell) -> Cell:
    return replace(cell, start=begin.start, end=end.end)


def _key(cell: Cell) -> str:
    return " ".join(" ".join(cell.lines).lower().split())
