"""Figures as they are published: percentages rounded half up, intervals of a mean share."""

from decimal import Decimal
from math import floor, sqrt

Z95 = 1.959963984540054


def percent(part: int, whole: int) -> Decimal | None:
    """Return `part` of `whole` in per cent to two digits, half up; None when there is no whole.

    Exact: integers only.
    """
    if whole == 0:
        return None
    return share(part, whole)


def share(part: int, whole: int) -> Decimal:
    """Return the same of a whole known to be positive, as that of every group met in a table is."""
    return Decimal((part * 20000 + whole) // (2 * whole)).scaleb(-2)


def rounded(value: float) -> Decimal:
    """Return a per cent computed in floating point (an interval's end) to two digits, half up."""
    return Decimal(floor(value * 100 + 0.5)).scaleb(-2)


def share_interval(n: int, total: int, squares: int, maximum: int) -> tuple[Decimal, Decimal] | None:
    """Return the 95 % interval of the mean score of `n` pupils, in per cent of `maximum`; None without pupils.

    `total` and `squares` are the sums of the scores and of their squares. For a task of one point this is Wilson's
    interval (Wilson 1927; recommended by Brown, Cai, DasGupta 2001), which stays inside 0–100 and behaves for small
    classes. Several points carry more information than one: n is raised by the ratio of p(1−p) to the variance seen,
    the latter steadied by z² pupils of variance p(1−p), so that a class where all scored alike does not pretend to be
    certain. The pupils are taken as independent; nothing is claimed about the school as a sample of schools.
    """
    if n == 0:
        return None
    p = total / (n * maximum)
    bound, prior = p * (1 - p), Z95**2
    variance = max(squares / (n * maximum**2) - p * p, 0.0)
    effective = n * bound * (n + prior) / (n * variance + prior * bound) if bound > 0 else float(n)
    centre = (p + prior / (2 * effective)) / (1 + prior / effective)
    half = Z95 * sqrt(bound / effective + prior / (4 * effective**2)) / (1 + prior / effective)
    return rounded(100 * max(centre - half, 0.0)), rounded(100 * min(centre + half, 1.0))
