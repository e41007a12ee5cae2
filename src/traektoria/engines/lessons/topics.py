"""In which lines of a lesson calendar hard topics are met: a likeness of words, which a person says yes or no to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

Words = Sequence[frozenset[str]]
"""Each word as the set of its stems."""
MOST_SHOWN: Final = 4
HALF: Final = 0.5
MOST_OF: Final = 0.66


@dataclass(frozen=True, slots=True)
class Likely:
    """``at``: the place of the line in what was given; ``common``: how many words both have."""

    at: int
    common: int
    share: float


def look_for(topic: Words, lines: Sequence[Words]) -> tuple[Likely, ...]:
    """Lines that may be about the topic, the likeliest first, then as they stand: half of its words stand in the line,
    or two thirds of the words of the line in the topic. Nothing for a topic without words."""
    found = []
    for at, line in enumerate(lines):
        common = sum(any(word & there for there in line) for word in topic)
        back = sum(any(word & there for there in topic) for word in line)
        share = common / len(topic) if topic else 0.0
        if (common and share >= HALF) or (back and back / len(line) >= MOST_OF):
            found.append(Likely(at, common, share))
    return tuple(sorted(found, key=lambda one: (-one.share, -one.common, one.at))[:MOST_SHOWN])
