"""Writing SVG: elements, text that fits, and the shapes that stand beside each colour.

No style attributes and no scripts (strict CSP). Text and grid take `currentColor`, so that a page's theme reaches them;
colours are Okabe & Ito's palette, given as attributes for documents and as classes `chart-…` for the pages' own styles.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from html import escape
from zlib import crc32

BLUE, SKY, ORANGE, VERMILION, GREY, INK = "#0072b2", "#56b4e9", "#e69f00", "#d55e00", "#808080", "#1a1a1a"
ZONES = {"enough": BLUE, "border": ORANGE, "not_enough": VERMILION, "none": GREY}
MARKS = {2: (VERMILION, INK), 3: (ORANGE, INK), 4: (SKY, INK), 5: (BLUE, "#ffffff")}
STATES = {"done": BLUE, "active": SKY, "late": VERMILION, "waiting": GREY}
WIDTH_OF_LETTER = 0.56

Attribute = str | float
Draw = Callable[[float, float], str]
"""Draws a mark at a point."""


def element(name: str, content: str = "", /, **attributes: Attribute) -> str:
    """Write an element; `class_` and `font_size` become `class` and `font-size`, coordinates get one digit."""
    written = "".join([f' {_name(key)}="{_value(value)}"' for key, value in attributes.items() if value != ""])
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def text(x: float, y: float, words: str, **attributes: Attribute) -> str:
    """Write text with its baseline at `y`."""
    return element("text", escape(words), x=x, y=y, **({"fill": "currentColor"} | attributes))


def line(x1: float, y1: float, x2: float, y2: float, **attributes: Attribute) -> str:
    """Draw a line in the colour of the text unless told otherwise."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, **({"stroke": "currentColor"} | attributes))


def grid(x1: float, y1: float, x2: float, y2: float) -> str:
    """Draw a faint line of the grid."""
    return line(x1, y1, x2, y2, class_="chart-grid", stroke_opacity=0.18)


def fit(words: str, width: float, size: float = 13) -> str:
    """Cut `words` to about `width`; the whole stands in the table and in the row's title."""
    letters = max(int(width / (size * WIDTH_OF_LETTER)), 1)
    return words if len(words) <= letters else words[: letters - 1].rstrip() + "…"


def width_of(words: str, size: float = 13) -> float:
    """Estimate how wide `words` will be."""
    return len(words) * size * WIDTH_OF_LETTER


def zone_mark(zone: str, x: float, y: float) -> str:
    """Draw the mark of a zone: disc, diamond, triangle pointing down, ring."""
    look = {"class_": f"chart-zone-{zone}", "fill": ZONES[zone]}
    if zone == "border":
        return element("path", d=f"M{x:.1f} {y - 7:.1f}l7 7l-7 7l-7-7z", **look)
    if zone == "not_enough":
        return element("path", d=f"M{x - 7:.1f} {y - 5:.1f}h14l-7 12z", **look)
    if zone == "none":
        return element("circle", cx=x, cy=y, r=5, class_="chart-zone-none", fill="none", stroke=GREY, stroke_width=2)
    return element("circle", cx=x, cy=y, r=6, **look)


def state_mark(state: str, x: float, y: float) -> str:
    """Draw the mark of a step: ticked disc, half-filled ring, triangle with «!», ring."""
    colour = STATES[state]
    ring = element("circle", cx=x, cy=y, r=8, class_=f"chart-step-{state}", fill="none", stroke=colour, stroke_width=2)
    if state == "done":
        tick = element("path", d=f"M{x - 4:.1f} {y:.1f}l3 3.5l5.5-6.5", fill="none", stroke="#ffffff", stroke_width=2)
        return element("circle", cx=x, cy=y, r=9, class_="chart-step-done", fill=colour) + tick
    if state == "active":
        return ring + element(
            "path", d=f"M{x:.1f} {y - 8:.1f}a8 8 0 0 0 0 16z", class_="chart-step-active", fill=colour
        )
    if state == "late":
        triangle = element("path", d=f"M{x:.1f} {y - 10:.1f}l10 18h-20z", class_="chart-step-late", fill=colour)
        return triangle + text(x, y + 6, "!", text_anchor="middle", font_size=12, font_weight="bold", fill="#ffffff")
    return ring


def document(kind: str, size: tuple[float, float], words: tuple[str, str], body: str, *, fixed: bool) -> str:
    """Wrap the body: one picture for the screen reader, with its title and description."""
    (width, height), (title, description) = size, words
    mark = f"{crc32(repr((kind, size, words)).encode()):08x}"
    head = element("title", escape(title), id=f"t{mark}") + element("desc", escape(description or title), id=f"d{mark}")
    attributes: Mapping[str, Attribute] = {
        "xmlns": "http://www.w3.org/2000/svg",
        "class_": f"chart chart-{kind} chart-{'narrow' if width < 560 else 'wide'}",
        "viewBox": f"0 0 {width:g} {height:g}",
        "width": width if fixed else "100%",
        "height": height if fixed else "",
        "role": "img",
        "aria_labelledby": f"t{mark} d{mark}",
        "font_family": "sans-serif",
        "font_size": 13,
    }
    return element("svg", head + body, **attributes)


@lru_cache(maxsize=256)
def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


@lru_cache(maxsize=4096, typed=True)
def _value(value: Attribute) -> str:
    """A picture says the same few places, colours and classes again and again."""
    return (
        escape(value) if isinstance(value, str) else f"{value:.1f}".removesuffix(".0") if value >= 1 else f"{value:g}"
    )
