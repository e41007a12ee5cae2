"""TeX in texts: what is a formula, what comes out, what is refused."""

import pytest

from traektoria.engines.formulas import CODES, BrokenFormula, Formula, linear, problems, split, to_mathml


def test_split_knows_formulas_from_prices() -> None:
    text = r"Цена $5 и $10, но $x^2$, \(y\) и $$z$$; php: $a + $b"
    assert [piece for piece in split(text) if isinstance(piece, Formula)] == [
        Formula("x^2", "$x^2$"),
        Formula("y", r"\(y\)"),
        Formula("z", "$$z$$", display=True),
    ]
    whole = "".join(piece.source if isinstance(piece, Formula) else piece for piece in split(text))
    assert whole == text


@pytest.mark.parametrize(
    ("tex", "line"),
    [
        (r"\frac{x+1}{\sqrt{y}}", "(x + 1)/(√(y))"),
        (r"\frac12 x", "(1/2)x"),
        ("x_{i}^2", "xᵢ²"),
        ("x_{n+1}^{k}", "xₙ₊₁^k"),
        (r"30^\circ", "30°"),
        (r"\sqrt[3]{8}", "³√(8)"),
        (r"\vec{a}", "a\u20d7"),
        (r"\text{где } x \in \mathbb{R}", "где x ∈ ℝ"),
        (r"\begin{cases}x=1\\y<2\end{cases}", "{x = 1; y < 2"),
        ("3{,}14", "3,14"),
        ("x = -3", "x = −3"),
        ("2 - (-1)", "2 − (−1)"),
        (r"\frac{-b}{2a} - c", "(−b)/(2a) − c"),
    ],
)
def test_linear(tex: str, line: str) -> None:
    assert linear(tex) == line
    assert to_mathml(tex).startswith("<math ")


@pytest.mark.parametrize(
    ("tex", "code"),
    [
        (r"\frac{1", "braces"),
        ("}", "braces"),
        ("{" * 100 + "}" * 100, "braces"),
        (r"\frac{1}", "argument"),
        ("x_", "argument"),
        (" ", "argument"),
        (r"\foo", "unknown"),
        (r"\left( x", "pair"),
        (r"\begin{cases} x", "pair"),
        ("x^2^3", "twice"),
        ("x" * 2001, "too_long"),
    ],
)
def test_broken(tex: str, code: str) -> None:
    with pytest.raises(BrokenFormula) as caught:
        to_mathml(tex)
    assert caught.value.code == code
    assert code in CODES


def test_problems_in_the_order_of_the_text() -> None:
    found = problems(r"Верно \(x^2\), неверно $\foo$ и \(без конца")
    assert [(one.code, one.found) for one in found] == [("unknown", r"\foo"), ("unclosed", r"\(")]


def test_display_and_markup_is_escaped() -> None:
    assert 'display="block"' in to_mathml("x", display=True)
    assert "&lt;" in to_mathml("a<b")
