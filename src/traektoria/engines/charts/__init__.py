"""Charts: a declarative spec becomes an SVG picture, a table and sentences, all saying the same.

The words come from the caller inside the spec, so the engine has no language of its own.
"""

from .alternatives import Table, as_table, as_text
from .render import NARROW, WIDE, render, responsive
from .specs import (
    Axis,
    Chart,
    ChartWords,
    Dot,
    DotPlot,
    Histogram,
    HistogramBar,
    MarksBar,
    MarksBars,
    Steps,
    StepState,
    Trend,
    TrendPoint,
    ZoneShape,
)

__all__ = [
    "NARROW",
    "WIDE",
    "Axis",
    "Chart",
    "ChartWords",
    "Dot",
    "DotPlot",
    "Histogram",
    "HistogramBar",
    "MarksBar",
    "MarksBars",
    "StepState",
    "Steps",
    "Table",
    "Trend",
    "TrendPoint",
    "ZoneShape",
    "as_table",
    "as_text",
    "render",
    "responsive",
]
