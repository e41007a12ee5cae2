from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from traektoria.engines.disclosure import Decision, Key, decide, secret_order

TREES = st.dictionaries(
    st.tuples(*[st.sampled_from([None, "а", "б"]), st.sampled_from(["x", "y", "z"]), st.sampled_from("12345")]),
    st.one_of(st.integers(0, 15), st.integers(0, 60)),
    max_size=25,
)


def children(key: Key, keys: frozenset[Key]) -> set[Key]:
    return {other for other in keys if other and other[:-1] == key}


def groups(sizes: Mapping[Key, int]) -> frozenset[Key]:
    return frozenset(leaf[:depth] for leaf, n in sizes.items() if n for depth in range(len(leaf) + 1))


def frontier(key: Key, decision: Decision, sizes: Mapping[Key, int]) -> set[Key]:
    """The hidden groups directly under a shown total: what a reader may try to get by subtraction."""
    return children(key, groups(sizes) - decision.shown)


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
        hidden = frontier(key, decision, sizes)
        assert not hidden or (len(hidden) > 1 and sum(size(part, sizes) for part in hidden) >= 10)


@settings(deadline=None)
@given(TREES)
def test_no_combination_of_shown_figures_gives_a_hidden_one(sizes: dict[Key, int]) -> None:
    """Linear algebra's answer: a hidden group's row is never in the span of the shown groups' rows."""
    decision = decide(sizes)
    leaves = [key for key, n in sizes.items() if n]
    shown = np.array([[float(leaf[: len(key)] == key) for leaf in leaves] for key in decision.shown])
    rank = np.linalg.matrix_rank(shown) if len(shown) else 0
    for key in groups(sizes) - decision.shown:
        row = np.array([[float(leaf[: len(key)] == key) for leaf in leaves]])
        assert not len(shown) or np.linalg.matrix_rank(np.vstack([shown, row])) > rank


@given(TREES)
def test_every_group_is_decided_and_a_hidden_one_hides_its_parts(sizes: dict[Key, int]) -> None:
    decision = decide(sizes)
    for leaf in (leaf for leaf, n in sizes.items() if n):
        path = [leaf[:depth] for depth in range(4)]
        states = [decision.hides(key) for key in path]
        assert states == sorted(states)


@given(TREES, st.randoms())
def test_the_order_of_reading_does_not_matter(sizes: dict[Key, int], random) -> None:
    pairs = list(sizes.items())
    random.shuffle(pairs)
    assert decide(dict(pairs)) == decide(sizes)


@given(TREES)
def test_hidden_sizes_leave_room(sizes: dict[Key, int]) -> None:
    """What a total minus its shown parts says of each hidden finest group: nine sizes or more are possible."""
    decision = decide(sizes)
    for key in decision.shown:
        hidden = frontier(key, decision, sizes)
        finest = [leaf for leaf, n in sizes.items() if n and any(leaf[: len(part)] == part for part in hidden)]
        assert not hidden or sum(sizes[leaf] for leaf in finest) - len(finest) >= 8


def hidden_of(sizes: dict[Key, int]) -> set[str | None]:
    decision = decide(sizes)
    return {key[-1] for key in sizes if decision.hides(key)}


def test_a_neighbour_is_hidden_with_a_small_class() -> None:
    assert hidden_of({("s", "4А"): 25, ("s", "4Б"): 13, ("s", "4В"): 9}) == {"4Б", "4В"}


def test_two_small_classes_of_ten_together_need_no_neighbour() -> None:
    assert hidden_of({("s", "4А"): 25, ("s", "4Б"): 5, ("s", "4В"): 5}) == {"4Б", "4В"}


def test_two_tiny_classes_need_a_neighbour() -> None:
    assert hidden_of({("s", "4А"): 25, ("s", "4Б"): 4, ("s", "4В"): 5}) == {"4А", "4Б", "4В"}


def test_two_classes_of_nine_would_be_known_to_who_knows_the_rule() -> None:
    assert hidden_of({("s", "4А"): 25, ("s", "4Б"): 9, ("s", "4В"): 9}) == {"4А", "4Б", "4В"}


def test_many_groups_of_one_or_two_are_hidden_with_their_total() -> None:
    sizes: dict[Key, int] = {("r", str(number)): 1 for number in range(12)} | {("q", "1"): 40, ("p", "1"): 30}
    decision = decide(sizes)
    assert decision.hides(("r",))
    assert not decision.hides(())


def test_the_cover_is_drawn_by_a_secret_and_alike_in_every_layout() -> None:
    def covers(secret: str, form: str) -> str:
        small: dict[Key, int] = {("р", "м", form.format(n), "4А"): 25 + n for n in range(6)}
        decision = decide(small | {("р", "м", "s", "4А"): 7}, order=secret_order(secret))
        return "".join(str(n) for n in range(6) if decision.hides(("р", "м", form.format(n))))

    drawn = {covers(str(secret), "sch99000{}") for secret in range(20)}
    assert {len(found) for found in drawn} == {1}
    assert len(drawn) > 3
    assert all(covers(str(secret), "sch99000{}") == covers(str(secret), "edu99000{}") for secret in range(20))


def test_classes_of_a_hidden_school_are_hidden() -> None:
    decision = decide({("s1", "4А"): 9, ("s2", "4А"): 12, ("s3", "4А"): 40})
    assert decision.hides(("s2",))
    assert decision.hides(("s2", "4А"))
    assert not decision.hides(("s3", "4А"))


def test_fewer_than_ten_in_all_hide_everything_and_the_unknown_is_hidden() -> None:
    decision = decide({("s", "4А"): 9})
    assert all(decision.hides(key) for key in [(), ("s",), ("s", "4А")])
    assert decide({}).hides(())
    assert decide({("s", "4А"): 30}).hides(("s", "4Б"))


def test_bad_input_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        decide({("s",): -1})
    with pytest.raises(ValueError, match="length"):
        decide({("s",): 1, ("s", "a"): 1})
