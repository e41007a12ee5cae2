"""The observed information: exact second derivatives of the marginal log-likelihood by Louis' identity.

Information of the complete data minus the posterior covariance of its scores (Louis 1982). Scores are linear in the
columns of the design, so their products need only two-way tables of columns at each point, weighted by posteriors.
"""

import numpy as np
from numpy.typing import DTypeLike

from .arrays import Floats, Reals
from .likelihood import CHUNK, Chunk, Likelihood

ROOM = 2_000_000
SMALLEST = 64


def information(likelihood: Likelihood, parameters: Floats, counts: Floats, dtype: DTypeLike = np.float64) -> Floats:
    """Minus the matrix of second derivatives (parameters, parameters) at the place where `counts` were taken."""
    complete = _complete(likelihood, parameters, counts)
    tables, means = _moments(likelihood, parameters, dtype)
    slopes = _row_scores(likelihood, parameters)
    second = np.zeros_like(complete)
    for point in range(len(likelihood.points)):
        second += slopes[point].T @ tables[point] @ slopes[point]
    return complete - (second - means)


def _complete(likelihood: Likelihood, parameters: Floats, counts: Floats) -> Floats:
    matrix = np.zeros((likelihood.size, likelihood.size))
    for block in likelihood.design.blocks:
        places = likelihood.places(block)
        bend = likelihood.model.curvature(parameters[places], likelihood.points, likelihood.by_category(block, counts))
        matrix[places[:, :, None], places[:, None, :]] = -bend
    if not likelihood.model.free_slope:
        matrix[-1, -1] = -float(counts[-1] @ _prior_bend(likelihood, parameters))
    return matrix


def _prior_bend(likelihood: Likelihood, parameters: Floats) -> Floats:
    """Second derivative (q,) of the logarithm of the prior by the logarithm of the variance."""
    squares, prior = likelihood.points**2, likelihood.prior(parameters)
    scale = 1 / (2 * likelihood.variance(parameters))
    mean = prior @ squares
    spread = prior @ (squares - mean) ** 2
    bend: Floats = -scale * (squares - mean) - scale**2 * spread
    return bend


def _row_scores(likelihood: Likelihood, parameters: Floats) -> Floats:
    """Derivatives of the design's rows: (q, columns, parameters)."""
    design = likelihood.design
    scores = np.zeros((len(likelihood.points), design.matrix.shape[1], likelihood.size))
    for block in design.blocks:
        places = likelihood.places(block)
        block_scores = likelihood.model.scores(parameters[places], likelihood.points).transpose(3, 0, 2, 1)
        scores[:, block.columns[:, :, None], places[:, None, :]] = block_scores[:, :, 1:] - block_scores[:, :, :1]
        scores[:, design.base(block.items)[:, None], places] = block_scores[:, :, 0]
    if not likelihood.model.free_slope:
        scores[:, -1, -1] = likelihood.prior_score(parameters)
    return scores


def _moments(likelihood: Likelihood, parameters: Floats, dtype: DTypeLike) -> tuple[Floats, Floats]:
    """Posterior tables of columns (q, columns, columns) and Σ of products of mean scores (parameters, parameters)."""
    width, points = likelihood.design.matrix.shape[1], len(likelihood.points)
    pairs = np.zeros((width * (width + 1) // 2, points))
    means = np.zeros((likelihood.size, likelihood.size))

    def add_up(chunk: Chunk) -> tuple[Reals, Reals]:
        weights = likelihood.design.weights[chunk.where].astype(chunk.posterior.dtype)[:, None]
        mean = _mean_scores(likelihood, parameters, chunk) * np.sqrt(weights)
        return mean.T @ mean, _products(np.ascontiguousarray(chunk.matrix.T)) @ (chunk.posterior * weights)

    size = min(CHUNK, max(SMALLEST, ROOM // len(pairs)))
    for mean, products in likelihood.over_chunks(likelihood.rows(parameters), dtype, add_up, size):
        means += mean
        pairs += products
    tables = np.zeros((points, width, width))
    upper, lower = np.triu_indices(width)
    tables[:, upper, lower] = tables[:, lower, upper] = pairs.T
    return tables, means


def _products(columns: Reals) -> Reals:
    """Products of each two columns, themselves included: (columns, chunk) → (pairs, chunk), as `triu_indices`."""
    width, size = columns.shape
    products = np.empty((width * (width + 1) // 2, size), dtype=columns.dtype)
    start = 0
    for column in range(width):
        end = start + width - column
        np.multiply(columns[column:], columns[column], out=products[start:end])
        start = end
    return products


def _mean_scores(likelihood: Likelihood, parameters: Floats, chunk: Chunk) -> Reals:
    """Posterior means of the complete-data scores, which are the scores of the people: (chunk, parameters)."""
    matrix, posterior = chunk.matrix, chunk.posterior
    mean = np.zeros((len(matrix), likelihood.size), dtype=posterior.dtype)
    for block in likelihood.design.blocks:
        places = likelihood.places(block)
        scores = likelihood.model.scores(parameters[places], likelihood.points).astype(posterior.dtype)
        answered = matrix[:, likelihood.design.base(block.items)]
        chosen = [answered - matrix[:, block.columns].sum(2), *np.moveaxis(matrix[:, block.columns], 2, 0)]
        for parameter in range(scores.shape[1]):
            mean[:, places[:, parameter]] = sum(
                column * (posterior @ scores[:, parameter, category].T) for category, column in enumerate(chosen)
            )
    if not likelihood.model.free_slope:
        mean[:, -1] = posterior @ likelihood.prior_score(parameters).astype(posterior.dtype)
    return mean
