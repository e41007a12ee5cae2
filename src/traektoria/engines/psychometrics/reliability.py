"""Figures of the whole test on people who answered everything: alpha and its kin, error of measurement."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from .arrays import Floats


@dataclass(frozen=True)
class Reliability:
    """`kr20` and `kr21` only for right/wrong items; None also where a figure does not exist (no variance)."""

    n_complete: float
    n_items: int
    total_mean: float
    total_sd: float
    total_min: float
    total_max: float
    alpha: float | None
    alpha_low: float | None
    alpha_high: float | None
    standardised_alpha: float | None
    kr20: float | None
    kr20_sample: float | None
    kr21: float | None
    lambda6: float | None
    mean_inter_item_r: float | None
    split_half: float | None
    sem: float | None


def covariance(values: Floats, weights: Floats) -> Floats:
    """Covariances (items, items) with n − 1 below; weights count as numbers of people."""
    total = weights.sum()
    centred = values - weights @ values / total
    result: Floats = (centred * weights[:, None]).T @ centred / (total - 1)
    return result


def reliability(values: Floats, weights: Floats) -> Reliability:
    """`values` (persons, items) without missing answers, at least two people."""
    table = covariance(values, weights)
    totals, n = values.sum(1), float(weights.sum())
    variance, items = float(table.sum()), values.shape[1]
    alpha = cronbach(table)
    low, high = feldt(alpha, n, items)
    correlations = correlate(table)
    right_wrong = bool(np.isin(values, (0.0, 1.0)).all()) and alpha is not None
    return Reliability(
        n_complete=n,
        n_items=items,
        total_mean=float(weights @ totals / n),
        total_sd=sqrt(variance),
        total_min=float(totals.min()),
        total_max=float(totals.max()),
        alpha=alpha,
        alpha_low=low,
        alpha_high=high,
        standardised_alpha=None if correlations is None else cronbach(correlations),
        kr20=alpha if right_wrong else None,
        kr20_sample=_kr20_sample(table, n) if right_wrong else None,
        kr21=_kr21(float(weights @ totals / n), variance * (n - 1) / n, items) if right_wrong else None,
        lambda6=None if correlations is None else lambda6(correlations),
        mean_inter_item_r=None if correlations is None else _mean_off_diagonal(correlations),
        split_half=_split_half(table),
        sem=None if alpha is None else sqrt(variance * max(0.0, 1 - alpha)),
    )


def cronbach(table: Floats) -> float | None:
    """Alpha of a covariance matrix; None without variance or with one item."""
    items, variance = len(table), float(table.sum())
    if items < 2 or variance <= 1e-12:
        return None
    return float(items / (items - 1) * (1 - np.trace(table) / variance))


def correlate(table: Floats) -> Floats | None:
    """Correlations of a covariance matrix; None if an item does not vary."""
    spreads = np.sqrt(np.diag(table))
    if (spreads < 1e-12).any():
        return None
    result: Floats = table / spreads / spreads[:, None]
    return result


def feldt(alpha: float | None, n: float, items: int) -> tuple[float | None, float | None]:
    """95 % interval of alpha (Feldt 1965): (1 − α)·F with n − 1 and (n − 1)(k − 1) degrees of freedom."""
    from scipy.special import fdtri

    if alpha is None:
        return None, None
    df = n - 1, (n - 1) * (items - 1)
    return 1 - (1 - alpha) * float(fdtri(*df, 0.975)), 1 - (1 - alpha) * float(fdtri(*df, 0.025))


def lambda6(correlations: Floats) -> float | None:
    """Guttman's λ6 (1945) from squared multiple correlations; None if an item is a copy of others."""
    if np.linalg.cond(correlations) > 1e10:
        return None
    uniqueness = 1 / np.diag(np.linalg.inv(correlations))
    return float(1 - uniqueness.sum() / correlations.sum())


def _kr20_sample(table: Floats, n: float) -> float:
    """KR-20 with p·q over the sample variance of totals: the convention that is a little larger."""
    items = len(table)
    return float(items / (items - 1) * (1 - np.trace(table) * (n - 1) / n / table.sum()))


def _kr21(mean: float, variance: float, items: int) -> float:
    return items / (items - 1) * (1 - mean * (items - mean) / (items * variance))


def _mean_off_diagonal(correlations: Floats) -> float:
    items = len(correlations)
    return float((correlations.sum() - items) / (items * (items - 1)))


def _split_half(table: Floats) -> float | None:
    """Odd against even items, stepped up by Spearman–Brown."""
    odd, even = np.arange(0, len(table), 2), np.arange(1, len(table), 2)
    spread = sqrt(max(0.0, float(table[np.ix_(odd, odd)].sum() * table[np.ix_(even, even)].sum())))
    if spread < 1e-12:
        return None
    r = float(table[np.ix_(odd, even)].sum()) / spread
    return 2 * r / (1 + r) if r > -1 else None
