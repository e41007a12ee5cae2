"""The marginal likelihood of answers, its gradient and its exact second derivatives.

The population is normal with mean 0 on the fixed points of a grid; its variance is 1, or a parameter where slopes are
fixed. All answers of a person weigh on one matrix product (`design`), so a pass costs two products of
people × columns × points, goes through people in chunks, and needs memory for the answers and one chunk only.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import DTypeLike

from .arrays import Floats, Ints, Reals
from .design import Block, Design
from .itemmodels import ItemModel
from .threads import in_order

CHUNK = 2048


@dataclass(frozen=True)
class Chunk:
    """Where a chunk of patterns lies, its matrix, posterior (chunk, q) and marginal log-likelihoods (chunk,)."""

    where: slice
    matrix: Reals
    posterior: Reals
    logs: Reals


R = TypeVar("R")
Work = Callable[[Chunk], R]


@dataclass(frozen=True)
class Pass:
    """Log-likelihood, expected counts (columns, points) and the gradient (parameters,) at one place."""

    loglik: float
    counts: Floats
    gradient: Floats


@dataclass(frozen=True)
class Likelihood:
    """Marginal log-likelihood of `design` under `model` at `points` (q,).

    The vector of parameters holds the items one after the other, then, where slopes are fixed, the logarithm of the
    population's variance.
    """

    design: Design
    model: ItemModel
    points: Floats

    @property
    def starts(self) -> Ints:
        """Place of each item's first parameter, and at the end the number of items' parameters."""
        sizes = [self.model.size(int(number)) for number in self.design.categories]
        return np.concatenate([[0], np.cumsum(sizes)]).astype(np.intp)

    @property
    def size(self) -> int:
        return int(self.starts[-1]) + (not self.model.free_slope)

    def places(self, block: Block) -> Ints:
        """Places (m, p) of the parameters of a block."""
        return self.starts[block.items, None] + np.arange(self.model.size(block.categories))

    def variance(self, parameters: Floats) -> float:
        return 1.0 if self.model.free_slope else float(np.exp(parameters[-1]))

    def prior(self, parameters: Floats) -> Floats:
        """Chances of the points (q,): the normal density, made to add up to one."""
        density = np.exp(-(self.points**2) / (2 * self.variance(parameters)))
        chances: Floats = density / density.sum()
        return chances

    def rows(self, parameters: Floats) -> Floats:
        """What each column of the design adds to a log-likelihood at each point: (columns, q)."""
        rows = np.zeros((self.design.matrix.shape[1], len(self.points)))
        rows[-1] = np.log(np.maximum(self.prior(parameters), 1e-300))
        for block in self.design.blocks:
            logs = self.model.log_probabilities(parameters[self.places(block)], self.points)
            rows[block.columns] = logs[:, 1:] - logs[:, :1]
            np.add.at(rows, self.design.base(block.items), logs[:, 0])
        return rows

    def over_chunks(self, rows: Floats, dtype: DTypeLike, work: Work[R], size: int = CHUNK) -> Iterator[R]:
        """What `work` makes of each chunk of patterns, in order."""
        cast = rows.astype(dtype)
        starts = range(0, len(self.design.matrix), size)

        def one(start: int) -> R:
            where = slice(start, start + size)
            matrix = self.design.matrix[where].astype(dtype)
            posterior = matrix @ cast
            top = posterior.max(1, keepdims=True)
            posterior -= top
            np.exp(posterior, out=posterior)
            sums = posterior.sum(1, keepdims=True)
            posterior /= sums
            return work(Chunk(where, matrix, posterior, (top + np.log(sums))[:, 0]))

        return in_order(one, starts, len(starts))

    def run(self, parameters: Floats, dtype: DTypeLike = np.float64) -> Pass:
        """One pass through all answers."""

        def add_up(chunk: Chunk) -> tuple[float, Reals]:
            weights = self.design.weights[chunk.where]
            weighted = chunk.posterior * weights.astype(chunk.posterior.dtype)[:, None]
            return float(weights @ chunk.logs), chunk.matrix.T @ weighted

        rows = self.rows(parameters)
        counts = np.zeros_like(rows)
        loglik = 0.0
        for logs, part in self.over_chunks(rows, dtype, add_up):
            loglik += logs
            counts += part
        return Pass(loglik, counts, self.gradient(parameters, counts))

    def by_category(self, block: Block, counts: Floats) -> Floats:
        """Expected numbers of people of a block's items in each category at each point: (m, k, q)."""
        upper = counts[block.columns]
        lowest = counts[self.design.base(block.items)] - upper.sum(1)
        return np.concatenate([lowest[:, None], upper], axis=1)

    def gradient(self, parameters: Floats, counts: Floats) -> Floats:
        gradient = np.zeros(self.size)
        for block in self.design.blocks:
            places = self.places(block)
            scores = self.model.scores(parameters[places], self.points)
            gradient[places] = np.einsum("mpkq,mkq->mp", scores, self.by_category(block, counts))
        if not self.model.free_slope:
            gradient[-1] = counts[-1] @ self.prior_score(parameters)
        return gradient

    def prior_score(self, parameters: Floats) -> Floats:
        """Derivative (q,) of the logarithm of the prior by the logarithm of the variance."""
        squares = self.points**2
        return (squares - self.prior(parameters) @ squares) / (2 * self.variance(parameters))
