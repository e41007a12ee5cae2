r"""Formulas in texts: TeX between \( … \), \[ … \], $…$ or $$…$$ into MathML, and into a line of text for the ear.

    pieces = split("Решите \\(x^2 = 4\\).")     # ["Решите ", Formula("x^2 = 4"), "."]
    markup = to_mathml(pieces[1])               # '<math …>…</math>'; raises BrokenFormula
    words = linear(pieces[1])                   # "x² = 4"
    broken = problems(text)                     # [BrokenFormula, …]

What comes out of `to_mathml` holds whatever the TeX asked for (links, colours): show it through an allow-list.
"""

from .mathml import CODES, BrokenFormula, linear, to_mathml
from .spans import Formula, problems, split

__all__ = ["CODES", "BrokenFormula", "Formula", "linear", "problems", "split", "to_mathml"]
