"""Banks of items for forms."""

import numpy as np

from traektoria.engines.forms import ItemCandidate

LEVELS = ("basic", "raised", "high")


def bank(number: int, seed: int, topics: int = 4, unknown: float = 0.2, most_points: int = 3) -> list[ItemCandidate]:
    """Items with the levels' usual difficulties, some of them unknown; numbers of uses 0–9."""
    random = np.random.default_rng(seed)
    items = []
    for place in range(number):
        level = int(random.choice(3, p=[0.5, 0.3, 0.2]))
        difficulty = float(random.normal((-1.0, 0.0, 1.2)[level], 0.7))
        items.append(
            ItemCandidate(
                key=f"item {place:03}",
                topic=f"topic {place % topics}",
                level=LEVELS[level],
                points=int(random.integers(1, most_points + 1)) if level else 1,
                difficulty=None if random.random() < unknown else difficulty,
                discrimination=float(random.uniform(0.6, 1.8)),
                exposure=int(random.integers(10)),
            )
        )
    return items
