"""Figures as people read them: rounded once, from the exact number, a half away from zero as offices do.

Whatever rounds for people rounds here, by ``core.figures`` where words of a language are needed
(docs/adr/0030-figures-versions-and-days.md). Nothing that was rounded for people is computed with again.
"""

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from math import sqrt

Z95 = 1.959963984540054
Number = int | float | Decimal | Fraction

_MANY = Context(prec=60, rounding=ROUND_HALF_UP)
_SURE = 12
"""So many digits of a float are meant; what follows is noise of the binary system: 100 × 0.575 is 57.5."""


def exact(value: Number) -> Decimal:
    """The number that is meant."""
    if isinstance(value, float):
        return Decimal(f"{value:.{_SURE}g}")
    if isinstance(value, Fraction):
        return _MANY.divide(Decimal(value.numerator), Decimal(value.denominator))
    return Decimal(str(value))


def rounded(value: Number, places: int = 0) -> Decimal:
    """To so many digits after the point (or, where ``places`` is negative, before it); never a negative zero."""
    return exact(value).quantize(Decimal(1).scaleb(-places), context=_MANY) + 0


def places_of(value: Decimal) -> int:
    """How many digits the number has after the point."""
    return max(0, -int(value.as_tuple().exponent))


def whole(value: Number) -> int:
    """The nearest whole number."""
    return int(rounded(value))


def percent_of(part: int, total: int, places: int = 2) -> Decimal:
    """``part`` of a positive ``total`` in per cent: by whole numbers, so exact."""
    scale = 10**places
    return Decimal((part * 200 * scale + total) // (2 * total)).scaleb(-places)


def wilson(share: float, n: float) -> tuple[float, float]:
    """The 95 % interval of a share seen among ``n``, inside 0–1 (Wilson 1927; Brown, Cai, DasGupta 2001)."""
    prior = Z95**2 / n
    middle, half = share + prior / 2, sqrt(max(share * (1 - share), 0.0) * prior + prior**2 / 4)
    return max((middle - half) / (1 + prior), 0.0), min((middle + half) / (1 + prior), 1.0)


def mean_interval(share: float, n: int, variance: float) -> tuple[float, float]:
    """The same of the mean share of points. ``variance``: of the shares seen, the squares divided by ``n``.

    Several points carry more information than one: n is raised by the ratio of p(1−p) to the variance, steadied by
    z² people of variance p(1−p), so that a class where all scored alike does not pretend to be certain. Of a task of
    one point it is Wilson's interval itself.
    """
    bound, prior = share * (1 - share), Z95**2
    return wilson(share, n * bound * (n + prior) / (n * variance + prior * bound) if bound > 0 else float(n))


def written(value: Number, places: int = 0, decimal: str = ",") -> str:
    """«3,31», «−0,50»: where no language is at hand."""
    return f"{rounded(value, places):f}".replace(".", decimal).replace("-", "\u2212")


def shortest(value: Number, most: int, decimal: str = ",") -> str:
    """«2,5», «2»: at most so many digits after the point, without idle zeros."""
    text = written(value, most, decimal)
    return text.rstrip("0").removesuffix(decimal) if decimal in text else text
