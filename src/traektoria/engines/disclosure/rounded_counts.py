"""How many people a shown number speaks of, where it is shown again and again and who is counted comes and goes."""

from .decision import MINIMUM

STEP = 5


def at_least(number: int, *, known: int = 0) -> int:
    """The number rounded down to fives, but never below ``MINIMUM``; 0 (nothing is said) for fewer people than that.

    ``known``: those of them whom the reader knows anyway; the others must be ``MINIMUM`` too. Two numbers of different
    days differ by a whole step or not at all, so that one person who joined is not told by their difference.
    Raises ValueError for more known people than there are.
    """
    if not 0 <= known <= number:
        raise ValueError(f"{known} known of {number}")
    return 0 if number - known < MINIMUM else max(number // STEP * STEP, MINIMUM)
