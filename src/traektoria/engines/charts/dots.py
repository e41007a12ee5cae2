"""Dot plot: values with intervals and a reference mark."""

from collections.abc import Callable
from html import escape

from .alternatives import count, figure
from .frame import PAD, SMALL, axis_lines, legend_of, scale
from .specs import Dot, DotPlot, Number
from .svg import Draw, element, fit, line, text, width_of, zone_mark


def draw_dots(chart: DotPlot, width: int) -> tuple[float, str]:
    wide = width >= 560
    left, right = (_room_of_labels(chart, width), width - 118) if wide else (PAD, width - PAD)
    pitch = 30 if wide else 48
    legend, top = legend_of(chart, width, _dot_keys(chart))
    top += 18
    bottom = top + pitch * len(chart.rows)
    place = scale(chart.axis, left, right)
    body = [legend, axis_lines(chart.axis, place, top - 8, bottom)]
    for number, row in enumerate(chart.rows):
        y = top + pitch * number + (14 if wide else 32)
        tail = _value_and_n(chart, row)
        if wide:
            head = text(0, y + 4, fit(row.label, left - 14)) + text(
                width, y + 4, tail, text_anchor="end", font_size=SMALL
            )
        else:
            room = width - 2 * PAD - width_of(tail, SMALL)
            head = text(PAD, y - 14, fit(row.label, room))
            head += text(width - PAD, y - 14, tail, text_anchor="end", font_size=SMALL)
        body.append(element("g", element("title", escape(row.label)) + head + _dot(row, place, y), class_="chart-row"))
    return bottom + 8, "".join(body)


def _room_of_labels(chart: DotPlot, width: int) -> float:
    """A third of the picture for its labels, up to nearly a half where they are long."""
    longest = max((width_of(row.label) for row in chart.rows), default=0.0) + 14
    return min(max(longest, width * 0.34), width * 0.46)


def _dot(row: Dot, place: Callable[[Number], float], y: float) -> str:
    parts = []
    if row.value is None:
        return ""
    if row.low is not None and row.high is not None:
        parts.append(
            line(place(row.low), y, place(row.high), y, class_="chart-interval", stroke_width=2, stroke_opacity=0.6)
        )
    if row.reference is not None:
        x = place(row.reference)
        parts.append(line(x, y - 9, x, y + 9, class_="chart-reference", stroke_width=3))
    parts.append(zone_mark(row.zone, place(row.value), y))
    return "".join(parts)


def _dot_keys(chart: DotPlot) -> list[tuple[str, Draw]]:
    used = {str(row.zone) for row in chart.rows if row.value is not None}
    keys: list[tuple[str, Draw]] = [
        (zone, lambda x, y, zone=zone: zone_mark(zone, x, y))  # type: ignore[misc]
        for zone in ("enough", "border", "not_enough", "none")
        if zone in used
    ]
    if any(row.reference is not None for row in chart.rows):
        keys.append(("reference", lambda x, y: line(x, y - 8, x, y + 8, class_="chart-reference", stroke_width=3)))
    if any(row.low is not None for row in chart.rows):
        keys.append(("interval", lambda x, y: line(x - 8, y, x + 8, y, stroke_width=2, stroke_opacity=0.6)))
    return keys


def _value_and_n(chart: DotPlot, row: Dot) -> str:
    if row.value is None:
        return chart.words.hidden
    value = f"{figure(row.value, chart.words.decimal, digits=1)} {chart.axis.unit}".strip()
    return value if row.n is None else f"{value} · {count(row.n)}"
