"""The conditional likelihood of the Rasch model: all that answers say once the scores are known.

People are counted by which items they answered and by their score over them. The likelihood and its gradient cost j²
for each set of answered items (by going back through the sums), the exact information j³.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .arrays import Codes, Floats
from .design import MISSING
from .elementary import pair_sums, symmetric, without_each

ROOM = 400_000


@dataclass(frozen=True)
class ScoreCounts:
    """Numbers of people by answered items and score (g, j + 1), answered items (g, j), and right answers (j,)."""

    numbers: Floats
    answered: Floats
    totals: Floats

    @property
    def sets(self) -> int:
        return len(self.numbers)

    def start(self) -> Floats:
        """Difficulties (j,) that add up to 0, from the shares of right answers."""
        share = (self.totals + 0.5) / (self.numbers.sum(1) @ self.answered + 1)
        beta = -np.log(share / (1 - share))
        centred: Floats = beta - beta.mean()
        return centred

    def value(self, beta: Floats) -> tuple[float, Floats]:
        """Conditional log-likelihood and its gradient by the difficulties (j,)."""
        loglik, expected = -float(self.totals @ beta), np.zeros(len(beta))
        for numbers, easiness in self._chunks(beta):
            stages = _stages(easiness)
            gamma = stages[:, -1]
            counted = numbers > 0
            loglik -= float((numbers[counted] * np.log(gamma[counted])).sum())
            expected += _expected(easiness, stages, _ratios(numbers, gamma))
        return loglik, expected - self.totals

    def information(self, beta: Floats, every: int = 1) -> Floats:
        """Minus the second derivatives (j, j); of each `every`-th set of answered items only, scaled up."""
        information = np.zeros((len(beta), len(beta)))
        for numbers, easiness in self._chunks(beta, every):
            gamma = symmetric(easiness)
            single = easiness[:, :, None] * without_each(easiness)[:, :, :-1]
            ratios = _ratios(numbers, gamma)
            information += pair_sums(easiness, ratios) + np.diag(np.einsum("gjr,gr->j", single, ratios[:, 1:]))
            chances = single / np.where(gamma[:, None, 1:] > 0, gamma[:, None, 1:], 1)
            weighted = (chances * numbers[:, None, 1:]).transpose(1, 0, 2).reshape(len(beta), -1)
            information -= weighted @ chances.transpose(1, 0, 2).reshape(len(beta), -1).T
        scaled: Floats = information * (self.numbers.sum() / self.numbers[::every].sum())
        return scaled

    def _chunks(self, beta: Floats, every: int = 1) -> Iterator[tuple[Floats, Floats]]:
        numbers, answered = self.numbers[::every], self.answered[::every]
        size = max(1, ROOM // (len(beta) + 1) ** 2)
        for start in range(0, len(numbers), size):
            where = slice(start, start + size)
            yield numbers[where], np.exp(-beta) * answered[where]


def count_scores(codes: Codes, weights: Floats) -> ScoreCounts:
    """Of answers (persons, items) 0/1, −1 missing."""
    masks, group = np.unique(np.packbits(codes != MISSING, axis=1), axis=0, return_inverse=True)
    numbers = np.zeros((len(masks), codes.shape[1] + 1))
    np.add.at(numbers, (group.ravel(), (codes == 1).sum(1)), weights)
    answered = np.unpackbits(masks, axis=1, count=codes.shape[1]).astype(float)
    return ScoreCounts(numbers, answered, weights @ (codes == 1))


def _ratios(numbers: Floats, gamma: Floats) -> Floats:
    return np.where(numbers > 0, numbers / np.where(numbers > 0, gamma, 1), 0)


def _stages(easiness: Floats) -> Floats:
    """γ of the first 0, 1 … j items: (g, j + 1, j + 1)."""
    groups, items = easiness.shape
    stages = np.zeros((groups, items + 1, items + 1))
    stages[:, 0, 0] = 1
    for item in range(items):
        stages[:, item + 1] = stages[:, item]
        stages[:, item + 1, 1:] += easiness[:, item, None] * stages[:, item, :-1]
    return stages


def _expected(easiness: Floats, stages: Floats, ratios: Floats) -> Floats:
    """Expected right answers (j,): derivatives of Σ ratios·γ, taken back through the stages."""
    expected = np.zeros(easiness.shape[1])
    back = ratios.copy()
    for item in range(easiness.shape[1] - 1, -1, -1):
        expected[item] = (easiness[:, item] * (back[:, 1:] * stages[:, item, :-1]).sum(1)).sum()
        back[:, :-1] += easiness[:, item, None] * back[:, 1:]
    return expected
