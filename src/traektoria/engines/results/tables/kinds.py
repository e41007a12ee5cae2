"""The four tables of a dataset as they may be shown: what each kind computes, through the door of ``publish``."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from traektoria.engines.disclosure import Decision

from .decisions import Decisions
from .groups import Selection
from .publication import publish
from .queries import completion, journal, marks, primary
from .rows import Hidden, Row, Spec
from .source import ResultsSource

Published = list[Row | Hidden]


class TableKind(StrEnum):
    """What is looked at; the values stand in addresses."""

    COMPLETION = "completion"
    MARKS = "marks"
    JOURNAL = "journal"
    PRIMARY = "primary"


_COMPUTED: dict[TableKind, Callable[..., Any]] = {
    TableKind.MARKS: lambda source, selection, spec: marks(source, selection),
    TableKind.JOURNAL: lambda source, selection, spec: journal(source, selection),
    TableKind.PRIMARY: lambda source, selection, spec: primary(source, selection, boundaries=boundaries_of(source)),
    TableKind.COMPLETION: lambda source, selection, spec: completion(source, selection, spec=spec),
}
_ALLOWED: dict[TableKind, Callable[[Decisions], Decision]] = {
    TableKind.MARKS: lambda decisions: decisions.marks,
    TableKind.JOURNAL: lambda decisions: decisions.journal,
    TableKind.PRIMARY: lambda decisions: decisions.primary,
}


def compute(source: ResultsSource, kind: TableKind, selection: Selection, spec: Spec) -> Published:
    """The rows of a table with every small group hidden; groups are in alphabetical order."""
    rows = _COMPUTED[kind](source, selection, spec)
    if kind is TableKind.COMPLETION:
        tasks = {task.label: source.decisions.task(task.position) for task in source.tasks}
        return [*publish(rows, source.decisions.everybody, tasks)]
    return [*publish(rows, _ALLOWED[kind](source.decisions))]


def boundaries_of(source: ResultsSource) -> tuple[int, ...]:
    """First scores of the marks 3, 4 and 5, where the scale is known."""
    scale = source.meta.get("scale") or {}
    found = tuple(scale.get(name) for name in ("min_3", "min_4", "min_5"))
    return found if all(found) else ()  # type: ignore[return-value]
