"""From a vector of estimates and its covariance to the parameters of each item."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from .arrays import Floats
from .itemmodels import Graded
from .likelihood import Likelihood


@dataclass(frozen=True)
class Figures:
    """Slope, intercepts and thresholds of one item with their standard errors; `b` is the mean of the thresholds."""

    a: float
    se_a: float | None
    d: Floats
    se_d: Floats
    thresholds: Floats
    se_thresholds: Floats
    b: float
    se_b: float


def figures(likelihood: Likelihood, estimates: Floats, covariance: Floats) -> list[Figures]:
    """One for each item, in order. Standard errors of thresholds are by the delta method."""
    starts = likelihood.starts
    return [
        _figures(likelihood, estimates[first:last], covariance[first:last, first:last])
        for first, last in pairwise(starts)
    ]


def _figures(likelihood: Likelihood, own: Floats, covariance: Floats) -> Figures:
    free = likelihood.model.free_slope
    a, d = (float(own[0]), own[1:]) if free else (1.0, own)
    differences = _differences(len(d), graded=isinstance(likelihood.model, Graded))
    thresholds = differences @ d / a
    jacobian = differences / a
    if free:
        jacobian = np.hstack([-thresholds[:, None] / a, jacobian])
    spread = jacobian @ covariance @ jacobian.T
    errors = np.sqrt(np.diag(covariance))
    return Figures(
        a=a,
        se_a=float(errors[0]) if free else None,
        d=d,
        se_d=errors[int(free) :],
        thresholds=thresholds,
        se_thresholds=np.sqrt(np.diag(spread)),
        b=float(thresholds.mean()),
        se_b=float(np.sqrt(spread.mean())),
    )


def _differences(number: int, *, graded: bool) -> Floats:
    """Thresholds times slope from intercepts: −d_k for graded response, d_{k−1} − d_k for partial credit."""
    minus = -np.eye(number)
    return minus if graded else minus + np.eye(number, k=-1)
