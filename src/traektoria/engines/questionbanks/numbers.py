"""Numbers as people write them, exactly: decimals of answers, weights in percent, scores."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

_NUMBER = re.compile(r"[+-]?(?:\d{1,30}(?:[.,]\d{0,30})?|[.,]\d{1,30})(?:[eE][+-]?\d{1,2})?")
_GROUPS = re.compile(r"(?<=\d)[ \u00a0\u2000-\u200a\u202f\u205f](?=\d{3}(?!\d))")
_SIGNED = re.compile(r"^([+-])\s+(?=[\d.,])")
MINUSES: Final = "−–—‐‑‒―﹣－"
INVISIBLE: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_MINUS: Final = str.maketrans(MINUSES, "-" * len(MINUSES))
_REPEATING: Final = (3, 6, 7, 9, 11, 12)


def read_decimal(text: str) -> Decimal | None:
    """A number with a point or a comma, any minus and spaces between thousands; None for anything else."""
    plain = _SIGNED.sub(r"\1", ungrouped(text.translate(INVISIBLE).strip().translate(_MINUS)))
    return Decimal(plain.replace(",", ".")) if _NUMBER.fullmatch(plain) else None


def ungrouped(text: str) -> str:
    """«12 000» with a blank of any width as «12000»."""
    return _GROUPS.sub("", text)


def read_percent(text: str) -> Fraction | None:
    """A weight from -100 to 100, without the sign %. Rounded thirds, sixths, sevenths … become exact."""
    number = read_decimal(text)
    if number is None or abs(number) > 100:
        return None
    return exact_percent(number)


def exact_percent(number: Decimal) -> Fraction:
    """33.33333 → 100/3, 16.7 → 50/3; what is no rounded fraction stays as it is written."""
    places = _places(number)
    percent = Fraction(number)
    if places == 0:
        return percent
    unit = Fraction(1, 10**places)
    allowed = unit / 2 if places == 1 else unit
    for denominator in _REPEATING:
        candidate = Fraction(round(percent * denominator / 100) * 100, denominator)
        if 0 < abs(candidate - percent) < allowed:
            return candidate
    return percent


def _places(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def write_fraction(number: Fraction, places: int = 5) -> str:
    """A plain decimal, rounded where it does not end: 100/3 → 33.33333, 1/2 → 0.5."""
    denominator = number.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    if denominator != 1:
        number = Fraction(round(number * 10**places), 10**places)
    return write_decimal(Decimal(number.numerator) / Decimal(number.denominator))


def write_decimal(number: Decimal) -> str:
    """Without an exponent and without idle zeros: 1E+2 → 100, 0.50 → 0.5."""
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
