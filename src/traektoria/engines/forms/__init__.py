"""Parallel forms of a test from a blueprint, and who sits which of them first. Pure, deterministic by a seed.

`assemble_forms` makes forms of equal numbers by topic and level and of equal difficulty, with an honest `Balance`;
`counterbalance` gives half of the people A then B and half B then A. docs/forms-and-groups.md has the figures.
"""

from .assembly import Assembly, assemble_forms
from .balance import Balance, Comparison, Figures, Information
from .counterbalancing import Order, counterbalance
from .errors import Code, FormsRefused, Problem
from .model import Candidate, Form, FormRules, Row

__all__ = [
    "Assembly",
    "Balance",
    "Candidate",
    "Code",
    "Comparison",
    "Figures",
    "Form",
    "FormRules",
    "FormsRefused",
    "Information",
    "Order",
    "Problem",
    "Row",
    "assemble_forms",
    "counterbalance",
]
