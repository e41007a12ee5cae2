"""Where formulas stand in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from .mathml import BrokenFormula, to_mathml

_FORMULA: Final = re.compile(
    r"\\\((?P<round>.{1,2000}?)\\\)"
    r"|\\\[(?P<square>.{1,2000}?)\\\]"
    r"|(?<![\\$])\$\$(?P<double>[^$]{1,2000})\$\$(?!\$)"
    r"|(?<![\\$\w])\$(?=\S)(?P<single>[^$\n]{0,1999}?[^\s\\$])\$(?![\w$])",
    re.DOTALL,
)
_LONELY: Final = re.compile(r"\\[()\[\]]")
_AROUND: Final = 40


@dataclass(frozen=True, slots=True)
class Formula:
    """TeX without its delimiters; ``source`` is with them. ``display``: on a line of its own."""

    tex: str
    source: str
    display: bool = False


def split(text: str) -> list[str | Formula]:
    """Texts and formulas in their order; no text is empty. A price ($5) is no formula: what follows is a blank."""
    pieces: list[str | Formula] = []
    end = 0
    for match in _FORMULA.finditer(text):
        if match.start() > end:
            pieces.append(text[end : match.start()])
        tex = next(found for found in match.groups() if found is not None)
        pieces.append(Formula(tex.strip(), match[0], display=match.lastgroup in ("square", "double")))
        end = match.end()
    if end < len(text):
        pieces.append(text[end:])
    return pieces


def problems(text: str) -> list[BrokenFormula]:
    """What of the formulas cannot be shown, in the order of the text."""
    found = []
    for piece in split(text):
        if isinstance(piece, Formula):
            try:
                to_mathml(piece.tex)
            except BrokenFormula as broken:
                found.append(broken)
        elif lonely := _LONELY.search(piece):
            at = lonely.start()
            found.append(BrokenFormula("unclosed", piece[max(0, at - 10) : at + _AROUND].strip(), lonely[0]))
    return found
