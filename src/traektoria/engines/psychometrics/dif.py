"""Differential item functioning by Mantel and Haenszel: is an item harder for one group at the same total score?

Matched on the total score with the studied item; strata with both groups only (Holland & Thayer 1988). An odds ratio
above 1 favours the reference group. Classes A, B, C are those of ETS (Zwick & Ercikan 1989).
"""

from dataclasses import dataclass
from enum import StrEnum
from math import log, sqrt

import numpy as np

from .arrays import Floats

SCALE = -2.35
CONTINUITY = 0.5
SMALL, BIG = 1.0, 1.5
CRITICAL = 0.05


class EtsClass(StrEnum):
    """A: negligible, B: moderate, C: large."""

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True)
class Dif:
    """`delta` = −2.35·ln(odds ratio), `se` its standard error. `chi2` has the continuity correction as in R: none for a
    shift below 0.5.
    """

    chi2: float
    p_value: float
    odds_ratio: float
    delta: float
    se: float
    ets: EtsClass


def mantel_haenszel(right: Floats, focal: Floats, weights: Floats) -> tuple[Dif | None, ...]:
    """`right` (persons, items) 0/1 without missing answers, `focal` (persons,) 0/1. None where no stratum compares."""
    strata, place = np.unique(right.sum(1), return_inverse=True)
    tables = np.zeros((2, len(strata), right.shape[1]))
    sizes = np.zeros((2, len(strata), 1))
    for group in (0, 1):
        inside = np.where(focal == group, weights, 0)
        np.add.at(tables[group], place, right * inside[:, None])
        np.add.at(sizes[group], place, inside[:, None])
    both = (sizes > 0).all((0, 2))
    rights, sizes = tables[:, both], sizes[:, both]
    return tuple(_item(rights[0, :, i], rights[1, :, i], sizes[0, :, 0], sizes[1, :, 0]) for i in range(right.shape[1]))


def _item(right: Floats, focal_right: Floats, reference: Floats, focal: Floats) -> Dif | None:
    """All four (strata,): right answers and people of the reference and of the focal group."""
    from scipy.special import chdtrc

    total = reference + focal
    wrong, focal_wrong = reference - right, focal - focal_right
    over = float((right * focal_wrong / total).sum())
    under = float((wrong * focal_right / total).sum())
    all_right = right + focal_right
    variance = float(
        (reference * focal * all_right * (total - all_right) / np.maximum(total**2 * (total - 1), 1e-12)).sum()
    )
    if min(over, under, variance) <= 0:
        return None
    shift = abs(float((right - reference * all_right / total).sum()))
    chi2 = (shift - CONTINUITY * (shift >= CONTINUITY)) ** 2 / variance
    delta, error = SCALE * log(over / under), abs(SCALE) * _log_error(right, wrong, focal_right, focal_wrong, total)
    p_value = float(chdtrc(1, chi2))
    return Dif(chi2, p_value, over / under, delta, error, _ets(delta, error, p_value))


def _log_error(a: Floats, b: Floats, c: Floats, d: Floats, total: Floats) -> float:
    """Standard error of the logarithm of the odds ratio (Robins, Breslow & Greenland 1986)."""
    p, q, r, s = (a + d) / total, (b + c) / total, a * d / total, b * c / total
    over, under = r.sum(), s.sum()
    variance = (p * r).sum() / over**2 + (p * s + q * r).sum() / (over * under) + (q * s).sum() / under**2
    return sqrt(float(variance) / 2)


def _ets(delta: float, error: float, p_value: float) -> EtsClass:
    from scipy.special import ndtri

    if abs(delta) < SMALL or p_value >= CRITICAL:
        return EtsClass.A
    surely = (abs(delta) - SMALL) / error > float(ndtri(1 - CRITICAL))
    return EtsClass.C if abs(delta) >= BIG and surely else EtsClass.B
