"""Answers as a matrix of ones and zeros in which a log-likelihood is one matrix product.

Equal answer patterns are kept once with their number: with few items that shortens all work by orders of magnitude.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .arrays import Codes, Floats, Ints

MISSING = -1
_KEY_ROOM = 2.0**63


@dataclass(frozen=True)
class Block:
    """Items with the same number of categories: `items` (m,), `columns` (m, k − 1) of the design."""

    categories: int
    items: Ints
    columns: Ints


@dataclass(frozen=True)
class Design:
    """`matrix` (patterns, columns): a column for each category above the lowest of each item, then (only if an answer
    is missing anywhere) one for «answered» of each item, then ones. `weights` (patterns,), `pattern` (persons,).
    """

    matrix: Codes
    weights: Floats
    pattern: Ints
    codes: Codes
    categories: Ints
    complete: bool
    blocks: tuple[Block, ...] = field(init=False)

    def __post_init__(self) -> None:
        starts = np.concatenate([[0], np.cumsum(self.categories - 1)[:-1]])
        blocks = []
        for number in np.unique(self.categories):
            items = np.flatnonzero(self.categories == number)
            blocks.append(Block(int(number), items, starts[items, None] + np.arange(number - 1)))
        object.__setattr__(self, "blocks", tuple(blocks))

    @property
    def n_items(self) -> int:
        return len(self.categories)

    @property
    def total(self) -> float:
        return float(self.weights.sum())

    def base(self, items: Ints) -> Ints:
        """Columns that carry the lowest category of `items`: «answered», or the ones if nothing is missing."""
        width = self.matrix.shape[1]
        return np.full(len(items), width - 1) if self.complete else width - 1 - self.n_items + items

    def sample(self, size: int) -> "Design":
        """Patterns at equal distances, about `size` of them; patterns are sorted, so the sample is a stratified one."""
        picked = np.arange(0, len(self.matrix), max(1, len(self.matrix) // size))
        return Design(
            self.matrix[picked], self.weights[picked], picked, self.codes[picked], self.categories, self.complete
        )


def design(codes: Codes, categories: Ints, weights: Floats) -> Design:
    """From answers (persons, items), −1 for missing, to patterns. `weights` (persons,) are case weights."""
    first, pattern = _patterns(codes, categories)
    kept = codes[first]
    totals = np.bincount(pattern, weights, minlength=len(first)).astype(float)
    complete = bool((codes != MISSING).all())
    columns: list[NDArray[np.bool_]] = []
    for item, number in enumerate(categories):
        columns += [kept[:, item] == category for category in range(1, number)]
    if not complete:
        columns += list((kept != MISSING).T)
    columns.append(np.ones(len(kept), dtype=bool))
    matrix = np.column_stack(columns).astype(np.int8)
    return Design(matrix, totals, pattern, kept, categories, complete)


def _patterns(codes: Codes, categories: Ints) -> tuple[Ints, Ints]:
    """Index of the first person of each pattern, and the pattern of each person.

    A pattern is read as one number in mixed radix; where it does not fit 63 bits, patterns hardly repeat and are not
    looked for.
    """
    if float(np.prod(categories + 1.0)) >= _KEY_ROOM:
        everyone = np.arange(len(codes))
        return everyone, everyone
    keys = np.zeros(len(codes), dtype=np.uint64)
    for item, number in enumerate(categories):
        keys = keys * np.uint64(number + 1) + (codes[:, item] + 1).astype(np.uint64)
    _, first, pattern = np.unique(keys, return_index=True, return_inverse=True)
    return first, pattern
