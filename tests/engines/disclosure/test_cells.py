"""Suppression inside a group: nothing small comes back, by linear programming and by trying everything out."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from tests.thoroughness import rounds
from traektoria.engines.disclosure import both_sides, is_safe_together, shown_cells, shown_parts, told_apart

Row = list[int]
NARROW = 4
"""A hidden number keeps at least so many values besides its own."""


def bounds_of(place: int, sums: Sequence[tuple[Row, int]]) -> tuple[int, int]:
    """The least and the greatest whole number that unknown ``place`` can be, by all the sums that are known."""
    rows = np.array([row for row, _value in sums], dtype=float)
    values = np.array([value for _row, value in sums], dtype=float)
    aim = np.zeros(rows.shape[1])
    aim[place] = 1
    ends = []
    for sign in (1, -1):
        found = milp(sign * aim, constraints=LinearConstraint(rows, values, values), bounds=Bounds(0, np.inf),
                     integrality=np.ones(len(aim)))  # fmt: skip
        ends.append(round(sign * found.fun))
    return ends[0], ends[1]


def splits(n: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (n,)
        return
    for first in range(n + 1):
        for rest in splits(n - first, parts - 1):
            yield (first, *rest)


@pytest.mark.parametrize("zeros", [True, False])
def test_whoever_knows_the_rules_learns_little_of_what_is_hidden(zeros: bool) -> None:
    for parts, n in [*product((2, 3), (10, 19, 23, 24, 25, 30, 35, 39)), (4, 25)]:
        answers = defaultdict(list)
        for counts in splits(n, parts):
            shown = shown_cells(counts, zeros=zeros)
            answers[tuple(one if seen else None for one, seen in zip(counts, shown, strict=True))].append(counts)
        for answer, possible in answers.items():
            for place in range(parts):
                values = {counts[place] for counts in possible}
                if answer[place] is None:
                    assert max(values) - min(values) >= NARROW, (answer, possible)
                else:
                    assert both_sides(answer[place] or 0, n) or (zeros and answer[place] == 0)


@settings(max_examples=rounds(8, 25), deadline=None)
@given(st.lists(st.integers(0, 60), min_size=2, max_size=7), st.booleans())
def test_hidden_cells_have_no_exact_value_by_linear_programming(counts: list[int], zeros: bool) -> None:
    n = sum(counts)
    if n < 10:
        return
    shown = shown_cells(counts, zeros=zeros)
    rows: list[tuple[Row, int]] = [([1] * len(counts), n)]
    rows += [
        ([int(place == one) for place in range(len(counts))], counts[one]) for one, seen in enumerate(shown) if seen
    ]
    for place in (place for place, seen in enumerate(shown) if not seen):
        low, high = bounds_of(place, rows)
        assert high - low >= 9


def test_all_in_one_category_is_not_said() -> None:
    assert shown_cells([24, 0, 0]) == (False,) * 3
    assert shown_cells([14, 10, 0]) == (True,) * 3
    assert shown_cells([16, 14, 0], zeros=False) == (False, True, False)
    assert shown_cells([12, 14, 30]) == (True,) * 3


@settings(max_examples=rounds(8, 25), deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=6))
def test_a_school_and_all_the_hidden_ones_together_are_no_less_than_may_be_shown(groups: list[tuple[int, int]]) -> None:
    parts = {f"s{place}": (yes, yes + no) for place, (yes, no) in enumerate(groups)}
    shown = shown_parts(parts)
    assert all(both_sides(*parts[one]) for one in shown)
    hidden = [parts[one] for one in parts if one not in shown]
    if shown and hidden:
        assert both_sides(sum(one[0] for one in hidden), sum(one[1] for one in hidden))


@settings(max_examples=rounds(8, 30), deadline=None)
@given(st.lists(st.sets(st.integers(0, 39)), min_size=1, max_size=4), st.integers(2, 12))
def test_what_combinations_of_figures_speak_of(figures: list[set[int]], minimum: int) -> None:
    """A set of people is spoken of by a combination of figures only if it is a sum of whole sets of ``told_apart``."""
    classes = told_apart(figures)
    table = np.array([[float(person in one) for person in range(40)] for one in figures])
    for person in set().union(*figures):
        alone = np.eye(40)[person]
        solved = np.linalg.lstsq(table.T, alone, rcond=None)[0]
        if np.allclose(table.T @ solved, alone):
            assert frozenset({person}) in classes
            assert not is_safe_together(figures, minimum=minimum)
    assert is_safe_together(figures, minimum=minimum) == all(len(one) >= minimum for one in classes)


def test_people_whose_answers_are_known_count_for_nobody() -> None:
    before, after = set(range(30)), set(range(12, 30))
    assert is_safe_together([before, after])
    assert not is_safe_together([before, after], known=range(3))
    assert not is_safe_together([before, before - {7}])
    assert is_safe_together([before, before])
