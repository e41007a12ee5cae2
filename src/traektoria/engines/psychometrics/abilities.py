"""Abilities of people given the items: posterior means (EAP), maximum likelihood (ML) and Warm's weighted likelihood.

ML does not exist for someone with the lowest or the highest answer everywhere: NaN here, null in reports.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .arrays import Bools, Floats, Ints, Reals
from .design import MISSING
from .guesses import first_guess, table_of_slopes
from .likelihood import CHUNK, Chunk, Likelihood
from .threads import in_order

BOUND = 40.0
STEPS = 80
CLOSE = 1e-7
NEAR = 1e-4


@dataclass(frozen=True)
class Abilities:
    """θ and standard error (patterns,) of one method; NaN where it gives none."""

    theta: Floats
    error: Floats


@dataclass(frozen=True)
class _Slopes:
    """Derivative of the log-likelihood by θ, its observed and expected information and Warm's J, each (n,)."""

    score: Floats
    observed: Floats
    expected: Floats
    warm: Floats

    @property
    def shift(self) -> Floats:
        return self.warm / (2 * self.expected)


def posterior_means(likelihood: Likelihood, parameters: Floats) -> Abilities:
    """EAP with the posterior standard deviation, for each pattern."""
    points = likelihood.points

    def moments(chunk: Chunk) -> tuple[Reals, Reals]:
        mean = chunk.posterior @ points
        return mean, np.sqrt(np.maximum(chunk.posterior @ points**2 - mean**2, 0))

    parts = list(likelihood.over_chunks(likelihood.rows(parameters), np.float64, moments))
    return Abilities(*(np.concatenate(part) for part in zip(*parts, strict=True)))


def extreme(likelihood: Likelihood, parameters: Floats) -> Bools:
    """Patterns (patterns,) whose likelihood rises for ever in one direction: ML is infinite there."""
    codes, top = likelihood.design.codes, likelihood.design.categories - 1
    rising = np.ones(likelihood.design.n_items, dtype=bool)
    if likelihood.model.free_slope:
        rising = parameters[likelihood.starts[:-1]] > 0
    answered = codes != MISSING
    best = ~answered | (codes == np.where(rising, top, 0))
    worst = ~answered | (codes == np.where(rising, 0, top))
    result: Bools = best.all(1) | worst.all(1)
    return result


def maximum_likelihood(likelihood: Likelihood, parameters: Floats) -> Abilities:
    """ML with the observed information's standard error."""
    return _solve(likelihood, parameters, np.flatnonzero(~extreme(likelihood, parameters)), warm=False)


def quick_likelihood(likelihood: Likelihood, parameters: Floats) -> Floats:
    """ML abilities (patterns,) to about five digits, NaN where there are none: for fit of items to many people."""
    theta = np.full(len(likelihood.design.matrix), np.nan)
    table = table_of_slopes(likelihood, parameters)
    for some in _portions(np.flatnonzero(~extreme(likelihood, parameters))):
        guess = first_guess(table, likelihood.design.matrix[some], warm=False)
        far = abs(guess) >= table.points[-1]
        theta[some] = guess
        if far.any():
            theta[some[far]], _ = _roots(likelihood, parameters, some[far], guess[far], warm=False)
    return theta


def weighted_likelihood(likelihood: Likelihood, parameters: Floats) -> Abilities:
    """Warm (1989): score + J / 2I = 0, with J = Σ P′P″/P; finite for everyone with an answer.

    The standard error is of the curvature of the weighted likelihood, as in mirt; 1/√I would be larger at the ends.
    """
    return _solve(likelihood, parameters, np.arange(len(likelihood.design.matrix)), warm=True)


def _solve(likelihood: Likelihood, parameters: Floats, patterns: Ints, *, warm: bool) -> Abilities:
    """Abilities of some patterns; NaN for the others."""
    theta, error = np.full((2, len(likelihood.design.matrix)), np.nan)
    table = table_of_slopes(likelihood, parameters)

    def work(some: Ints) -> tuple[Ints, Floats, Floats]:
        guess = first_guess(table, likelihood.design.matrix[some], warm=warm)
        return some, *_roots(likelihood, parameters, some, guess, warm=warm)

    for some, found, errors in in_order(work, _portions(patterns), len(patterns) // CHUNK + 1):
        theta[some], error[some] = found, errors
    return Abilities(theta, error)


def _portions(patterns: Ints) -> Iterator[Ints]:
    return (patterns[start : start + CHUNK] for start in range(0, len(patterns), CHUNK))


def _roots(
    likelihood: Likelihood, parameters: Floats, some: Ints, guess: Floats, *, warm: bool
) -> tuple[Floats, Floats]:
    """Newton's steps kept inside a shrinking bracket, for all people of a portion until each is there."""
    theta, low, high = guess.copy(), np.full(len(some), -BOUND), np.full(len(some), BOUND)
    active = np.arange(len(some))
    for _ in range(STEPS):
        slopes = _slopes(likelihood, parameters, some[active], theta[active])
        value = slopes.score + (slopes.shift if warm else 0)
        here = theta[active]
        low[active] = np.where(value > 0, here, low[active])
        high[active] = np.where(value > 0, high[active], here)
        new = here + value / slopes.observed
        inside = (new > low[active]) & (new < high[active])
        theta[active] = np.where(inside, new, (low[active] + high[active]) / 2)
        active = active[abs(theta[active] - here) > CLOSE]
        if not len(active):
            break
    return theta, 1 / np.sqrt(_curvature(likelihood, parameters, some, theta, warm=warm))


def _curvature(likelihood: Likelihood, parameters: Floats, some: Ints, theta: Floats, *, warm: bool) -> Floats:
    observed = _slopes(likelihood, parameters, some, theta).observed
    if not warm:
        return observed
    before, after = (_slopes(likelihood, parameters, some, theta + move).shift for move in (-NEAR, NEAR))
    return np.maximum(observed - (after - before) / (2 * NEAR), 1e-12)


def _slopes(likelihood: Likelihood, parameters: Floats, some: Ints, theta: Floats) -> _Slopes:
    design = likelihood.design
    matrix = design.matrix[some].astype(float)
    totals = np.zeros((4, len(theta)))
    for block in design.blocks:
        own = parameters[likelihood.places(block)]
        chances = np.exp(likelihood.model.log_probabilities(own, theta))
        first, second = likelihood.model.tilts(own, theta)
        answered = matrix[:, design.base(block.items)].T
        upper = matrix[:, block.columns].transpose(1, 2, 0)
        chosen = np.concatenate([(answered - upper.sum(1))[:, None], upper], axis=1)
        seen = answered[:, None] * chances
        totals[0] += (chosen * first).sum((0, 1))
        totals[1] -= (chosen * second).sum((0, 1))
        totals[2] += (seen * first**2).sum((0, 1))
        totals[3] += (seen * first * (first**2 + second)).sum((0, 1))
    totals[1:3] = np.maximum(totals[1:3], 1e-12)
    return _Slopes(*totals)


def expectations(likelihood: Likelihood, parameters: Floats, theta: Floats) -> tuple[Floats, Floats]:
    """Expected answers and their variances of a chunk of patterns at their θ: two of (chunk, items)."""
    items = likelihood.design.n_items
    means, spreads = np.empty((len(theta), items)), np.empty((len(theta), items))
    for block in likelihood.design.blocks:
        chances = np.exp(likelihood.model.log_probabilities(parameters[likelihood.places(block)], theta))
        steps = np.arange(block.categories)[:, None]
        mean = (chances * steps).sum(1)
        means[:, block.items] = mean.T
        spreads[:, block.items] = ((chances * steps**2).sum(1) - mean**2).T
    return means, spreads
