"""Figures as they are published: per cents to two digits, intervals of a mean share. Pages round no other figures."""

from decimal import Decimal

from traektoria.engines.figures import mean_interval, percent_of, rounded


def percent(part: int, whole: int) -> Decimal | None:
    """``part`` of ``whole`` in per cent; None when there is no whole. Exact: integers only."""
    return None if whole == 0 else percent_of(part, whole)


def share_interval(n: int, total: int, squares: int, maximum: int) -> tuple[Decimal, Decimal] | None:
    """The 95 % interval of the mean score of ``n`` pupils, in per cent of ``maximum``; None without pupils.

    ``total`` and ``squares`` are the sums of the scores and of their squares. The pupils are taken as independent;
    nothing is claimed about the school as a sample of schools.
    """
    if n == 0:
        return None
    share = total / (n * maximum)
    low, high = mean_interval(share, n, max(squares / (n * maximum**2) - share * share, 0.0))
    return rounded(100 * low, 2), rounded(100 * high, 2)
