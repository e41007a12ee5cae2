"""Charts of the tables: specs with words of the room, drawn on the server; each has its table and sentences."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from traektoria.core.boxes import boxed
from traektoria.engines.charts import (
    Axis,
    Chart,
    ChartWords,
    Dot,
    DotPlot,
    Histogram,
    HistogramBar,
    MarksBar,
    MarksBars,
    ZoneShape,
    responsive,
)
from traektoria.engines.results.tables import CompletionRow, Hidden, JournalRow, MarksRow, PrimaryRow, Zone
from traektoria.results.sheets import Names
from traektoria.results.tasks import TaskFacts
from traektoria.results.wording import HIDDEN, ZONES

Cell = CompletionRow | Hidden


def draw(chart: Chart) -> SafeString:
    """The picture for a phone and for a page; everything in it is escaped by the engine."""
    return boxed("chart", lambda: responsive(chart))


def _words(columns: tuple[str, ...], sentence: str, legend: Mapping[str, str], hidden: str = "…") -> ChartWords:
    return ChartWords(columns=columns, sentence=sentence, legend=legend, hidden=hidden, decimal=",")


def _zone_legend(reference: str) -> dict[str, str]:
    legend = {zone.value: str(ZONES[zone]) for zone in Zone}
    return {**legend, "interval": _("95 % interval"), **({"reference": reference} if reference else {})}


_DOT_COLUMNS = ("label", "value", "low", "high", "reference", "n")


def tasks_plot(
    rows: Sequence[Cell], references: Mapping[str, Decimal], names: Mapping[str, TaskFacts], title: str, reference: str
) -> DotPlot:
    """Completion of the tasks of one group, in the order of the work, against a wider group."""
    dots = tuple(_dot(row, _called(row, names), references.get(row.task or "")) for row in rows)
    words = _words(_DOT_COLUMNS, "{label}: {value} %", _zone_legend(reference), str(HIDDEN))
    return DotPlot(title, _("Completion of each task with its interval"), words, rows=dots)


def groups_plot(rows: Sequence[Cell], names: Names, reference: Decimal | None, title: str, word: str) -> DotPlot:
    """Completion of one task by groups, in alphabetical order."""
    dots = tuple(_dot(row, names.own(row.group), reference) for row in rows)
    words = _words(_DOT_COLUMNS, "{label}: {value} %", _zone_legend(word), str(HIDDEN))
    return DotPlot(title, _("Completion of the task by groups, in alphabetical order"), words, rows=dots)


def _called(row: Cell, names: Mapping[str, TaskFacts]) -> str:
    """A task by its number, level and skill: «5(2), Б. Решать текстовые задачи»."""
    known = names.get(row.task or "")
    if known is None:
        return _("Task %(label)s") % {"label": row.task}
    number = f"{known.kim}, {known.level}" if known.level else known.kim
    return f"{number}. {known.shows}" if known.shows else _("Task %(label)s") % {"label": number}


def _dot(row: Cell, label: str, reference: Decimal | None) -> Dot:
    if isinstance(row, Hidden) or row.percent is None:
        return Dot(label)
    zone = ZoneShape(row.zone.value)
    return Dot(label, row.n, row.percent, row.low, row.high, reference, zone)


def marks_bars(rows: Sequence[MarksRow | Hidden], names: Names, title: str) -> MarksBars:
    """Marks of groups as bars of 100 %."""
    bars = tuple(
        MarksBar(f"{names.own(row.group)}: {HIDDEN}")
        if isinstance(row, Hidden)
        else MarksBar(names.own(row.group), row.n, row.percents)
        for row in rows
    )
    legend = {str(mark): _("mark %(mark)s") % {"mark": mark} for mark in (2, 3, 4, 5)}
    words = _words(("label", "2", "3", "4", "5", "n"), "{label}", legend, str(HIDDEN))
    return MarksBars(title, _("Shares of the marks 2–5"), words, rows=bars)


def journal_plot(rows: Sequence[JournalRow | Hidden], names: Names, title: str) -> DotPlot:
    """How many confirmed the mark of the journal, by groups."""
    dots = tuple(
        Dot(names.own(row.group))
        if isinstance(row, Hidden)
        else Dot(names.own(row.group), row.n, row.confirmed_percent)
        for row in rows
    )
    words = _words(_DOT_COLUMNS, "{label}: {value} %", {"none": _("confirmed the mark of the journal")}, str(HIDDEN))
    return DotPlot(title, _("Share of those who confirmed their mark"), words, rows=dots, axis=Axis())


def scores_histogram(row: PrimaryRow, title: str) -> Histogram:
    """Distribution of the primary scores with the boundaries of the marks."""
    bars = tuple(HistogramBar(bar.score, bar.n, bar.mark, bar.boundary) for bar in row.bars)
    legend = {str(mark): _("mark %(mark)s") % {"mark": mark} for mark in (2, 3, 4, 5)}
    words = _words((_("Score"), _("Number"), _("Mark")), "{score}: {n}", legend)
    return Histogram(title, _("How many participants have each number of points"), words, bars=bars)
