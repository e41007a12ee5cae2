"""The tasks of the work: which columns are tasks, and the maximum of each."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from traektoria.engines.results.cells import MISSING, SCORED, UNREADABLE
from traektoria.engines.results.columns import Columns, ScoreColumn
from traektoria.engines.results.dirt import DirtCollector
from traektoria.engines.results.model import Recognised, Task, TaskColumn
from traektoria.engines.results.scales import TaskMaximum, maxima_for
from traektoria.engines.tables.cells import Dated

# An export has spare columns for tasks that the work has not; a slip of the hand does not make one a task.
_FILLED_SHARE = 0.01
# Without a published maximum, the largest score that this share of participants has: one slip above is dirt.
_REACHED_SHARE = 0.005

Work = tuple[Any, Any, Any, Any]


def choose_tasks(
    found: Recognised, columns: Columns, work: Work, dirt: DirtCollector
) -> tuple[tuple[Task, ...], tuple[ScoreColumn, ...]]:
    """Tasks in the order of the sheet with their maxima, and their columns. `work`: procedure, year, subject, grade."""
    specification = maxima_for(*work)
    kept = _kept(found, columns, len(specification), dirt)
    pairs = [(found.tasks[index], columns.scores[index]) for index in kept]
    if specification and len(specification) != len(pairs):
        text = f"{len(pairs)} ≠ {len(specification)}"
        dirt.add("task_count_mismatch", [found.table.number], None, lambda _: text)
        specification = ()
    tasks = tuple(
        _task(position, column, score, columns, specification, found, dirt)
        for position, (column, score) in enumerate(pairs, 1)
    )
    _report_dates(found, tasks, dirt)
    _report_repeated(found, [column for column, _ in pairs], dirt)
    return tasks, tuple(score for _, score in pairs)


def _kept(found: Recognised, columns: Columns, expected: int, dirt: DirtCollector) -> list[int]:
    """Numbers of the columns that are tasks; what stands in the others is reported cell by cell."""
    everything = [
        index
        for index, score in enumerate(columns.scores)
        if found.tasks[index].maximum is not None or not _is_no_task(score, columns)
    ]
    for index in sorted(set(range(len(found.tasks))) - set(everything)):
        heading = found.table.heading[found.tasks[index].column]
        dirt.add("no_task", [found.table.number], found.tasks[index].column, partial(_nth, heading))
    present = int(columns.present.sum())
    if not found.optional_tasks or not present or len(everything) == expected:
        return everything
    filled = [int(((score.states != MISSING) & columns.present).sum()) for score in columns.scores]
    kept = [index for index in everything if filled[index] >= max(1, _FILLED_SHARE * present)]
    for index in set(everything) - set(kept):
        score = columns.scores[index]
        _report(dirt, "stray_value", columns, np.flatnonzero(score.states != MISSING), score)
    return kept or everything


def _is_no_task(score: ScoreColumn, columns: Columns) -> bool:
    """Whether most of what stands in a column is no score: codes, names, dates. A heading with points is a task's."""
    filled = columns.present & (score.states != MISSING)
    return bool((filled & (score.states == UNREADABLE)).sum() * 2 > filled.sum())


def _task(
    position: int,
    column: TaskColumn,
    score: ScoreColumn,
    columns: Columns,
    specification: tuple[TaskMaximum, ...],
    found: Recognised,
    dirt: DirtCollector,
) -> Task:
    published = specification[position - 1] if specification else None
    level = column.level or (published.level if published else "")
    if column.maximum is not None:
        return Task(position, column.label, column.maximum, level)
    if published and published.verified and published.maximum is not None:
        return Task(position, column.label, published.maximum, level)
    maximum = observed_maximum(score, columns)
    dirt.add("maximum_observed", [found.table.number], column.column, lambda _: f"{column.label}: {maximum}")
    return Task(position, column.label, maximum, level)


def observed_maximum(score: ScoreColumn, columns: Columns) -> int:
    """The largest score that 0.5 % of those present have; 1 where nobody has a point."""
    counts = np.bincount(score.scores[(score.states == SCORED) & columns.present], minlength=2)
    reached = np.flatnonzero(counts >= max(1.0, _REACHED_SHARE * columns.present.sum()))
    return max(1, int(reached.max(initial=1)))


def _report_dates(found: Recognised, tasks: tuple[Task, ...], dirt: DirtCollector) -> None:
    """Headings that a spreadsheet made dates, read as they were typed."""
    labels = {task.label for task in tasks}
    for column in found.tasks:
        cell = found.table.heading[column.column]
        if isinstance(cell, Dated) and column.label in labels:
            dirt.add(
                "date_heading", [found.table.number], column.column, partial(_nth, f"{cell.shown} → {column.label}")
            )


def _report_repeated(found: Recognised, tasks: list[TaskColumn], dirt: DirtCollector) -> None:
    header = found.table.heading
    seen: set[str] = set()
    for task in tasks:
        if task.label in seen:
            dirt.add("repeated_task", [found.table.number], task.column, partial(_nth, header[task.column]))
        seen.add(task.label)


def _nth(cell: Any, _: int) -> Any:
    return cell


def _report(dirt: DirtCollector, kind: str, columns: Columns, where: Any, score: ScoreColumn) -> None:
    if len(where):
        dirt.add(kind, columns.rows[where].tolist(), score.column, lambda index: score.cells[where[index]])
