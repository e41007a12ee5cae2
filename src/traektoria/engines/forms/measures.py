"""What forms are compared by: figures that are sums over their items.

`Features` of the items, shape (items,); a `Measure` gives each item a weight, and each form the sum of its items'.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from traektoria.engines.psychometrics.arrays import Floats

from .model import ItemCandidate, Need


@dataclass(frozen=True)
class Measure:
    """Weights (items,) whose sums should be equal in all forms.

    `shape`: whole numbers (points, levels, unknown difficulties), made equal first. The others are mean difficulties
    and their spread, in logits.
    """

    weights: Floats
    shape: bool


def assumed(items: Sequence[ItemCandidate]) -> Floats:
    """Difficulties (items,); for an unknown one the mean of the same topic and level, of the level, of all, or 0.

    Only the choice of items leans on what is assumed; the report never does.
    """
    return np.array([_difficulty(item, items) for item in items])


def _difficulty(item: ItemCandidate, items: Sequence[ItemCandidate]) -> float:
    if item.difficulty is not None:
        return item.difficulty
    known = [(other, other.difficulty) for other in items if other.difficulty is not None]
    alike = [b for other, b in known if (other.topic, other.level) == (item.topic, item.level)]
    of_level = [b for other, b in known if other.level == item.level]
    return fmean(alike or of_level or [b for _, b in known] or [0.0])


def measures(items: Sequence[ItemCandidate], difficulties: Floats, needs: Sequence[Need]) -> list[Measure]:
    """Those that can differ between forms at all."""
    found = [*_shapes(items, needs), *_difficulties(items, difficulties, needs)]
    return [measure for measure in found if _can_differ(measure, items, needs)]


def _can_differ(measure: Measure, items: Sequence[ItemCandidate], needs: Sequence[Need]) -> bool:
    for need in needs:
        values = {float(w) for w, item in zip(measure.weights, items, strict=True) if need.takes(item)}
        if len(values) > 1:
            return True
    return False


def _shapes(items: Sequence[ItemCandidate], needs: Sequence[Need]) -> Iterator[Measure]:
    points = np.array([item.points for item in items], dtype=float)
    unknown = np.array([item.difficulty is None for item in items], dtype=float)
    yield Measure(points, shape=True)
    for topic in dict.fromkeys(need.topic for need in needs):
        inside = _of_topic(items, topic)
        yield Measure(points * inside, shape=True)
        for level in sorted({item.level for item in items if item.topic == topic}):
            alike = inside * np.array([item.level == level for item in items])
            yield Measure(alike, shape=True)
            yield Measure(alike * unknown, shape=True)


def _of_topic(items: Sequence[ItemCandidate], topic: str) -> Floats:
    return np.array([item.topic == topic for item in items], dtype=float)


def _difficulties(items: Sequence[ItemCandidate], difficulties: Floats, needs: Sequence[Need]) -> Iterator[Measure]:
    number = sum(need.number for need in needs)
    yield Measure(difficulties / number, shape=False)
    yield Measure(np.abs(difficulties - difficulties.mean()) / number, shape=False)
    for topic in dict.fromkeys(need.topic for need in needs):
        of_topic = sum(need.number for need in needs if need.topic == topic)
        yield Measure(difficulties * _of_topic(items, topic) / of_topic, shape=False)
