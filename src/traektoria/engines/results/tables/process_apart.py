"""Tables computed in a process apart: what the libraries of tables need (about 180 MB) is given back with it."""

from collections import OrderedDict
from pathlib import Path
from typing import Final

from traektoria.engines.process_apart import Apart

from .decisions import Decisions
from .groups import Selection
from .kinds import Published, TableKind, compute
from .rows import CompletionRow, Spec
from .source import ResultsSource

TABLES: Final = Apart("tables", idle=60, patience=300)
OPENED: Final = 4
WORKED_OUT: Final = 1_500
"""Up to so many rows, a municipality's, all are worked out here; of a region a page works out the few it shows."""
_opened: OrderedDict[tuple[Path, str], ResultsSource] = OrderedDict()


def compute_apart(path: Path, decisions: Decisions, kind: TableKind, selection: Selection, spec: Spec) -> Published:
    """``compute`` for the dataset at ``path``. Raises what ``compute`` raises (OSError where files are lost), and
    ``NoAnswer``."""
    return TABLES.ask(of_opened, path, decisions, kind, selection, dict(spec))


def of_opened(path: Path, decisions: Decisions, kind: TableKind, selection: Selection, spec: Spec) -> Published:
    """``compute`` in the process apart, which keeps the last datasets open."""
    key = path, repr(decisions.as_json())
    source = _opened.pop(key, None) or ResultsSource(path, published=decisions)
    _opened[key] = source
    while len(_opened) > OPENED:
        _opened.popitem(last=False)
    rows = compute(source, kind, selection, spec)
    if len(rows) <= WORKED_OUT:
        for row in rows:
            if isinstance(row, CompletionRow):
                row.work_out()
    return rows
