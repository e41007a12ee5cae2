"""What few people said: nobody's answer follows from it."""

from collections import Counter, defaultdict
from itertools import combinations_with_replacement

from traektoria.engines.fewvoices import FEWEST_VOICES, shares

OPTIONS = "abc"


def test_fewer_than_the_least_say_nothing() -> None:
    assert shares(["a"] * (FEWEST_VOICES - 1), OPTIONS) == []


def test_ends_are_blurred_by_one_and_the_middle_is_exact() -> None:
    said = [(one.low, one.high) for one in shares([*"aaaabbb", "c"], OPTIONS)]
    assert said == [(4, 4), (3, 3), (0, 1)]
    assert [(one.low, one.high) for one in shares(["a"] * 6, OPTIONS)] == [(5, 6), (0, 1), (0, 1)]
    assert all(0 <= one.ends[0] < one.ends[1] <= 1 for one in shares(["a"] * 6, OPTIONS))


def test_whatever_is_shown_may_come_from_answers_in_which_not_all_agree() -> None:
    """Of each group all possible answers: what is shown never says that everybody gave one and the same."""
    for n in range(FEWEST_VOICES, 10):
        shown = defaultdict(set)
        for answers in combinations_with_replacement(OPTIONS, n):
            key = tuple((one.low, one.high) for one in shares(answers, OPTIONS))
            shown[key].add(len(Counter(answers)) == 1)
        assert all(agree != {True} for agree in shown.values())
