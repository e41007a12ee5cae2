"""What the page of a dataset shows, for one look of one reader. The figures come from ``tables.published`` alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, partial
from typing import Any, Final, NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from traektoria.core.figures import figure, percent, percent_of
from traektoria.core.paging import Page, counted_page
from traektoria.engines.results.tables import (
    By,
    CompletionRow,
    Group,
    Hidden,
    JournalRow,
    MarksRow,
    Note,
    PrimaryRow,
    Selection,
    Zone,
    natural,
    note,
)
from traektoria.results import pictures
from traektoria.results.grounds import Grounds, grounds_of
from traektoria.results.models import Dataset
from traektoria.results.selection import Look, Places, focus_of, reference_of
from traektoria.results.sheets import TableSheet, sheet_of
from traektoria.results.tables import Published, TableKind, published
from traektoria.results.tasks import TaskFacts, spec_of
from traektoria.results.wording import HIDDEN, NOTES, ZONE_CHIPS, ZONES


@dataclass(frozen=True)
class TaskLine:
    """One task of the group in focus."""

    facts: TaskFacts
    row: CompletionRow | Hidden
    reference: Decimal | None

    @property
    def is_hidden(self) -> bool:
        return isinstance(self.row, Hidden)

    @property
    def zone(self) -> Any:
        return ZONES[self.row.zone] if isinstance(self.row, CompletionRow) else ""

    @property
    def chip(self) -> str:
        return ZONE_CHIPS[self.row.zone] if isinstance(self.row, CompletionRow) else "neutral"

    @property
    def is_weak(self) -> bool:
        return isinstance(self.row, CompletionRow) and self.row.zone is Zone.NOT_ENOUGH


@dataclass(frozen=True)
class GridColumn:
    """The head of a column; of a task with its level, and in full for the pointer."""

    name: str
    level: str = ""
    title: str = ""


class GridCell(NamedTuple):
    """A figure of a group: its text, its reading for the eye, and what it stands on; the template takes it apart."""

    text: str
    look: str = ""
    title: str = ""


@dataclass(frozen=True)
class GridRow:
    """A group of the list; a hidden one has no cells."""

    name: str
    n: int | None
    cells: tuple[GridCell, ...] = ()
    hidden: bool = False
    url: str = ""


@dataclass
class DatasetPage:
    """Everything under the tabs of a dataset."""

    dataset: Dataset
    look: Look
    places: Places
    facts: Sequence[TaskFacts]
    number: str | None = None
    _by_label: dict[str, TaskFacts] = field(init=False)

    def __post_init__(self) -> None:
        self._by_label = {task.label: task for task in self.facts}

    def _rows(self, selection: Selection, kind: TableKind | None = None) -> Published:
        return published(self.dataset, kind or self.look.table, selection, spec_of(self.facts))

    @cached_property
    def grounds(self) -> Grounds:
        return grounds_of(self.dataset)

    @cached_property
    def focus(self) -> Published:
        """Rows of the one group in focus; none where a file of several regions has no single whole."""
        rows = self._rows(focus_of(self.look, self.places))
        return rows if len({row.group for row in rows}) == 1 else []

    @cached_property
    def focus_group(self) -> Group | None:
        return self.focus[0].group if self.focus else None

    @property
    def focus_name(self) -> str:
        return self.places.names.own(self.focus_group) if self.focus_group else _("whole file")

    @property
    def focus_hidden(self) -> bool:
        """The group in focus is not shown."""
        alone = self.focus[0] if len(self.focus) == 1 else None
        return isinstance(alone, Hidden) and not alone.task

    @cached_property
    def n(self) -> int:
        """Participants behind the figures of the focus: the most that any of its rows has."""
        return max((row.n for row in self.focus if not isinstance(row, Hidden)), default=0)

    @property
    def carries(self) -> Any:
        """How far so many participants carry a conclusion; nothing to say from fifty upwards."""
        return "" if not self.n or note(self.n) is Note.INFORMATIVE else NOTES[note(self.n)]

    # Tasks

    @cached_property
    def references(self) -> dict[str, Decimal]:
        selection = reference_of(self.look, self.places)
        rows = self._rows(selection, TableKind.COMPLETION) if selection else []
        if len({row.group for row in rows}) != 1:
            return {}
        return {row.task: row.percent for row in rows if isinstance(row, CompletionRow) and row.percent is not None}

    @cached_property
    def reference_name(self) -> str:
        if not self.references:
            return ""
        return _("municipality") if self.look.school else _("whole file")

    @cached_property
    def tasks(self) -> list[TaskLine]:
        """Tasks of the focus in the order of the work."""
        rows = [row for row in self.focus if isinstance(row, CompletionRow | Hidden) and row.task in self._by_label]
        return [TaskLine(self._by_label[row.task], row, self.references.get(row.task)) for row in rows if row.task]

    @cached_property
    def weak(self) -> list[TaskLine]:
        return [line for line in self.tasks if line.is_weak]

    @cached_property
    def norms(self) -> list[str]:
        """The norms of the levels that the work has: what a letter beside a task asks for."""
        return list(dict.fromkeys(task.norm for task in self.facts if task.norm))

    @property
    def has_levels(self) -> bool:
        return any(task.level for task in self.facts)

    @property
    def summary(self) -> str:
        """The picture in one sentence."""
        if not self.focus or self.focus_hidden:
            return ""
        return _SUMMARIES[self.look.table](self)

    @cached_property
    def picture(self) -> SafeString | None:
        """The chart of the tab; the list of groups is drawn too where it is short."""
        if self.look.table is TableKind.COMPLETION and self.tasks:
            rows = [line.row for line in self.tasks]
            title = _("Completion of tasks: %(name)s") % {"name": self.focus_name}
            plot = pictures.tasks_plot(rows, self.references, self._by_label, title, self.reference_name)
            return pictures.draw(plot)
        row = self.focus[0] if self.focus else None
        if isinstance(row, PrimaryRow):
            return pictures.draw(pictures.scores_histogram(row, _("Scores: %(name)s") % {"name": self.focus_name}))
        shown: list[Any] = [*self.focus, *(rows[0] for _group, rows in self.page)]
        if self.look.table is TableKind.MARKS and shown:
            return pictures.draw(pictures.marks_bars(shown, self.places.names, _("Marks by groups")))
        if self.look.table is TableKind.JOURNAL and shown:
            return pictures.draw(pictures.journal_plot(shown, self.places.names, _("Against the journal, by groups")))
        return None

    # Groups

    @cached_property
    def groups(self) -> list[tuple[Group, Published]]:
        """The groups that the reader may see, ordered by the names on the page, each with its rows."""
        selection = self.look.listed
        found: dict[tuple[str | None, ...], Published] = {}
        for row in self._rows(selection) if selection else ():
            found.setdefault(row.group.key, []).append(row)
        groups = [(rows[0].group, rows) for rows in found.values() if self.places.shows(rows[0].group)]
        names = self.places.names
        return sorted(groups, key=lambda group: tuple(map(natural, names.path(group[0]))))

    @cached_property
    def page(self) -> Page[tuple[Group, Published]]:
        return counted_page(self.groups, self.number)

    @cached_property
    def grid(self) -> list[GridRow]:
        """One page of groups as rows of a table."""
        return [self._grid_row(group, rows) for group, rows in self.page]

    @property
    def hides_some(self) -> bool:
        """Something in the list is not shown, so that the page says which groups are not."""
        return any(row.hidden or self._hidden_cell in row.cells for row in self.grid)

    @cached_property
    def grid_columns(self) -> list[GridColumn]:
        if self.look.table is TableKind.COMPLETION:
            return [GridColumn(task.kim, task.level, f"{task.norm}. {task.shows}".strip(". ")) for task in self.facts]
        if self.look.table is TableKind.MARKS:
            return [GridColumn(f"«{mark}»") for mark in (2, 3, 4, 5)]
        if self.look.table is TableKind.JOURNAL:
            return [GridColumn(str(name)) for name, _share in _JOURNAL]
        return [GridColumn(str(name)) for name, _score in _SCORES]

    def _grid_row(self, group: Group, rows: Published) -> GridRow:
        name, first = self.places.names.own(group), rows[0]
        if isinstance(first, Hidden) and not first.task:
            return GridRow(name, None, hidden=True)
        url = self.look.but(school=group.school, by=By.CLASS).query if group.by is By.SCHOOL else ""
        if group.by is By.MUNICIPALITY and group.name:
            url = self.look.but(municipality=group.name, by=By.SCHOOL).query
        n = max((row.n for row in rows if not isinstance(row, Hidden)), default=None)
        return GridRow(name, n, tuple(self._cells(rows)), url=url)

    def _cells(self, rows: Published) -> list[GridCell]:
        first = rows[0]
        if isinstance(first, MarksRow):
            return [GridCell(percent(share)) for share in first.percents]
        if isinstance(first, JournalRow):
            return [GridCell(percent(share(first))) for _name, share in _JOURNAL]
        if isinstance(first, PrimaryRow):
            return [GridCell(figure(score(first))) for _name, score in _SCORES]
        by_task = {row.task: row for row in rows if isinstance(row, CompletionRow)}
        return [self._completion_cell(by_task.get(task.label)) for task in self.facts]

    def _completion_cell(self, row: CompletionRow | None) -> GridCell:
        if row is None or row.percent is None:
            return self._hidden_cell
        said = self._figure
        look, zone = self._zones[row.zone]
        ends = {"low": said(row.low, 1), "high": said(row.high, 1), "n": said(row.n), "zone": zone}
        return GridCell(said(row.percent), look, self._ends % ends)

    @cached_property
    def _figure(self) -> Callable[..., str]:
        return partial(figure, language=get_language())

    @cached_property
    def _hidden_cell(self) -> GridCell:
        return GridCell("…", "none", str(HIDDEN))

    @cached_property
    def _zones(self) -> dict[Zone, tuple[str, str]]:
        """Each zone for the eye and in words, in the language of the page."""
        return {zone: (zone.value, str(word)) for zone, word in ZONES.items()}

    @cached_property
    def _ends(self) -> str:
        return _("%(low)s–%(high)s %%, n = %(n)s, %(zone)s")

    def sheet(self) -> TableSheet:
        """The same for XLSX, with every group."""
        title = str(self.dataset)
        listed = [row for _group, rows in self.groups for row in rows]
        return sheet_of(title, self.look.table, self.look.by, listed, self.places.names, self.facts)


def _median(row: PrimaryRow) -> int:
    half, passed = row.n / 2, 0
    for bar in row.bars:
        passed += bar.n
        if passed >= half:
            return bar.score
    return row.bars[-1].score


_JOURNAL: Final[tuple[tuple[Any, Callable[[JournalRow], Decimal]], ...]] = (
    (gettext_lazy("lowered"), lambda row: row.lowered_percent),
    (gettext_lazy("confirmed the mark"), lambda row: row.confirmed_percent),
    (gettext_lazy("raised"), lambda row: row.raised_percent),
)
"""A line a column of the list of groups: its name and its figure."""
_SCORES: Final[tuple[tuple[Any, Callable[[PrimaryRow], int]], ...]] = (
    (gettext_lazy("median"), _median),
    (gettext_lazy("maximum"), lambda row: row.bars[-1].score),
)


def _tasks_summary(page: DatasetPage) -> str:
    if not page.has_levels:
        return _("The levels of the tasks are not known, so the tasks have no zones: load the specification.")
    weak = page.weak
    if not weak:
        return _("No task is below the sufficient level.")
    facts = {"n": len(weak), "total": len(page.tasks), "tasks": ", ".join(line.facts.kim for line in weak)}
    return ngettext(
        "%(n)s task of %(total)s is below the sufficient level: %(tasks)s.",
        "%(n)s tasks of %(total)s are below the sufficient level: %(tasks)s.",
        len(weak),
    ) % {**facts}


def _marks_summary(page: DatasetPage) -> str:
    row = page.focus[0]
    if not isinstance(row, MarksRow):
        return ""
    good = percent_of(row.counts[2] + row.counts[3], row.n)
    facts = {"good": percent(good), "two": percent(row.percents[0])}
    return _("«4» and «5»: %(good)s of participants, «2»: %(two)s.") % facts


def _journal_summary(page: DatasetPage) -> str:
    row = page.focus[0]
    if not isinstance(row, JournalRow):
        return ""
    names = ("confirmed_percent", "lowered_percent", "raised_percent")
    confirmed, lowered, raised = (percent(getattr(row, name)) for name in names)
    facts = {"confirmed": confirmed, "lowered": lowered, "raised": raised}
    return _("The mark of the journal is confirmed by %(confirmed)s, lower: %(lowered)s, higher: %(raised)s.") % facts


def _scores_summary(page: DatasetPage) -> str:
    row = page.focus[0]
    if not isinstance(row, PrimaryRow):
        return ""
    facts = {"median": figure(_median(row)), "maximum": figure(row.bars[-1].score)}
    return _("Half of the participants have %(median)s points or more of %(maximum)s.") % facts


_SUMMARIES = {
    TableKind.COMPLETION: _tasks_summary,
    TableKind.MARKS: _marks_summary,
    TableKind.JOURNAL: _journal_summary,
    TableKind.PRIMARY: _scores_summary,
}
