"""Student's t distribution from the standard library: a probability and a quantile, enough for Welch's comparison."""

from math import exp, inf, lgamma, log, log1p

_TINY = 1e-300


def lower_tail(t: float, df: float) -> float:
    """Return P(T ≤ t) for `df` degrees of freedom (any positive number). Absolute error below 1e-12."""
    if t == 0:
        return 0.5
    tail = 0.5 * _incomplete_beta(df / (df + t * t), df / 2, 0.5)
    return tail if t < 0 else 1 - tail


def quantile(p: float, df: float) -> float:
    """Return t with P(T ≤ t) = `p`, 0.5 ≤ p < 1, by bisection."""
    low, high = 0.0, 1.0
    while lower_tail(high, df) < p:
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if lower_tail(middle, df) < p else (low, middle)
    return (low + high) / 2


def _incomplete_beta(x: float, a: float, b: float) -> float:
    """Regularised incomplete beta function I_x(a, b) by Lentz's continued fraction (Numerical Recipes, 6.4)."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1 / _nonzero(1 - (a + b) * x / (a + 1))
    value, previous = d, inf
    m = 0
    while abs(value - previous) > 1e-15 * abs(value) and m < 500:
        previous = value
        m += 1
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for step in (even, odd):
            d = 1 / _nonzero(1 + step * d)
            c = _nonzero(1 + step / c)
            value *= c * d
    return value


def _nonzero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
