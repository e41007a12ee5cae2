"""The columns of a sheet of participants, read once and cut to the rows that are participants."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Any

import numpy as np
import numpy.typing as npt

from traektoria.engines.results.cells import MISSING, Ints, NumberMemo, ScoreMemo, TextMemo, is_absent, school_code
from traektoria.engines.results.errors import Unrecognised
from traektoria.engines.results.headers import cell_text
from traektoria.engines.results.model import Recognised

Bools = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int32]
_GROUP_ROW = re.compile(r"кол-во\s+участников|количество\s+участников", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ScoreColumn:
    """One column of scores: the cells as written and what they mean, all of the same length."""

    column: int
    cells: Sequence[Any]
    states: Ints
    scores: Ints

    def only(self, kept: Bools) -> ScoreColumn:
        """The column at the rows of a mask."""
        return replace(self, cells=list(compress(self.cells, kept)), states=self.states[kept], scores=self.scores[kept])


@dataclass(frozen=True, slots=True)
class Columns:
    """Participants' rows. `rows` are 1-based rows of the sheet; `blank` is the number of prepared rows left empty."""

    rows: Rows
    raw: dict[int, Sequence[Any]]
    scores: tuple[ScoreColumn, ...]
    variant: list[str | None]
    present: Bools
    group_schools: list[str | None]
    blank: int

    def cells(self, column: int | None) -> Sequence[Any]:
        """Cells of a column as written; empty cells where there is no such column."""
        return [""] * len(self.rows) if column is None else self.raw[column]

    def texts(self, column: int | None) -> list[str | None]:
        """Texts of a column."""
        return TextMemo().decode(self.cells(column))

    def numbers(self, column: int | None) -> Ints:
        """Whole numbers of a column, see NumberMemo."""
        return NumberMemo().decode(self.cells(column))


def read_columns(found: Recognised) -> Columns:
    """Read what stands under the header. Raises Unrecognised("no_participants") where nobody does."""
    body = found.sheet.rows[found.header_row + 1 :]
    raw: list[tuple[Any, ...]] = list(zip(*body, strict=True)) if body else []
    if not raw:
        raise Unrecognised("no_participants", layout=found.layout)
    memo = ScoreMemo()
    scores = tuple(ScoreColumn(task.column, raw[task.column], *memo.decode(raw[task.column])) for task in found.tasks)
    variant = _variant(found, raw)
    group_rows, group_schools = _groups(found, body)
    kept = _filled(found, raw, scores, variant) & ~group_rows
    if not kept.any():
        raise Unrecognised("no_participants", layout=found.layout)
    return _cut(found, raw, scores, variant, group_schools, kept, int((~kept & ~group_rows).sum()))


def _cut(
    found: Recognised,
    raw: list[tuple[Any, ...]],
    scores: tuple[ScoreColumn, ...],
    variant: list[str | None],
    group_schools: list[str | None],
    kept: Bools,
    blank: int,
) -> Columns:
    rows = (np.flatnonzero(kept) + found.header_row + 2).astype(np.int32)
    used = {column for columns in found.roles.values() for column in columns}
    everything = bool(kept.all())
    if not everything:
        scores = tuple(score.only(kept) for score in scores)
        variant = list(compress(variant, kept))
        group_schools = list(compress(group_schools, kept))
    return Columns(
        rows=rows,
        raw={column: raw[column] if everything else list(compress(raw[column], kept)) for column in used},
        scores=scores,
        variant=variant,
        present=~np.fromiter(map(is_absent, variant), np.bool_, len(variant)),
        group_schools=group_schools,
        blank=blank,
    )


def _variant(found: Recognised, raw: list[tuple[Any, ...]]) -> list[str | None]:
    """The variant of each row. A form may ask it twice: any «отсутствовал» wins, else the first that is filled."""
    columns = [TextMemo().decode(raw[column]) for column in found.roles.get("variant", ())]
    if not columns:
        return [None] * len(raw[0])
    if len(columns) == 1:
        return columns[0]
    return [next((v for v in row if is_absent(v)), next(filter(None, row), None)) for row in zip(*columns, strict=True)]


def _filled(
    found: Recognised, raw: list[tuple[Any, ...]], scores: tuple[ScoreColumn, ...], variant: list[str | None]
) -> Bools:
    """Rows where somebody wrote something. A prepared row has at most a code, a class and a formula that gives 0."""
    filled: Bools = np.fromiter((value is not None for value in variant), np.bool_, len(variant))
    for score in scores:
        filled |= score.states != MISSING
    for role in ("journal", "total", "mark"):
        column = found.column(role)
        if column is not None:
            filled |= NumberMemo().decode(raw[column]) > 0
    return filled


def _groups(found: Recognised, body: list[list[Any]]) -> tuple[Bools, list[str | None]]:
    """Group rows of Ф1, «ОО(edu…) | Кол-во участников: N», and the school that each row therefore belongs to."""
    group_rows: Bools = np.zeros(len(body), np.bool_)
    schools: list[str | None] = [None] * len(body)
    if found.layout != "f1_individual":
        return group_rows, schools
    current: str | None = None
    for number, row in enumerate(body):
        if any(_GROUP_ROW.search(text) for text in map(cell_text, row[:6])):
            group_rows[number] = True
            current = school_code(cell_text(row[0])) or current
        schools[number] = current
    return group_rows, schools
