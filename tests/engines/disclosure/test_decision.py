from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from traektoria.engines.disclosure import Decision, Key, Reason, decide

TREES = st.dictionaries(
    st.tuples(*[st.sampled_from([None, "а", "б"]), st.sampled_from(["x", "y", "z"]), st.sampled_from("12345")]),
    st.one_of(st.integers(0, 15), st.integers(0, 60)),
    max_size=25,
)


def children(key: Key, keys: frozenset[Key]) -> set[Key]:
    return {other for other in keys if other and other[:-1] == key}


def frontier(key: Key, decision: Decision) -> set[Key]:
    """The hidden groups directly under a shown total: what a reader may try to get by subtraction."""
    return children(key, frozenset(decision.hidden))


def size(key: Key, sizes: Mapping[Key, int]) -> int:
    return sum(n for leaf, n in sizes.items() if leaf[: len(key)] == key)


@given(TREES)
def test_nothing_small_is_shown(sizes: dict[Key, int]) -> None:
    decision = decide(sizes)
    assert all(size(key, sizes) >= 10 for key in decision.shown)


@given(TREES)
def test_a_subtraction_gives_at_least_two_groups_of_ten_together(sizes: dict[Key, int]) -> None:
    decision = decide(sizes)
    for key in decision.shown:
        hidden = frontier(key, decision)
        assert not hidden or (len(hidden) > 1 and sum(size(part, sizes) for part in hidden) >= 10)


@settings(deadline=None)
@given(TREES)
def test_no_combination_of_shown_figures_gives_a_hidden_one(sizes: dict[Key, int]) -> None:
    """Linear algebra's answer: a hidden group's row is never in the span of the shown groups' rows."""
    decision = decide(sizes)
    leaves = [key for key, n in sizes.items() if n]
    shown = np.array([[float(leaf[: len(key)] == key) for leaf in leaves] for key in decision.shown])
    rank = np.linalg.matrix_rank(shown) if len(shown) else 0
    for key in decision.hidden:
        row = np.array([[float(leaf[: len(key)] == key) for leaf in leaves]])
        assert not len(shown) or np.linalg.matrix_rank(np.vstack([shown, row])) > rank


@given(TREES)
def test_every_group_is_decided_and_a_hidden_one_hides_its_parts(sizes: dict[Key, int]) -> None:
    decision = decide(sizes)
    for leaf in (leaf for leaf, n in sizes.items() if n):
        path = [leaf[:depth] for depth in range(4)]
        states = [decision.hides(key) for key in path]
        assert states == sorted(states)
        assert all((decision.reason(key) is None) is (not hides) for key, hides in zip(path, states, strict=True))


@given(TREES, st.randoms())
def test_the_order_of_reading_does_not_matter(sizes: dict[Key, int], random) -> None:
    pairs = list(sizes.items())
    random.shuffle(pairs)
    assert decide(dict(pairs)) == decide(sizes)


def test_the_smallest_neighbour_is_hidden_with_a_small_class() -> None:
    decision = decide({("s", "4А"): 25, ("s", "4Б"): 13, ("s", "4В"): 9})
    assert decision.reason(("s", "4В")) is Reason.SMALL
    assert decision.reason(("s", "4Б")) is Reason.COMPLEMENT
    assert decision.reason(("s", "4А")) is None


def test_two_small_classes_of_ten_together_need_no_neighbour() -> None:
    decision = decide({("s", "4А"): 25, ("s", "4Б"): 5, ("s", "4В"): 5})
    assert not decision.hides(("s", "4А"))


def test_two_tiny_classes_need_a_neighbour() -> None:
    decision = decide({("s", "4А"): 25, ("s", "4Б"): 4, ("s", "4В"): 5})
    assert decision.reason(("s", "4А")) is Reason.COMPLEMENT


def test_classes_of_a_hidden_school_are_hidden() -> None:
    decision = decide({("s1", "4А"): 9, ("s2", "4А"): 12, ("s3", "4А"): 40})
    assert decision.reason(("s2",)) is Reason.COMPLEMENT
    assert decision.reason(("s2", "4А")) is Reason.PARENT
    assert not decision.hides(("s3", "4А"))


def test_fewer_than_ten_in_all_hide_everything_and_the_unknown_is_hidden() -> None:
    decision = decide({("s", "4А"): 9})
    assert all(decision.hides(key) for key in [(), ("s",), ("s", "4А")])
    assert decide({}).hides(())
    assert decide({("s", "4А"): 30}).reason(("s", "4Б")) is Reason.SMALL


def test_bad_input_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        decide({("s",): -1})
    with pytest.raises(ValueError, match="length"):
        decide({("s",): 1, ("s", "a"): 1})
