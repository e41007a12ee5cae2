"""The items of an adaptive campaign with their parameters, laid out for quick choice.

Generalised partial credit (Muraki 1992): category k against k − 1 has the logit a·(θ − b_k). With one threshold this
is the two-parameter logistic model. Parameters are those that `engines.psychometrics` estimates, θ standard normal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import isfinite
from typing import TYPE_CHECKING

from traektoria.engines.lazy_imports import np

from .errors import AdaptiveCode, AdaptiveProblem, refuse

if TYPE_CHECKING:
    from traektoria.engines.psychometrics.arrays import Floats, Ints

STEP = 0.2


@cache
def points() -> Floats:
    """Abilities at which everything is computed."""
    return np.linspace(-6.0, 6.0, 61)


@dataclass(frozen=True)
class PoolItem:
    """An item: slope a (None: unknown) and thresholds b_1 … b_K (logits, empty: unknown), K its highest score."""

    key: str
    topic: str
    slope: float | None
    thresholds: tuple[float, ...]


@dataclass(frozen=True)
class Pool:
    """Items by key. It stays the same throughout a campaign: made once by `make_pool`, then only read."""

    items: tuple[PoolItem, ...]

    @cached_property
    def places(self) -> dict[str, int]:
        return {item.key: place for place, item in enumerate(self.items)}

    @cached_property
    def topics(self) -> tuple[str, ...]:
        return tuple(sorted({item.topic for item in self.items}))

    @cached_property
    def topic_places(self) -> Ints:
        """The topic of each item (items,), as a place in `topics`."""
        return np.array([self.topics.index(item.topic) for item in self.items])

    @cached_property
    def slopes(self) -> Floats:
        return np.array([item.slope for item in self.items], dtype=float)

    @cached_property
    def intercepts(self) -> Floats:
        """d_k = −a·(b_1 + … + b_k), d_0 = 0: (items, most categories), −∞ beyond an item's own."""
        table = np.full((len(self.items), 1 + max(len(item.thresholds) for item in self.items)), -np.inf)
        table[:, 0] = 0
        for row, item in zip(table, self.items, strict=True):
            row[1 : 1 + len(item.thresholds)] = -(item.slope or 0.0) * np.cumsum(item.thresholds)
        return table

    @cached_property
    def log_chances(self) -> Floats:
        """Log-probabilities of categories at ``points()``: (items, categories, points)."""
        return self.log_chances_at(points())

    def log_chances_at(self, theta: Floats) -> Floats:
        """(points,) → (items, categories, points)."""
        from scipy.special import log_softmax

        steps = np.arange(self.intercepts.shape[1])[:, None]
        logs: Floats = log_softmax(self.slopes[:, None, None] * steps * theta + self.intercepts[:, :, None], axis=1)
        return logs

    @cached_property
    def informations(self) -> Floats:
        """Fisher information a²·Var(score | θ) of each item at ``points()``: (items, points)."""
        chances = np.exp(self.log_chances)
        steps = np.arange(chances.shape[1])
        mean = np.einsum("k,ikq->iq", steps, chances)
        result: Floats = self.slopes[:, None] ** 2 * (np.einsum("k,ikq->iq", steps**2, chances) - mean**2)
        return result

    def information(self, theta: float) -> Floats:
        """Of each item at θ (items,), linear between ``points()``."""
        place = min(max((theta - points()[0]) / STEP, 0.0), len(points()) - 1.001)
        left, share = int(place), place % 1
        result: Floats = (1 - share) * self.informations[:, left] + share * self.informations[:, left + 1]
        return result


def make_pool(items: Sequence[PoolItem]) -> Pool:
    """Raises AdaptiveRefused, naming every item whose parameters are unknown or make no sense."""
    keys = [item.key for item in items]
    problems = [
        AdaptiveProblem(AdaptiveCode.DUPLICATE_ITEM, {"key": key})
        for key in sorted({k for k in keys if keys.count(k) > 1})
    ]
    if not items:
        problems.append(AdaptiveProblem(AdaptiveCode.NO_ITEMS))
    refuse(problems + [problem for item in items for problem in _problems(item)])
    return Pool(tuple(sorted(items, key=lambda item: item.key)))


def _problems(item: PoolItem) -> Iterator[AdaptiveProblem]:
    if item.slope is None or not item.thresholds:
        yield AdaptiveProblem(AdaptiveCode.UNKNOWN_PARAMETERS, {"key": item.key})
    elif not (isfinite(item.slope) and item.slope > 0):
        yield AdaptiveProblem(AdaptiveCode.BAD_SLOPE, {"key": item.key})
    if not all(isfinite(threshold) for threshold in item.thresholds):
        yield AdaptiveProblem(AdaptiveCode.BAD_THRESHOLD, {"key": item.key})
