"""Answers as numbers, with whatever else is known of the people."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from .arrays import Bools, Floats

PLACES = 4


@dataclass(frozen=True)
class Responses:
    """`values` (persons, items), NaN for a missing answer; `rows` are line numbers in the file, `weights` default to 1.

    `groups` holds a label for each person («» when unknown), or is None.
    """

    items: tuple[str, ...]
    values: Floats
    persons: tuple[str, ...]
    rows: tuple[int, ...]
    weights: Floats
    groups: tuple[str, ...] | None = None

    @property
    def weighted(self) -> bool:
        return bool((self.weights != 1).any())

    @cached_property
    def missing(self) -> Bools:
        result: Bools = np.isnan(self.values)
        return result

    def only(self, chosen: Bools) -> "Responses":
        """The people for whom `chosen` (persons,) is true."""
        picked = np.flatnonzero(chosen)
        return replace(
            self,
            values=self.values[picked],
            persons=tuple(self.persons[i] for i in picked),
            rows=tuple(self.rows[i] for i in picked),
            weights=self.weights[picked],
            groups=None if self.groups is None else tuple(self.groups[i] for i in picked),
        )


def responses(values: Floats, items: tuple[str, ...] | None = None) -> Responses:
    """Answers that come from an array and not from a file: people are numbered from 1."""
    people, number = values.shape
    names = items or tuple(f"item{place}" for place in range(1, number + 1))
    rows = tuple(range(1, people + 1))
    return Responses(names, values.astype(float), tuple(map(str, rows)), rows, np.ones(people))
