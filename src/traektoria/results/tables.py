"""The four tables of a dataset as they may be shown: through the door of ``publish``, kept in the cache.

A dataset never changes after its import, so a table is computed once for each selection and set of task levels.
"""

from hashlib import sha256
from typing import Any

from django.core.cache import cache

from traektoria.engines.results.tables import By, Published, Selection, Spec, TableKind
from traektoria.engines.results.tables.process_apart import compute_apart
from traektoria.results.models import Dataset
from traektoria.results.publication import FORM_TABLES, decisions_of
from traektoria.results.ready_forms import published_rows

__all__ = ["Published", "TableKind", "level_of", "published", "published_form"]

DAYS_30 = 30 * 86_400
VERSION = 3


def published(dataset: Dataset, kind: TableKind, selection: Selection, spec: Spec) -> Published:
    """The rows of a table with every small group hidden; groups are in alphabetical order."""
    key = _key(dataset, kind, selection, spec)
    rows: Published | None = cache.get(key)
    if rows is None:
        rows = compute_apart(dataset.path, decisions_of(dataset), kind, selection, spec)
        cache.set(key, rows, DAYS_30)
    return rows


def published_form(dataset: Dataset) -> list[dict[str, Any]]:
    """The rows of a ready form as they may be shown."""
    return published_rows(dataset.aggregate, decisions_of(dataset).of(FORM_TABLES[dataset.kind]))


def _key(dataset: Dataset, kind: TableKind, selection: Selection, spec: Spec) -> str:
    levels = sorted((label, str(task.level), task.max) for label, task in spec.items())
    shown = (dataset.folder, dataset.published_at)  # new marks make a new folder
    told = repr((VERSION, *shown, kind.value, selection.by.value, sorted(selection.filters.items()), levels))
    return f"results-table:{sha256(told.encode()).hexdigest()}"


def level_of(by: str) -> By | None:
    """The level that an address names."""
    return By(by) if by in set(By) else None
