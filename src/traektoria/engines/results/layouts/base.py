"""What all layouts of participants share: finding the header and the task columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from traektoria.engines.results.headers import TASK_LABEL, Header, cell_text, read_header
from traektoria.engines.results.model import Aggregate, Recognised, TaskColumn
from traektoria.engines.results.reading import Sheet

HEADER_ROWS: Final = 30
MIN_TASKS: Final = 2
_POINTS = re.compile(rf"^({TASK_LABEL})\s*\(\s*(\d{{1,2}})\s*б[^)]*\)$", re.IGNORECASE)
_BLANKS = re.compile(r"[\s\u00a0\u202f]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that may be the header of a sheet."""

    sheet: Sheet
    row: int
    header: Header

    @property
    def cells(self) -> list[Any]:
        """The header cells as written."""
        return self.sheet.rows[self.row]


Recogniser = Callable[[Candidate], Recognised | Aggregate | None]


def candidates(sheet: Sheet) -> Iterator[Candidate]:
    """The first rows of a sheet that could be a header: three filled cells or more."""
    for number, row in enumerate(sheet.rows[:HEADER_ROWS]):
        header = read_header(row)
        if sum(map(bool, header.texts)) >= MIN_TASKS + 1 and header.roles:
            yield Candidate(sheet, number, header)


def tasks_with_points(candidate: Candidate) -> tuple[TaskColumn, ...]:
    """Columns headed as in the collection forms: "5(1) (1б)", "11.3 k1 (2б)"."""
    found = []
    for column, cell in enumerate(candidate.cells):
        if match := _POINTS.match(_BLANKS.sub(" ", cell_text(cell))):
            found.append(TaskColumn(column, match[1].strip(), int(match[2])))
    return tuple(found)


def tasks_by(candidate: Candidate, pattern: re.Pattern[str]) -> tuple[TaskColumn, ...]:
    """Columns whose normalised header matches; group 1 is the label, group `max` (if any) the maximum."""
    found = []
    for column, text in enumerate(candidate.header.texts):
        if match := pattern.match(text):
            maximum = match.groupdict().get("max")
            found.append(TaskColumn(column, match[1].strip().upper(), int(maximum) if maximum else None))
    return tuple(found)


def titles_above(candidate: Candidate) -> tuple[str, ...]:
    """What stands above the header, row by row and as written: titles, subject, dates."""
    lines = []
    for row in candidate.sheet.rows[: candidate.row]:
        line = " ".join(filter(None, map(cell_text, row)))
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
        sheet=candidate.sheet,
        header_row=candidate.row,
        roles=roles,
        tasks=tasks,
        titles=titles_above(candidate),
        **more,
    )
