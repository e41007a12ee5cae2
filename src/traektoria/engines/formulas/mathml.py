"""One formula of TeX as MathML (latex2mathml does the work) and as a line of text."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final
from xml.etree.ElementTree import Element, tostring

CODES: Final = {
    "braces": "{ and } do not match",
    "unknown": "a command that is not known: found",
    "argument": "a part is missing: of a fraction, a root, an index",
    "pair": r"\left without \right or \begin without \end",
    "twice": "two indexes or two powers one after another",
    "too_long": "longer than a formula can be",
    "unclosed": "the sign that begins or ends the formula has no partner",
    "other": "cannot be read",
}
LONGEST: Final = 2_000
_DEPTH: Final = 30
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


def to_mathml(tex: str, *, display: bool = False) -> str:
    """The formula as ``<math>``. Raises BrokenFormula."""
    return tostring(_element(tex, display), encoding="unicode")


def linear(tex: str) -> str:
    """The formula as a line: «x² + (1)/(2)». Raises BrokenFormula."""
    return " ".join(_line(_element(tex, False)).replace("\xa0", " ").split())


@lru_cache(maxsize=2048)
def _element(tex: str, display: bool) -> Element:
    _check(tex)
    from latex2mathml.converter import convert_to_element  # reads a table of symbols: only where there are formulas

    try:
        found = convert_to_element(tex, display="block" if display else "inline")
    except RecursionError as error:
        raise BrokenFormula("other", tex) from error
    except Exception as error:
        raise BrokenFormula(_BY_ERROR.get(type(error).__name__, "other"), tex) from error
    for one in found.iter():
        one.text = _CODED.sub(lambda match: chr(int(match[1], 16)), one.text) if one.text else one.text
    _check_made(found, tex)
    _mark_signs(found)
    return found


def _check(tex: str) -> None:
    if len(tex) > LONGEST:
        raise BrokenFormula("too_long", tex[:80])
    depth = 0
    for sign in _ESCAPED.sub("", tex):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if not 0 <= depth <= _DEPTH:
            raise BrokenFormula("braces", tex)
    if depth or not tex.strip():
        raise BrokenFormula("braces" if depth else "argument", tex)


def _check_made(root: Element, tex: str) -> None:
    """The library lets unknown commands and missing parts through."""
    for one in root.iter():
        text = one.text or ""
        if one.tag in ("mi", "mo", "mn") and text.startswith("\\"):
            raise BrokenFormula("unknown", tex, text)
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
    return "".join(_member(part, following) for part, following in zip(one, [*one[1:], None], strict=True))


def _member(one: Element, following: Element | None) -> str:
    """A part of a row; a fraction by which something is multiplied stands in brackets."""
    multiplied = one.tag == "mfrac" and following is not None and following.tag != "mo"
    return f"({_line(one)})" if multiplied else _line(one)


def _grouped(one: Element) -> str:
    """In brackets where it is longer than a sign or a number."""
    text = _line(one).strip()
    return text if len(text) == 1 or text.isdigit() else f"({text})"


def _script(one: Element, table: dict[int, int], mark: str) -> str:
    text = _line(one).replace(" ", "")
    if text and all(ord(sign) in table for sign in text):
        return text.translate(table)
    return {"∘": "°", "′": "′"}.get(text) or f"{mark}{_grouped(one)}"


def _over(one: Element) -> str:
    base, mark = _line(one[0]), _line(one[1]).strip()
    if mark in _ACCENTS:
        return "".join(sign + _ACCENTS[mark] for sign in base)
    return f"{base}^{_grouped(one[1])}"


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
