"""What a hypothesis rests on.

Shares of the maximum of one skill, in a teacher's classes and in the rest of the municipality.
"""

from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

FULL = 10000


@dataclass(frozen=True)
class Sample:
    """Pupils' shares of the maximum in basis points (0–10 000): their number, sum and sum of squares.

    Sums and not means, so that classes add up and a class can be taken out of its municipality exactly.
    """

    n: int
    total: int
    squares: int

    def __add__(self, other: "Sample") -> "Sample":
        return Sample(self.n + other.n, self.total + other.total, self.squares + other.squares)

    def __sub__(self, other: "Sample") -> "Sample":
        return Sample(self.n - other.n, self.total - other.total, self.squares - other.squares)

    @property
    def mean(self) -> float:
        """Mean share, 0–1; 0 without pupils."""
        return self.total / (self.n * FULL) if self.n else 0.0

    @property
    def sd(self) -> float:
        """Standard deviation of the shares, 0–1, with n − 1 below; 0 for fewer than two pupils."""
        if self.n < 2:
            return 0.0
        spread = self.squares / FULL**2 - self.n * self.mean**2
        return sqrt(max(spread, 0.0) / (self.n - 1))


NOTHING = Sample(0, 0, 0)


@dataclass(frozen=True)
class SkillEvidence:
    """One skill: the tasks that check it, the teacher's classes together (`own`), the municipality without (`rest`).

    `not_enough`: completion in per cent below which the level of the tasks reads as «not enough»; None when unknown.
    """

    skill: str
    tasks: tuple[str, ...]
    own: Sample
    rest: Sample
    not_enough: Decimal | None = None
