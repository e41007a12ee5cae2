"""The only place that rounds for people: pages, workbooks, papers, letters and commands take their figures from here.

Halves go away from zero, a figure is rounded once (``engines.figures``). A test forbids rounding elsewhere
(``tests/core/test_figures.py``). Templates have them as filters (``templating``).
"""

from collections.abc import Sequence
from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from traektoria.engines.disclosure import MINIMUM
from traektoria.engines.figures import (
    Number,
    exact,
    mean_interval,
    percent_of,
    places_of,
    rounded,
    whole,
    wilson,
)  # fmt: skip

__all__ = [
    "DASH", "MEGABYTE", "Number", "exact", "figure", "file_size", "in_tens", "interval", "mean_interval", "percent",
    "percent_of", "places_of", "rounded", "share_interval", "shortest", "signed", "whole", "wilson",
]  # fmt: skip

NBSP = "\xa0"
DASH = "–"
MINUS = "\u2212"
TEN = 10
_GROUPED_FROM = 10_000
_KILOBYTE, MEGABYTE = 1_000, 1_000_000


def figure(value: Number | None, places: int = 0, language: str | None = None) -> str:
    """«24 933» or «3,31»; a dash where there is no figure. ``language``: of the moment, where it is known already; to
    ask for it is dearer than a figure, so a table asks once."""
    return DASH if value is None else _text(value, places, language or get_language())


@lru_cache(maxsize=8192, typed=True)
def _text(value: Number, places: int, _language: str | None) -> str:
    """Numbers of the language. A table says the same few hundred figures again and again."""
    number = rounded(value, places)
    # number_format cuts digits off: it gets what is rounded already
    text = number_format(number, decimal_pos=places, use_l10n=True, force_grouping=abs(number) >= _GROUPED_FROM)
    return text.replace("-", MINUS)


def shortest(value: Number | None, most: int | str = 2, language: str | None = None) -> str:
    """«2,5», «2»: points, with digits after the comma only where they say something."""
    if value is None:
        return DASH
    return figure(value, places_of(rounded(value, int(most)).normalize()), language)


def percent(value: Number | None, places: int | str = 2, language: str | None = None) -> str:
    """«46,18 %» from 46.18 (percents, not a share); a dash where there is no figure."""
    if value is None:
        return DASH
    return f"{figure(value, int(places), language)}{NBSP}%"


def interval(ends: Sequence[Number | None], places: int = 0) -> str:
    """«35–62»; "" where there is none."""
    low, high = ends
    return "" if low is None or high is None else f"{figure(low, places)}{DASH}{figure(high, places)}"


def share_interval(share: float, n: float) -> tuple[float, float]:
    """The ends of the 95 % interval of a share, in per cent."""
    low, high = wilson(share, n)
    return 100 * low, 100 * high


def signed(value: Number) -> str:
    """«−16», «+3», «0»."""
    text = figure(value)
    return text if text == "0" or text.startswith(MINUS) else f"+{text}"


def in_tens(number: int, language: str | None = None) -> str:
    """«от 20» for 24; "" for fewer than the least group, which is itself said where the ten below it is smaller. Two
    looks at such a number differ by ten or not at all."""
    tens = max(number // TEN * TEN, MINIMUM)
    return _in_tens(tens, language or get_language()) if number >= MINIMUM else ""


@lru_cache(maxsize=256)
def _in_tens(tens: int, language: str | None) -> str:
    return _("%(n)s and more") % {"n": figure(tens, 0, language)}


def file_size(size: int) -> str:
    """«12,5 МБ», «640 КБ»."""
    if size >= MEGABYTE:
        return _("%(n)s MB") % {"n": shortest(size / MEGABYTE, 1)}
    return _("%(n)s KB") % {"n": figure(max(size / _KILOBYTE, 1))}
