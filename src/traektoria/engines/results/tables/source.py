"""The Parquet dataset of one import, opened through an Ibis backend that the caller chooses."""

from __future__ import annotations

import errno
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from traektoria.engines.disclosure import Key, Roll, release

from .decisions import Decisions
from .groups import Group, Selection
from .rolls import roll_of

if TYPE_CHECKING:
    from ibis.backends import BaseBackend
    from ibis.expr.types import Table

MARKS = (2, 3, 4, 5)
_local = threading.local()


def connect(*, threads: int = 2, memory: str = "512MB") -> BaseBackend:
    """Return a new DuckDB backend inside this process, held to `threads` and `memory` so that the pages stay alive."""
    import ibis  # 1.5 s at the first import: only those who read a table pay for it

    return ibis.duckdb.connect(threads=threads, memory_limit=memory)


def local_backend() -> BaseBackend:
    """Return this thread's DuckDB backend; a connection is never shared between threads."""
    if not hasattr(_local, "backend"):
        _local.backend = connect()
    backend: BaseBackend = _local.backend
    return backend


@dataclass(frozen=True)
class SourceTask:
    """A task as the source names it; `position` counts from 1."""

    position: int
    label: str
    max: int


@dataclass(frozen=True)
class ResultsSource:
    """One imported dataset. It never changes after its import, so what is computed once holds for good."""

    path: Path
    backend: BaseBackend = field(default_factory=local_backend, compare=False, repr=False)
    published: Decisions | None = field(default=None, compare=False, repr=False)

    @cached_property
    def meta(self) -> Mapping[str, Any]:
        """What the import wrote of the dataset: layout, procedure, year, subject, grade, tasks, dirt."""
        with readable(self.path):
            return MappingProxyType(json.loads((self.path / "meta.json").read_text(encoding="utf-8")))

    @cached_property
    def tasks(self) -> tuple[SourceTask, ...]:
        """The tasks in the order of the source."""
        return tuple(SourceTask(int(t["position"]), str(t["label"]), int(t["max"])) for t in self.meta["tasks"])

    @cached_property
    def participants(self) -> Table:
        """Participants that take part in tables, one row each."""
        table = self._read("participants")
        return table.filter(table.counted)

    @cached_property
    def answers(self) -> Table:
        """Scores that take part in the completion of tasks: read, or not started (that is zero points)."""
        table = self._read("answers")
        table = table.filter(table.counted, table.state.isin(["scored", "not_started"]))
        return table.mutate(score=table.score.fill_null(0).cast("int32"))

    @cached_property
    def roll(self) -> Roll:
        """Who is counted in which table."""
        return roll_of(self.path)

    @cached_property
    def sizes(self) -> Mapping[Key, int]:
        """Counted participants by (region, municipality, school, class)."""
        return MappingProxyType(self.roll.sizes())

    @cached_property
    def decisions(self) -> Decisions:
        """Which groups may be published in which table: as they were published, else as if nothing had been before."""
        return self.published or Decisions(release(self.roll) or {})

    @cached_property
    def regions(self) -> frozenset[str | None]:
        """The regions met among the counted participants."""
        table = self.participants
        return frozenset(row["region"] for row in records(table.select("region").distinct(), self.backend))

    def _read(self, name: str) -> Table:
        stem = sha256(str(self.path.resolve()).encode()).hexdigest()[:16]
        with readable(self.path):
            (self.path / f"{name}.parquet").stat()
            return self.backend.read_parquet(str(self.path / f"{name}.parquet"), table_name=f"{name}_{stem}")


def selected_participants(dataset: ResultsSource, selection: Selection) -> Table:
    """Return the participants inside the selection's filters."""
    return _filtered(dataset.participants, selection.filters)


def selected_answers(dataset: ResultsSource, selection: Selection) -> tuple[Table, tuple[str, ...]]:
    """Return the answers inside the filters, and the columns to group them by.

    The answers do not carry the region. Nearly every dataset has one region only; then nothing is joined, and
    `group_of` adds its name afterwards.
    """
    if len(dataset.regions) > 1:
        people = dataset.participants.select("region", participant_row="row")
        joined = dataset.answers.inner_join(people, "participant_row")
        return _filtered(joined, selection.filters), selection.columns
    filters = selection.filters
    region = filters.pop("region", None)
    table = _filtered(dataset.answers, filters)
    if region is not None and region not in dataset.regions:
        table = table.limit(0)
    return table, selection.columns[1:]


def grouper(dataset: ResultsSource, selection: Selection) -> Callable[[Mapping[str, Any]], Group]:
    """Return a function that names the group of a row of figures; one object a group, however many rows it has."""
    only, columns = next(iter(dataset.regions), None), selection.columns
    known: dict[Key, Group] = {}

    def group_of(row: Mapping[str, Any]) -> Group:
        key = tuple([row.get(column, only) for column in columns])
        return known.get(key) or known.setdefault(key, Group(key))

    return group_of


def groups_of(dataset: ResultsSource, selection: Selection, figures: Mapping[str, list[Any]]) -> list[Group]:
    """Return the group of each row of figures that were read as columns; one object a group."""
    rows, only = len(next(iter(figures.values()))), next(iter(dataset.regions), None)
    parts = [figures.get(column) or [only] * rows for column in selection.columns]
    known: dict[Key, Group] = {}
    return [known.get(key) or known.setdefault(key, Group(key)) for key in zip(*parts, strict=True)]


def columns(expression: Table, backend: BaseBackend) -> dict[str, list[Any]]:
    """Run the expression and return its columns by name: a tenth of what dictionaries of rows cost."""
    with readable():
        table = backend.to_pyarrow(expression)
    return {name: column.to_pylist() for name, column in zip(table.column_names, table.columns, strict=True)}


def records(expression: Table, backend: BaseBackend) -> list[dict[str, Any]]:
    """Run the expression and return its rows as dictionaries."""
    with readable():
        rows: list[dict[str, Any]] = backend.to_pyarrow(expression).to_pylist()
    return rows


@contextmanager
def readable(path: Path | None = None) -> Iterator[None]:
    """A file of a dataset that is gone or damaged is an ``OSError``, whichever library found it out."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        module = type(error).__module__
        if (path and isinstance(error, ValueError)) or module.partition(".")[0] in {"_duckdb", "duckdb", "pyarrow"}:
            raise OSError(errno.EIO, "The dataset can't be read", str(path or "")) from error
        raise


def _filtered(table: Table, filters: Mapping[str, str]) -> Table:
    for column, value in filters.items():
        table = table.filter(table[column] == value)
    return table
