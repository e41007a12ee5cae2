"""What all layouts of participants share: finding the header and the task columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from traektoria.engines.results.headers import TASK_LABEL, Header, read_header
from traektoria.engines.results.model import Aggregate, Recognised, TaskColumn
from traektoria.engines.tables.cells import shown
from traektoria.engines.tables.headings import Heading, Table, headings, table_at
from traektoria.engines.tables.workbook import Workbook

MIN_TASKS: Final = 2
_NAMING: Final = ("participant", "number", "class_name", "school", "school_name", "variant", "municipality")
_POINTS = re.compile(rf"^({TASK_LABEL})\s*\(\s*(\d{{1,2}})\s*б[^)]*\)$", re.IGNORECASE)
_BLANKS = re.compile(r"[\s\u00a0\u202f]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that may be the header of a sheet."""

    book: Workbook
    heading: Heading
    header: Header

    @property
    def cells(self) -> list[Any]:
        """The header cells as written."""
        return self.heading.cells

    @property
    def above(self) -> list[list[Any]]:
        """The rows of the sheet over the header."""
        return self.book.sheets[self.heading.sheet].rows[: self.heading.row]

    def table(self) -> Table:
        """What stands under the header, on this sheet and on those that go on with it."""
        naming = [column for role in _NAMING for column in self.header.roles.get(role, ())]
        return table_at(self.book, self.heading, naming=naming)


Recogniser = Callable[[Candidate], Recognised | Aggregate | None]


def candidates(book: Workbook) -> Iterator[Candidate]:
    """The first rows of the sheets that could be a header: three filled cells or more."""
    for heading in headings(book):
        header = read_header(heading.cells)
        if sum(map(bool, header.texts)) >= MIN_TASKS + 1 and header.roles:
            yield Candidate(book, heading, header)


def tasks_with_points(candidate: Candidate) -> tuple[TaskColumn, ...]:
    """Columns headed as in the collection forms: "5(1) (1б)", "11.3 k1 (2б)"."""
    found = []
    for column, cell in enumerate(candidate.cells):
        if match := _POINTS.match(_BLANKS.sub(" ", shown(cell))):
            found.append(TaskColumn(column, match[1].strip().replace(",", "."), int(match[2])))
    return tuple(found)


def tasks_by(candidate: Candidate, pattern: re.Pattern[str]) -> tuple[TaskColumn, ...]:
    """Columns whose normalised header matches; group 1 is the label, group `max` (if any) the maximum."""
    found = []
    for column, text in enumerate(candidate.header.texts):
        if match := pattern.match(text):
            maximum = match.groupdict().get("max")
            found.append(TaskColumn(column, _label(match[1]), int(maximum) if maximum else None))
    return tuple(found)


def _label(text: str) -> str:
    """4,1 that somebody typed as a number is the task 4.1."""
    return text.strip().upper().replace(",", ".")


def titles_above(candidate: Candidate) -> tuple[str, ...]:
    """What stands above the header, row by row and as written: titles, subject, dates."""
    lines = []
    for row in candidate.above:
        line = " ".join(filter(None, map(shown, row)))
        if line:
            lines.append(line[:300])
    return tuple(lines)


def participants_sheet(candidate: Candidate, layout: str, tasks: tuple[TaskColumn, ...], **more: Any) -> Recognised:
    """The common result of a layout of participants. A task column plays no other role."""
    taken = {task.column for task in tasks}
    roles = {
        role: kept
        for role, columns in candidate.header.roles.items()
        if (kept := tuple(column for column in columns if column not in taken))
    }
    return Recognised(
        layout=layout,
        table=candidate.table(),
        roles=roles,
        tasks=tasks,
        titles=titles_above(candidate),
        **more,
    )
