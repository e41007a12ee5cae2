"""What the pictures share: the legend, the scale of values, the numbers on it."""

from collections.abc import Callable, Iterable

from .specs import Axis, Chart, Number
from .svg import MARKS, Draw, element, grid, text, width_of

PAD = 12
SMALL = 12


def axis_lines(axis: Axis, place: Callable[[Number], float], top: float, bottom: float) -> str:
    parts = []
    for value in range(axis.low, axis.high + 1, axis.step):
        x, last = place(value), value == axis.high
        anchor = "end" if last else "start" if value == axis.low else "middle"
        label = f"{value} {axis.unit}" if last else str(value)
        parts += [grid(x, top, x, bottom), text(x, top - 5, label, text_anchor=anchor, font_size=SMALL)]
    return "".join(parts)


def scale(axis: Axis, start: float, end: float) -> Callable[[Number], float]:
    return lambda value: start + (float(value) - axis.low) / (axis.high - axis.low) * (end - start)


def swatch(mark: int) -> Draw:
    colour, ink = MARKS[mark]

    def draw(x: float, y: float) -> str:
        square = element("rect", x=x - 8, y=y - 8, width=16, height=16, class_=f"chart-mark-{mark}", fill=colour)
        return square + text(x, y + 4, str(mark), text_anchor="middle", font_size=SMALL, fill=ink)

    return draw


def legend_of(chart: Chart, width: int, keys: Iterable[tuple[str, Draw]]) -> tuple[str, float]:
    """Lay the keys out in lines; return them and the y below them. A key without the caller's word is left out."""
    start = 0.0 if width >= 560 else float(PAD)
    x, y, parts = start, 12.0, []
    for key, draw in keys:
        words = chart.words.legend.get(key)
        if words is None:
            continue
        room = 22 + width_of(words, SMALL) + 14
        if x + room > width and x > start:
            x, y = start, y + 24
        parts.append(draw(x + 8, y) + text(x + 22, y + 4, words, font_size=SMALL))
        x += room
    return element("g", "".join(parts), class_="chart-legend") if parts else "", y + 18 if parts else 4.0
