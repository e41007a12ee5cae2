"""Pools whose items differ as those of a bank do: slopes around 1.1, difficulties around 0, by topic in turn."""

import numpy as np

from traektoria.engines.adaptive import Pool, PoolItem, make_pool


def pool_of(number: int = 60, topics: int = 6, seed: int = 4, thresholds: int = 1) -> Pool:
    random = np.random.default_rng(seed)
    items = []
    for place in range(number):
        steps = tuple(float(b) for b in np.sort(random.normal(0, 1.2, thresholds)))
        slope = float(np.exp(random.normal(0.1, 0.35)))
        items.append(PoolItem(f"item {place:02}", f"topic {place % topics}", slope, steps))
    return make_pool(items)
