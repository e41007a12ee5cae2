"""Maximum of the marginal likelihood: a few EM steps, then Newton's method with exact second derivatives.

Large sets start from a stratified sample of their patterns; its information, scaled up, then serves the full set, where
three or four passes suffice. Passes over large sets run in single precision until the last, which is in double.
Without convergence there is no estimate.
"""

from dataclasses import dataclass, replace

import numpy as np

from .arrays import Floats
from .curvature import information
from .design import Design
from .errors import FitCode, FitRefused, refused
from .likelihood import Likelihood, Pass

LARGE = 20_000
SAMPLE = 4_000
RARE = 8
EM_STEPS = 12
MORE = 3
HALVINGS = 12
TOLERANCE = 1e-8
ROUGH = 1e-2
CLOSE = 1e-2
CHORDS = 5
WILD = 60.0
BEYOND_SENSE = 100.0


@dataclass(frozen=True)
class Estimate:
    """Parameters (p,), their covariance (p, p), the log-likelihood there, and the number of steps taken."""

    parameters: Floats
    covariance: Floats
    loglik: float
    iterations: int


def estimate(likelihood: Likelihood, max_iterations: int) -> Estimate:
    """Raises NOT_CONVERGED with the number of steps and the item whose parameters ran away, if one did; NOT_DETERMINED
    with the item of which the answers say too little."""
    first = _of_sample(likelihood, max_iterations)
    if first is not None:
        return _from_sample(likelihood, first, max_iterations)
    steps = min(EM_STEPS, max_iterations)
    return _newton(likelihood, _em(likelihood, start(likelihood), steps), steps, max_iterations)


def start(likelihood: Likelihood) -> Floats:
    """Parameters to begin with, from the shares of the categories of each item."""
    design = likelihood.design
    parameters = np.zeros(likelihood.size)
    totals = design.weights @ design.matrix
    for block in design.blocks:
        upper = totals[block.columns]
        lowest = totals[design.base(block.items)] - upper.sum(1)
        numbers = np.column_stack([lowest, upper]) + 0.5
        parameters[likelihood.places(block)] = likelihood.model.start(numbers / numbers.sum(1, keepdims=True))
    return parameters


def _of_sample(likelihood: Likelihood, max_iterations: int) -> Estimate | None:
    """The estimate of a stratified sample of a large set, its covariance scaled to the whole; None if that fails."""
    size = len(likelihood.design.matrix)
    if size <= LARGE:
        return None
    sample = likelihood.design.sample(min(max(size // 12, SAMPLE), LARGE))
    if not _enough(sample):
        return None
    try:
        found = estimate(Likelihood(sample, likelihood.model, likelihood.points), max_iterations)
    except FitRefused:
        return None
    return replace(found, covariance=found.covariance * (sample.total / likelihood.design.total))


def _enough(design: Design) -> bool:
    """Whether each category of each item is still seen."""
    totals = design.weights @ design.matrix
    lowest = [totals[design.base(block.items)] - totals[block.columns].sum(1) for block in design.blocks]
    return bool(min(totals.min(), np.concatenate(lowest).min()) >= RARE)


def _from_sample(likelihood: Likelihood, first: Estimate, max_iterations: int) -> Estimate:
    """Steps with the sample's information, first in single, then in double precision; then as anywhere."""
    parameters, covariance, done = first.parameters, first.covariance, first.iterations
    for kind, enough in ((np.float32, ROUGH), (np.float64, ROUGH)):
        here = likelihood.run(parameters, kind)
        for _ in range(CHORDS):
            step = covariance @ here.gradient
            if here.gradient @ step < enough:
                break
            parameters, done = parameters + step, done + 1
            here = likelihood.run(parameters, kind)
    return _newton(likelihood, parameters, done, max_iterations, here)


def _em(likelihood: Likelihood, parameters: Floats, steps: int) -> Floats:
    """EM with one guarded scoring step for each item in the M-step."""
    for _ in range(steps):
        parameters = _m_step(likelihood, parameters, likelihood.run(parameters))
    return parameters


def _m_step(likelihood: Likelihood, parameters: Floats, here: Pass) -> Floats:
    updated = parameters.copy()
    for block in likelihood.design.blocks:
        places = likelihood.places(block)
        counts = likelihood.by_category(block, here.counts)
        old = parameters[places]
        bend = -likelihood.model.curvature(old, likelihood.points, counts)
        ridge = 1e-6 * np.eye(bend.shape[1])
        step = np.linalg.solve(bend + ridge, here.gradient[places][:, :, None])[:, :, 0]
        updated[places] = _guarded(likelihood, old, np.clip(step, -1, 1), counts)
    if not likelihood.model.free_slope:
        score = likelihood.prior_score(parameters)
        spread = here.counts[-1].sum() * (likelihood.prior(parameters) @ score**2)
        updated[-1] += np.clip(here.gradient[-1] / spread, -0.5, 0.5)
    return updated


def _guarded(likelihood: Likelihood, old: Floats, step: Floats, counts: Floats) -> Floats:
    """The step (m, p), halved for the items whose expected log-likelihood it would not raise."""

    def expected(parameters: Floats) -> Floats:
        logs = likelihood.model.log_probabilities(parameters, likelihood.points)
        return np.where(np.isfinite(logs).all((1, 2)), (counts * logs).sum((1, 2)), -np.inf)

    before = expected(old)
    for _ in range(HALVINGS):
        worse = expected(old + step) < before - 1e-9 * abs(before)
        if not worse.any():
            break
        step = np.where(worse[:, None], step / 2, step)
    return old + np.where(worse[:, None], 0, step)


def _newton(
    likelihood: Likelihood, parameters: Floats, done: int, max_iterations: int, here: Pass | None = None
) -> Estimate:
    """Newton's method; where the information is not positive definite, EM goes on instead.

    Close to the maximum of a large set the information hardly changes and is not computed anew.
    """
    from scipy.linalg import cho_solve

    kind, near = (np.float64, TOLERANCE) if here is None else (np.float32, CLOSE)
    here = here or likelihood.run(parameters)
    factor = None
    while True:
        moved = False
        factor = factor or _factor(information(likelihood, parameters, here.counts, kind))
        if factor is not None:
            step = cho_solve(factor, here.gradient)
            gain = float(here.gradient @ step)
            if gain < TOLERANCE:
                covariance = cho_solve(factor, np.eye(likelihood.size))
                _check_determined(likelihood, covariance)
                return Estimate(parameters + step, covariance, here.loglik, done)
            parameters, here, moved = _line(likelihood, parameters, step, here)
            done += 1
            factor = factor if moved and gain < near else None
        if factor is None and not moved:
            parameters = _em(likelihood, parameters, MORE)
            here, done = likelihood.run(parameters), done + MORE
        if done >= max_iterations or abs(parameters).max() > WILD:
            raise _lost(likelihood, parameters, done)


def _check_determined(likelihood: Likelihood, covariance: Floats) -> None:
    """An error beyond any sense is no error: the answers do not determine the parameter. Raises NOT_DETERMINED."""
    of_items = likelihood.size - (not likelihood.model.free_slope)  # then the last one is the variance of people
    errors = np.sqrt(np.diag(covariance)[:of_items])
    if not errors.max() < BEYOND_SENSE:
        raise refused(FitCode.NOT_DETERMINED, item_number=_item_of(likelihood, errors))


def _factor(matrix: Floats) -> tuple[Floats, bool] | None:
    from scipy.linalg import LinAlgError, cho_factor

    try:
        factor: tuple[Floats, bool] = cho_factor(matrix, lower=True)
    except (LinAlgError, ValueError):
        return None
    return factor


def _line(likelihood: Likelihood, parameters: Floats, step: Floats, here: Pass) -> tuple[Floats, Pass, bool]:
    """The longest of step, step/2 … that raises the likelihood."""
    for _ in range(HALVINGS):
        there = likelihood.run(parameters + step)
        if np.isfinite(there.loglik) and there.loglik > here.loglik - 1e-9:
            return parameters + step, there, True
        step = step / 2
    return parameters, here, False


def _lost(likelihood: Likelihood, parameters: Floats, done: int) -> Exception:
    return refused(FitCode.NOT_CONVERGED, iterations=done, item_number=_item_of(likelihood, abs(parameters)))


def _item_of(likelihood: Likelihood, sizes: Floats) -> int:
    """The item with the largest of what is given for each parameter."""
    worst = int(np.searchsorted(likelihood.starts, int(sizes.argmax()), side="right")) - 1
    return min(worst, likelihood.design.n_items - 1)
