"""Groups keep their bounds and have something in common; who is left is told why."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from traektoria.engines.deficits import Alone, Grouping, GroupRule, Learner, Reason, suggest_groups

TOPICS = [f"topic {place}" for place in range(6)]

learners = st.lists(
    st.tuples(
        st.sampled_from(["north", "south"]),
        st.sampled_from(["maths", "maths", "physics"]),
        st.dictionaries(st.sampled_from(TOPICS), st.sampled_from([0.9, 0.95, 1.0]), max_size=4),
    ),
    max_size=45,
).map(lambda rows: [Learner(f"{place:02}", *row) for place, row in enumerate(rows)])

rules = st.builds(
    GroupRule,
    least=st.integers(2, 4),
    most=st.integers(4, 12),
    common=st.sampled_from([0.5, 0.6, 1.0]),
    one_place=st.booleans(),
)


@settings(deadline=None)
@given(learners, rules, st.randoms())
def test_what_always_holds(people: list[Learner], rule: GroupRule, order) -> None:  # type: ignore[no-untyped-def]
    found = suggest_groups(people, rule)
    by_key = {person.key: person for person in people}
    placed = [key for group in found.groups for key in group.people]
    assert sorted(placed + [person.key for person in found.alone]) == sorted(by_key)
    for group in found.groups:
        own = [by_key[key] for key in group.people]
        assert rule.least <= len(own) <= rule.most
        assert {person.subject for person in own} == {group.subject}
        assert group.places == tuple(sorted({person.place for person in own}))
        assert len(group.places) == 1 or not rule.one_place
        assert group.topics
        for topic in group.topics:
            assert topic.n == sum(topic.topic in person.topics for person in own)
            assert topic.n >= rule.common * len(own) - 1e-9
        names = {topic.topic for topic in group.topics}
        assert all(names & set(person.topics) for person in own)
        assert group.shared_by_all == len(set.intersection(*(set(person.topics) for person in own)))
    order.shuffle(people)
    assert suggest_groups(people, rule) == found


@settings(deadline=None)
@given(learners, rules)
def test_nobody_is_left_who_could_be_helped_alone(people: list[Learner], rule: GroupRule) -> None:
    """Reasons are true, and three left people with the same single topic would be a group."""
    found = suggest_groups(people, rule)
    by_key = {person.key: person for person in people}
    for person in found.alone:
        own = by_key[person.key]
        others = [other for other in people if other is not own and other.subject == own.subject]
        others = [other for other in others if not rule.one_place or other.place == own.place]
        assert person.sharing == sum(bool(set(own.topics) & set(other.topics)) for other in others)
        assert (person.reason is Reason.NO_DEFICITS) == (not own.topics)
    for topic in TOPICS:
        same = [by_key[person.key] for person in found.alone if set(by_key[person.key].topics) == {topic}]
        alike = [(person.subject, person.place if rule.one_place else "") for person in same]
        assert all(alike.count(one) < rule.least for one in alike)


def planted(size: int, each: int) -> list[Learner]:
    """So many profiles of three topics of their own, with a little noise."""
    random = np.random.default_rng(size)
    people = []
    for place in range(size * each):
        own = {f"topic {3 * (place % size) + k}": float(random.uniform(0.9, 1)) for k in range(3)}
        if random.random() < 0.3:
            own[f"topic {random.integers(3 * size)}"] = 0.9
        people.append(Learner(f"{place:03}", f"school {place % 7}", "maths", own))
    return people


def test_planted_profiles_are_found() -> None:
    found = suggest_groups(planted(5, 8))
    assert found.alone == ()
    assert (
        sorted({int(key) % 5 for key in group.people} == {place} for place in range(5) for group in found.groups).count(
            True
        )
        == 5
    )
    for group in found.groups:
        assert (len(group.people), group.shared_by_all, len(group.topics)) == (8, 3, 3)
        assert group.coverage > 0.85
        assert group.silhouette is not None
        assert group.silhouette > 0.6


def test_people_alike_are_parted_evenly() -> None:
    people = [Learner(f"{place:02}", "north", "maths", {"fractions": 1.0}) for place in range(25)]
    found = suggest_groups(people)
    assert sorted(len(group.people) for group in found.groups) == [8, 8, 9]
    assert [(group.distance, group.silhouette, group.coverage) for group in found.groups] == [(0.0, 0.0, 1.0)] * 3


def test_the_explanation() -> None:
    people = [
        Learner("a", "north", "maths", {"fractions": 1.0, "graphs": 0.9}),
        Learner("b", "south", "maths", {"fractions": 0.9}),
        Learner("c", "south", "maths", {"fractions": 0.95, "proofs": 0.95}),
    ]
    (group,) = suggest_groups(people).groups
    assert (group.people, group.places, group.shared_by_all, group.silhouette) == (
        ("a", "b", "c"),
        ("north", "south"),
        1,
        None,
    )
    (fractions,) = group.topics
    assert (fractions.topic, fractions.n, fractions.share) == ("fractions", 3, 1.0)
    assert fractions.weight == pytest.approx(0.95)
    assert [(topic.topic, topic.n) for topic in group.other_topics] == [("proofs", 1), ("graphs", 1)]
    assert group.coverage == pytest.approx((1 / 1.9 + 1 + 1 / 2) / 3)
    apart = [1 - 0.9 / 1.9, 1 - 0.95 / (1.0 + 0.9 + 0.95), 1 - 0.9 / (0.95 + 0.95)]
    assert group.distance == pytest.approx(sum(apart) / 3)


def test_reasons() -> None:
    rows = {
        "nothing": {},
        "only one": {"x": 1.0},
        "pair 1": {"y": 1.0},
        "pair 2": {"y": 1.0},
        "between": {"y": 0.9, "z": 0.9},
        "q1": {"z": 1.0, "u": 1.0},
        "q2": {"u": 1.0, "v": 1.0},
    }
    found = suggest_groups([Learner(key, "north", "maths", topics) for key, topics in rows.items()], GroupRule(least=4))
    assert found == Grouping(
        (),
        (
            Alone("between", "maths", Reason.NO_FITTING_GROUP, 3),
            Alone("nothing", "maths", Reason.NO_DEFICITS, 0),
            Alone("only one", "maths", Reason.NOTHING_SHARED, 0),
            Alone("pair 1", "maths", Reason.TOO_FEW, 2),
            Alone("pair 2", "maths", Reason.TOO_FEW, 2),
            Alone("q1", "maths", Reason.TOO_FEW, 2),
            Alone("q2", "maths", Reason.TOO_FEW, 1),
        ),
    )


def test_nobody() -> None:
    assert suggest_groups([]) == Grouping((), ())


@pytest.mark.parametrize(
    ("people", "rule"),
    [
        ([], GroupRule(least=1)),
        ([], GroupRule(least=5, most=4)),
        ([], GroupRule(common=0.4)),
        ([Learner("a", "n", "m", {}), Learner("a", "s", "m", {})], GroupRule()),
        ([Learner("a", "n", "m", {"x": 0.0})], GroupRule()),
    ],
)
def test_what_makes_no_sense(people: list[Learner], rule: GroupRule) -> None:
    with pytest.raises(ValueError):
        suggest_groups(people, rule)
