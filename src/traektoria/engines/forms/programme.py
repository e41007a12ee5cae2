"""The choice of items as an integer programme (van der Linden 2005, «Linear Models for Optimal Test Design»).

Binary x[c, s]: item of `cells[c]` is taken for that cell's row into slot s, where slots are the forms and, last, what
they have in common. Continuous (or whole) g[m]: the largest difference of measure m between two forms. Last comes the
largest g of the difficulties.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_matrix, csr_matrix, vstack

from traektoria.engines.psychometrics.arrays import Floats

from .measures import Measure
from .model import FormRules, ItemCandidate, Need

SHAPE_FIRST = 10.0  # logits that one point, level or unknown difficulty more in one form weighs
ALL_GAPS = 0.1  # weight of the mean gap beside the largest
NODES = 100  # of branch and bound; a limit of time would not be deterministic


Slots = dict[tuple[int, int], int]


@dataclass(frozen=True)
class Solution:
    """Slots by item and row: (item, row) → slot; gaps of the measures (m,); whether nothing better exists."""

    slots: Slots
    gaps: Floats
    proven: bool


class Programme:
    """One assembly. `solve` may be asked again with other goals."""

    def __init__(
        self, items: Sequence[ItemCandidate], needs: Sequence[Need], measures: Sequence[Measure], rules: FormRules
    ) -> None:
        self.items, self.needs, self.measures, self.rules = items, needs, measures, rules
        self.cells = [(i, r) for r, need in enumerate(needs) for i, item in enumerate(items) if need.takes(item)]
        self.slots = rules.forms + 1
        self.first_gap = len(self.cells) * self.slots
        self.size = self.first_gap + len(measures) + 1
        self.weights = np.array([measure.weights for measure in measures]).reshape(len(measures), len(items))
        self.is_shape = np.array([measure.shape for measure in measures], dtype=bool)
        self.constraints = [self._once(), self._filled(), *self._gaps()]

    def gap_goal(self) -> Floats:
        """Weights (variables,): differences of shape first, then the largest difference of difficulty, then all."""
        goal = np.zeros(self.size)
        others = max(int((~self.is_shape).sum()), 1)
        goal[self.first_gap : -1] = np.where(self.is_shape, SHAPE_FIRST, ALL_GAPS / others)
        goal[-1] = 1.0
        return goal

    def exposure_goal(self) -> Floats:
        """Weights (variables,): how often the chosen items have been used, a common item once for each form."""
        goal = np.zeros(self.size)
        for c, (i, _) in enumerate(self.cells):
            goal[c * self.slots : (c + 1) * self.slots] = self.items[i].exposure
            goal[(c + 1) * self.slots - 1] *= self.rules.forms
        return goal

    def solve(self, goal: Floats, most: Floats | None = None, slack: float = 0.0) -> Solution | None:
        """The least `goal`, to within a share of `slack`, with gaps (m,) up to `most`.

        None when nothing was found within the limit of nodes.
        """
        found = milp(
            goal,
            integrality=self._whole(),
            bounds=self._bounds(most),
            constraints=self.constraints,
            options={"mip_rel_gap": slack, "node_limit": NODES},
        )
        if found.x is None:
            return None
        taken = np.flatnonzero(found.x[: self.first_gap] > 0.5)
        slots = {self.cells[place // self.slots]: int(place % self.slots) for place in taken}
        return Solution(slots, self.gaps_of(slots), proven=found.status == 0)

    def gaps_of(self, slots: Slots) -> Floats:
        """Largest differences between forms (m,), computed from the choice itself."""
        totals = np.zeros((len(self.measures), self.rules.forms))
        for (item, _), slot in slots.items():
            if slot < self.rules.forms:
                totals[:, slot] += self.weights[:, item]
        gaps: Floats = np.ptp(totals, axis=1)
        return gaps

    def cost(self, gaps: Floats) -> float:
        """The goal of `gap_goal` for gaps (m,)."""
        own = np.where(self.is_shape, gaps, np.maximum(gaps, self.rules.tolerance))
        largest = float(own[~self.is_shape].max(initial=0.0))
        return float(self.gap_goal()[self.first_gap : -1] @ own) + largest

    def _whole(self) -> Floats:
        whole = np.zeros(self.size)
        whole[: self.first_gap] = 1
        whole[self.first_gap : -1] = self.is_shape
        return whole

    def _bounds(self, most: Floats | None) -> Bounds:
        """No gap of difficulty counts below the tolerance: as soon as all are there, nothing is left to prove."""
        low, high = np.zeros(self.size), np.full(self.size, np.inf)
        high[: self.first_gap] = 1
        low[self.first_gap : -1] = np.where(self.is_shape, 0.0, self.rules.tolerance)
        if most is not None:
            high[self.first_gap : -1] = np.maximum(most + 1e-9, low[self.first_gap : -1])
        for c, (_, r) in enumerate(self.cells):
            if not self.needs[r].anchors:
                high[(c + 1) * self.slots - 1] = 0
        return Bounds(low, high)

    def _matrix(self, entries: Sequence[tuple[int, int, float]], rows: int) -> csr_matrix:
        r, c, values = zip(*entries, strict=True) if entries else ((), (), ())
        return coo_matrix((values, (r, c)), shape=(rows, self.size)).tocsr()

    def _once(self) -> LinearConstraint:
        """An item in one slot of one row at most."""
        entries = [(i, c * self.slots + s, 1.0) for c, (i, _) in enumerate(self.cells) for s in range(self.slots)]
        return LinearConstraint(self._matrix(entries, len(self.items)), ub=np.ones(len(self.items)))

    def _filled(self) -> LinearConstraint:
        """Each row has its number in each slot."""
        entries = [
            (r * self.slots + s, c * self.slots + s, 1.0)
            for c, (_, r) in enumerate(self.cells)
            for s in range(self.slots)
        ]
        numbers = [
            need.anchors if s == self.rules.forms else need.number - need.anchors
            for need in self.needs
            for s in range(self.slots)
        ]
        return LinearConstraint(self._matrix(entries, len(numbers)), lb=numbers, ub=numbers)

    def _gaps(self) -> list[LinearConstraint]:
        """g[m] ≥ difference of each two forms, and the last variable ≥ each g of a difficulty."""
        blocks = [self._differences(m, measure) for m, measure in enumerate(self.measures)]
        hard = np.flatnonzero(~self.is_shape)
        entries = [(row, self.first_gap + int(m), 1.0) for row, m in enumerate(hard)]
        entries += [(row, self.size - 1, -1.0) for row in range(len(hard))]
        if len(hard):
            blocks.append(self._matrix(entries, len(hard)))
        if not blocks:
            return []
        matrix = vstack(blocks, format="csr")
        return [LinearConstraint(matrix, ub=np.zeros(matrix.shape[0]))]

    def _differences(self, m: int, measure: Measure) -> csr_matrix:
        entries: list[tuple[int, int, float]] = []
        pairs = [
            pair for one, other in combinations(range(self.rules.forms), 2) for pair in ((one, other), (other, one))
        ]
        for row, (more, less) in enumerate(pairs):
            for c, (i, _) in enumerate(self.cells):
                if measure.weights[i]:
                    entries.append((row, c * self.slots + more, float(measure.weights[i])))
                    entries.append((row, c * self.slots + less, -float(measure.weights[i])))
            entries.append((row, self.first_gap + m, -1.0))
        return self._matrix(entries, len(pairs))
