"""Two tables that stand side by side in one: the headings come twice in a row, so that each half is a table."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from traektoria.engines.plantables.model import Block, Cell, Grid, GridRow

_HEADS_WITHIN: Final = 15
"""Rows in which headings are looked for."""
_LEAST: Final = 2
"""So many headings make a table."""


def apart(block: Block) -> tuple[Block, ...]:
    """The halves of a table whose headings come twice, the left one first; anything else as it is. What stands over the
    headings belongs to the left one."""
    if not isinstance(block, Grid):
        return (block,)
    for at, row in enumerate(block.rows[:_HEADS_WITHIN]):
        if column := _second_begins(row):
            left = tuple(replace(one, cells=_before(one, column)) for one in block.rows)
            right = tuple(replace(one, cells=_since(one, column)) for one in block.rows[at:])
            return (replace(block, rows=left, width=column), replace(block, rows=right, width=block.width - column))
    return (block,)


def _second_begins(row: GridRow) -> int:
    """The column at which the same headings begin once more; 0: nowhere."""
    texts = [_key(cell) for cell in row.filled]
    half, odd = divmod(len(texts), 2)
    if odd or half < _LEAST or texts[:half] != texts[half:] or len(set(texts)) < half:
        return 0
    return row.filled[half].start


def _key(cell: Cell) -> str:
    return " ".join(" ".join(cell.lines).lower().split())


def _before(row: GridRow, column: int) -> tuple[Cell, ...]:
    return tuple(cell for cell in row.cells if cell.start < column)


def _since(row: GridRow, column: int) -> tuple[Cell, ...]:
    return tuple(
        replace(cell, start=cell.start - column, end=cell.end - column) for cell in row.cells if cell.start >= column
    )
