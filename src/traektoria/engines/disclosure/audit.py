"""An audit by linear programming: whether tables shown at several moments narrow down a number that each of them hides.

Two tables can each be safe and give something away together: where everybody who came later chose one answer, the
others are as they were. So all that was ever shown of a measure is written as sums over people and categories, and the
least and the greatest whole number that a hidden one can be are looked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from traektoria.engines.disclosure.cells import SLACK, told_apart
from traektoria.engines.disclosure.decision import MINIMUM
from traektoria.engines.lazy_imports import np

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

NARROW = SLACK - 1


@dataclass(frozen=True)
class DisclosedTable:
    """People with the numbers shown of them by category, None where one is hidden. Everybody is in one category."""

    people: frozenset[Any]
    counts: Mapping[str, int | None]


def stays_hidden(tables: Sequence[DisclosedTable], *, minimum: int = MINIMUM) -> bool:
    """Tell whether no number that could be of a few people is known more exactly than within ``NARROW``."""
    from scipy.optimize import LinearConstraint

    names = sorted({name for table in tables for name in table.counts})
    if not names:
        return True
    groups = told_apart([table.people for table in tables])
    known = LinearConstraint(*_sums(tables, groups, names))
    for table in tables:
        for name in (name for name, count in table.counts.items() if count is None):
            low, high = _ends(_row(table, groups, names, name), known)
            few = (high > 0 and low < minimum) or (low < len(table.people) and len(table.people) - high < minimum)
            if few and high - low < min(NARROW, len(table.people)):
                return False
    return True


def _sums(
    tables: Sequence[DisclosedTable], groups: Sequence[frozenset[Any]], names: Sequence[str]
) -> tuple[Any, Any, Any]:
    """Rows over (group, category), and what they come to: the size of each group, and each number that is shown."""
    sizes = [(np.repeat(np.eye(len(groups))[at], len(names)), len(group)) for at, group in enumerate(groups)]
    rows = [*sizes, *_shown(tables, groups, names)]
    values = np.array([value for _row, value in rows], dtype=float)
    return np.array([row for row, _value in rows]), values, values


def _shown(
    tables: Sequence[DisclosedTable], groups: Sequence[frozenset[Any]], names: Sequence[str]
) -> Iterator[tuple[Any, int]]:
    for table in tables:
        for name, count in table.counts.items():
            if count is not None:
                yield _row(table, groups, names, name), count


def _row(table: DisclosedTable, groups: Sequence[frozenset[Any]], names: Sequence[str], name: str) -> Any:
    inside = np.array([float(group <= table.people) for group in groups])
    return np.kron(inside, np.array([float(one == name) for one in names]))


def _ends(aim: Any, known: LinearConstraint) -> tuple[int, int]:
    from scipy.optimize import Bounds, milp

    whole = np.ones(len(aim))
    low, high = (
        milp(sign * aim, constraints=known, bounds=Bounds(0, np.inf), integrality=whole).fun * sign for sign in (1, -1)
    )
    return round(low), round(high)
