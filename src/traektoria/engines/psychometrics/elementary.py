"""Elementary symmetric functions and their derivatives, for many sets of answered items at once.

Only sums and products of positive numbers occur, so nothing cancels (the «difference algorithm» does; Liou 1994). An
item that a group of people did not answer has ε = 0, which leaves it out of the products by itself.
Shapes: `g` groups of people with the same answered items, `j` items, scores 0 … j.
"""

import numpy as np

from .arrays import Floats


def symmetric(easiness: Floats) -> Floats:
    """γ of all scores: (g, j) → (g, j + 1)."""
    groups, items = easiness.shape
    gamma = np.zeros((groups, items + 1))
    gamma[:, 0] = 1
    for item in range(items):
        gamma[:, 1:] += easiness[:, item, None] * gamma[:, :-1]
    return gamma


def without_each(easiness: Floats) -> Floats:
    """γ of all items but one: (g, j) → (g, j, j + 1), the second axis is the item left out."""
    groups, items = easiness.shape
    gamma = np.zeros((groups, items, items + 1))
    gamma[:, :, 0] = 1
    for item in range(items):
        others = np.arange(items) != item
        factor = easiness[:, item, None, None] * others[None, :, None]
        gamma[:, :, 1:] += factor * gamma[:, :, :-1]
    return gamma


def pair_sums(easiness: Floats, weights: Floats) -> Floats:
    """Σ over g and scores r of weights[g, r]·ε_a·ε_b·γ of the items without a and b at r − 2, for a ≠ b: (j, j).

    `weights` (g, j + 1). Items before b (without a) and after b are convolved only where the weights need it, so the
    cost is j³ for a group and not j⁴.
    """
    groups, items = easiness.shape
    after = np.zeros((groups, items + 1, items + 1))
    after[:, items, 0] = 1
    for item in range(items - 1, -1, -1):
        after[:, item] = after[:, item + 1]
        after[:, item, 1:] += easiness[:, item, None] * after[:, item + 1, :-1]
    before = np.zeros((groups, items, items + 1))
    before[:, :, 0] = 1
    table = np.zeros((items, items))
    shifted = np.concatenate([weights[:, 2:], np.zeros((groups, items + 2))], axis=1)
    windows = np.lib.stride_tricks.sliding_window_view(shifted, items + 1, axis=1)[:, : items + 1]
    for item in range(items):
        outer = np.einsum("gst,gt->gs", windows, after[:, item + 1])
        sums = np.einsum("gas,gs->ga", before[:, :item], outer)
        table[:item, item] = (easiness[:, :item] * easiness[:, item, None] * sums).sum(0)
        factor = easiness[:, item, None, None] * (np.arange(items) != item)[None, :, None]
        before[:, :, 1:] += factor * before[:, :, :-1]
    return table + table.T
