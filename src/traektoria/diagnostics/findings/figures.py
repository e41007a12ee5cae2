"""Figures of conclusions in words: shares, chances, points."""

from django.utils.translation import gettext as _

from traektoria.core.figures import Number, figure, percent, shortest


def expected_words(share: float, low: float, high: float) -> str:
    """«48 % (от 35 до 62)»."""
    values = {"share": percent(share, 0), "low": figure(low), "high": figure(high)}
    return _("%(share)s (from %(low)s to %(high)s)") % values


def chance(probability: float) -> str:
    """A probability in per cent; never quite 0 or 100."""
    return percent(min(max(probability, 1), 99), 0)


def points_of(points: Number, most: Number) -> str:
    """«2 из 5 баллов», «2,5 из 5 баллов»."""
    return _("%(points)s of %(most)s points") % {"points": shortest(points), "most": shortest(most)}
