"""Infit and outfit: mean squared residuals of an item at people's ML abilities (Wright & Masters 1982).

People without an ML ability are left out, as in eRm.
"""

from dataclasses import dataclass

import numpy as np

from .abilities import expectations
from .arrays import Floats
from .design import MISSING
from .likelihood import CHUNK, Likelihood


@dataclass(frozen=True)
class ItemFit:
    """Mean squares (items,); near 1 is expected. NaN where nobody could be counted."""

    infit: Floats
    outfit: Floats


def item_fit(likelihood: Likelihood, parameters: Floats, theta: Floats) -> ItemFit:
    """`theta` (patterns,): ML abilities, NaN where there is none."""
    design = likelihood.design
    squares, variances, standardised, numbers = np.zeros((4, design.n_items))
    for start in range(0, len(theta), CHUNK):
        where = slice(start, start + CHUNK)
        known = np.isfinite(theta[where])
        means, spreads = expectations(likelihood, parameters, where, np.where(known, theta[where], 0.0))
        codes = design.codes[where]
        weights = design.weights[where, None] * (known[:, None] & (codes != MISSING))
        residuals = (codes - means) ** 2
        squares += (weights * residuals).sum(0)
        variances += (weights * spreads).sum(0)
        standardised += (weights * residuals / spreads).sum(0)
        numbers += weights.sum(0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return ItemFit(squares / variances, standardised / numbers)
