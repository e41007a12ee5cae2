"""Infit and outfit: mean squared residuals of an item at people's ML abilities (Wright & Masters 1982).

People without an ML ability are left out, as in eRm.
"""

from dataclasses import dataclass

import numpy as np

from .abilities import expectations
from .arrays import Floats
from .design import MISSING
from .likelihood import CHUNK, Likelihood
from .threads import in_order


@dataclass(frozen=True)
class ItemFit:
    """Mean squares (items,); near 1 is expected. NaN where nobody could be counted."""

    infit: Floats
    outfit: Floats


def item_fit(likelihood: Likelihood, parameters: Floats, theta: Floats) -> ItemFit:
    """`theta` (patterns,): ML abilities, NaN where there is none."""

    def sums(start: int) -> Floats:
        return _sums(likelihood, parameters, slice(start, start + CHUNK), theta)

    starts = range(0, len(theta), CHUNK)
    squares, variances, standardised, numbers = np.sum(list(in_order(sums, starts, len(starts))), axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return ItemFit(squares / variances, standardised / numbers)


def _sums(likelihood: Likelihood, parameters: Floats, where: slice, theta: Floats) -> Floats:
    """Of a chunk: squared residuals, variances, standardised squares and numbers of people (4, items)."""
    known = np.isfinite(theta[where])
    means, spreads = expectations(likelihood, parameters, np.where(known, theta[where], 0.0))
    codes = likelihood.design.codes[where]
    weights = likelihood.design.weights[where, None] * (known[:, None] & (codes != MISSING))
    residuals = weights * (codes - means) ** 2
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        standardised = np.where(weights > 0, residuals / spreads, 0.0)
    parts = (residuals, weights * spreads, standardised, weights)
    return np.array([part.sum(0) for part in parts])
