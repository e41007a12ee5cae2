"""The four tables of results, as Ibis expressions.

The backend only counts and sums whole numbers; percentages, intervals and zones are computed here, so DuckDB and
Spark give the same digits. Nothing is suppressed at this stage: whoever publishes passes the rows through `publish`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from traektoria.engines.figures import percent_of

from .groups import Group, Selection, alphabetical
from .rows import CompletionRow, JournalRow, MarksRow, PrimaryBar, PrimaryRow, Spec, TaskSpec
from .source import MARKS, ResultsSource, columns, grouper, groups_of, records, selected_answers, selected_participants


def marks(dataset: ResultsSource, selection: Selection) -> list[MarksRow]:
    """Return numbers and per cent of the marks 2–5 by group, in alphabetical order of the groups."""
    table = selected_participants(dataset, selection)
    table = table.filter(table.mark.isin(MARKS))
    counts = {f"mark_{mark}": (table.mark == mark).sum() for mark in MARKS}
    rows = records(table.group_by(list(selection.columns)).aggregate(n=table.count(), **counts), dataset.backend)
    group_of = grouper(dataset, selection)
    return sorted((_marks_row(group_of(row), row) for row in rows), key=lambda row: alphabetical(row.group))


def journal(dataset: ResultsSource, selection: Selection) -> list[JournalRow]:
    """Return how the work's marks stand to the journal's by group, in alphabetical order of the groups."""
    table = selected_participants(dataset, selection)
    table = table.filter(table.mark.isin(MARKS), table.journal_mark.isin(MARKS))
    expression = table.group_by(list(selection.columns)).aggregate(
        n=table.count(),
        lowered=(table.mark < table.journal_mark).sum(),
        confirmed=(table.mark == table.journal_mark).sum(),
        raised=(table.mark > table.journal_mark).sum(),
    )
    rows = records(expression, dataset.backend)
    group_of = grouper(dataset, selection)
    return sorted((_journal_row(group_of(row), row) for row in rows), key=lambda row: alphabetical(row.group))


def primary(dataset: ResultsSource, selection: Selection, *, boundaries: Sequence[int] = ()) -> list[PrimaryRow]:
    """Return the distribution of primary scores by group, in alphabetical order of the groups.

    `boundaries` are the first scores of the marks 3, 4 and 5; without them no bar carries a mark.
    Raises ValueError when they are not three ascending scores.
    """
    if boundaries and (len(boundaries) != 3 or sorted(set(boundaries)) != list(boundaries)):
        raise ValueError("boundaries are the first scores of 3, 4 and 5, ascending")
    table = selected_participants(dataset, selection)
    table = table.filter(table.primary_score.notnull())
    expression = table.group_by([*selection.columns, "primary_score"]).aggregate(n=table.count())
    found: dict[Group, dict[int, int]] = defaultdict(dict)
    group_of = grouper(dataset, selection)
    for row in records(expression, dataset.backend):
        found[group_of(row)][row["primary_score"]] = row["n"]
    maximum = int(dataset.meta["max_primary"])
    return [_primary_row(group, found[group], maximum, boundaries) for group in sorted(found, key=alphabetical)]


def completion(dataset: ResultsSource, selection: Selection, *, spec: Spec | None = None) -> list[CompletionRow]:
    """Return the completion of every task by group: groups in alphabetical order, tasks in the order of the work.

    `spec` maps a task's label to its level and maximum; a task outside it has no zone and the dataset's own maximum.
    """
    table, grouped = selected_answers(dataset, selection)
    expression = table.group_by([*grouped, "position"]).aggregate(
        n=table.count(),
        total=table.score.sum().cast("int64"),
        squares=(table.score * table.score).sum().cast("int64"),
        not_started=(table.state == "not_started").sum().cast("int64"),
    )
    tasks = {task.position: (task, (spec or {}).get(task.label) or TaskSpec(None, task.max)) for task in dataset.tasks}
    described = {at: (task.label, at, said.level, said.max) for at, (task, said) in tasks.items()}
    found: dict[Group, list[CompletionRow]] = defaultdict(list)
    figures = columns(expression.order_by("position"), dataset.backend)
    sums = (figures[name] for name in ("position", "n", "total", "squares", "not_started"))
    for group, position, *rest in zip(groups_of(dataset, selection, figures), *sums, strict=True):
        found[group].append(CompletionRow(group, *described[position], *rest))
    return [row for group in sorted(found, key=alphabetical) for row in found[group]]


def _marks_row(group: Group, row: Mapping[str, Any]) -> MarksRow:
    two, three, four, five = (int(row[f"mark_{mark}"]) for mark in MARKS)
    n = int(row["n"])
    percents = (percent_of(two, n), percent_of(three, n), percent_of(four, n), percent_of(five, n))
    return MarksRow(group, n, (two, three, four, five), percents)


def _journal_row(group: Group, row: Mapping[str, Any]) -> JournalRow:
    n, lowered, confirmed, raised = (int(row[name]) for name in ("n", "lowered", "confirmed", "raised"))
    return JournalRow(
        group=group,
        n=n,
        lowered=lowered,
        confirmed=confirmed,
        raised=raised,
        lowered_percent=percent_of(lowered, n),
        confirmed_percent=percent_of(confirmed, n),
        raised_percent=percent_of(raised, n),
    )


def _primary_row(group: Group, counts: Mapping[int, int], maximum: int, boundaries: Sequence[int]) -> PrimaryRow:
    n = sum(counts.values())
    bars = []
    for score in range(max(maximum, *counts) + 1):
        here = counts.get(score, 0)
        mark = 2 + sum(score >= first for first in boundaries) if boundaries else None
        bars.append(PrimaryBar(score, here, percent_of(here, n), mark, score in boundaries))
    return PrimaryRow(group, n, tuple(bars))
