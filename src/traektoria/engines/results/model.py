"""What the layouts tell about a file: where everything stands and what the titles say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from traektoria.engines.tables.headings import Table


@dataclass(frozen=True, slots=True)
class TaskColumn:
    """A column of scores: 0-based column, label as in the header, maximum and level where the file says them."""

    column: int
    label: str
    maximum: int | None = None
    level: str = ""


@dataclass(frozen=True, slots=True)
class Recognised:
    """Rows of participants. `roles` maps a role of `headers` to its 0-based columns.

    `maxima_in_header`: each task says its maximum; `optional_tasks`: a task column that nobody fills is none;
    `total_is_formula`: the total is the form's own sum of cells, not a figure of the federal system.
    """

    layout: str
    table: Table
    roles: dict[str, tuple[int, ...]]
    tasks: tuple[TaskColumn, ...]
    maxima_in_header: bool = False
    optional_tasks: bool = False
    total_is_formula: bool = False
    titles: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def sheet(self) -> str:
        """The sheet on which the headings stand."""
        return self.table.sheet

    def column(self, role: str) -> int | None:
        """The first column of a role."""
        columns = self.roles.get(role, ())
        return columns[0] if columns else None


@dataclass(frozen=True, slots=True)
class MarkStatistics:
    """One row of Ф3: shares of the marks 2–5 in per cent, as published."""

    group: str
    schools: int | None
    participants: int | None
    percent_2: float | None
    percent_3: float | None
    percent_4: float | None
    percent_5: float | None


@dataclass(frozen=True, slots=True)
class JournalComparison:
    """One row of the comparison with the journal: below, equal, above; per cent and number, as published."""

    group: str
    participants: int | None
    lowered_percent: float | None
    lowered: int | None
    confirmed_percent: float | None
    confirmed: int | None
    raised_percent: float | None
    raised: int | None


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A report of the federal system that holds groups, not participants."""

    layout: str
    sheet: str
    rows: tuple[MarkStatistics | JournalComparison, ...]
    titles: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Guess:
    """A value read from the file and where: override, title, sheet, filename, textbook, codes, upload_date, layout."""

    value: Any
    source: str


@dataclass(frozen=True, slots=True)
class Overrides:
    """What a person says about a file; it wins over anything that the file says.

    `basis`: which points count, «stated» totals or the «sum» of the tasks. `columns`: normalised heading → role of
    `headers`, "task", or "" for a column that is not needed.
    """

    procedure: str | None = None
    year: int | None = None
    subject: str | None = None
    grade: int | None = None
    school: str | None = None
    basis: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Task:
    """A task of the work. `maximum` is stated by the file or the specification, else observed and so reported."""

    position: int
    label: str
    maximum: int
    level: str = ""


def work_maximum(tasks: Iterable[Task | TaskColumn]) -> int:
    """The most points of the whole work: of its tasks together; a column that says no maximum adds nothing."""
    return sum(task.maximum or 0 for task in tasks)
