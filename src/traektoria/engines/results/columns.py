"""The columns of a sheet of participants, read once and cut to the rows that are participants."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from traektoria.engines.lazy_imports import np
from traektoria.engines.results.cells import (
    MINUS,
    MISSING,
    NOT_COVERED,
    NOT_STARTED,
    PLUS,
    SCORED,
    SIGN_OF_ABSENCE,
    UNREADABLE,
    Ints,
    NumberMemo,
    ScoreMemo,
    TextMemo,
    is_absent,
    is_sign_of_absence,
    school_code,
)
from traektoria.engines.results.errors import Unrecognised
from traektoria.engines.results.model import Recognised
from traektoria.engines.tables.cells import shown
from traektoria.engines.tables.headings import Table

SHEET_STEP: Final = 2**21  # more than a sheet has rows
if TYPE_CHECKING:
    import numpy.typing as npt

Bools: TypeAlias = "npt.NDArray[np.bool_]"
Rows: TypeAlias = "npt.NDArray[np.int32]"
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
    """Participants' rows. `rows` are their places (see `row_places`); `blank` is the number of prepared rows left
    empty; `signs` say where and how an absent one is marked.
    """

    rows: Rows
    raw: dict[int, Sequence[Any]]
    scores: tuple[ScoreColumn, ...]
    variant: list[str | None]
    present: Bools
    signs: list[tuple[int, str] | None]
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
    body = [line.cells for line in found.table.lines]
    raw: list[tuple[Any, ...]] = list(zip(*body, strict=True)) if body else []
    if not raw:
        raise Unrecognised("no_participants", layout=found.layout)
    memo = ScoreMemo()
    scores = tuple(ScoreColumn(task.column, raw[task.column], *memo.decode(raw[task.column])) for task in found.tasks)
    variant = _variant(found, raw)
    signs = _signs(found, raw, scores, variant)
    group_rows, group_schools = _groups(found, body)
    marked: Bools = np.fromiter((sign is not None for sign in signs), np.bool_, len(signs))
    kept = (_filled(found, raw, scores, variant) | marked) & ~group_rows
    if not kept.any():
        raise Unrecognised("no_participants", layout=found.layout)
    if PLUS in memo:
        for score in scores:
            _settle_minus(score, marked)
    for score in scores:
        _settle(score, marked)
    return _cut(found, raw, scores, variant, signs, group_schools, kept, int((~kept & ~group_rows).sum()))


def row_places(table: Table) -> Rows:
    """A number for each line that no other has: its row in the sheet, and the place of the sheet times SHEET_STEP."""
    sheets = {name: place for place, name in enumerate(sheets_of(table))}
    return np.array([sheets[line.sheet] * SHEET_STEP + line.number for line in table.lines], np.int32)


def sheets_of(table: Table) -> list[str]:
    """The sheets of a table, the one with the headings first."""
    return list(dict.fromkeys([table.sheet, *(line.sheet for line in table.lines)]))


def _cut(
    found: Recognised,
    raw: list[tuple[Any, ...]],
    scores: tuple[ScoreColumn, ...],
    variant: list[str | None],
    signs: list[tuple[int, str] | None],
    group_schools: list[str | None],
    kept: Bools,
    blank: int,
) -> Columns:
    rows = row_places(found.table)[kept]
    used = {column for columns in found.roles.values() for column in columns}
    everything = bool(kept.all())
    if not everything:
        scores = tuple(score.only(kept) for score in scores)
        variant = list(compress(variant, kept))
        signs = list(compress(signs, kept))
        group_schools = list(compress(group_schools, kept))
    return Columns(
        rows=rows,
        raw={column: raw[column] if everything else list(compress(raw[column], kept)) for column in used},
        scores=scores,
        variant=variant,
        present=np.fromiter((sign is None for sign in signs), np.bool_, len(signs)),
        signs=signs,
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


def _signs(
    found: Recognised, raw: list[tuple[Any, ...]], scores: tuple[ScoreColumn, ...], variant: list[str | None]
) -> list[tuple[int, str] | None]:
    """Column and text of what says that a row's pupil was absent: a word for the variant, or a sign in place of a
    variant, points, total or mark where not one task has points."""
    places = found.roles.get("variant", ())
    absent: dict[str | None, tuple[int, str]] = {
        text: (places[0], text) for text in set(variant) if text is not None and is_absent(text)
    }
    signs = [absent.get(text) for text in variant]
    pointless: Bools = np.ones(len(signs), np.bool_)
    for score in scores:
        pointless &= ~np.isin(score.states, (SCORED, NOT_STARTED, NOT_COVERED))
    for score in scores:
        for row in np.flatnonzero(pointless & (score.states == SIGN_OF_ABSENCE)).tolist():
            signs[row] = signs[row] or (score.column, shown(score.cells[row]))
    columns = [found.column(role) for role in ("variant", "total", "mark")]
    for column in {column for column in columns if column is not None}:
        for row in np.flatnonzero(pointless).tolist():
            text = shown(raw[column][row])
            if signs[row] is None and text and is_sign_of_absence(text):
                signs[row] = (column, text)
    return signs


def _settle_minus(score: ScoreColumn, marked: Bools) -> None:
    """In a table of pluses a dash is a task that is not solved, unless the whole row holds nothing else."""
    dashes = np.flatnonzero((score.states == SIGN_OF_ABSENCE) & ~marked).tolist()
    rows = [row for row in dashes if shown(score.cells[row]) in MINUS]
    score.states[rows], score.scores[rows] = SCORED, 0


def _settle(score: ScoreColumn, marked: Bools) -> None:
    """A sign of absence says the row is absent; among points it is a cell that nobody can read as a number."""
    signs = score.states == SIGN_OF_ABSENCE
    score.states[signs & marked] = MISSING
    score.states[signs & ~marked] = UNREADABLE


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
        if any(_GROUP_ROW.search(text) for text in map(shown, row[:6])):
            group_rows[number] = True
            current = school_code(shown(row[0])) or current
        schools[number] = current
    return group_rows, schools
