"""Parallel forms of a test from a blueprint, and who sits which of them first. Pure, deterministic by a seed.

`assemble_forms` makes forms of equal numbers by topic and level and of equal difficulty, with an honest `Balance`;
`counterbalance` gives half of the people A then B and half B then A. docs/forms-and-groups.md has the figures.
The names are loaded on first use.
"""

from typing import TYPE_CHECKING

from traektoria.engines.lazy_imports import loaded_on_use

if TYPE_CHECKING:
    from .assembly import Assembly, assemble_forms
    from .balance import Balance, Comparison, Figures, Information
    from .counterbalancing import Order, counterbalance
    from .errors import FormCode, FormsRefused, Problem
    from .model import Form, FormRules, ItemCandidate, Row

__all__ = [
    "Assembly",
    "Balance",
    "Comparison",
    "Figures",
    "Form",
    "FormCode",
    "FormRules",
    "FormsRefused",
    "Information",
    "ItemCandidate",
    "Order",
    "Problem",
    "Row",
    "assemble_forms",
    "counterbalance",
]

__getattr__ = loaded_on_use(
    __name__,
    {
        "assembly": ("Assembly", "assemble_forms"),
        "balance": ("Balance", "Comparison", "Figures", "Information"),
        "counterbalancing": ("Order", "counterbalance"),
        "errors": ("FormCode", "FormsRefused", "Problem"),
        "model": ("ItemCandidate", "Form", "FormRules", "Row"),
    },
)
