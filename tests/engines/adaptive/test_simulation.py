"""What an adaptive form saves, in 1 000 simulated people; and that the test would see if it saved nothing."""

from functools import cache
from math import sqrt

import numpy as np
import pytest

from tests.engines.adaptive.samples import pool_of
from traektoria.engines.adaptive import AdaptiveRules, End, Simulated, Topic, simulate, simulate_fixed
from traektoria.engines.forms import ItemCandidate, Row, assemble_forms

POOL = pool_of()
PEOPLE = np.random.default_rng(9).normal(size=1000)
FIXED = 24  # items: four of each of six topics
RATE = 0.5
MOST = 0.6
AIM = 0.97  # of the fixed form's error: those for whom the pool has nothing more end above it


def typical_form() -> list[str]:
    """A form from the same pool by the same blueprint, balanced, as the centre would make it."""
    items = [ItemCandidate(item.key, item.topic, "any", 1, item.thresholds[0], item.slope) for item in POOL.items]
    blueprint = [Row(topic, None, FIXED // len(POOL.topics)) for topic in POOL.topics]
    return list(assemble_forms(items, blueprint, 1).forms[0].items)


def rules(error: float, best: int = 3) -> AdaptiveRules:
    return AdaptiveRules({topic: Topic(1, 4) for topic in POOL.topics}, FIXED, error, RATE, best)


@cache
def fixed() -> Simulated:
    return simulate_fixed(POOL, typical_form(), rules(1.0), PEOPLE, 1)


@cache
def adaptive() -> Simulated:
    """It aims a little below the root of the fixed form's mean squared error."""
    return simulate(POOL, rules(aim()), PEOPLE, 1)


def aim() -> float:
    return AIM * sqrt(1 - fixed().reliability())


def test_the_same_reliability_with_six_tenths_of_the_items() -> None:
    assert adaptive().reliability() >= fixed().reliability()
    assert adaptive().true_reliability(PEOPLE) >= fixed().true_reliability(PEOPLE) - 0.01
    assert adaptive().items <= MOST * FIXED


def test_without_choice_by_information_it_would_not() -> None:
    """Any of the sixty items by lot, under the same rules: the measure above can fail."""
    by_lot = simulate(POOL, rules(aim(), best=60), PEOPLE[:200], 1)
    assert by_lot.items > MOST * FIXED + 2


def test_the_blueprint_holds_for_everybody() -> None:
    for place in range(len(POOL.topics)):
        numbers = adaptive().asked[:, POOL.topic_places == place].sum(1)
        assert numbers.min() >= 1
        assert numbers.max() <= 4


def test_no_item_is_met_by_more_people_than_allowed() -> None:
    assert adaptive().rates.max() <= RATE
    free = simulate(POOL, AdaptiveRules(rules(0.4).blueprint, FIXED, 0.4, 1.0, 1), PEOPLE[:300], 1)
    assert free.rates.max() > 0.9


def test_ends_are_what_they_say() -> None:
    precise = np.array([end is End.PRECISE for end in adaptive().ends])
    assert 0.6 < precise.mean() < 1
    assert (adaptive().error[precise] <= aim()).all()
    assert (adaptive().error[~precise] > aim()).all()
    assert (adaptive().asked.sum(1) <= FIXED).all()


def test_errors_are_what_they_claim() -> None:
    """Squared errors of the estimates are as large as the standard errors say."""
    seen = float(np.mean((adaptive().theta - PEOPLE) ** 2))
    assert seen == pytest.approx(1 - adaptive().reliability(), rel=0.1)


def test_partial_credit_saves_too() -> None:
    pool = pool_of(40, 4, thresholds=3)
    blueprint = {topic: Topic(1) for topic in pool.topics}
    people = PEOPLE[:200]
    whole = simulate_fixed(pool, [item.key for item in pool.items[:16]], AdaptiveRules(blueprint, 16), people, 1)
    found = simulate(pool, AdaptiveRules(blueprint, 16, AIM * sqrt(1 - whole.reliability()), 0.6), people, 1)
    assert found.reliability() >= whole.reliability() - 0.005
    assert found.items <= 0.7 * 16
