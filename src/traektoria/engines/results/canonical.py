"""From the columns of a file to the canonical dataset: who sat, what each task got, points and mark.

**Which points count.** Where the file states totals, the stated total is the official number of points, and a row
without one takes no part in tables; the sum of the tasks is kept beside it and every difference is reported. This is
the convention of the published regional tables: on the export of 2021, mathematics, grade 4, it gives their 24 933
participants and marks 3.31/23.61/46.18/26.90 % exactly, while the sum gives 3.31/23.62/46.23/26.83 %.
Where a file states no totals (a plain table), and in the collection forms, whose total is a formula over cells that may
hold text or was never computed (it reads 0 for pupils who have points), the sum of the tasks counts.
Where total and sum differ in more than ``ASKED_SHARE`` of the rows, a person says which of them counts (``basis``).
What counts, counts everywhere: marks and the distribution of scores stand on the same points.
Compared with the journal are participants with both marks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from traektoria.engines.results.cells import (
    MISSING,
    NO_NUMBER,
    NOT_COVERED,
    NOT_STARTED,
    OVER_MAXIMUM,
    PLUS,
    SCORED,
    UNREADABLE,
    Ints,
    NumberMemo,
    is_formula,
)
from traektoria.engines.results.columns import Bools, Columns, ScoreColumn, read_columns
from traektoria.engines.results.dirt import Dirt, DirtCollector
from traektoria.engines.results.model import Guess, Recognised, Task, work_maximum
from traektoria.engines.results.people import People, read_people
from traektoria.engines.results.scales import MarkScale, Part, maxima_for, parts_of, scale_for
from traektoria.engines.results.tasks import choose_tasks
from traektoria.engines.tables.cells import Fault, shown

ScaleOf = Callable[[Any, Any, Any, Any], MarkScale | None]
_STATED_SHARE = 0.5
ASKED_SHARE = 0.05
STATED, SUM = "stated", "sum"
_REPORTED_STATES = {
    "not_started": NOT_STARTED,
    "not_covered": NOT_COVERED,
    "over_maximum": OVER_MAXIMUM,
    "unreadable": UNREADABLE,
    "missing": MISSING,
}


@dataclass(frozen=True, slots=True)
class Canonical:
    """One file, ready to be written. Arrays have the length of `columns.rows`; -1 stands for null.

    `points` count, by `score_basis`; `total_stated` and `task_sum` are what they were chosen from, `differing` is the
    number of rows where the two differ. `asks_basis`: so many that a person has to choose. `marks_stated` are those of
    the file, whatever scale there is.
    """

    columns: Columns
    people: People
    tasks: tuple[Task, ...]
    scores: tuple[ScoreColumn, ...]
    total_stated: Ints
    task_sum: Ints
    points: Ints
    marks: Ints
    marks_stated: Ints
    counted: Bools
    scale: MarkScale | None
    score_basis: str
    differing: int
    asks_basis: bool
    mark_basis: str | None
    dirt: Dirt


def build(
    found: Recognised,
    guesses: dict[str, Guess],
    school: str | None,
    basis: str | None = None,
    scales: ScaleOf = scale_for,
) -> Canonical:
    """Read a recognised sheet. `basis`: which points count, where a person said so; `scales` gives the scale of a work.

    Raises Unrecognised("no_participants").
    """
    columns = read_columns(found)
    dirt = DirtCollector(found.table)
    dirt.left()
    work = _work(guesses)
    tasks, scores = choose_tasks(found, columns, work, dirt)
    scores = tuple(_bounded(score, task) for score, task in zip(scores, tasks, strict=True))
    _report_scores(columns, scores, dirt)
    _report_pluses(columns, scores, dirt)
    people = read_people(found, columns, school, dirt)
    task_sum = _sum(columns, scores)
    stated = _stated(found, columns, dirt)
    differs = _differs(stated, task_sum)
    asks = basis is None and not found.total_is_formula and differs.sum() > ASKED_SHARE * columns.present.sum()
    basis = basis or _basis(found, columns, stated)
    points = task_sum if basis == SUM else _official(found, columns, stated, task_sum, dirt)
    counted = columns.present & (points != NO_NUMBER)
    scale = _scale(scales(*work), found, tasks, dirt)
    parts = _parts(scale, work, tasks, scores)
    if parts is None:
        dirt.add("condition_without_tasks", [found.table.number], None, lambda _: "")
        scale = None
    marks, mark_basis = _marks(found, columns, points, counted, scale, parts or [], dirt)
    _report_totals(found, columns, stated, differs, _maximum(tasks, scale), dirt)
    _report_formulas(columns, dirt)
    return Canonical(
        columns=columns,
        people=people,
        tasks=tasks,
        scores=scores,
        total_stated=stated,
        task_sum=task_sum,
        points=points,
        marks=marks,
        marks_stated=_marks_stated(found, columns, counted),
        counted=counted,
        scale=scale,
        score_basis=basis,
        differing=int(differs.sum()),
        asks_basis=bool(asks),
        mark_basis=mark_basis,
        dirt=dirt.result(),
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


def _stated(found: Recognised, columns: Columns, dirt: DirtCollector) -> Ints:
    """Totals as the file states them; null: -1."""
    column = found.column("total")
    read = columns.numbers(column)
    unreadable = np.flatnonzero(read == NumberMemo.UNREADABLE)
    _add(dirt, "unreadable", columns, unreadable, column, columns.cells(column))
    return np.where((read >= 0) & columns.present, read, NO_NUMBER).astype(np.int16)


def _differs(stated: Ints, task_sum: Ints) -> Bools:
    """Rows that have both a total and a sum, and not the same."""
    result: Bools = (stated >= 0) & (task_sum >= 0) & (stated != task_sum)
    return result


def _basis(found: Recognised, columns: Columns, stated: Ints) -> str:
    """What counts where nobody said it: totals that most rows state, and that are no sum of the form itself."""
    few = (stated >= 0).sum() < _STATED_SHARE * columns.present.sum()
    return SUM if found.total_is_formula or few else STATED


def _official(found: Recognised, columns: Columns, stated: Ints, task_sum: Ints, dirt: DirtCollector) -> Ints:
    """Stated totals; of a formula that nobody computed, the sum."""
    column = found.column("total")
    lacking = columns.present & (stated < 0)
    computed = lacking & np.array([is_formula(cell) for cell in columns.cells(column)], np.bool_)
    where = np.flatnonzero(lacking & ~computed & (columns.numbers(column) == NO_NUMBER))
    _add(dirt, "total_missing", columns, where, column, columns.cells(column))
    return np.where(computed, task_sum, stated).astype(np.int16)


def _scale(
    scale: MarkScale | None, found: Recognised, tasks: tuple[Task, ...], dirt: DirtCollector
) -> MarkScale | None:
    """The scale of this work. A work of another maximum is another work: it gets no marks, and says so."""
    if scale is None or not scale.complete:
        return None
    maximum = work_maximum(tasks)
    if found.maxima_in_header and scale.max_primary is not None and scale.max_primary != maximum:
        dirt.add("scale_mismatch", [found.table.number], None, lambda _: f"{maximum} ≠ {scale.max_primary}")
        return None
    return scale


def _parts(
    scale: MarkScale | None, work: tuple[Any, Any, Any, Any], tasks: tuple[Task, ...], scores: tuple[ScoreColumn, ...]
) -> list[Part] | None:
    """What the conditions of the scale look at; None where the file does not have these tasks."""
    if scale is None or not scale.conditions:
        return []
    column = [(score.scores, score.states) for score in scores].__getitem__
    labels, known = [task.label for task in tasks], [task.task for task in maxima_for(*work)]
    found = parts_of(scale, known, column) if len(known) == len(labels) else None
    return parts_of(scale, labels, column) if found is None else found


def _marks(
    found: Recognised,
    columns: Columns,
    official: Ints,
    counted: Bools,
    scale: MarkScale | None,
    parts: list[Part],
    dirt: DirtCollector,
) -> tuple[Ints, str | None]:
    """Marks by the scale, or those that the file states where we have no scale; -1 without either."""
    column = found.column("mark")
    stated = _marks_stated(found, columns, counted)
    if scale is None:
        return stated, "stated" if (stated > 0).any() else None
    marks = np.where(counted, scale.marks(official, parts), NO_NUMBER).astype(np.int16)
    unknown = np.flatnonzero(counted & (marks == NO_NUMBER))
    _add(dirt, "condition_unread", columns, unknown, None, official)
    differs = np.flatnonzero((stated > 0) & (marks > 0) & (stated != marks))
    _add(dirt, "mark_mismatch", columns, differs, column, columns.cells(column))
    return marks, "scale"


def _report_pluses(columns: Columns, scores: tuple[ScoreColumn, ...], dirt: DirtCollector) -> None:
    for score in scores:
        if PLUS in score.cells:
            where = np.flatnonzero([shown(cell) == PLUS for cell in score.cells])
            _add(dirt, "plus_minus", columns, where, score.column, score.cells)


def _marks_stated(found: Recognised, columns: Columns, counted: Bools) -> Ints:
    stated = columns.numbers(found.column("mark"))
    return np.where((stated >= 2) & (stated <= 5) & counted, stated, NO_NUMBER).astype(np.int16)


def _maximum(tasks: tuple[Task, ...], scale: MarkScale | None) -> int:
    return (scale.max_primary if scale else None) or work_maximum(tasks)


def _report_totals(
    found: Recognised, columns: Columns, stated: Ints, differs: Bools, maximum: int, dirt: DirtCollector
) -> None:
    column = found.column("total")
    cells = columns.cells(column)
    _add(dirt, "total_mismatch", columns, np.flatnonzero(differs), column, cells)
    _add(dirt, "total_over_maximum", columns, np.flatnonzero(stated > maximum), column, cells)


def _report_formulas(columns: Columns, dirt: DirtCollector) -> None:
    used = {score.column: score.cells for score in columns.scores} | columns.raw
    for column, cells in sorted(used.items()):
        if Fault in set(map(type, cells)):
            _add(dirt, "formula", columns, np.flatnonzero([is_formula(cell) for cell in cells]), column, cells)


def _add(dirt: DirtCollector, kind: str, columns: Columns, where: Any, column: int | None, cells: Any) -> None:
    """Report cells at positions `where` among the participants."""
    if len(where):
        dirt.add(kind, columns.rows[where].tolist(), column, lambda index: cells[where[index]])
