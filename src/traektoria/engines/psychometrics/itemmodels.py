"""Category probabilities of items and their derivatives, for whole blocks of items with as many categories each.

Shapes: `m` items of a block, `p` parameters of one item, `k` categories 0 … K−1, `q` quadrature points.
Both models are used in slope-intercept form, where the log-probabilities are concave in the parameters.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from .arrays import Floats


class ItemModel(Protocol):
    """What estimation asks of a model."""

    @property
    def free_slope(self) -> bool:
        """Whether slopes are estimated; otherwise they are 1 and the population's variance is."""

    def size(self, categories: int) -> int:
        """Number of parameters of an item with that many categories: slope if free, then intercepts d1 …"""

    def log_probabilities(self, parameters: Floats, theta: Floats) -> Floats:
        """(m, p), (q,) → (m, k, q)."""

    def scores(self, parameters: Floats, theta: Floats) -> Floats:
        """First derivatives of the log-probabilities: (m, p, k, q)."""

    def curvature(self, parameters: Floats, theta: Floats, counts: Floats) -> Floats:
        """Second derivatives summed over `counts` (m, k, q): (m, p, p), negative semidefinite."""

    def tilts(self, parameters: Floats, theta: Floats) -> tuple[Floats, Floats]:
        """First and second derivatives of the log-probabilities by θ: (m, p), (n,) → two of (m, k, n)."""

    def start(self, shares: Floats) -> Floats:
        """First parameters (m, p) from the shares of the categories (m, k)."""


@dataclass(frozen=True)
class PartialCredit:
    """log P(k) = k·a·θ + d_k − log Σ, d_0 = 0 (Masters 1982; Muraki 1992 with a free slope).

    With two categories this is the Rasch model and the two-parameter logistic model (no 1.7).
    """

    free_slope: bool

    def size(self, categories: int) -> int:
        return categories - 1 + self.free_slope

    def _split(self, parameters: Floats) -> tuple[Floats, Floats]:
        """Slopes (m,) and intercepts of all categories (m, k), the first of them 0."""
        zero = np.zeros((len(parameters), 1))
        if self.free_slope:
            return parameters[:, 0], np.hstack([zero, parameters[:, 1:]])
        return np.ones(len(parameters)), np.hstack([zero, parameters])

    def log_probabilities(self, parameters: Floats, theta: Floats) -> Floats:
        from scipy.special import log_softmax

        slopes, intercepts = self._split(parameters)
        steps = np.arange(intercepts.shape[1])
        terms = slopes[:, None, None] * steps[:, None] * theta + intercepts[:, :, None]
        logs: Floats = log_softmax(terms, axis=1)
        return logs

    def scores(self, parameters: Floats, theta: Floats) -> Floats:
        chances = np.exp(self.log_probabilities(parameters, theta))
        k, q = chances.shape[1:]
        statistics = np.zeros((self.size(k), k, q))
        if self.free_slope:
            statistics[0] = np.arange(k)[:, None] * theta
        for step in range(1, k):
            statistics[step - 1 + self.free_slope, step] = 1
        expected = np.einsum("pkq,mkq->mpq", statistics, chances)
        scores: Floats = statistics[None] - expected[:, :, None, :]
        return scores

    def curvature(self, parameters: Floats, theta: Floats, counts: Floats) -> Floats:
        chances = np.exp(self.log_probabilities(parameters, theta))
        scores = self.scores(parameters, theta)
        return -information(scores, chances * counts.sum(1, keepdims=True))

    def tilts(self, parameters: Floats, theta: Floats) -> tuple[Floats, Floats]:
        slopes, _ = self._split(parameters)
        chances = np.exp(self.log_probabilities(parameters, theta))
        steps = np.arange(chances.shape[1])[:, None]
        deviations = steps - (steps * chances).sum(1, keepdims=True)
        scale = slopes[:, None, None]
        spread = (chances * deviations**2).sum(1, keepdims=True)
        return scale * deviations, np.broadcast_to(-(scale**2) * spread, chances.shape)

    def start(self, shares: Floats) -> Floats:
        intercepts = np.log(shares[:, 1:] / shares[:, :1])
        return np.hstack([np.ones((len(shares), int(self.free_slope))), intercepts])


@dataclass(frozen=True)
class Graded:
    """P(x ≥ k) = σ(a·θ + d_k), d_1 > d_2 > … (Samejima 1969).

    log P(k) = log σ(z_k) + log σ(−z_{k+1}) + log(1 − exp(d_{k+1} − d_k)): the difference of two logistic
    functions without its cancellation, and concave term by term.
    """

    free_slope: bool = True

    def size(self, categories: int) -> int:
        return categories

    def log_probabilities(self, parameters: Floats, theta: Floats) -> Floats:
        from scipy.special import log_expit

        slopes, intercepts = parameters[:, 0], parameters[:, 1:]
        z = slopes[:, None, None] * theta + intercepts[:, :, None]
        logs = np.zeros((len(parameters), parameters.shape[1], len(theta)))
        logs[:, 1:] += log_expit(z)
        logs[:, :-1] += log_expit(-z)
        with np.errstate(all="ignore"):  # thresholds out of order: NaN, which no step accepts
            logs[:, 1:-1] += np.log(-np.expm1(np.diff(intercepts, axis=1)))[:, :, None]
        return logs

    def scores(self, parameters: Floats, theta: Floats) -> Floats:
        from scipy.special import expit

        slopes, intercepts = parameters[:, 0], parameters[:, 1:]
        upper = expit(slopes[:, None, None] * theta + intercepts[:, :, None])
        m, cuts, q = upper.shape
        scores = np.zeros((m, cuts + 1, cuts + 1, q))
        with np.errstate(over="ignore"):  # far apart: the gap is nothing
            gaps = 1 / np.expm1(-np.diff(intercepts, axis=1))[:, :, None]
        for cut in range(cuts):
            above, below = 1 - upper[:, cut], -upper[:, cut]
            scores[:, 1 + cut, cut + 1] += above
            scores[:, 1 + cut, cut] += below
            scores[:, 0, cut + 1] += theta * above
            scores[:, 0, cut] += theta * below
        for middle in range(1, cuts):
            scores[:, middle, middle] += gaps[:, middle - 1]
            scores[:, middle + 1, middle] -= gaps[:, middle - 1]
        return scores

    def curvature(self, parameters: Floats, theta: Floats, counts: Floats) -> Floats:
        from scipy.special import expit

        slopes, intercepts = parameters[:, 0], parameters[:, 1:]
        upper = expit(slopes[:, None, None] * theta + intercepts[:, :, None])
        m, cuts = upper.shape[:2]
        result = np.zeros((m, cuts + 1, cuts + 1))
        bend = -upper * (1 - upper) * (counts[:, 1:] + counts[:, :-1])
        places = np.arange(1, cuts + 1)
        result[:, 0, 0] = (bend * theta**2).sum((1, 2))
        result[:, places, places] = bend.sum(2)
        result[:, 0, 1:] = result[:, 1:, 0] = (bend * theta).sum(2)
        gaps = np.exp(-np.diff(intercepts, axis=1))
        weights = gaps / (gaps - 1) ** 2 * counts[:, 1:-1].sum(2)
        for middle in range(1, cuts):
            pair = np.array([middle, middle + 1])
            result[:, pair[:, None], pair] -= weights[:, middle - 1, None, None] * np.array([[1, -1], [-1, 1]])
        return result

    def tilts(self, parameters: Floats, theta: Floats) -> tuple[Floats, Floats]:
        from scipy.special import expit

        slopes = parameters[:, 0, None, None]
        upper = expit(slopes * theta + parameters[:, 1:, None])
        edge = np.ones((len(parameters), 1, len(theta)))
        above, below = np.hstack([edge, upper]), np.hstack([upper, 0 * edge])
        return slopes * (1 - above - below), -(slopes**2) * (above * (1 - above) + below * (1 - below))

    def start(self, shares: Floats) -> Floats:
        upper = shares[:, ::-1].cumsum(1)[:, ::-1][:, 1:]
        return np.hstack([np.ones((len(shares), 1)), np.log(upper / (1 - upper))])


def information(scores: Floats, weights: Floats) -> Floats:
    """Σ weights·score·scoreᵀ over categories and points: (m, p, k, q), (m, k, q) → (m, p, p)."""
    m, p = scores.shape[:2]
    flat = scores.reshape(m, p, -1)
    result: Floats = (flat * weights.reshape(m, 1, -1)) @ flat.transpose(0, 2, 1)
    return result
