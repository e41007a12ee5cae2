"""One formula of TeX as MathML (latex2mathml does the work) and as a line of text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import Final
from xml.etree.ElementTree import Element, tostring

CODES: Final = {
    "braces": "{ and } do not match",
    "unknown": "a command that is not known: found",
    "argument": "a part is missing: of a fraction, a root, an index",
    "pair": r"\left without \right or \begin without \end",
    "twice": "two indexes or two powers one after another",
    "too_long": "longer than a formula can be",
    "deep": "too many parts within parts",
    "sign": "a sign that no page can show",
    "unclosed": "the sign that begins or ends the formula has no partner",
    "other": "cannot be read",
}
LONGEST: Final = 2_000
_DEPTH: Final = 30
_DEEPEST: Final = 90
"""Levels of the tree: drawing and reading it aloud take some five calls a level, of Python's thousand."""
_SAID: Final = 10 * LONGEST
_DEFINES: Final = re.compile(r"\\(?:re)?(?:newcommand|newenvironment|def|DeclareMathOperator)\*?(?![A-Za-z])")
"""A formula that teaches words of its own can say itself over and over: «\\def\\a{\\a\\a}»."""
_NOT_SHOWN: Final = frozenset({"Cc", "Cs", "Co", "Cn"})
_BY_ERROR: Final = {
    "NumeratorNotFoundError": "argument",
    "DenominatorNotFoundError": "argument",
    "MissingSuperScriptOrSubscriptError": "argument",
    "NoAvailableTokensError": "argument",
    "ExtraLeftOrMissingRightError": "pair",
    "MissingEndError": "pair",
    "DoubleSubscriptsError": "twice",
    "DoubleSuperscriptsError": "twice",
}
_CHILDREN: Final = {
    "mfrac": 2,
    "mroot": 2,
    "msub": 2,
    "msup": 2,
    "msubsup": 3,
    "munder": 2,
    "mover": 2,
    "munderover": 3,
}
_CODED = re.compile(r"&#x([0-9A-Fa-f]{1,6});")
_ESCAPED = re.compile(r"\\.", re.DOTALL)
_SUPERSCRIPT: Final = str.maketrans("0123456789+-−=()nix", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱˣ")
_SUBSCRIPT: Final = str.maketrans("0123456789+-−=()aeioxn", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑᵢₒₓₙ")
_SPACED: Final = frozenset("=<>≤≥≠≈≡∈∉⊂→⇒⇔+−±∪∩∖·×∣")
_SIGNS: Final = frozenset("−+±-")
_CLOSING: Final = frozenset(")]}|!′%°")
_ACCENTS: Final = {"→": "\u20d7", "―": "\u0304", "¯": "\u0304", "^": "\u0302", "~": "\u0303", "ˆ": "\u0302"}


class BrokenFormula(Exception):
    """TeX that is none. ``code`` is one of CODES, ``tex`` the formula, ``found`` the part that is not understood."""

    def __init__(self, code: str, tex: str, found: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.tex = tex
        self.found = found


@dataclass(frozen=True, slots=True)
class _Made:
    """What is shown and what is said: a formula has both or is broken."""

    markup: str
    line: str


def to_mathml(tex: str, *, display: bool = False) -> str:
    """The formula as ``<math>``. Raises BrokenFormula."""
    return _made(tex, display).markup


def linear(tex: str) -> str:
    """The formula as a line: «x² + (1)/(2)». Raises BrokenFormula."""
    return _made(tex, False).line


@lru_cache(maxsize=2048)
def _made(tex: str, display: bool) -> _Made:
    """The one door to the library: whatever it does with a formula that it does not like is a BrokenFormula here."""
    _check(tex)
    try:
        root = _element(tex, display)
        made = _Made(tostring(root, encoding="unicode"), " ".join(_line(root).replace("\xa0", " ").split()))
    except BrokenFormula:
        raise
    except Exception as error:
        raise BrokenFormula(_BY_ERROR.get(type(error).__name__, "other"), tex) from error
    if not made.line:
        raise BrokenFormula("argument", tex)
    if len(made.line) > _SAID:
        raise BrokenFormula("too_long", tex)
    return made


def _element(tex: str, display: bool) -> Element:
    from latex2mathml.converter import convert_to_element  # reads a table of symbols: only where there are formulas

    found = convert_to_element(tex, display="block" if display else "inline")
    _check_depth(found, tex)
    for one in found.iter():
        one.text = _CODED.sub(lambda match: chr(int(match[1], 16)), one.text) if one.text else one.text
    _check_made(found, tex)
    _mark_signs(found)
    return found


def _check(tex: str) -> None:
    if len(tex) > LONGEST:
        raise BrokenFormula("too_long", _showable(tex[:80]))
    if tex != _showable(tex):
        raise BrokenFormula("sign", _showable(tex))
    if defining := _DEFINES.search(tex):
        raise BrokenFormula("unknown", tex, defining[0])
    depth = 0
    for sign in _ESCAPED.sub("", tex):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if not 0 <= depth <= _DEPTH:
            raise BrokenFormula("braces", tex)
    if depth or not tex.strip():
        raise BrokenFormula("braces" if depth else "argument", tex)


def _showable(text: str) -> str:
    """Without controls, halves of letters and places of Unicode where nothing stands: XML has no way to write them."""
    return "".join(sign for sign in text if sign in "\t\n\r" or unicodedata.category(sign) not in _NOT_SHOWN)


def _check_depth(root: Element, tex: str) -> None:
    """Level by level, not by recursion, which is what would break."""
    level, depth = [root], 0
    while level:
        level, depth = [child for one in level for child in one], depth + 1
        if depth > _DEEPEST:
            raise BrokenFormula("deep", tex)


def _check_made(root: Element, tex: str) -> None:
    """The library lets unknown commands and missing parts through."""
    for one in root.iter():
        text = one.text or ""
        if one.tag in ("mi", "mo", "mn") and text.startswith("\\"):
            raise BrokenFormula("unknown", tex, text)
        if text != _showable(text):
            raise BrokenFormula("sign", tex)
        if len(one) != _CHILDREN.get(one.tag, len(one)):
            raise BrokenFormula("argument", tex)


def _mark_signs(root: Element) -> None:
    """The minus of a negative number stands close to it: «x = −3», not «x = − 3»."""
    for row in root.iter():
        before = None
        for one in row:
            if one.tag == "mo" and one.text in _SIGNS and (before is None or _opens(before)):
                one.set("form", "prefix")
            before = one


def _opens(one: Element) -> bool:
    return one.tag == "mo" and one.text not in _CLOSING


def _line(one: Element) -> str:
    maker = _LINES.get(one.tag)
    if maker:
        return maker(one)
    text = one.text or ""
    if text.strip():
        apart = one.tag == "mo" and text in _SPACED and one.get("form") != "prefix"
        return f" {text} " if apart else text
    return "".join(_member(part, following) for part, following in zip_longest(one, one[1:]))


def _member(one: Element, following: Element | None) -> str:
    """A part of a row; a fraction by which something is multiplied stands in brackets."""
    multiplied = one.tag == "mfrac" and following is not None and following.tag != "mo"
    return f"({_line(one)})" if multiplied else _line(one)


def _grouped(one: Element) -> str:
    return _bracketed(_line(one).strip())


def _bracketed(text: str) -> str:
    """In brackets where it is longer than a sign or a number. Of a text: to read a part twice at each level of forty
    powers would take for ever."""
    return text if len(text) == 1 or text.isdigit() else f"({text})"


def _script(one: Element, table: dict[int, int], mark: str) -> str:
    said = _line(one).strip()
    text = said.replace(" ", "")
    if not text:
        return ""
    if all(ord(sign) in table for sign in text):
        return text.translate(table)
    return {"∘": "°", "′": "′"}.get(text) or f"{mark}{_bracketed(said)}"


def _over(one: Element) -> str:
    base, mark = _line(one[0]), _line(one[1]).strip()
    if mark in _ACCENTS:
        return "".join(sign + _ACCENTS[mark] for sign in base)
    return f"{base}^{_bracketed(mark)}"


def _rows(one: Element) -> str:
    return "; ".join(", ".join(_line(cell).strip() for cell in row) for row in one)


_LINES: Final[dict[str, Callable[[Element], str]]] = {
    "mfrac": lambda one: f"{_grouped(one[0])}/{_grouped(one[1])}",
    "msqrt": lambda one: f"√({''.join(map(_line, one)).strip()})",
    "mroot": lambda one: f"{_script(one[1], _SUPERSCRIPT, '')}√({_line(one[0]).strip()})",
    "msup": lambda one: _line(one[0]) + _script(one[1], _SUPERSCRIPT, "^"),
    "msub": lambda one: _line(one[0]) + _script(one[1], _SUBSCRIPT, "_"),
    "msubsup": lambda one: _line(one[0]) + _script(one[1], _SUBSCRIPT, "_") + _script(one[2], _SUPERSCRIPT, "^"),
    "munder": lambda one: _line(one[0]) + _script(one[1], _SUBSCRIPT, "_"),
    "mover": _over,
    "munderover": lambda one: _line(one[0]) + _script(one[1], _SUBSCRIPT, "_") + _script(one[2], _SUPERSCRIPT, "^"),
    "mtable": _rows,
    "mspace": lambda one: " ",
}
