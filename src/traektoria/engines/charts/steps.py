"""Progress line of a route: a mark a step, wrapped when they are many."""

from html import escape
from math import ceil

from .frame import PAD, legend_of
from .specs import Steps
from .svg import Draw, element, line, state_mark


def draw_steps(chart: Steps, width: int) -> tuple[float, str]:
    used = {str(state) for _, state in chart.steps}
    keys: list[tuple[str, Draw]] = [
        (state, lambda x, y, state=state: state_mark(state, x, y))  # type: ignore[misc]
        for state in ("done", "active", "late", "waiting")
        if state in used
    ]
    legend, top = legend_of(chart, width, keys)
    room, pitch = width - 2 * PAD - 16, 32
    a_row = max(min(len(chart.steps), room // 30 + 1), 1)
    gap = min(room / max(a_row - 1, 1), 64)
    body = [legend]
    for number, (label, state) in enumerate(chart.steps):
        x, y = PAD + 8 + gap * (number % a_row), top + 14 + pitch * (number // a_row)
        if number % a_row:
            body.append(line(x - gap + 11, y, x - 11, y, class_="chart-link", stroke_width=2, stroke_opacity=0.35))
        body.append(element("g", element("title", escape(label)) + state_mark(state, x, y), class_="chart-row"))
    return top + pitch * ceil(len(chart.steps) / a_row), "".join(body)
