"""The text of a paragraph as it is read when all changes are accepted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from traektoria.engines.plantables.word.xml import Element, attribute, child, inside, is_on, name
from traektoria.engines.storable_text import fit

GONE: Final = frozenset({"del", "moveFrom"})
"""Tracked changes: what was taken out."""
WRAPPERS: Final = frozenset(
    {"ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple", "sdtContent", "bdo", "dir"}
)
"""What stands around text, or around paragraphs, rows and cells, and says nothing itself."""
_SIGNS: Final = {
    "tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad",
}  # fmt: skip
_SYMBOLS: Final = {"2D": "-", "96": "–", "97": "—"}
"""Signs of the font Symbol that say something: dashes. In other fonts of signs the same numbers are arrows, bullets."""
_SYMBOL: Final = "symbol"
_PICTURES: Final = frozenset({"drawing", "pict", "object"})


@dataclass(slots=True)
class Taken:
    """What a paragraph holds: pieces of text, text boxes, and what is no text."""

    pieces: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    pictures: int = 0

    @property
    def text(self) -> str:
        return fit("".join(self.pieces))


def taken(paragraph: Element) -> Taken:
    """Walk through a paragraph."""
    found = Taken()
    for one in paragraph:
        _walk(one, found)
    return found


def unwrapped(element: Iterable[Element]) -> list[Element]:
    """The children of an element, through content controls and whatever else only stands around them."""
    found: list[Element] = []
    for one in element:
        kind = name(one)
        if kind == "sdt":
            found += unwrapped(inside(child(one, "sdtContent")))
        elif kind in WRAPPERS:
            found += unwrapped(one)
        elif kind == "AlternateContent":
            found += unwrapped(inside(_choice(one)))
        elif kind and kind not in GONE:
            found.append(one)
    return found


def mark_is_gone(paragraph: Element) -> bool:
    """Whether the end of a paragraph was taken out: the next one goes on in it."""
    return child(paragraph, "pPr", "rPr", "del") is not None


def _choice(element: Element) -> Element | None:
    """The newer form of what is written twice for older programs."""
    return child(element, "Choice") if child(element, "Choice") is not None else child(element, "Fallback")


def _walk(element: Element, found: Taken) -> None:
    kind = name(element)
    if kind == "r":
        _run(element, found)
    elif kind == "sdt":
        for one in inside(child(element, "sdtContent")):
            _walk(one, found)
    elif kind in WRAPPERS or kind == "oMath" or kind == "oMathPara":
        for one in element:
            _walk(one, found)
    elif kind == "t":  # of a formula
        found.pieces.append(element.text or "")
    elif kind in {"e", "num", "den", "sup", "sub", "f", "sSup", "sSub", "d"}:
        for one in element:
            _walk(one, found)
    elif kind == "AlternateContent":
        for one in inside(_choice(element)):
            _walk(one, found)


def _run(run: Element, found: Taken) -> None:
    is_hidden = is_on(child(run, "rPr"), "vanish")
    into = found.hidden if is_hidden else found.pieces
    for one in run:
        kind = name(one)
        if kind == "t":
            into.append(one.text or "")
        elif kind in _SIGNS:
            into.append(_SIGNS[kind])
        elif kind == "sym":
            into.append(_sign(one))
        elif kind in _PICTURES:
            _drawn(one, found)
        elif kind == "AlternateContent":
            for inner in inside(_choice(one)):
                _drawn(inner, found)


def _sign(element: Element) -> str:
    is_symbol = (attribute(element, "font") or "").lower() == _SYMBOL
    return _SYMBOLS.get((attribute(element, "char") or "")[-2:].upper(), "") if is_symbol else ""


def _drawn(element: Element, found: Taken) -> None:
    """Text boxes of a drawing, or a picture in which nothing can be read."""
    boxes = [one for one in element.iter() if name(one) == "txbxContent" and not _inside_another(one, element)]
    found.boxes += boxes
    if not boxes and any(name(one) in {"blip", "imagedata", "OLEObject"} for one in element.iter()):
        found.pictures += 1


def _inside_another(box: Element, top: Element) -> bool:
    """A box within a box is found when that one is read; the older form of a box says it again."""
    for upper in box.iterancestors():
        if upper is top:
            return False
        if name(upper) in {"txbxContent", "Fallback"}:
            return True
    return False
