"""The Rasch model by conditional maximum likelihood: difficulties without any assumption about the people.

Given a person's score, the answers depend on the items alone (Rasch 1960; Andersen 1972). People with the lowest or
the highest score carry no information and are set aside; missing answers only change which items a score is over.
Difficulties add up to 0, as in eRm.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import chdtrc

from .arrays import Codes, Floats, Ints
from .design import MISSING
from .errors import Code, refused
from .scorecounts import ScoreCounts, count_scores

MOST_ITEMS = 400
TOLERANCE = 1e-10
SETS = 100
HALVINGS = 30


@dataclass(frozen=True)
class Conditional:
    """Difficulties and their covariance (items,), (items, items); the conditional log-likelihood.

    `n_used` is the weight of the people with an informative score, `people` their number.
    """

    difficulties: Floats
    covariance: Floats
    loglik: float
    n_used: float
    people: int
    iterations: int


@dataclass(frozen=True)
class Andersen:
    """Likelihood-ratio test of equal difficulties below and above the median score. `split_score` is the median."""

    statistic: float
    df: int
    p_value: float
    split_score: float


def fit_conditional(codes: Codes, weights: Floats, max_iterations: int, *, errors: bool = True) -> Conditional:
    """`codes` (persons, items) 0/1, −1 missing. Newton's method; raises ILL_CONDITIONED, NOT_CONVERGED.

    Without `errors` the covariance may be of a sample of the sets of answered items.
    """
    if codes.shape[1] > MOST_ITEMS:
        raise refused(Code.TOO_MANY_ITEMS, n=codes.shape[1], limit=MOST_ITEMS)
    used = informative(codes)
    if not used.any():
        raise refused(Code.NO_INFORMATIVE_PERSON)
    codes, weights = codes[used], weights[used]
    _check_connected(codes)
    found = _maximise(count_scores(codes, weights), max_iterations, errors=errors)
    return replace(found, n_used=float(weights.sum()), people=len(codes))


def informative(codes: Codes) -> Ints:
    """Persons (a boolean for each) with neither the lowest nor the highest score over their answered items."""
    answered = (codes != MISSING).sum(1)
    scores = (codes == 1).sum(1)
    result: Ints = (scores > 0) & (scores < answered)
    return result


def _check_connected(codes: Codes) -> None:
    """Estimates exist only if no set of items always beats the rest (Fischer 1981): «a right, b wrong» must connect."""
    wins = ((codes == 1).astype(float).T @ (codes == 0).astype(float)) > 0
    reach = wins | np.eye(len(wins), dtype=bool)
    for _ in range(max(1, len(wins).bit_length())):
        reach = (reach.astype(float) @ reach.astype(float)) > 0
    if not reach.all():
        raise refused(Code.ILL_CONDITIONED, item_number=int((reach & reach.T).sum(1).argmin()))


def _maximise(counts: ScoreCounts, max_iterations: int, *, errors: bool) -> Conditional:
    """Newton's method; with many sets of answered items the information is of a sample of them until the end."""
    every = max(1, counts.sets // SETS)
    beta = counts.start()
    loglik, gradient = counts.value(beta)
    covariance = _centred_inverse(counts.information(beta, every))
    for done in range(1, max_iterations + 1):
        step = covariance @ gradient
        gain = float(gradient @ step)
        if gain < TOLERANCE:
            if errors and every > 1:
                covariance = _centred_inverse(counts.information(beta))
            return Conditional(beta + step, covariance, loglik, 0.0, 0, done)
        beta, loglik, gradient = _climb(counts, beta, step, loglik)
        if every == 1 or gain > 1:
            covariance = _centred_inverse(counts.information(beta, every))
    raise refused(Code.NOT_CONVERGED, iterations=max_iterations, item_number=int(abs(beta).argmax()))


def _climb(counts: ScoreCounts, beta: Floats, step: Floats, loglik: float) -> tuple[Floats, float, Floats]:
    """The longest of step, step/2 … that does not lower the likelihood."""
    for _ in range(HALVINGS):
        there, gradient = counts.value(beta + step)
        if there > loglik - 1e-9:
            break
        step = step / 2
    return beta + step, there, gradient


def _centred_inverse(information: Floats) -> Floats:
    """Inverse under Σ b = 0: the information has the vector of ones in its null space, which is filled in and out."""
    items = len(information)
    scale = np.trace(information) / items
    ones = np.full((items, items), 1 / items)
    inverse: Floats = np.linalg.inv(information + scale * ones) - ones / scale
    return inverse


def andersen(codes: Codes, weights: Floats, whole: Conditional, max_iterations: int) -> Andersen | None:
    """Andersen's test (1973), split at the median score over all people, low ≤ median < high.

    None where a half cannot be fitted on its own: answers are missing, or an item is constant in it.
    """
    if (codes == MISSING).any():
        return None
    scores = codes.sum(1)
    middle = float(np.median(scores))
    halves = [scores <= middle, scores > middle]
    try:
        fits = [_half(codes[half], weights[half], max_iterations) for half in halves]
    except _Constant:
        return None
    statistic = 2 * (sum(fit.loglik for fit in fits) - whole.loglik)
    df = codes.shape[1] - 1
    return Andersen(statistic, df, float(chdtrc(df, max(statistic, 0.0))), middle)


class _Constant(Exception):
    """An item is constant among some of the people."""


def _half(codes: Codes, weights: Floats, max_iterations: int) -> Conditional:
    shares = codes[informative(codes)]
    if not len(shares) or (shares.mean(0) % 1 == 0).any():
        raise _Constant
    try:
        return fit_conditional(codes, weights, max_iterations)
    except Exception as refusal:
        raise _Constant from refusal
