"""What each table of a dataset may show.

The decision of the dataset looks at all counted participants. A table may stand on fewer: without a mark, without a
mark of the journal, a task that a class has not covered. So every table, and every task, adds a decision on its own
numbers, and a group is shown only where both allow it. That is safe together: hiding more parts of a shown total never
makes the hidden rest smaller (`disclosure.decision`, rule 2).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from traektoria.engines.disclosure import Decision, Key, decide

from .groups import COLUMNS, By, Selection
from .source import MARKS, Dataset, grouper, records, selected_answers

if TYPE_CHECKING:
    from ibis.expr.types import Table


@lru_cache(maxsize=8)
def decision_of_marks(dataset: Dataset) -> Decision:
    """Groups whose marks may be shown."""
    people = dataset.participants
    return _narrowed(dataset, people.filter(people.mark.isin(MARKS)))


@lru_cache(maxsize=8)
def decision_of_journal(dataset: Dataset) -> Decision:
    """Groups whose comparison with the journal may be shown."""
    people = dataset.participants
    return _narrowed(dataset, people.filter(people.mark.isin(MARKS), people.journal_mark.isin(MARKS)))


@lru_cache(maxsize=8)
def decision_of_primary(dataset: Dataset) -> Decision:
    """Groups whose distribution of scores may be shown."""
    people = dataset.participants
    return _narrowed(dataset, people.filter(people.primary_score.notnull()))


@lru_cache(maxsize=8)
def decisions_of_tasks(dataset: Dataset) -> Mapping[str, Decision]:
    """Groups whose completion may be shown, for each task by its label. One query."""
    table, columns = selected_answers(dataset, Selection(By.CLASS))
    expression = table.group_by([*columns, "position"]).aggregate(n=table.count())
    group_of = grouper(dataset, Selection(By.CLASS))
    sizes: dict[int, dict[Key, int]] = defaultdict(dict)
    for row in records(expression, dataset.backend):
        sizes[row["position"]][group_of(row).key] = int(row["n"])
    return {
        task.label: dataset.decision
        if sizes[task.position] == dataset.sizes
        else _both(dataset.decision, decide(sizes[task.position]))
        for task in dataset.tasks
    }


def _narrowed(dataset: Dataset, people: Table) -> Decision:
    rows = records(people.group_by(list(COLUMNS)).aggregate(n=people.count()), dataset.backend)
    sizes = {tuple(row[column] for column in COLUMNS): int(row["n"]) for row in rows}
    return dataset.decision if sizes == dataset.sizes else _both(dataset.decision, decide(sizes))


def _both(wide: Decision, narrow: Decision) -> Decision:
    return Decision(shown=wide.shown & narrow.shown, hidden={**narrow.hidden, **wide.hidden})
