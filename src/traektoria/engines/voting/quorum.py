"""How many members make a quorum. Exactly the share is enough."""

from decimal import Decimal
from fractions import Fraction
from math import ceil

_THIRDS = (Fraction(1, 3), Fraction(2, 3))
_LEAST_DIGITS = 3


def exact_share(share: float | Decimal | Fraction | str) -> Fraction:
    """The share as it was written: 0.55 is 55/100, not the nearest binary number.

    A third can't be written as a decimal: 0.333, 0.6667 and the like, cut or rounded at three digits or more, are read
    as 1/3 and 2/3, so that six of nine are two thirds. Raises ``ValueError`` outside (0, 1].
    """
    written = share if isinstance(share, Fraction) else Fraction(str(share))
    if not 0 < written <= 1:
        raise ValueError("share")
    return next((third for third in _THIRDS if _stands_for(written, third)), written)


def _stands_for(written: Fraction, third: Fraction) -> bool:
    """Whether ``written`` is ``third`` cut or rounded to its own number of decimal digits."""
    digits = 0
    while digits <= 17 and (written * 10**digits).denominator != 1:
        digits += 1
    return _LEAST_DIGITS <= digits <= 17 and abs(written - third) < Fraction(1, 10**digits)


def quorum(members: int, share: float | Decimal | Fraction | str) -> int:
    """The least number of members present that is ``share`` of ``members``; at least one."""
    if members < 0:
        raise ValueError("members")
    return max(1, ceil(exact_share(share) * members))


def has_quorum(present: int, members: int, share: float | Decimal | Fraction | str) -> bool:
    """Whether ``present`` members of ``members`` are enough. A commission without voting members never has one."""
    return members > 0 and present >= quorum(members, share)
