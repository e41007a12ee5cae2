"""The same chart as a table and as sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from traektoria.engines.figures import places_of, written

from .specs import Chart, DotPlot, Histogram, MarksBars, Number, Steps, Trend

Row = Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """Figures of a chart as text, ready to print; `rows` have as many cells as there are `columns`."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def as_table(chart: Chart) -> Table:
    """Return the figures of the chart; suppressed cells hold the caller's word for it."""
    return Table(chart.title, chart.words.columns, tuple(tuple(row.values()) for row in _rows(chart)))


def as_text(chart: Chart) -> list[str]:
    """Return one sentence a row from the caller's template.

    Names in the template: dot plot – label, value, low, high, reference, n; marks – label, mark_2 … mark_5, n;
    histogram – score, n, mark; steps – label, state; trend – label, value, low, high.
    """
    return [chart.words.sentence.format(**row) for row in _rows(chart)]


def figure(value: Number | None, decimal: str, *, missing: str = "", digits: int | None = None) -> str:
    """Write a number with the caller's decimal separator, with at most `digits` after it when given."""
    if value is None:
        return missing
    if digits is not None and isinstance(value, Decimal):
        return written(value, min(digits, places_of(value)), decimal)
    return str(value).replace(".", decimal)


def count(n: int) -> str:
    """Write a number of participants, thousands parted by a narrow space."""
    return "n\u00a0" + f"{n:,}".replace(",", "\u202f")


def _rows(chart: Chart) -> list[Row]:
    if isinstance(chart, DotPlot):
        names: tuple[str, ...] = ("value", "low", "high", "reference", "n")
        return [{"label": row.label} | _figures(chart, row, names, hidden=row.value is None) for row in chart.rows]
    if isinstance(chart, Trend):
        names = ("value", "low", "high")
        return [{"label": row.label} | _figures(chart, row, names, hidden=row.value is None) for row in chart.points]
    if isinstance(chart, MarksBars):
        return _marks(chart)
    if isinstance(chart, Histogram):
        return [
            {"score": str(b.score), "n": str(b.n), "mark": "" if b.mark is None else str(b.mark)} for b in chart.bars
        ]
    if isinstance(chart, Steps):
        return [{"label": label, "state": chart.words.legend.get(state, state)} for label, state in chart.steps]
    raise TypeError(f"no table for {type(chart).__name__}")


def _figures(chart: Chart, row: object, names: tuple[str, ...], *, hidden: bool) -> dict[str, str]:
    missing = chart.words.hidden if hidden else ""
    return {name: figure(getattr(row, name), chart.words.decimal, missing=missing) for name in names}


def _marks(chart: MarksBars) -> list[Row]:
    words = chart.words
    rows: list[Row] = []
    for row in chart.rows:
        percents = row.percents or (None, None, None, None)
        cells = {f"mark_{mark}": figure(p, words.decimal, missing=words.hidden) for mark, p in enumerate(percents, 2)}
        rows.append({"label": row.label} | cells | {"n": figure(row.n, words.decimal, missing=words.hidden)})
    return rows
