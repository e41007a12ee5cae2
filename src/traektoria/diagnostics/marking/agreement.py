"""How far two markers agree. Markers are interchangeable, so each pair counts both ways."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from traektoria.diagnostics.marking.policies import total

LEAST_PAIRS = 10
"""With fewer pairs the figures would be chance."""


@dataclass(frozen=True)
class Agreement:
    """``exact`` and ``near`` (at most one point apart) in per cent of ``n`` pairs; ``kappa`` with quadratic weights.

    Figures are None for fewer than ``least`` pairs; kappa also where all marks are the same.
    """

    n: int
    exact: float | None
    near: float | None
    kappa: float | None
    least: int = LEAST_PAIRS


def agreement(pairs: Sequence[tuple[Mapping[str, str], Mapping[str, str]]]) -> Agreement:
    """Of the sums of points."""
    if len(pairs) < LEAST_PAIRS:
        return Agreement(len(pairs), None, None, None)
    sums = [(float(total(first)), float(total(second))) for first, second in pairs]
    apart = [abs(first - second) for first, second in sums]
    exact = 100 * sum(gap == 0 for gap in apart) / len(sums)
    near = 100 * sum(gap <= 1 for gap in apart) / len(sums)
    return Agreement(len(sums), exact, near, kappa(sums))


def kappa(pairs: Sequence[tuple[float, float]]) -> float | None:
    """1 − mean squared difference / that of two marks drawn by chance from all: quadratic weights, pairs both ways."""
    marks = [mark for pair in pairs for mark in pair]
    mean = sum(marks) / len(marks)
    spread = sum((mark - mean) ** 2 for mark in marks) / len(marks)
    if spread == 0:
        return None
    return 1 - sum((first - second) ** 2 for first, second in pairs) / len(pairs) / (2 * spread)
