"""Results of pupils: files of the federal and regional systems → one canonical dataset → tables.

`inspect` and `import_dataset` are the doors; `Unreadable`, `Unrecognised` and `NeedsAnswers` the only refusals.
The names are loaded on first use: who only reads tables does not pay for the readers of files.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from traektoria.engines.results.dirt import Dirt, Example
    from traektoria.engines.results.errors import ImportRefused, NeedsAnswers, Unreadable, Unrecognised
    from traektoria.engines.results.importing import ImportedDataset, Inspection, import_dataset, inspect
    from traektoria.engines.results.limits import Limits
    from traektoria.engines.results.model import JournalComparison, MarkStatistics, Overrides, Task
    from traektoria.engines.results.scales import MarkScale, TaskMaximum, maxima_for, scale_for
    from traektoria.engines.results.subjects import subject_slugs
    from traektoria.engines.results.writing import sweep

_HOMES = {
    "dirt": ("Dirt", "Example"),
    "errors": ("ImportRefused", "NeedsAnswers", "Unreadable", "Unrecognised"),
    "importing": ("ImportedDataset", "Inspection", "import_dataset", "inspect"),
    "limits": ("Limits",),
    "model": ("JournalComparison", "MarkStatistics", "Overrides", "Task"),
    "scales": ("MarkScale", "TaskMaximum", "maxima_for", "scale_for"),
    "subjects": ("subject_slugs",),
    "writing": ("sweep",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
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
    "import_dataset",
    "inspect",
    "maxima_for",
    "scale_for",
    "subject_slugs",
    "sweep",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
