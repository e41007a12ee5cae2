"""Verdicts on topics: honest in a simulation whose truth is known, and careful where little is known."""

from dataclasses import dataclass

import numpy as np
import pytest

from tests.engines.deficits.worlds import answered, levels, right, split, spread
from traektoria.engines.deficits import Mastery, MasteryRule, Verdict, estimate_mastery
from traektoria.engines.deficits.hierarchy import NORMAL, SHAPES, Answers, Known, expect
from traektoria.engines.deficits.mastery import clear, verdict
from traektoria.engines.deficits.populations import CLOSE, fit_normal, populations
from traektoria.engines.psychometrics import FitCode, FitRefused
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
    expressed = np.array([[topic.verdict is Verdict.EXPRESSED for topic in person] for person in found.people])
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
    random = np.random.default_rng(3)
    logits, topic = spread(levels(200, random, general=1.2, own=0.4), random)
    scores = answered(right(logits), topic, random).scores.copy()
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
    ("p", "is_enough", "is_sure", "word"),
    [
        (0.99, True, True, Verdict.EXPRESSED),
        (0.99, True, False, Verdict.POSSIBLE),
        (0.5, True, False, Verdict.POSSIBLE),
        (0.49, True, False, Verdict.NO_GROUNDS),
        (0.99, False, True, Verdict.LITTLE_DATA),
    ],
)
def test_words(p: float, is_enough: bool, is_sure: bool, word: Verdict) -> None:
    assert verdict(p, MasteryRule(), is_enough=is_enough, is_sure=is_sure) is word


@pytest.mark.parametrize(("deficit", "below"), [(0.6, 0.5172), (0.7, 0.625), (0.01, 0.0072), (0.99, 0.9861)])
def test_clearly_below_is_the_same_step_at_every_threshold(deficit: float, below: float) -> None:
    assert clear(MasteryRule(deficit=deficit)) == pytest.approx(below, abs=5e-4)


def test_what_is_expressed_is_clear_in_nearly_all_populations(found: Mastery) -> None:
    """Firm is stricter than the probability shown, and decides; a lesser promise names more."""
    topics = [topic for person in found.people for topic in person]
    assert all((topic.verdict is Verdict.EXPRESSED) == (topic.firm >= MasteryRule().expressed) for topic in topics)
    assert np.mean([topic.firm <= topic.p_deficit for topic in topics]) > 0.99
    scores = simulate(60, 4).scores
    strict, lax = (
        sum(
            topic.verdict is Verdict.EXPRESSED
            for person in estimate_mastery(scores, NAMES, ONES, rule).people
            for topic in person
        )
        for rule in (MasteryRule(), MasteryRule(expressed=0.7))
    )
    assert lax > strict


def test_thresholds_are_arguments(world: World) -> None:
    stricter = estimate_mastery(world.scores[:100], NAMES, ONES, MasteryRule(deficit=0.8, secure=0.9))
    usual = estimate_mastery(world.scores[:100], NAMES, ONES)
    assert (probabilities(stricter) > probabilities(usual)).all()
    assert all(topic.p_deficit + topic.p_secure <= 1 for person in usual.people for topic in person)


def test_what_hangs_on_omissions_is_not_expressed() -> None:
    """The same zeros: wrong answers are expressed, tasks left out are not."""
    scores = simulate(1000, 5).scores
    scores[0] = 1
    scores[0, :EACH] = 0
    omitted = np.zeros(scores.shape, dtype=bool)
    omitted[0, :EACH] = True
    (wrong,) = estimate_mastery(scores, NAMES, ONES).people[:1]
    (left,) = estimate_mastery(scores, NAMES, ONES, omitted=omitted).people[:1]
    assert wrong[0].firm > left[0].firm
    assert wrong[0].p_deficit > left[0].p_deficit
    assert left[0].firm < 0.6
    assert (left[0].n, left[0].points) == (EACH, 0)
    assert left[0].verdict is not Verdict.EXPRESSED


def test_tasks_on_one_text_are_one_piece() -> None:
    """Nothing is expressed of one text, and five wrong answers to it say less than to tasks of their own."""
    scores = simulate(1000, 5).scores
    scores[:40, :EACH] = 0
    alone = estimate_mastery(scores, NAMES, ONES).people
    together = estimate_mastery(scores, NAMES, ONES, texts=["a"] * EACH + [None] * (len(NAMES) - EACH)).people
    assert {person[0].pieces for person in alone} == {EACH}
    assert {person[0].pieces for person in together} == {1}
    assert Verdict.EXPRESSED in {person[0].verdict for person in alone}
    assert Verdict.EXPRESSED not in {person[0].verdict for person in together}
    assert alone[0][0].p_deficit > together[0][0].p_deficit
    assert alone[0][0].low < together[0][0].low
    assert {person[1].pieces for person in together} == {EACH}


def test_it_is_about_the_tasks_of_the_own_form() -> None:
    """Whoever got the easy form is expected to do better on it than who got the hard one and is as good."""
    random = np.random.default_rng(3)
    easy, hard = random.random((400, 5)) < 0.85, random.random((400, 5)) < 0.45
    scores = np.hstack([easy, hard]).astype(float)
    scores[:200, 5:], scores[200:, :5] = np.nan, np.nan
    found = estimate_mastery(scores, ["a"] * 10, [1] * 10)
    means = [np.mean([person[0].completion for person in half]) for half in (found.people[:200], found.people[200:])]
    assert means == pytest.approx([0.85, 0.45], abs=0.03)


def test_few_people_leave_the_population_open() -> None:
    """Of a few the populations are many, with shares that add up to one; the same answers give the same figures."""
    scores = simulate(30, 6).scores
    answers = Answers(scores.astype(np.int8), tuple(np.repeat(range(TOPICS), EACH)), ONES)
    found = list(populations(answers, fit_normal(answers)[0]))
    assert sum(one.share for one in found) == pytest.approx(1)
    assert sum(one.normal for one in found if one.parameters.shape == NORMAL) == pytest.approx(1)
    assert len({one.parameters.spread for one in found}) > 2
    assert len({one.parameters.shape for one in found}) > 2
    assert estimate_mastery(scores, NAMES, ONES) == estimate_mastery(scores, NAMES, ONES)


def test_many_people_show_that_they_are_of_two_clumps() -> None:
    """Three of ten at 30 %, the others at 85 %: hardly anything else is left, and most of the three are named."""
    world = split(0.85, 0.30)(600, np.random.default_rng(2))
    answers = Answers(world.scores.astype(np.int8), tuple(world.topic.tolist()), ONES)
    found = list(populations(answers, fit_normal(answers)[0]))
    assert sum(one.share for one in found if one.parameters.shape != NORMAL) > 0.95
    people = estimate_mastery(world.scores, NAMES, ONES).people
    named = np.array([[topic.verdict is Verdict.EXPRESSED for topic in person] for person in people])
    deficit = world.truth < 0.6
    assert deficit[named].mean() > 0.95
    assert named[deficit].mean() > 0.4


def test_shapes_differ_only_in_shape() -> None:
    """Rising, mean 0, variance 1 over the normal curve."""
    chances = np.exp(-(np.linspace(-4, 4, len(SHAPES[0])) ** 2) / 2)
    chances /= chances.sum()
    for shape in SHAPES:
        assert (np.diff(shape) > 0).all()
        assert (chances @ shape, chances @ shape**2) == pytest.approx((0, 1))


def test_the_draw_of_tasks_enters() -> None:
    """Tasks of unequal difficulty say less of others like them: the same five wrong answers are less firm."""
    random = np.random.default_rng(4)
    found = []
    for items in (0.0, 1.6):
        logits = levels(400, random)[:, np.repeat(range(TOPICS), EACH)] - np.tile(
            np.linspace(-items, items, EACH), TOPICS
        )
        scores = (random.random(logits.shape) < right(logits)).astype(float)
        scores[0, :EACH] = 0
        found.append(estimate_mastery(scores, NAMES, ONES).people[0][0])
    alike, unequal = found
    assert alike.p_deficit - alike.firm < unequal.p_deficit - unequal.firm


@pytest.mark.parametrize("value", [2.0, -1.0, 0.5])
def test_points_outside_the_range(value: float) -> None:
    scores = simulate(30, 1).scores
    scores[4, 2] = value
    with pytest.raises(FitRefused) as caught:
        estimate_mastery(scores, NAMES, ONES)
    (problem,) = caught.value.problems
    assert (problem.code, problem.parameters) == (
        FitCode.OUT_OF_RANGE,
        {"row": 5, "column": "3", "value": f"{value:g}", "low": 0, "high": 1},
    )


def test_posterior_against_plain_integration() -> None:
    """Two topics: chances of the first from a sum over all pairs of levels."""
    world = simulate(40, 8)
    answers = Answers(world.scores[:, : 2 * EACH].astype(np.int8), (0,) * EACH + (1,) * EACH, (1,) * 2 * EACH)
    parameters, _steps = fit_normal(answers)
    chances = expect(Known(answers), parameters).chances
    levels = np.linspace(-7, 7, 169)
    total = parameters.spread**2
    variance = np.array([[total, total * parameters.shared], [total * parameters.shared, total]])
    pairs = np.stack(np.meshgrid(levels, levels, indexing="ij"), axis=-1)
    density = np.exp(-np.einsum("abi,ij,abj->ab", pairs, np.linalg.inv(variance), pairs) / 2)
    right = 1 / (1 + np.exp(-(levels + np.array(parameters.intercepts))))
    for person in range(3):
        own = answers.codes[person][:, None]
        products = np.where(own == 1, right, 1 - right)
        joint = density * products[:EACH].prod(0)[:, None] * products[EACH:].prod(0)
        mean = (joint.sum(1) @ levels) / joint.sum()
        assert chances[0, person] @ parameters.eta == pytest.approx(mean, abs=5 * CLOSE)
