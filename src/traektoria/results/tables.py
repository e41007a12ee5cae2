"""The four tables of a dataset as they may be shown: through the door of ``publish``, kept in the cache.

A dataset never changes after its import, so a table is computed once for each selection and set of task levels.
"""

import threading
from collections.abc import Callable
from enum import StrEnum
from hashlib import sha256
from typing import Any

from django.core.cache import cache

from traektoria.engines.disclosure import Decision
from traektoria.engines.results import tables as engine
from traektoria.engines.results.tables import By, Hidden, Row, Selection, Spec
from traektoria.results.models import Dataset
from traektoria.results.publishing import FORM_TABLES, decisions_of
from traektoria.results.ready_forms import published_rows

DAYS_30 = 30 * 86_400
VERSION = 3


class TableKind(StrEnum):
    """What is looked at; the values stand in addresses."""

    COMPLETION = "completion"
    MARKS = "marks"
    JOURNAL = "journal"
    PRIMARY = "primary"


Published = list[Row | Hidden]
_opened = threading.local()
_COMPUTED: dict[TableKind, Callable[..., Any]] = {
    TableKind.MARKS: lambda source, selection, spec: engine.marks(source, selection),
    TableKind.JOURNAL: lambda source, selection, spec: engine.journal(source, selection),
    TableKind.PRIMARY: lambda source, selection, spec: engine.primary(
        source, selection, boundaries=boundaries_of(source)
    ),
    TableKind.COMPLETION: lambda source, selection, spec: engine.completion(source, selection, spec=spec),
}
_ALLOWED: dict[TableKind, Callable[[engine.Decisions], Decision]] = {
    TableKind.MARKS: lambda decisions: decisions.marks,
    TableKind.JOURNAL: lambda decisions: decisions.journal,
    TableKind.PRIMARY: lambda decisions: decisions.primary,
}


def published(dataset: Dataset, kind: TableKind, selection: Selection, spec: Spec) -> Published:
    """The rows of a table with every small group hidden; groups are in alphabetical order."""
    key = _key(dataset, kind, selection, spec)
    rows: Published | None = cache.get(key)
    if rows is None:
        rows = compute(_source(dataset), kind, selection, spec)
        cache.set(key, rows, DAYS_30)
    return rows


def published_form(dataset: Dataset) -> list[dict[str, Any]]:
    """The rows of a ready form as they may be shown."""
    return published_rows(dataset.aggregate, decisions_of(dataset).of(FORM_TABLES[dataset.kind]))


def _source(dataset: Dataset) -> engine.Dataset:
    """This thread's opened dataset: what may be shown of it is read once, not for each table."""
    if not hasattr(_opened, "last") or _opened.last.path != dataset.path:
        _opened.last = engine.Dataset(dataset.path, published=decisions_of(dataset))
    last: engine.Dataset = _opened.last
    return last


def compute(source: engine.Dataset, kind: TableKind, selection: Selection, spec: Spec) -> Published:
    """The same without the cache, for a dataset that has no row."""
    rows = _COMPUTED[kind](source, selection, spec)
    if kind is TableKind.COMPLETION:
        tasks = {task.label: source.decisions.task(task.position) for task in source.tasks}
        return [*engine.publish(rows, source.decisions.everybody, tasks)]
    return [*engine.publish(rows, _ALLOWED[kind](source.decisions))]


def boundaries_of(source: engine.Dataset) -> tuple[int, ...]:
    """First scores of the marks 3, 4 and 5, where the scale is known."""
    scale = source.meta.get("scale") or {}
    found = tuple(scale.get(name) for name in ("min_3", "min_4", "min_5"))
    return found if all(found) else ()  # type: ignore[return-value]


def _key(dataset: Dataset, kind: TableKind, selection: Selection, spec: Spec) -> str:
    levels = sorted((label, str(task.level), task.max) for label, task in spec.items())
    told = repr((VERSION, dataset.folder, kind.value, selection.by.value, sorted(selection.filters.items()), levels))
    return f"results-table:{sha256(told.encode()).hexdigest()}"


def level_of(by: str) -> By | None:
    """The level that an address names."""
    return By(by) if by in set(By) else None
