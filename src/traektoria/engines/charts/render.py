"""From a spec to its SVG. A picture is laid out for a width in CSS pixels: a phone's or a page's."""

from collections.abc import Callable
from typing import Any

from .dots import draw_dots
from .histogram import draw_histogram
from .marks import draw_marks
from .specs import Chart, DotPlot, Histogram, MarksBars, Steps, Trend
from .steps import draw_steps
from .svg import document
from .trend import draw_trend

NARROW, WIDE = 360, 720


def render(chart: Chart, *, width: int = NARROW, fixed: bool = False) -> str:
    """Return the chart as one SVG element laid out for `width`.

    A page's picture stretches to its column; a `fixed` one has its size in pixels, as documents need.
    Raises TypeError for an unknown kind of chart.
    """
    for kind, (name, draw) in _KINDS.items():
        if isinstance(chart, kind):
            height, body = draw(chart, width)
            return document(name, (width, height), (chart.title, chart.description), body, fixed=fixed)
    raise TypeError(f"cannot draw {type(chart).__name__}")


def responsive(chart: Chart) -> str:
    """Return the chart for a phone and for a page, one after another.

    The style sheet shows one (`chart-narrow`/`-wide`).
    """
    return render(chart, width=NARROW) + render(chart, width=WIDE)


_KINDS: dict[type[Chart], tuple[str, Callable[[Any, int], tuple[float, str]]]] = {
    DotPlot: ("dots", draw_dots),
    MarksBars: ("marks", draw_marks),
    Histogram: ("histogram", draw_histogram),
    Steps: ("steps", draw_steps),
    Trend: ("trend", draw_trend),
}
