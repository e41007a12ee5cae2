"""Histogram of primary scores with the boundaries of the marks."""

from math import ceil

from .frame import SMALL, legend_of, swatch
from .specs import Histogram, HistogramBar
from .svg import BLUE, MARKS, element, grid, line, text


def draw_histogram(chart: Histogram, width: int) -> tuple[float, str]:
    left, right, height = 38.0, width - 8.0, 190 if width < 560 else 230
    keys = [(str(mark), swatch(mark)) for mark in MARKS if any(bar.mark == mark for bar in chart.bars)]
    legend, top = legend_of(chart, width, keys)
    top, bottom = top + 24, top + 24 + height
    step = (right - left) / max(len(chart.bars), 1)
    tallest = max((bar.n for bar in chart.bars), default=0)
    ceiling, tick = _round_ceiling(tallest)
    body = [legend]
    for value in range(0, ceiling + 1, tick):
        y = bottom - value / ceiling * height
        body += [grid(left, y, right, y), text(left - 6, y + 4, str(value), text_anchor="end", font_size=SMALL)]
    for number, bar in enumerate(chart.bars):
        x = left + step * number
        body.append(_column(bar, x, step, bottom, bar.n / ceiling * height))
        if bar.boundary:
            body.append(line(x, top - 10, x, bottom, class_="chart-boundary", stroke_dasharray="4 3", stroke_width=1.5))
            label = f"{chart.words.legend.get(str(bar.mark), '')} {bar.score}+".strip()
            body.append(text(x + 4, top - 4, label, font_size=SMALL, font_weight="bold"))
    every = next(s for s in (1, 2, 5, 10, 20, 50) if s * step >= 22)
    for number in range(0, len(chart.bars), every):
        x = left + step * (number + 0.5)
        body.append(text(x, bottom + 17, str(chart.bars[number].score), text_anchor="middle", font_size=SMALL))
    body.append(line(left, bottom, right, bottom, stroke_opacity=0.6))
    return bottom + 26, "".join(body)


def _column(bar: HistogramBar, x: float, step: float, bottom: float, height: float) -> str:
    colour = MARKS[bar.mark][0] if bar.mark in MARKS else BLUE
    if not bar.n:
        return ""
    gap = min(step * 0.12, 2)
    look = {"class_": f"chart-mark-{bar.mark}" if bar.mark else "chart-bar", "fill": colour}
    return element("rect", x=x + gap, y=bottom - height, width=step - 2 * gap, height=height, **look)


def _round_ceiling(tallest: int) -> tuple[int, int]:
    """Return the top of the scale of counts and its step: four or five lines of round numbers."""
    unit = 1
    while True:
        for factor in (1, 2, 5):
            if factor * unit * 5 >= tallest:
                step = factor * unit
                return step * max(ceil(tallest / step), 1), step
        unit *= 10
