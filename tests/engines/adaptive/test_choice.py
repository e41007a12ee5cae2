"""The next item: by information, within the blueprint, the same for the same person."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.adaptive.samples import pool_of
from tests.thoroughness import rounds
from traektoria.engines.adaptive import (
    AdaptiveAnswer,
    AdaptiveCode,
    AdaptiveRefused,
    AdaptiveRules,
    End,
    ItemChoice,
    PoolItem,
    Stop,
    Topic,
    Why,
    ability,
    check_rules,
    closed_items,
    make_pool,
    next_item,
)
from traektoria.engines.adaptive.pool import Pool

POOL = pool_of(30, 3)
BLUEPRINT = {"topic 0": Topic(2, 4), "topic 1": Topic(1), "topic 2": Topic(0, 1)}
RULES = AdaptiveRules(BLUEPRINT, 12, 0.5, best=1, least_gain=0.0)


def refusals(error: AdaptiveRefused) -> list[tuple[AdaptiveCode, dict[str, str | int | float | None]]]:
    return [(problem.code, problem.parameters) for problem in error.problems]


def test_the_most_informative_of_the_missing_topics() -> None:
    step = next_item(POOL, [], RULES, 1)
    assert isinstance(step, ItemChoice)
    assert (step.reason, step.ability.theta, step.ability.error) == (
        Why.BLUEPRINT,
        pytest.approx(0, abs=1e-9),
        pytest.approx(1, abs=1e-3),
    )
    worth = dict(zip(POOL.places, POOL.information(0.0), strict=True))
    wanted = [item.key for item in POOL.items if item.topic in ("topic 0", "topic 1")]
    assert step.key == max(wanted, key=worth.__getitem__)


def test_information_is_that_of_the_formula() -> None:
    """Right/wrong: a²·P·(1 − P). Three categories: a² times the variance of the score."""
    pool = make_pool([PoolItem("a", "t", 1.5, (0.4,)), PoolItem("b", "t", 0.8, (-1.0, 1.0))])
    p = 1 / (1 + np.exp(-1.5 * (1.0 - 0.4)))
    weights = np.exp([0, 0.8 * 2.0, 0.8 * 2.0])
    chances = weights / weights.sum()
    variance = chances @ [0, 1, 4] - (chances @ [0, 1, 2]) ** 2
    assert pool.information(1.0) == pytest.approx([1.5**2 * p * (1 - p), 0.8**2 * variance], abs=1e-6)


def test_ability_against_plain_integration() -> None:
    answers = [AdaptiveAnswer("item 00", 1), AdaptiveAnswer("item 01", 0), AdaptiveAnswer("item 02", 1)]
    theta = np.linspace(-9, 9, 4001)
    density = np.exp(-((theta - 0.3) ** 2) / (2 * 0.8**2))
    for item, answer in zip(POOL.items, answers, strict=False):
        right = 1 / (1 + np.exp(-(item.slope or 0) * (theta - item.thresholds[0])))
        density *= right if answer.score else 1 - right
    mean = (density @ theta) / density.sum()
    spread = np.sqrt(density @ (theta - mean) ** 2 / density.sum())
    found = ability(POOL, answers, AdaptiveRules(BLUEPRINT, 12, mean=0.3, sd=0.8))
    assert (found.theta, found.error) == (pytest.approx(mean, abs=1e-4), pytest.approx(spread, abs=1e-4))


@settings(max_examples=rounds(8, 40), deadline=None)
@given(st.integers(), st.integers(1, 5), st.lists(st.integers(0, 1), min_size=30, max_size=30))
def test_any_sitting(seed: int, best: int, scores: list[int]) -> None:
    """No item twice, minima before anything else, no topic above its most, an end in time; and all of it again."""
    rules = AdaptiveRules(BLUEPRINT, 12, 0.5, best=best, least_gain=0.0)
    answers, end = sitting(POOL, rules, seed, scores)
    assert (answers, end) == sitting(POOL, rules, seed, scores)
    topics = [POOL.items[POOL.places[answer.key]].topic for answer in answers]
    assert len({answer.key for answer in answers}) == len(answers) <= 12
    assert sorted(topics[:3]) == ["topic 0", "topic 0", "topic 1"]
    assert topics.count("topic 0") <= 4
    assert topics.count("topic 2") <= 1
    assert (end.reason is End.PRECISE) == (end.ability.error <= 0.5 and len(answers) < 12)


def sitting(pool: Pool, rules: AdaptiveRules, seed: int, scores: list[int]) -> tuple[list[AdaptiveAnswer], Stop]:
    answers: list[AdaptiveAnswer] = []
    while isinstance(step := next_item(pool, answers, rules, seed), ItemChoice):
        answers.append(AdaptiveAnswer(step.key, scores[pool.places[step.key]]))
    return answers, step


def test_people_get_different_items() -> None:
    first = {
        step.key
        for seed in range(50)
        if isinstance(step := next_item(POOL, [], AdaptiveRules(BLUEPRINT, 9), seed), ItemChoice)
    }
    assert len(first) == 3


def test_ends() -> None:
    ones = [1, 0] * 15
    assert sitting(POOL, AdaptiveRules(BLUEPRINT, 12), 1, ones)[1].reason is End.COMPLETE
    assert sitting(POOL, AdaptiveRules(BLUEPRINT, 5, 0.01), 1, ones)[1].reason is End.LONGEST
    used_up = sitting(
        POOL, AdaptiveRules({"topic 0": Topic(1, 2), "topic 2": Topic(0, 1)}, 12, 0.01, least_gain=0.0), 1, ones
    )
    assert (len(used_up[0]), used_up[1].reason) == (3, End.USED_UP)


def test_the_pool_has_nothing_more() -> None:
    """One easy item a topic: who has the first right learns nothing from the others; the minima come all the same."""
    pool = make_pool([PoolItem(f"{place}", f"{place % 2}", 1.0, (-3.0,)) for place in range(6)])
    rules = AdaptiveRules({"0": Topic(1), "1": Topic(1)}, 6, 0.3, 1.0, 1, least_gain=0.05)
    answers, end = sitting(pool, rules, 1, [1] * 6)
    assert (len(answers), end.reason) == (2, End.NO_GAIN)


def test_closed_items_are_kept_closed_unless_the_minima_need_them() -> None:
    first = next_item(POOL, [], RULES, 1)
    assert isinstance(first, ItemChoice)
    second = next_item(POOL, [], RULES, 1, {first.key, "gone from the pool"})
    assert isinstance(second, ItemChoice)
    assert second.key != first.key
    everything = next_item(POOL, [], RULES, 1, set(POOL.places))
    assert isinstance(everything, ItemChoice)
    answers, _ = sitting(POOL, RULES, 1, [1] * 30)
    assert next_item(POOL, answers[:3], RULES, 1, set(POOL.places)) == Stop(
        End.USED_UP, ability(POOL, answers[:3], RULES)
    )


def test_what_is_closed() -> None:
    """At half of the people: of ten sittings, this one included, five may have the item."""
    used = {"a": 5, "b": 4, "c": 0}
    assert closed_items(used, 10, RULES) == {"a"}
    assert closed_items({"a": 1}, 2, RULES) == {"a"}
    assert closed_items({"a": 0}, 1, RULES) == frozenset()


def test_pools_that_cannot_be() -> None:
    items = [
        PoolItem("a", "t", None, (0.0,)),
        PoolItem("b", "t", 1.0, ()),
        PoolItem("c", "t", -1.0, (0.0,)),
        PoolItem("d", "t", 1.0, (float("nan"),)),
    ]
    with pytest.raises(AdaptiveRefused) as caught:
        make_pool([*items, items[3]])
    assert refusals(caught.value) == [
        (AdaptiveCode.DUPLICATE_ITEM, {"key": "d"}),
        (AdaptiveCode.UNKNOWN_PARAMETERS, {"key": "a"}),
        (AdaptiveCode.UNKNOWN_PARAMETERS, {"key": "b"}),
        (AdaptiveCode.BAD_SLOPE, {"key": "c"}),
        (AdaptiveCode.BAD_THRESHOLD, {"key": "d"}),
        (AdaptiveCode.BAD_THRESHOLD, {"key": "d"}),
    ]
    with pytest.raises(AdaptiveRefused, match="no_items"):
        make_pool([])


def test_rules_that_cannot_be_kept() -> None:
    rules = AdaptiveRules({"topic 0": Topic(6), "topic 9": Topic(1), "topic 1": Topic(3, 2)}, 5, -1.0, best=0)
    with pytest.raises(AdaptiveRefused) as caught:
        check_rules(POOL, rules)
    assert refusals(caught.value) == [
        (AdaptiveCode.BAD_RULE, {"name": "target_error", "value": "-1.0"}),
        (AdaptiveCode.BAD_RULE, {"name": "best", "value": "0"}),
        (AdaptiveCode.BAD_RULE, {"name": "blueprint", "value": "topic 1"}),
        (AdaptiveCode.MINIMA_TOO_LONG, {"needed": 10, "most": 5}),
        (AdaptiveCode.RATE_TOO_LOW, {"topic": "topic 0", "needed": 6, "there": 10, "rate": 0.5}),
        (AdaptiveCode.TOPIC_WITHOUT_ITEMS, {"topic": "topic 9", "needed": 1, "there": 0}),
    ]
    check_rules(POOL, RULES)


def test_answers_that_do_not_fit() -> None:
    answers = [
        AdaptiveAnswer("item 00", 2),
        AdaptiveAnswer("x", 1),
        AdaptiveAnswer("item 01", 1),
        AdaptiveAnswer("item 01", 1),
    ]
    with pytest.raises(AdaptiveRefused) as caught:
        next_item(POOL, answers, RULES, 1)
    assert refusals(caught.value) == [
        (AdaptiveCode.BAD_SCORE, {"key": "item 00", "score": 2, "most": 1}),
        (AdaptiveCode.UNKNOWN_ITEM, {"key": "x"}),
        (AdaptiveCode.REPEATED_ITEM, {"key": "item 01"}),
    ]
    with pytest.raises(AdaptiveRefused, match="bad_score"):
        next_item(POOL, [AdaptiveAnswer("item 00", 0.5)], RULES, 1)  # type: ignore[arg-type]
