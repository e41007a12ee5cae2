"""Verdicts on topics: honest in a simulation whose truth is known, and careful where little is known."""

from dataclasses import dataclass

import numpy as np
import pytest

from traektoria.engines.deficits import Mastery, MasteryRule, Verdict, estimate_mastery
from traektoria.engines.deficits.hierarchy import CLOSE, Answers, fit_hierarchy
from traektoria.engines.deficits.mastery import verdict
from traektoria.engines.psychometrics import Code, FitRefused
from traektoria.engines.psychometrics.arrays import Floats

TOPICS, EACH = 6, 5
NAMES = tuple(f"topic {place // EACH}" for place in range(TOPICS * EACH))
ONES = (1,) * (TOPICS * EACH)


@dataclass(frozen=True)
class World:
    """Answers and the true completion of each topic (people, topics)."""

    scores: Floats
    truth: Floats


def simulate(people: int, seed: int) -> World:
    """Not the engine's own model: unequal correlations of topics, unequal means, items of unequal slopes."""
    random = np.random.default_rng(seed)
    mixing = random.normal(size=(TOPICS, 3))
    levels = random.normal(size=(people, 3)) @ mixing.T * 0.5 + random.normal(0, 0.6, (people, TOPICS))
    levels += random.normal(0.9, 0.4, TOPICS)
    slopes, places = random.uniform(0.7, 1.6, TOPICS * EACH), np.repeat(np.arange(TOPICS), EACH)
    chances = 1 / (1 + np.exp(-slopes * (levels[:, places] - random.normal(0, 0.8, TOPICS * EACH))))
    scores = (random.random(chances.shape) < chances).astype(float)
    return World(scores, chances.reshape(people, TOPICS, EACH).mean(2))


def probabilities(found: Mastery) -> Floats:
    return np.array([[topic.p_deficit for topic in person] for person in found.people])


@pytest.fixture(scope="module")
def world() -> World:
    return simulate(1000, 5)


@pytest.fixture(scope="module")
def found(world: World) -> Mastery:
    return estimate_mastery(world.scores, NAMES, ONES)


def test_what_is_called_expressed_is_true_in_nine_of_ten(world: World, found: Mastery) -> None:
    expressed = np.array([[topic.verdict is Verdict.EXPRESSED for topic in person] for person in found.people])
    deficit = world.truth < 0.6
    assert expressed.sum() > 100
    assert deficit[expressed].mean() >= 0.9


def test_probabilities_mean_what_they_say(world: World, found: Mastery) -> None:
    chances, deficit = probabilities(found), world.truth < 0.6
    for low in np.arange(0, 1, 0.2):
        inside = (chances >= low) & (chances < low + 0.2)
        assert deficit[inside].mean() == pytest.approx(chances[inside].mean(), abs=0.06)


def test_the_plain_percentage_is_wrong_more_often(world: World, found: Mastery) -> None:
    """Below 60 % of five items: named in error much more often than what is called expressed."""
    shares = world.scores.reshape(1000, TOPICS, EACH).mean(2)
    deficit, named = world.truth < 0.6, shares < 0.6
    expressed = probabilities(found) >= 0.9
    assert (~deficit)[named].mean() > 2 * (~deficit)[expressed].mean()


def test_intervals_hold_the_truth(world: World, found: Mastery) -> None:
    held = [
        topic.low <= truth <= topic.high
        for person, row in zip(found.people, world.truth, strict=True)
        for topic, truth in zip(person, row, strict=True)
    ]
    assert np.mean(held) == pytest.approx(0.8, abs=0.04)


def test_other_topics_lend_strength() -> None:
    """The same answers on the first topic: who does well elsewhere is less likely to have a deficit there."""
    world = simulate(200, 3)
    scores = world.scores.copy()
    scores[0], scores[1] = 1, 0
    scores[:2, :EACH] = [1, 0, 1, 0, 0]
    strong, weak = (person[0] for person in estimate_mastery(scores, NAMES, ONES).people[:2])
    assert (strong.n, strong.points, weak.points) == (5, 2, 2)
    assert strong.p_deficit + 0.3 < weak.p_deficit
    assert strong.completion > weak.completion


def test_little_data() -> None:
    scores = simulate(60, 4).scores
    scores[0, 2:EACH] = np.nan
    scores[1, :EACH] = np.nan
    people = estimate_mastery(scores, NAMES, ONES).people
    assert [(person[0].n, person[0].verdict) for person in people[:2]] == [
        (2, Verdict.LITTLE_DATA),
        (0, Verdict.LITTLE_DATA),
    ]
    assert 0 < people[1][0].p_deficit < 1
    few = estimate_mastery(scores[:15], NAMES, ONES)
    assert {topic.verdict for person in few.people for topic in person} == {Verdict.LITTLE_DATA}


def test_points_and_items_that_everybody_has_right() -> None:
    random = np.random.default_rng(7)
    scores = random.integers(0, 4, (80, 6)).astype(float)
    scores[:, 5] = 3
    found = estimate_mastery(scores, ["a", "b"] * 3, [3] * 6)
    assert found.topics == ("a", "b")
    first = found.people[0][0]
    assert (first.n, first.maximum, first.points) == (3, 9, int(scores[0, [0, 2, 4]].sum()))
    mean = np.mean([person[1].completion for person in found.people])
    assert mean == pytest.approx(scores[:, 1::2].mean() / 3, abs=0.03)


@pytest.mark.parametrize(
    ("p", "n", "word"),
    [
        (0.9, 3, Verdict.EXPRESSED),
        (0.89, 3, Verdict.POSSIBLE),
        (0.5, 9, Verdict.POSSIBLE),
        (0.49, 3, Verdict.NO_GROUNDS),
        (0.99, 2, Verdict.LITTLE_DATA),
    ],
)
def test_words(p: float, n: int, word: Verdict) -> None:
    assert verdict(p, n, MasteryRule()) is word


def test_thresholds_are_arguments(found: Mastery, world: World) -> None:
    stricter = estimate_mastery(world.scores[:100], NAMES, ONES, MasteryRule(deficit=0.8, secure=0.9))
    usual = estimate_mastery(world.scores[:100], NAMES, ONES)
    assert (probabilities(stricter) > probabilities(usual)).all()
    assert verdict(0.75, 5, MasteryRule(expressed=0.7)) is Verdict.EXPRESSED
    assert all(topic.p_deficit + topic.p_secure <= 1 for person in found.people for topic in person)


@pytest.mark.parametrize("value", [2.0, -1.0, 0.5])
def test_points_outside_the_range(value: float) -> None:
    scores = simulate(30, 1).scores
    scores[4, 2] = value
    with pytest.raises(FitRefused) as caught:
        estimate_mastery(scores, NAMES, ONES)
    (problem,) = caught.value.problems
    assert (problem.code, problem.parameters) == (
        Code.OUT_OF_RANGE,
        {"row": 5, "column": "3", "value": f"{value:g}", "low": 0, "high": 1},
    )


def test_posterior_against_plain_integration() -> None:
    """Two topics: chances of the first from a sum over all pairs of levels."""
    world = simulate(40, 8)
    answers = Answers(world.scores[:, : 2 * EACH].astype(np.int8), (0,) * EACH + (1,) * EACH, (1,) * 2 * EACH)
    found = fit_hierarchy(answers)
    parameters = found.parameters
    levels = np.linspace(-7, 7, 169)
    variance = np.array([[parameters.general + parameters.topical, parameters.general]] * 2)
    variance[1] = variance[1, ::-1]
    pairs = np.stack(np.meshgrid(levels, levels, indexing="ij"), axis=-1)
    density = np.exp(-np.einsum("abi,ij,abj->ab", pairs, np.linalg.inv(variance), pairs) / 2)
    right = 1 / (1 + np.exp(-(levels + np.array(parameters.intercepts))))
    for person in range(3):
        own = answers.codes[person][:, None]
        products = np.where(own == 1, right, 1 - right)
        joint = density * products[:EACH].prod(0)[:, None] * products[EACH:].prod(0)
        mean = (joint.sum(1) @ levels) / joint.sum()
        ours = found.eta[0, person] @ np.linspace(-7, 7, found.eta.shape[2])
        assert ours == pytest.approx(mean, abs=5 * CLOSE)
