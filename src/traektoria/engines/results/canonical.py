"""From the columns of a file to the canonical dataset: who sat, what each task got, points and mark.

**Which points count.** Where the file states totals, the stated total is the official number of points, and a row
without one takes no part in tables; the sum of the tasks is kept beside it and every difference is reported. This is
the convention of the published regional tables: on the export of 2021, mathematics, grade 4, it gives their 24 933
participants and marks 3.31/23.61/46.18/26.90 % exactly, while the sum gives 3.31/23.62/46.23/26.83 %.
Where a file states no totals (a plain table), and in the collection forms, whose total is a formula over cells that may
hold text or was never computed (it reads 0 for pupils who have points), the sum of the tasks counts.
Compared with the journal are participants with both marks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from traektoria.engines.results.cells import (
    MISSING,
    NO_NUMBER,
    NOT_COVERED,
    NOT_STARTED,
    OVER_MAXIMUM,
    SCORED,
    UNREADABLE,
    Ints,
    NumberMemo,
)
from traektoria.engines.results.columns import Bools, Columns, ScoreColumn, read_columns
from traektoria.engines.results.dirt import Dirt, DirtCollector
from traektoria.engines.results.model import Guess, Recognised, Task
from traektoria.engines.results.people import People, read_people
from traektoria.engines.results.scales import MarkScale, scale_for
from traektoria.engines.results.tasks import choose_tasks

_STATED_SHARE = 0.5
_REPORTED_STATES = {
    "not_started": NOT_STARTED,
    "not_covered": NOT_COVERED,
    "over_maximum": OVER_MAXIMUM,
    "unreadable": UNREADABLE,
    "missing": MISSING,
}


@dataclass(frozen=True, slots=True)
class Canonical:
    """One file, ready to be written. Arrays have the length of `columns.rows`; -1 stands for null."""

    columns: Columns
    people: People
    tasks: tuple[Task, ...]
    scores: tuple[ScoreColumn, ...]
    total_stated: Ints
    primary: Ints
    marks: Ints
    counted: Bools
    scale: MarkScale | None
    score_basis: str
    mark_basis: str | None
    dirt: Dirt


def build(found: Recognised, guesses: dict[str, Guess], school: str | None) -> Canonical:
    """Read a recognised sheet. Raises Unrecognised("no_participants")."""
    columns = read_columns(found)
    dirt = DirtCollector(found.sheet.name)
    work = _work(guesses)
    tasks, scores = choose_tasks(found, columns, work, dirt)
    scores = tuple(_bounded(score, task) for score, task in zip(scores, tasks, strict=True))
    _report_scores(columns, scores, dirt)
    people = read_people(found, columns, school, dirt)
    primary = _sum(columns, scores)
    stated, basis, official = _official(found, columns, primary, dirt)
    counted = columns.present & (official != NO_NUMBER)
    scale = _scale(work, found, tasks, dirt)
    marks, mark_basis = _marks(found, columns, official, counted, scale, dirt)
    _report_totals(found, columns, stated, primary, _maximum(tasks, scale), dirt)
    _report_formulas(found, columns, dirt)
    return Canonical(
        columns, people, tasks, scores, stated, primary, marks, counted, scale, basis, mark_basis, dirt.result()
    )


def _work(guesses: dict[str, Guess]) -> tuple[Any, Any, Any, Any]:
    procedure, year, subject, grade = (
        guesses[name].value if name in guesses else None for name in ("procedure", "year", "subject", "grade")
    )
    return procedure, year, subject, grade


def _bounded(score: ScoreColumn, task: Task) -> ScoreColumn:
    """Mark scores above the maximum; the number itself stays as written."""
    over = (score.states == SCORED) & (score.scores > task.maximum)
    score.states[over] = OVER_MAXIMUM
    return score


def _report_scores(columns: Columns, scores: tuple[ScoreColumn, ...], dirt: DirtCollector) -> None:
    for score in scores:
        counts = np.bincount(score.states[columns.present], minlength=len(_REPORTED_STATES) + 1)
        for kind, state in _REPORTED_STATES.items():
            if counts[state]:
                where = np.flatnonzero((score.states == state) & columns.present)
                _add(dirt, kind, columns, where, score.column, score.cells)


def _sum(columns: Columns, scores: tuple[ScoreColumn, ...]) -> Ints:
    """Sum of all numbers read, those above a maximum too; null for the absent and where nothing was read."""
    total = np.zeros(len(columns.rows), np.int16)
    touched: Bools = np.zeros(len(columns.rows), np.bool_)
    for score in scores:
        total += score.scores
        touched |= score.states != MISSING
    return np.where(touched & columns.present, total, NO_NUMBER).astype(np.int16)


def _official(found: Recognised, columns: Columns, primary: Ints, dirt: DirtCollector) -> tuple[Ints, str, Ints]:
    """Stated totals (null: -1), the basis of the file, and the points that count by it."""
    column = found.column("total")
    read = columns.numbers(column)
    unreadable = np.flatnonzero(read == NumberMemo.UNREADABLE)
    _add(dirt, "unreadable", columns, unreadable, column, columns.cells(column))
    stated = np.where((read >= 0) & columns.present, read, NO_NUMBER).astype(np.int16)
    if found.total_is_formula or (stated >= 0).sum() < _STATED_SHARE * columns.present.sum():
        return stated, "sum", primary
    lacking = columns.present & (stated < 0)
    computed = lacking & np.isin(columns.rows - 1, _uncached_rows(found, column))
    where = np.flatnonzero(lacking & ~computed & (read == NO_NUMBER))
    _add(dirt, "total_missing", columns, where, column, columns.cells(column))
    return stated, "stated", np.where(computed, primary, stated).astype(np.int16)


def _uncached_rows(found: Recognised, column: int | None) -> list[int]:
    return [row for row, place in found.sheet.uncached if place == column]


def _scale(
    work: tuple[Any, Any, Any, Any], found: Recognised, tasks: tuple[Task, ...], dirt: DirtCollector
) -> MarkScale | None:
    """The published scale of this work. A work of another maximum is another work: it gets no marks, and says so."""
    scale = scale_for(*work)
    if scale is None or not scale.complete:
        return None
    maximum = sum(task.maximum for task in tasks)
    if found.maxima_in_header and scale.max_primary is not None and scale.max_primary != maximum:
        dirt.add("scale_mismatch", [found.header_row + 1], None, lambda _: f"{maximum} ≠ {scale.max_primary}")
        return None
    return scale


def _marks(
    found: Recognised,
    columns: Columns,
    official: Ints,
    counted: Bools,
    scale: MarkScale | None,
    dirt: DirtCollector,
) -> tuple[Ints, str | None]:
    """Marks by the scale, or those that the file states where we have no scale; -1 without either."""
    column = found.column("mark")
    stated = columns.numbers(column)
    stated = np.where((stated >= 2) & (stated <= 5) & counted, stated, NO_NUMBER).astype(np.int16)
    if scale is None:
        return stated, "stated" if (stated > 0).any() else None
    table = np.array([scale.mark(points) for points in range(1000)], np.int16)
    marks = np.where(counted, table[np.clip(official, 0, 999)], NO_NUMBER).astype(np.int16)
    _add(
        dirt, "mark_mismatch", columns, np.flatnonzero((stated > 0) & (stated != marks)), column, columns.cells(column)
    )
    return marks, "scale"


def _maximum(tasks: tuple[Task, ...], scale: MarkScale | None) -> int:
    return (scale.max_primary if scale else None) or sum(task.maximum for task in tasks)


def _report_totals(
    found: Recognised, columns: Columns, stated: Ints, primary: Ints, maximum: int, dirt: DirtCollector
) -> None:
    column = found.column("total")
    cells = columns.cells(column)
    differs = (stated >= 0) & (primary >= 0) & (stated != primary)
    _add(dirt, "total_mismatch", columns, np.flatnonzero(differs), column, cells)
    _add(dirt, "total_over_maximum", columns, np.flatnonzero(stated > maximum), column, cells)


def _report_formulas(found: Recognised, columns: Columns, dirt: DirtCollector) -> None:
    rows = set(columns.rows.tolist())
    for row, column in sorted(found.sheet.uncached):
        if row + 1 in rows:
            dirt.add("formula", [row + 1], column, lambda _: "=")


def _add(dirt: DirtCollector, kind: str, columns: Columns, where: Any, column: int | None, cells: Any) -> None:
    """Report cells at positions `where` among the participants."""
    if len(where):
        dirt.add(kind, columns.rows[where].tolist(), column, lambda index: cells[where[index]])
