"""A value over time with its uncertainty."""

from collections.abc import Callable
from itertools import pairwise

from .alternatives import figure
from .frame import SMALL, scale
from .specs import Number, Trend, TrendPoint
from .svg import BLUE, fit, grid, line, text, zone_mark


def draw_trend(chart: Trend, width: int) -> tuple[float, str]:
    left, right, top, height = 44.0, width - 28.0, 26.0, 150 if width < 560 else 200
    bottom = top + height
    axis, place = chart.axis, scale(chart.axis, bottom, top)
    step = (right - left - 24) / max(len(chart.points) - 1, 1)
    body = []
    for value in range(axis.low, axis.high + 1, axis.step):
        y = place(value)
        body += [grid(left, y, right, y), text(left - 6, y + 4, str(value), text_anchor="end", font_size=SMALL)]
    seen = [(left + 12 + step * number, point) for number, point in enumerate(chart.points)]
    body += _line(seen, place, step)
    for x, point in seen:
        body.append(
            text(x, bottom + 18, fit(point.label, max(step - 4, 40), SMALL), text_anchor="middle", font_size=SMALL)
        )
        if point.value is None:
            continue
        if point.low is not None and point.high is not None:
            body.append(line(x, place(point.low), x, place(point.high), stroke_width=2, stroke_opacity=0.6))
        y = place(point.value)
        body.append(zone_mark("enough", x, y))
        shift, anchor = (-10, "end") if x > right - 30 else (10, "start")
        written = figure(point.value, chart.words.decimal, digits=1)
        body.append(text(x + shift, y - 8, written, text_anchor=anchor, font_size=SMALL))
    return bottom + 28, "".join(body)


def _line(seen: list[tuple[float, TrendPoint]], place: Callable[[Number], float], step: float) -> list[str]:
    """Join the measured points; dashes cross a moment that was not measured."""
    measured = [(x, place(point.value)) for x, point in seen if point.value is not None]
    parts = []
    for (x1, y1), (x2, y2) in pairwise(measured):
        dashes = "5 4" if x2 - x1 > 1.5 * step else ""
        look = {"class_": "chart-line", "stroke": BLUE, "stroke_dasharray": dashes}
        parts.append(line(x1, y1, x2, y2, stroke_width=2, **look))
    return parts
