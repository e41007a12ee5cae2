"""The Rasch model by conditional maximum likelihood: difficulties without any assumption about the people.

Given a person's score, the answers depend on the items alone (Rasch 1960; Andersen 1972). People with the lowest or
the highest score carry no information and are set aside; missing answers only change which items a score is over.
Difficulties add up to 0, as in eRm.
"""

from dataclasses import dataclass, replace

import numpy as np

from .arrays import Bools, Codes, Floats, Ints
from .design import MISSING
from .errors import FitCode, FitRefused, refused
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
    """Likelihood-ratio test of equal difficulties below and above the median score.

    `split_score` is the median (of those who answered everything), `left_out` are the places of the items that one of
    the halves says nothing about; whole and halves are estimated without them, as in eRm.
    """

    statistic: float
    df: int
    p_value: float
    split_score: float
    left_out: tuple[int, ...] = ()


def fit_conditional(codes: Codes, weights: Floats, max_iterations: int, *, errors: bool = True) -> Conditional:
    """`codes` (persons, items) 0/1, −1 missing. Newton's method; raises ILL_CONDITIONED, NOT_CONVERGED.

    Without `errors` the covariance may be of a sample of the sets of answered items.
    """
    if codes.shape[1] > MOST_ITEMS:
        raise refused(FitCode.TOO_MANY_ITEMS, n=codes.shape[1], limit=MOST_ITEMS)
    used = informative(codes)
    if not used.any():
        raise refused(FitCode.NO_INFORMATIVE_PERSON)
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
        raise refused(FitCode.ILL_CONDITIONED, item_number=int((reach & reach.T).sum(1).argmin()))


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
    raise refused(FitCode.NOT_CONVERGED, iterations=max_iterations, item_number=int(abs(beta).argmax()))


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
    """Andersen's test (1973), split at the median score over all people, low ≤ median < high; with missing answers at
    the median of those who answered the same items.

    An item that everybody in a half has right, or wrong, or that nobody there has answered, is left out of all three
    estimates, as eRm does. None where fewer than two items remain, or a half can't be fitted on its own.
    """
    from scipy.special import chdtrc

    low, middle = _lower_half(codes)
    halves = [low, ~low]
    left_out = sorted({place for half in halves for place in _silent(codes[half])})
    kept = [place for place in range(codes.shape[1]) if place not in left_out]
    if len(kept) < 2:
        return None
    try:
        fits = [fit_conditional(codes[half][:, kept], weights[half], max_iterations) for half in halves]
        if left_out:
            whole = fit_conditional(codes[:, kept], weights, max_iterations)
    except (FitRefused, np.linalg.LinAlgError):
        return None
    statistic = 2 * (sum(fit.loglik for fit in fits) - whole.loglik)
    df = len(kept) - 1
    return Andersen(statistic, df, float(chdtrc(df, max(statistic, 0.0))), middle, tuple(left_out))


def _lower_half(codes: Codes) -> tuple[Bools, float]:
    """Who is in the lower half (persons,), and the median of those who answered everything (of all, if nobody did)."""
    answered = codes != MISSING
    scores = (codes == 1).sum(1)
    _sets, member = np.unique(answered, axis=0, return_inverse=True)
    member = member.reshape(-1)
    medians = np.array([np.median(scores[member == one]) for one in range(member.max() + 1)])
    complete = answered.all(1)
    low: Bools = scores <= medians[member]
    return low, float(np.median(scores[complete] if complete.any() else scores))


def _silent(codes: Codes) -> list[int]:
    """Items without a right and a wrong answer among these people, then among those of them whose score informs."""
    silent: set[int] = set()
    used = np.ones(len(codes), np.bool_)
    while True:
        kept = [place for place in range(codes.shape[1]) if place not in silent]
        here = codes[used][:, kept]
        both = (here == 1).any(0) & (here == 0).any(0)
        if both.all():
            if used.sum() == informative(codes[:, kept]).sum() or not kept:
                return sorted(silent)
            used = np.asarray(informative(codes[:, kept]), np.bool_)
            continue
        silent |= {place for place, speaks in zip(kept, both, strict=True) if not speaks}
