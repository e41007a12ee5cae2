"""Results of pupils: files of the federal and regional systems → one canonical dataset → tables.

`inspect` and `import_dataset` are the doors; `Unreadable`, `Unrecognised` and `NeedsAnswers` the only refusals.
The names are loaded on first use: who only reads tables does not pay for the readers of files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from traektoria.engines.lazy_imports import loaded_on_use

if TYPE_CHECKING:
    from traektoria.engines.results.dataset_import import (
        ImportedDataset,
        Inspection,
        ask_columns,
        import_dataset,
        inspect,
    )
    from traektoria.engines.results.dirt import Dirt, Example
    from traektoria.engines.results.errors import NeedsAnswers, Unrecognised
    from traektoria.engines.results.model import JournalComparison, MarkStatistics, Overrides, Task
    from traektoria.engines.results.scales import (
        Condition,
        MarkScale,
        TaskMaximum,
        maxima_for,
        parts_of,
        places_of,
        scale_for,
        task_key,
        tasks_named,
    )
    from traektoria.engines.results.subjects import subject_slugs
    from traektoria.engines.tables.errors import ImportRefused, Unreadable
    from traektoria.engines.tables.limits import Limits

_HOMES = {
    "dirt": ("Dirt", "Example"),
    "errors": ("NeedsAnswers", "Unrecognised"),
    "dataset_import": ("ImportedDataset", "Inspection", "ask_columns", "import_dataset", "inspect"),
    "model": ("JournalComparison", "MarkStatistics", "Overrides", "Task"),
    "scales": (
        "Condition",
        "MarkScale",
        "TaskMaximum",
        "maxima_for",
        "parts_of",
        "places_of",
        "scale_for",
        "task_key",
        "tasks_named",
    ),
    "subjects": ("subject_slugs",),
    "traektoria.engines.tables.errors": ("ImportRefused", "Unreadable"),
    "traektoria.engines.tables.limits": ("Limits",),
}
__all__ = [
    "Condition",
    "Dirt",
    "Example",
    "ImportRefused",
    "ImportedDataset",
    "Inspection",
    "JournalComparison",
    "Limits",
    "MarkScale",
    "MarkStatistics",
    "NeedsAnswers",
    "Overrides",
    "Task",
    "TaskMaximum",
    "Unreadable",
    "Unrecognised",
    "ask_columns",
    "import_dataset",
    "inspect",
    "maxima_for",
    "parts_of",
    "places_of",
    "scale_for",
    "subject_slugs",
    "task_key",
    "tasks_named",
]


__getattr__ = loaded_on_use(__name__, _HOMES)
