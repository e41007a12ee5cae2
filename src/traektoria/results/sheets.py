"""A published table as rows of cells: for the page, CSV and XLSX alike. JSON has its own shape for programs."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.figures import places_of
from traektoria.engines.results.tables import (
    By,
    CompletionRow,
    Group,
    Hidden,
    JournalRow,
    MarksRow,
    PrimaryBar,
    PrimaryRow,
    Row,
)
from traektoria.results.models import Dataset, DatasetSchool
from traektoria.results.tables import Published, TableKind
from traektoria.results.tasks import TaskFacts
from traektoria.results.wording import HIDDEN, LEVELS, TASK_LEVELS, ZONES

_NO_LETTER = {"нет", "-", "–"}
_LEVELS = tuple(By)
_KEYS = ("region", "municipality", "school", "class")
_COMPLETION = (
    *("task", "position", "level", "max", "n", "not_started"), *("percent", "low", "high", "zone", "note"),
)  # fmt: skip
_WORKBOOK = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_MOST_PLACES = 6
Cell = str | int | Decimal | None


@dataclass(frozen=True)
class TableSheet:
    """A heading and rows; figures are numbers, a hidden group has one word in the column of n."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


_NOT_STATED = (
    gettext_lazy("whole file"),
    gettext_lazy("municipality not stated"),
    gettext_lazy("school not stated"),
    gettext_lazy("class not stated"),
)


class Names:
    """How groups are called on pages: our name of a school where it is known, the code of the file otherwise."""

    def __init__(self, schools: Mapping[str, str]) -> None:
        self._schools = schools

    @classmethod
    def of(cls, dataset: Dataset) -> "Names":
        """One query."""
        rows = DatasetSchool.objects.filter(dataset=dataset).values_list("code", "name", "school__name")
        return cls({code: ours or f"{name} ({code})" if ours or name else code for code, name, ours in rows})

    def school(self, code: str | None) -> str:
        return self._schools.get(code, code) if code else _("school not stated")

    def path(self, group: Group) -> tuple[str, ...]:
        """Names from the region down to the group."""
        named = [part or str(word) for part, word in zip(group.key, _NOT_STATED, strict=False)]
        if len(group.key) > 2:
            named[2] = self.school(group.key[2])
        if len(named) > 3 and named[3].casefold() in _NO_LETTER:
            named[3] = _("class without a letter")
        return tuple(named)

    def own(self, group: Group) -> str:
        return self.path(group)[-1]


Said = TypeVar("Said")
Columns = tuple[tuple[Any, Callable[[Said], Cell]], ...]
"""A line a column: its head (a lazy string) and what stands in it."""
_JOURNAL: Final[Columns[JournalRow]] = (
    (gettext_lazy("Participants"), lambda row: row.n),
    (gettext_lazy("Lowered, %"), lambda row: row.lowered_percent),
    (gettext_lazy("Confirmed, %"), lambda row: row.confirmed_percent),
    (gettext_lazy("Raised, %"), lambda row: row.raised_percent),
)
_SCORES: Final[Columns[tuple[PrimaryRow, PrimaryBar]]] = (
    (gettext_lazy("Participants"), lambda said: said[0].n),
    (gettext_lazy("Score"), lambda said: said[1].score),
    (gettext_lazy("Number"), lambda said: said[1].n),
    ("%", lambda said: said[1].percent),
    (gettext_lazy("Mark"), lambda said: said[1].mark),
)
_TASKS: Final[Columns[tuple[CompletionRow, Mapping[str, TaskFacts]]]] = (
    (gettext_lazy("Task"), lambda said: _kim(said[0].task, said[1])),
    (gettext_lazy("Participants"), lambda said: said[0].n),
    (gettext_lazy("Completion, %"), lambda said: said[0].percent),
    (gettext_lazy("Interval from"), lambda said: said[0].low),
    (gettext_lazy("Interval to"), lambda said: said[0].high),
    (gettext_lazy("Zone"), lambda said: str(ZONES[said[0].zone])),
    (gettext_lazy("Level"), lambda said: str(TASK_LEVELS[said[0].level]) if said[0].level else ""),
    (gettext_lazy("Not started"), lambda said: said[0].not_started),
)


def sheet_of(
    title: str, kind: TableKind, by: By, rows: Published, names: Names, facts: Sequence[TaskFacts]
) -> TableSheet:
    """The table for reading: every group with its path, percentages as published."""
    heads = [str(LEVELS[level]) for level in _LEVELS[: _LEVELS.index(by) + 1]]
    tasks = {task.label: task for task in facts}
    columns = (*heads, *_columns(kind, rows))
    body = tuple(line for row in rows for line in _lines(row, names, tasks, len(columns)))
    return TableSheet(title, columns, body)


def _columns(kind: TableKind, rows: Published) -> tuple[str, ...]:
    if kind is TableKind.MARKS:
        return (_("Participants"), *(f"«{mark}», %" for mark in (2, 3, 4, 5)))
    of_kind: dict[TableKind, Columns[Any]] = {
        TableKind.JOURNAL: _JOURNAL, TableKind.PRIMARY: _SCORES, TableKind.COMPLETION: _TASKS,
    }  # fmt: skip
    return tuple(str(head) for head, _value in of_kind[kind])


def _lines(row: Row | Hidden, names: Names, tasks: Mapping[str, TaskFacts], width: int) -> Iterable[tuple[Cell, ...]]:
    path: tuple[Cell, ...] = names.path(row.group)
    if isinstance(row, Hidden):
        lead = (*path, *([_kim(row.task, tasks)] if row.task else []), str(HIDDEN))
        yield (*lead, *([None] * (width - len(lead))))
    elif isinstance(row, MarksRow):
        yield (*path, row.n, *row.percents)
    elif isinstance(row, JournalRow):
        yield (*path, *(value(row) for _head, value in _JOURNAL))
    elif isinstance(row, PrimaryRow):
        yield from ((*path, *(value((row, bar)) for _head, value in _SCORES)) for bar in row.bars)
    else:
        yield (*path, *(value((row, tasks)) for _head, value in _TASKS))


def _kim(label: str, tasks: Mapping[str, TaskFacts]) -> str:
    return tasks[label].kim if label in tasks else label


def as_csv(sheet: TableSheet) -> str:
    """For a Russian Excel: semicolons and decimal commas (write it as UTF-8 with BOM). Texts never start a formula."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    for row in (sheet.columns, *sheet.rows):
        writer.writerow([_plain(cell) for cell in row])
    return target.getvalue()


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
    return str(cell).replace(".", ",")


def as_xlsx(sheets: Iterable[TableSheet]) -> bytes:
    """A workbook with a sticky heading; texts are written as texts, so nothing is computed in it."""
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, _WORKBOOK) as book:
        head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "text_wrap": True, "valign": "top"})
        forms = [book.add_format({"num_format": f"0.{'0' * places}".rstrip(".")}) for places in range(_MOST_PLACES + 1)]
        for sheet in sheets:
            _fill(book.add_worksheet(sheet.title[:31]), sheet, head, forms)
    return target.getvalue()


def _fill(page: Any, sheet: TableSheet, head: Any, forms: Sequence[Any]) -> None:
    """A figure is shown with the digits it has: the spreadsheet rounds nothing."""
    page.freeze_panes(1, 0)
    for place, text in enumerate(sheet.columns):
        page.write_string(0, place, text, head)
        longest = max((len(str(row[place] or "")) for row in sheet.rows[:200]), default=0)
        page.set_column(place, place, min(max(12, longest + 2), 60))
    for number, row in enumerate(sheet.rows, 1):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                page.write_string(number, place, cell)
            elif isinstance(cell, Decimal):
                page.write_number(number, place, cell, forms[places_of(cell)])
            elif cell is not None:
                page.write_number(number, place, cell)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)


def as_json(rows: Published, facts: Sequence[TaskFacts]) -> list[dict[str, Any]]:
    """For programs: one object a group (a task of a group for completion), figures as numbers; names as in the file.

    A hidden group says ``suppressed``, gives no reason and carries no figures.
    """
    tasks = {task.label: task for task in facts}
    return [_object(row, tasks) for row in rows]


def _object(row: Row | Hidden, tasks: Mapping[str, TaskFacts]) -> dict[str, Any]:
    group: dict[str, Any] = dict(zip(_KEYS, row.group.key, strict=False))
    if isinstance(row, Hidden):
        task = {"task": row.task, "kim": _kim(row.task, tasks)} if row.task else {}
        return {**group, **task, "suppressed": True}
    names = _COMPLETION if isinstance(row, CompletionRow) else vars(row)
    figures = {name: _number(getattr(row, name)) for name in names if name not in {"group", "bars"}}
    if isinstance(row, PrimaryRow):
        figures["scores"] = [{name: _number(value) for name, value in vars(bar).items()} for bar in row.bars]
    if isinstance(row, MarksRow):
        figures["counts"] = dict(zip("2345", row.counts, strict=True))
        figures["percents"] = dict(zip("2345", map(float, row.percents), strict=True))
    if isinstance(row, CompletionRow):
        figures["kim"] = _kim(row.task, tasks)
    return {**group, **figures}


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value
