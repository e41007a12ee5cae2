"""What else the population may be: posteriors under every shape, spread and difficulties that the answers allow.

A verdict rests on people whom nobody has seen before; with a few dozen of them their spread is hardly known, and
whether they are of two clumps or of one is not known at all. So nothing is taken as known that the answers don't tell.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from traektoria.engines.psychometrics.arrays import Floats
from traektoria.engines.psychometrics.errors import FitCode, refused

from .hierarchy import (
    LEAST_SHARED,
    LEAST_SPREAD,
    MOST_SHARED,
    MOST_SPREAD,
    NORMAL,
    SHAPES,
    Answers,
    Known,
    Parameters,
    climb,
    expect,
    start,
)

MANY = 300
MOST_STEPS, CLOSE = 400, 1e-3
SHAPE_STEPS, SHAPE_CLOSE = 60, 5e-3
FEW_STEPS, CLOSE_ENOUGH = 12, 0.04
SEED = 9
TEMPER = 0.5
"""The likelihood counts half: the answers are no sample of any of the models that are weighed here."""
LEAST_LOG_SHARE = -4.0
NORMAL_SHARE = 0.5
PRIOR_VARIANCE, PRIOR_LOG_SD = 0.5, 1.2


@dataclass(frozen=True)
class Population:
    """`chances` (t, n, z) of the levels of everybody on every topic, if the population is this one; its `share` among
    all, and its `normal` share among those with normal levels (0 for others)."""

    share: float
    normal: float
    chances: Floats
    parameters: Parameters


def fit_normal(answers: Answers) -> tuple[Parameters, int]:
    """The mode with normal levels, and steps of EM taken. Raises NOT_CONVERGED."""
    known = Known(answers)
    parameters, steps = climb(known, start(answers), np.ones(known.people), CLOSE, MOST_STEPS)
    if steps > MOST_STEPS:
        raise refused(FitCode.NOT_CONVERGED, iterations=MOST_STEPS)
    return parameters, steps


def populations(answers: Answers, found: Parameters) -> Iterator[Population]:
    """Shares add up to one, and normal shares too. `found`: the mode with normal levels.

    Of each shape the spreads are on a grid around its mode, weighed by the likelihood of the answers and a weak prior;
    difficulties of each by weighing the people anew (Bayesian bootstrap, Rubin 1981; from a seed of its own: the same
    answers, the same figures). Of more than `MANY` people each shape is at its mode: there they say as much.
    """
    known, told, random = Known(answers), Known(answers, answers.weights), np.random.default_rng(SEED)
    tried = list(_tried(known, found))
    logs = np.array([weight for weight, _mode in tried])
    is_normal = np.array([mode.shape == NORMAL for _weight, mode in tried])
    shares, normal = _shares(logs), _shares(np.where(is_normal, logs, -np.inf))
    for place in [*np.flatnonzero(shares), *np.flatnonzero((shares == 0) & (normal > 0))]:
        mode = drawn = tried[place][1]
        if known.people <= MANY:
            weights = random.exponential(size=known.people)
            weights *= known.people / weights.sum()
            drawn, _steps = climb(known, mode, weights, CLOSE_ENOUGH, FEW_STEPS, free=False)
        yield Population(float(shares[place]), float(normal[place]), expect(told, drawn).chances, drawn)


def _shares(logs: Floats) -> Floats:
    """Those that are far less likely than the likeliest have none."""
    apart = logs - logs.max()
    shares = np.where(apart > LEAST_LOG_SHARE, np.exp(apart), 0.0)
    found: Floats = shares / shares.sum()
    return found


def _tried(known: Known, found: Parameters) -> Iterator[tuple[float, Parameters]]:
    even = np.ones(known.people)
    for shape in range(len(SHAPES)):
        mode = found
        if shape != NORMAL:
            mode, _steps = climb(known, replace(found, shape=shape), even, SHAPE_CLOSE, SHAPE_STEPS)
        if known.people > MANY:
            yield _weight(known, mode, 1), mode
            continue
        grid = list(_around(mode, known, 4 if shape == NORMAL else 3))
        for one in grid:
            moved, _steps = climb(known, one, even, CLOSE_ENOUGH, FEW_STEPS, free=False)
            yield _weight(known, moved, len(grid)), moved


def _around(mode: Parameters, known: Known, points: int) -> Iterator[Parameters]:
    """Spreads and shares of the general level, further apart where fewer people speak for them."""
    steps = np.linspace(-1.5, 1.5, points)
    logit = np.log(mode.shared / (1 - mode.shared))
    for spread in mode.spread * np.exp(steps * min(0.45, 2.2 / np.sqrt(known.people))):
        for shared in logit + steps * min(1.0, 6 / np.sqrt(known.people)) if known.answers.topics > 1 else (logit,):
            yield replace(
                mode,
                spread=float(np.clip(spread, LEAST_SPREAD, MOST_SPREAD)),
                shared=float(np.clip(1 / (1 + np.exp(-shared)), LEAST_SHARED, MOST_SHARED)),
            )


def _weight(known: Known, one: Parameters, points: int) -> float:
    variance = one.spread**2
    logs = np.log(np.array([variance * one.shared, variance * (1 - one.shared)]) / PRIOR_VARIANCE) / PRIOR_LOG_SD
    shape = NORMAL_SHARE if one.shape == NORMAL else (1 - NORMAL_SHARE) / (len(SHAPES) - 1)
    return TEMPER * expect(known, one).fit - 0.5 * float(logs @ logs) + float(np.log(shape / points))
