"""Halves are halves, in each school and together; nobody's order changes."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from traektoria.engines.forms import Order, counterbalance

schools = st.dictionaries(st.text(max_size=5), st.sampled_from(["north", "south", "west"]), max_size=40)


def lead(orders: dict[str, Order], keys: list[str]) -> int:
    return sum(1 if orders[key] is Order.AB else -1 for key in keys)


def leads(orders: dict[str, Order], school_of: dict[str, str]) -> list[int]:
    names = sorted(set(school_of.values()))
    return [lead(orders, [key for key in school_of if school_of[key] == name]) for name in names]


@given(schools, st.integers(), st.randoms())
def test_halves(school_of: dict[str, str], seed: int, order) -> None:  # type: ignore[no-untyped-def]
    keys = list(school_of)
    found = counterbalance(keys, seed, school_of)
    assert list(found) == keys
    assert abs(lead(found, keys)) <= 1
    assert all(abs(own) <= 1 for own in leads(found, school_of))
    order.shuffle(keys)
    assert counterbalance(keys, seed, school_of) == found
    assert abs(lead(counterbalance(keys, seed), keys)) <= 1


@given(schools, schools, st.integers())
def test_latecomers(early: dict[str, str], late: dict[str, str], seed: int) -> None:
    """Earlier orders stay, schools stay halved, and all together as well as the schools allow."""
    before = counterbalance(list(early), seed, early)
    everybody = {**late, **early}
    after = counterbalance(list(everybody), seed, everybody, before)
    assert {key: after[key] for key in before} == before
    found = leads(after, everybody)
    assert all(abs(own) <= 1 for own in found)
    untouched = set(early.values()) - {everybody[key] for key in late if key not in early}
    if not untouched or len(set(everybody.values())) == 1:
        assert abs(sum(found)) <= 1


def test_without_schools_latecomers_leave_halves() -> None:
    before = counterbalance(["1", "2", "3"], 5)
    after = counterbalance([str(number) for number in range(10)], 5, earlier=before)
    assert Counter(after.values()) == {Order.AB: 5, Order.BA: 5}


def test_the_lot_is_the_seeds() -> None:
    keys = [str(number) for number in range(12)]
    assert len({tuple(counterbalance(keys, seed).values()) for seed in range(5)}) > 3
    first = Counter(counterbalance(["only"], seed)["only"] for seed in range(60))
    assert min(first.values()) > 10
