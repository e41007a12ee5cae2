"""Thousands of formulas, right and spoilt: each is shown and said, or refused in our own words; none breaks a page."""

import random
from collections.abc import Iterator
from xml.etree.ElementTree import fromstring

import pytest

from tests.costs import calls_of
from tests.thoroughness import rounds
from traektoria.engines.formulas import CODES, BrokenFormula, linear, to_mathml

NUMBER = rounds(2_500, 10_000)
LEAVES = ["x", "y", "12", "3{,}14", "+", "=", "<", "&", r"\alpha", r"\cdot", "|", "(", "]", "'", "ф", "", " ", "~", "!"]
ONE = ["sqrt", "vec", "overline", "text", "mathrm", "mathbb", "hat", "underbrace", "operatorname", "phantom", "boxed"]
TWO = ["frac", "binom", "overset", "underset", "dfrac", "cfrac", "textcolor", "xrightarrow", "stackrel", "href", "rule"]
PLACES = ["matrix", "pmatrix", "cases", "array", "align", "aligned", "split", "vmatrix", "gather", "none"]
FENCES = ["(", ")", "[", "]", r"\{", r"\}", ".", "|", r"\|", r"\langle", "x", ""]
ODD = [
    *("{", "}", "^", "_", "\\", "&", "$", "#", "%", "\\\\", r"\left", r"\right", r"\middle", r"\begin{cases}", r"\end"),
    *(r"\limits", r"\not", r"\unicode{x110000}", r"\unicode{xD800}", r"\hspace{", r"\newcommand{\a}{\a\a}", r"\mbox{"),
    *(
        "\0",
        "\ud800",
        "\u202e",
        "\u200b",
        "\ufffe",
        "\U0010ffff",
        "😀",
        "е\u0301",
        "\xa0",
        "\n",
        "&#x41;",
        "<b>",
        "]]>",
    ),
    *(r"\root 3 \of", r"\sideset", r"\skew", r"\hline", r"\tag{1}", r"\pmod", r"\displaystyle", r"\color{red}"),
    *(r"\genfrac", "<b>"),
]


def _formula(dice: random.Random, depth: int) -> str:
    """A formula of the grammar; any of its parts may be empty."""
    if depth <= 0:
        return dice.choice(LEAVES)

    def inner() -> str:
        return "".join(_formula(dice, depth - dice.randint(1, 3)) for _part in range(dice.randint(0, 2)))

    match dice.randint(0, 7):
        case 0:
            return f"{inner()}^{{{inner()}}}"
        case 1:
            return f"{inner()}_{{{inner()}}}^{dice.choice(LEAVES)}"
        case 2:
            return rf"\{dice.choice(ONE)}{{{inner()}}}"
        case 3:
            return rf"\{dice.choice(TWO)}{{{inner()}}}{{{inner()}}}"
        case 4:
            rows = r" \\ ".join(" & ".join(inner() for _cell in range(dice.randint(0, 3))) for _row in range(2))
            place = dice.choice(PLACES)
            return rf"\begin{{{place}}}{rows}\end{{{place}}}"
        case 5:
            return rf"\left{dice.choice(FENCES)} {inner()} \right{dice.choice(FENCES)}"
        case 6:
            return rf"\sqrt[{inner()}]{{{inner()}}}"
        case _:
            return inner() + inner()


def _spoilt(dice: random.Random, tex: str) -> str:
    """A piece is lost, repeated, or something foreign is put in."""
    at, to = sorted((dice.randint(0, len(tex)), dice.randint(0, len(tex))))
    piece = dice.choice([tex[at:to] * 2, "", dice.choice(ODD), dice.choice(ODD) * dice.choice([2, 40])])
    return tex[:at] + piece + tex[to:] if dice.random() < 0.5 else tex[:at] + piece + tex[at:]


def _formulas() -> Iterator[str]:
    dice = random.Random(1987)
    for number in range(NUMBER):
        tex = _formula(dice, dice.randint(1, 5))
        for _time in range(number % 3):
            tex = _spoilt(dice, tex)
        yield tex


def _long() -> Iterator[str]:
    """As long and as deep as a text lets a formula be, and more."""
    for start, end in [
        *(("{", "}"), (r"\left(", r"\right)"), (r"\begin{cases}", r"\end{cases}"), (r"\sqrt{", "}"), ("x^{", "}")),
        *(
            (r"\sqrt ", ""),
            (r"\frac", "1"),
            (r"\hat", ""),
            (r"\displaystyle ", ""),
            (r"\text{", "}"),
            (r"\mbox{$", "$}"),
        ),
    ]:
        for deep in (10, 25, 44, 90, 300, 20_000):
            yield start * deep + "x" + end * deep
    for piece in [*LEAVES, *ODD, "x_1^2", r"\frac12", r"\begin{cases}1\\2\end{cases}"]:
        yield piece * (1_990 // max(1, len(piece)))
        yield piece * 3_000


def _shown(tex: str) -> str | None:
    """The code of a refusal; None for a formula that is shown, for the eye and for the ear."""
    try:
        markup = to_mathml(tex)
    except BrokenFormula as broken:
        return _refused(tex, broken)
    fromstring(markup.encode())  # noqa: S314 (our own)
    assert linear(tex).encode()
    return None


def _refused(tex: str, broken: BrokenFormula) -> str:
    """In words that a page can show; and the line is refused with the markup."""
    assert broken.code in CODES
    assert f"{broken.tex}{broken.found}".encode().isascii() is not None
    with pytest.raises(BrokenFormula):
        linear(tex)
    return broken.code


def test_each_of_thousands_is_shown_or_refused() -> None:
    codes = [_shown(tex) for tex in _formulas()]
    assert NUMBER * 0.3 < codes.count(None) < NUMBER * 0.9
    assert set(codes) - {None} >= {"braces", "argument", "pair", "unknown", "twice", "sign"}


def test_the_deepest_cost_no_more_than_many_flat_ones() -> None:
    """Reading each power of forty twice would take two to the fortieth as long."""
    flat = calls_of(lambda: _shown("x" * 1_990))
    assert max(calls_of(lambda tex=tex: _shown(tex)) for tex in _long()) < 10 * flat  # type: ignore[misc]
