"""What few people said of one thing, so that nobody's answer follows from it.

It is told once, when nobody can answer any more, and of ``FEWEST_VOICES`` people or more: there are no two moments to
subtract. How many chose an answer is told exactly but for the ends: «nobody or one», «all or all but one». So it is
never said that everybody gave one answer, from which each one's would follow. That is all it promises: whoever knows
``n`` finds by subtraction a line that alone is blurred.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from traektoria.engines.figures import wilson

FEWEST_VOICES = 5


@dataclass(frozen=True)
class Said:
    """How many of ``n`` chose an answer: from ``low`` to ``high``; ``ends`` of the 95 % interval of its share."""

    low: int
    high: int
    n: int
    ends: tuple[float, float]

    @property
    def is_exact(self) -> bool:
        return self.low == self.high


def shares(answers: Sequence[str], options: Sequence[str]) -> list[Said]:
    """One for each option; nothing where fewer than ``FEWEST_VOICES`` people answered."""
    n = len(answers)
    return [_said(sum(one == option for one in answers), n) for option in options] if n >= FEWEST_VOICES else []


def _said(count: int, n: int) -> Said:
    low = 0 if count <= 1 else min(count, n - 1)
    high = n if count >= n - 1 else max(count, 1)
    return Said(low, high, n, (wilson(low / n, n)[0], wilson(high / n, n)[1]))
