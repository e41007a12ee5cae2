"""Quorum and majority, by examples that a commission would argue about and by properties."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traektoria.engines.voting import Majority, Tally, exact_share, has_quorum, outcome, quorum


@pytest.mark.parametrize(
    ("members", "share", "need"),
    [
        (7, 0.5, 4),
        (8, 0.5, 4),
        (9, 0.6666, 6),
        (9, 0.6667, 6),
        (9, 0.667, 6),
        (9, 2 / 3, 6),
        (9, 1 / 3, 3),
        (9, 0.67, 7),
        (20, 0.55, 11),
        (10, 0.7, 7),
        (30, 0.1, 3),
        (5, 1, 5),
        (5, 0.01, 1),
        (0, 0.5, 1),
    ],
)
def test_quorum(members: int, share: float, need: int) -> None:
    assert quorum(members, share) == need


def test_share_is_read_as_it_is_written() -> None:
    assert [exact_share(one) for one in (0.55, 0.6667, "0.666", 0.66, 0.3333, 1)] == [
        Fraction(11, 20), Fraction(2, 3), Fraction(2, 3), Fraction(33, 50), Fraction(1, 3), Fraction(1),
    ]  # fmt: skip


@pytest.mark.parametrize("share", [0, -0.5, 1.01])
def test_a_share_outside_is_an_error(share: float) -> None:
    with pytest.raises(ValueError):
        exact_share(share)


def test_nobody_is_no_quorum() -> None:
    assert not has_quorum(0, 0, 0.5)


@given(st.integers(1, 60), st.fractions(Fraction(1, 100), 1))
def test_quorum_is_the_least_that_reaches_the_share(members: int, share: Fraction) -> None:
    need, share = quorum(members, share), exact_share(share)
    assert need >= share * members
    assert need == 1 or need - 1 < share * members
    assert [has_quorum(here, members, share) for here in (need - 1, need)] == [False, True]


def decided(majority: str, votes: tuple[int, int, int], present: int, members: int, chair_for: bool = False) -> bool:
    return outcome(majority, Tally(*votes, present, members), chair_for=chair_for).passed


@pytest.mark.parametrize(
    ("majority", "votes", "present", "members", "chair_for", "passed"),
    [
        ("present", (3, 2, 0), 5, 7, False, True),
        ("present", (2, 2, 1), 5, 7, False, False),
        ("present", (3, 0, 3), 6, 7, False, False),
        ("present", (3, 0, 0), 6, 7, False, False),
        ("present", (2, 2, 0), 4, 7, True, True),
        ("present", (2, 2, 0), 4, 7, False, False),
        ("present", (1, 1, 3), 5, 7, True, False),
        ("present", (2, 1, 1), 4, 7, True, False),
        ("members", (4, 0, 0), 4, 7, False, True),
        ("members", (4, 0, 0), 4, 8, False, False),
        ("members", (3, 3, 0), 6, 6, True, True),
        ("members", (2, 2, 0), 4, 6, True, False),
        ("two_thirds", (4, 2, 0), 6, 9, False, True),
        ("two_thirds", (4, 3, 0), 7, 9, False, False),
        ("two_thirds", (2, 2, 0), 4, 9, True, False),
        ("two_thirds", (0, 0, 0), 0, 9, False, False),
    ],
)
def test_outcome(
    majority: str, votes: tuple[int, int, int], present: int, members: int, chair_for: bool, passed: bool
) -> None:
    assert decided(majority, votes, present, members, chair_for) is passed


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    members = draw(st.integers(1, 30))
    present = draw(st.integers(0, members))
    votes_for = draw(st.integers(0, present))
    against = draw(st.integers(0, present - votes_for))
    return Tally(votes_for, against, draw(st.integers(0, present - votes_for - against)), present, members)


@given(tallies())
def test_majorities_are_what_they_say(tally: Tally) -> None:
    passed = {rule: outcome(rule, tally).passed for rule in Majority}
    assert passed[Majority.PRESENT] == (2 * tally.votes_for > tally.present)
    assert passed[Majority.MEMBERS] == (2 * tally.votes_for > tally.members)
    assert passed[Majority.TWO_THIRDS] == (tally.votes_for > 0 and 3 * tally.votes_for >= 2 * tally.present)


@given(tallies(), st.sampled_from(Majority), st.booleans())
def test_the_chair_decides_ties_only(tally: Tally, rule: Majority, chair_for: bool) -> None:
    found = outcome(rule, tally, chair_for=chair_for)
    assert not found.by_chair or (tally.tie and chair_for and rule != Majority.TWO_THIRDS)
    assert found.tie or found == outcome(rule, tally)


@given(tallies(), st.sampled_from(Majority))
def test_one_vote_more_never_hurts(tally: Tally, rule: Majority) -> None:
    if tally.against and outcome(rule, tally).passed:
        more = Tally(tally.votes_for + 1, tally.against - 1, tally.abstained, tally.present, tally.members)
        assert outcome(rule, more).passed


@pytest.mark.parametrize("wrong", [(3, 0, 0, 2, 5), (1, 0, 0, 6, 5), (-1, 0, 0, 5, 5)])
def test_impossible_counts_are_an_error(wrong: tuple[int, int, int, int, int]) -> None:
    with pytest.raises(ValueError):
        Tally(*wrong)
