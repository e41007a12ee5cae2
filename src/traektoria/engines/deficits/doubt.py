"""How probable it is that a difference is none: with tails in which a few odd schools and classes are nothing unusual.

What differs between schools and classes follows no law that a file could show: a few may lie far off for reasons of
their own. So two laws of the same variance are tried for this part of an error, the normal one and Student's with `DF`
degrees of freedom (the heaviest of whole degrees that has a variance), and the one that doubts more decides; the chance
of pupils is normal. Student's law is a mixture of normal ones whose precision follows χ²/df (Andrews & Mallows 1974),
so the sum of both parts is a mixture too, and is summed over parts (`_EDGES`) of the law of precision.

With such tails a difference far out of the error does not count for more and more: a school 40 points below the others
is an odd school rather than a teacher who differs by 15 (O'Hagan 1979).
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import erf, exp, pi, sqrt

DF = 3
_EDGES = (0.0, 1e-5, 1e-4, 5e-4, 2e-3, 6e-3, 0.015, 0.035, 0.07, 0.12, 0.2, 0.3, 0.42, 0.55, 0.7, 0.85, 1.0)
"""Parts of the law of precision, narrow where it is small: there the tails come from."""


NORMAL = ((1.0, 1.0),)
Law = Sequence[tuple[float, float]]
"""Precisions of normal laws with variance 1 and less, and the weight of each."""


def doubt(difference: float, lower: Sequence[float], pupils: float, odd: float, share: float) -> float:
    """Probability that nothing differs, where a `share` of all does: by each of `lower` (≥ 0) as often.

    `difference` and `lower` are on one scale; `pupils` and `odd` are variances on it, of the chance of pupils and of
    schools and classes. Of the two laws for these the one that doubts more decides.
    """
    return max(_doubt(difference, lower, pupils, odd, share, law) for law in (NORMAL, _heavy()))


def carries(difference: float, lower: Sequence[float], pupils: float, odd: float, share: float, most: float) -> bool:
    """The doubt is `most` or less: as `doubt`, without the second law where the first says no."""
    return all(_doubt(difference, lower, pupils, odd, share, law) <= most for law in (NORMAL, _heavy()))


def _doubt(difference: float, lower: Sequence[float], pupils: float, odd: float, share: float, law: Law) -> float:
    without = density(difference, pupils, odd, law)
    with_it = sum(density(difference + one, pupils, odd, law) for one in lower) / len(lower)
    odds = share / (1 - share)
    return without / (without + odds * with_it) if without + with_it else 1.0


def density(place: float, pupils: float, odd: float, law: Law) -> float:
    """Of the sum of both parts at `place`."""
    found = 0.0
    for precision, weight in law:
        variance = pupils + odd / precision
        found += weight * exp(-place * place / (2 * variance)) / sqrt(2 * pi * variance)
    return found


@lru_cache(1)
def _heavy() -> Law:
    """Student's, scaled to variance 1: precision in the middle of each part, and the weight of the part."""
    parts = pairwise(_EDGES)
    return tuple((_precision((low + high) / 2) * DF / (DF - 2), high - low) for low, high in parts)


def _precision(p: float) -> float:
    """Quantile of χ²/3 with three degrees of freedom, by bisection."""
    low, high = 0.0, 60.0
    for _ in range(80):
        middle = (low + high) / 2
        below = erf(sqrt(middle / 2)) - sqrt(2 * middle / pi) * exp(-middle / 2)
        low, high = (middle, high) if below < p else (low, middle)
    return (low + high) / 2 / DF


def level(p_values: Sequence[float], q: float) -> float:
    """Return the level up to which Benjamini–Hochberg rejects at `q`; −1 when it rejects none."""
    levels = [(p, q * rank / len(p_values)) for rank, p in enumerate(sorted(p_values), 1)]
    return max((allowed for p, allowed in levels if p <= allowed), default=-1.0)
