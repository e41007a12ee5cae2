"""Bars of 100 %: marks of groups as small multiples, with the numbers written in."""

from decimal import Decimal
from html import escape

from .alternatives import count, figure
from .frame import PAD, SMALL, legend_of, swatch
from .specs import MarksBar, MarksBars
from .svg import MARKS, element, fit, text, width_of


def draw_marks(chart: MarksBars, width: int) -> tuple[float, str]:
    wide = width >= 560
    left, right = (width * 0.34, width - 64) if wide else (PAD, width - PAD)
    pitch = 34 if wide else 54
    legend, top = legend_of(chart, width, [(str(mark), swatch(mark)) for mark in MARKS])
    body = [legend]
    for number, row in enumerate(chart.rows):
        y = top + pitch * number + (4 if wide else 22)
        tail = "" if row.n is None else count(row.n)
        if wide:
            head = text(0, y + 17, fit(row.label, left - 14)) + text(
                width, y + 17, tail, text_anchor="end", font_size=SMALL
            )
        else:
            head = text(PAD, y - 6, fit(row.label, width - 2 * PAD - width_of(tail, SMALL)))
            head += text(width - PAD, y - 6, tail, text_anchor="end", font_size=SMALL)
        bar = _stack(chart, row, left, right, y)
        body.append(element("g", element("title", escape(row.label)) + head + bar, class_="chart-row"))
    return top + pitch * len(chart.rows) + 4, "".join(body)


def _stack(chart: MarksBars, row: MarksBar, left: float, right: float, y: float) -> str:
    if row.percents is None:
        return text(left, y + 17, chart.words.hidden, font_size=SMALL, fill_opacity=0.75)
    parts, x = [], left
    for (mark, (colour, ink)), percent in zip(MARKS.items(), row.percents, strict=True):
        width = float(percent) / 100 * (right - left)
        if width > 0:
            drawn = max(width - 1.5, 0.5)  # the gap parts neighbours for those who see no colour
            parts.append(element("rect", x=x, y=y, width=drawn, height=24, class_=f"chart-mark-{mark}", fill=colour))
            number = _number_inside(Decimal(percent), drawn, chart.words.decimal)
            if number:
                parts.append(text(x + drawn / 2, y + 17, number, text_anchor="middle", font_size=SMALL, fill=ink))
        x += width
    return "".join(parts)


def _number_inside(percent: Decimal, width: float, decimal: str) -> str:
    for digits in (1, 0):
        number = figure(percent, decimal, digits=digits)
        if width_of(number, SMALL) + 4 <= width:
            return number
    return ""
