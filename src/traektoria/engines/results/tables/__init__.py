"""Tables of pupils' results over the Parquet dataset of an import.

See `queries` for the tables, `publish` for the door.
The names are loaded on first use.
"""

from typing import TYPE_CHECKING

from traektoria.engines.lazy_imports import loaded_on_use

if TYPE_CHECKING:
    from .decisions import Decisions
    from .evidence import ClassEvidence, class_evidence
    from .groups import By, Group, Selection, alphabetical, natural
    from .kinds import Published, TableKind, compute
    from .publication import publish
    from .queries import completion, journal, marks, primary
    from .rolls import JOURNAL_TABLE, MARKS_TABLE, roll_of, task_table
    from .rows import CompletionRow, Hidden, JournalRow, MarksRow, PrimaryBar, PrimaryRow, Row, Spec, TaskSpec
    from .source import ResultsSource, SourceTask, connect, local_backend
    from .zones import Note, TaskLevel, Threshold, Zone, note, thresholds, zone

__all__ = [
    "JOURNAL_TABLE",
    "MARKS_TABLE",
    "By",
    "ClassEvidence",
    "CompletionRow",
    "Decisions",
    "Group",
    "Hidden",
    "JournalRow",
    "MarksRow",
    "Note",
    "PrimaryBar",
    "PrimaryRow",
    "Published",
    "ResultsSource",
    "Row",
    "Selection",
    "SourceTask",
    "Spec",
    "TableKind",
    "TaskLevel",
    "TaskSpec",
    "Threshold",
    "Zone",
    "alphabetical",
    "class_evidence",
    "completion",
    "compute",
    "connect",
    "journal",
    "local_backend",
    "marks",
    "natural",
    "note",
    "primary",
    "publish",
    "roll_of",
    "task_table",
    "thresholds",
    "zone",
]

__getattr__ = loaded_on_use(
    __name__,
    {
        "decisions": ("Decisions",),
        "evidence": ("ClassEvidence", "class_evidence"),
        "groups": ("By", "Group", "Selection", "alphabetical", "natural"),
        "kinds": ("Published", "TableKind", "compute"),
        "publication": ("publish",),
        "queries": ("completion", "journal", "marks", "primary"),
        "rolls": ("JOURNAL_TABLE", "MARKS_TABLE", "roll_of", "task_table"),
        "rows": (
            "CompletionRow",
            "Hidden",
            "JournalRow",
            "MarksRow",
            "PrimaryBar",
            "PrimaryRow",
            "Row",
            "Spec",
            "TaskSpec",
        ),
        "source": ("ResultsSource", "SourceTask", "connect", "local_backend"),
        "zones": ("Note", "TaskLevel", "Threshold", "Zone", "note", "thresholds", "zone"),
    },
)
