"""A choice without a solver: deal items out, then exchange them as long as that helps. Used when the programme finds
nothing within its limit; deterministic, and no proof of anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from traektoria.engines.psychometrics.arrays import Floats

from .model import FormRules, ItemCandidate, Need

if TYPE_CHECKING:
    from .programme import Programme, Slots

PASSES = 20
LEAST_GAIN = 1e-9


def exchanged(programme: Programme, difficulties: Floats) -> Slots:
    """Slots by item and row, such that no exchange of two items makes the gaps cheaper (or after twenty passes)."""
    search = _Search(programme, dealt(programme.items, programme.needs, programme.rules, difficulties))
    for _ in range(PASSES):
        if not search.improve():
            break
    return search.slots


def dealt(items: Sequence[ItemCandidate], needs: Sequence[Need], rules: FormRules, difficulties: Floats) -> Slots:
    """The least used items of each row, rows with a level first, dealt to the forms back and forth by difficulty."""
    slots: Slots = {}
    free = set(range(len(items)))
    for r, need in sorted(enumerate(needs), key=lambda pair: pair[1].level is None):
        own = sorted((i for i in free if need.takes(items[i])), key=lambda i: (items[i].exposure, i))
        taken = own[: need.items(rules.forms)]
        free -= set(taken)
        common, others = taken[: need.anchors], taken[need.anchors :]
        slots |= {(i, r): rules.forms for i in common}
        others.sort(key=lambda i: (items[i].points, difficulties[i], i))
        slots |= {(i, r): slot for i, slot in zip(others, _back_and_forth(rules.forms), strict=False)}
    return slots


def _back_and_forth(forms: int) -> Iterator[int]:
    while True:
        yield from range(forms)
        yield from reversed(range(forms))


class _Search:
    """A choice that gets better. Sums of the measures (m, slots) are kept, the last slot being what is common."""

    def __init__(self, programme: Programme, slots: Slots) -> None:
        self.programme, self.slots = programme, slots
        self.weights = programme.weights
        self.totals = np.zeros((len(self.weights), programme.slots))
        for (item, _), slot in slots.items():
            self.totals[:, slot] += self.weights[:, item]
        self.cost = self._cost_of(self.totals)

    def improve(self) -> bool:
        """One pass over all exchanges; whether any of them helped."""
        before = self.cost
        for one, other in combinations(sorted(self.slots), 2):
            if one[1] == other[1]:
                self._swap(one, other)
        for place in self.programme.cells:
            if place not in self.slots:
                self._bring_in(place)
        return self.cost < before

    def _swap(self, one: tuple[int, int], other: tuple[int, int]) -> None:
        """Two items of one row change their slots, if that helps."""
        first, second = self.slots[one], self.slots[other]
        if first != second:
            change = self.weights[:, other[0]] - self.weights[:, one[0]]
            totals = self.totals.copy()
            totals[:, first] += change
            totals[:, second] -= change
            self._take(totals, {**self.slots, one: second, other: first})

    def _bring_in(self, place: tuple[int, int]) -> None:
        """An item not taken yet comes instead of each of its row in turn, until that helps."""
        item, row = place
        for old in sorted(other for other in self.slots if other[1] == row):
            if any((item, other) in self.slots for other in range(len(self.programme.needs))):
                return
            slot = self.slots[old]
            totals = self.totals.copy()
            totals[:, slot] += self.weights[:, item] - self.weights[:, old[0]]
            rest = {other: taken for other, taken in self.slots.items() if other != old}
            self._take(totals, {**rest, place: slot})

    def _take(self, totals: Floats, slots: Slots) -> None:
        cost = self._cost_of(totals)
        if cost < self.cost - LEAST_GAIN:
            self.totals, self.slots, self.cost = totals, slots, cost

    def _cost_of(self, totals: Floats) -> float:
        return self.programme.cost(np.ptp(totals[:, :-1], axis=1))
