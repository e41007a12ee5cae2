"""Worlds kept apart: written before the rule was chosen, and run once when it stood.

`APART` was run on the first form of the rule; what it showed changed it (docs/mastery.md tells what). So `AGAIN` was
written then, before the change, and run once after it.
"""

from dataclasses import replace

import numpy as np

from traektoria.engines.psychometrics.arrays import Floats

from .worlds import EACH, TOPICS, Random, Way, World, answered, levels, places, right, spread


def clumps(
    shares: tuple[float, ...], weights: tuple[float, ...], *, personal: float, items: float, each: int = EACH
) -> Way:
    """Clumps of people with these true shares on very many tasks; `personal`: how much of it belongs to the person."""

    def make(people: int, random: Random) -> World:
        topic = places(TOPICS, each)
        lean = (
            random.normal(size=(people, 1)) * personal**0.5
            + random.normal(size=(people, TOPICS)) * (1 - personal) ** 0.5
        )
        clump = np.searchsorted(np.quantile(lean, np.cumsum(weights)[:-1]), lean)
        level = np.array([_level(share, items) for share in shares])[clump]
        return answered(right(level[:, topic] - random.normal(0, items, len(topic))), topic, random)

    return make


def _level(share: float, items: float) -> float:
    """The level with that mean share over tasks that vary so much."""
    points = np.linspace(-4, 4, 81)
    weights = np.exp(-(points**2) / 2) / np.exp(-(points**2) / 2).sum()
    tried = np.linspace(-6, 6, 1201)
    means: Floats = right(tried[:, None] - items * points) @ weights
    return float(np.interp(share, means, tried))


def slips(people: int, random: Random) -> World:
    """4PL: the best slip, the worst guess."""
    logits, topic = spread(levels(people, random, mean=0.6), random)
    low, high = random.uniform(0, 0.25, len(topic)), random.uniform(0.85, 1, len(topic))
    return answered(low + (high - low) * right(1.4 * logits), topic, random)


def asymmetric(people: int, random: Random) -> World:
    """Complementary log-log curves: the way up is unlike the way down."""
    logits, topic = spread(levels(people, random, mean=0.2), random, items=0.7)
    return answered(1 - np.exp(-np.exp(0.8 * logits)), topic, random)


def trained(people: int, random: Random) -> World:
    """Half of the people have had the course, the others not: the general level has two clumps."""
    had = random.random((people, 1)) < 0.5
    found = np.where(had, 1.6, -0.3) + random.normal(0, 0.5, (people, TOPICS)) + random.normal(0, 0.3, TOPICS)
    logits, topic = spread(found, random)
    return answered(right(logits), topic, random)


def two_kinds_of_topics(people: int, random: Random) -> World:
    """Three topics are clearly split (88 and 30 %), in three all others are just above the threshold (63 and 38 %)."""
    is_other = random.random((people, TOPICS)) < 0.3
    kind = np.arange(TOPICS) < 3
    level = np.where(is_other, np.where(kind, -0.9, -0.5), np.where(kind, 2.1, 0.56))
    topic = places()
    return answered(right(1.05 * level[:, topic] - random.normal(0, 0.4, len(topic))), topic, random)


def wild_tasks(people: int, random: Random) -> World:
    """Tasks of very unequal difficulty, some far out."""
    found = levels(people, random)
    topic = places()
    return answered(right(found[:, topic] - 0.9 * random.standard_t(4, len(topic))), topic, random)


def two_abilities(people: int, random: Random) -> World:
    """Every task asks for its topic and for reading, in a share of its own."""
    found, reading = levels(people, random, general=0.5, own=0.8), random.normal(0.7, 1, (people, 1))
    topic = places()
    share = random.uniform(0, 0.8, len(topic))
    logits = (1 - share) * found[:, topic] + share * reading - random.normal(0, 0.7, len(topic))
    return answered(right(1.2 * logits), topic, random)


def against(people: int, random: Random) -> World:
    """Who knows the first three topics knows the other three the less."""
    way = np.where(np.arange(TOPICS) < 3, 1, -1)
    found = 0.6 + random.normal(0, 0.8, (people, 1)) * way + random.normal(0, 0.5, (people, TOPICS))
    logits, topic = spread(found, random)
    return answered(right(logits), topic, random)


def copied(people: int, random: Random) -> World:
    """Two of ten have copied half of their answers from a neighbour."""
    logits, topic = spread(levels(people, random), random)
    made = answered(right(logits), topic, random)
    taken = (random.random((people, 1)) < 0.2) & (random.random(made.scores.shape) < 0.5)
    return replace(made, scores=np.where(taken, np.roll(made.scores, 1, axis=0), made.scores))


def leaning(people: int, random: Random) -> World:
    """A right answer helps with the next task of the topic, and nobody has marked a common text."""
    logits, topic = spread(levels(people, random), random)
    made = answered(right(logits), topic, random)
    scores = made.scores.copy()
    for task in range(1, scores.shape[1]):
        if made.topic[task] == made.topic[task - 1]:
            same = random.random(people) < 0.12
            scores[:, task] = np.where(same, scores[:, task - 1], scores[:, task])
    return replace(made, scores=scores)


def given_up(people: int, random: Random) -> World:
    """Two points a task, many half right; some give up and leave out what is left of the work."""
    logits, topic = spread(levels(people, random, mean=0.5), random, 4, 0.6)
    made = answered(right(logits), topic, random, 2)
    order = random.permutation(len(made.topic))
    end = np.where(random.random((people, 1)) < 0.3, random.integers(8, 24, (people, 1)), 24)
    omitted = order[None] >= end
    return replace(made, scores=np.where(omitted, 0, made.scores), omitted=omitted)


def split_schools(people: int, random: Random) -> World:
    """Whole schools have had a topic or not, guessing besides."""
    school = random.integers(0, max(3, people // 10), people)
    had = random.random((people, TOPICS)) < 0.65
    found = np.where(had[school], 1.2, -0.5) + random.normal(0, 0.5, (people, TOPICS))
    logits, topic = spread(found, random)
    floor = random.uniform(0, 0.25, len(topic))
    return answered(floor + (1 - floor) * right(logits), topic, random)


APART: dict[str, Way] = {
    "clumps at 62 and 40 %": clumps((0.40, 0.62), (0.35, 0.65), personal=0.3, items=0.6),
    "clumps at 63 and 20 %": clumps((0.20, 0.63), (0.15, 0.85), personal=0.0, items=0.3),
    "clumps at 66 and 30 %, two tenths": clumps((0.30, 0.66), (0.2, 0.8), personal=0.5, items=0.8),
    "clumps at 30, 65 and 90 %": clumps((0.30, 0.65, 0.90), (0.25, 0.4, 0.35), personal=0.4, items=0.6),
    "clumps at 90 and 40 %, eight tasks": clumps((0.40, 0.90), (0.4, 0.6), personal=0.3, items=0.6, each=8),
    "clumps at 80 and 25 %": clumps((0.25, 0.80), (0.3, 0.7), personal=0.0, items=0.8),
    "4PL, slips and guessing": slips,
    "asymmetric curves": asymmetric,
    "half are trained": trained,
    "two kinds of topics": two_kinds_of_topics,
    "wild tasks": wild_tasks,
    "two abilities a task": two_abilities,
    "topics against each other": against,
    "copied answers": copied,
    "tasks lean on the one before": leaning,
    "two points, given up": given_up,
    "whole schools, guessing": split_schools,
}


def unequal_topics(people: int, random: Random) -> World:
    """Topics of very unequal easiness, tasks alike."""
    found = levels(people, random, mean=0.0) + random.normal(0.6, 0.9, TOPICS)
    logits, topic = spread(found, random, items=0.4)
    return answered(right(logits), topic, random)


def consistency(people: int, random: Random) -> World:
    """Some people answer as they know, of others one never knows."""
    logits, topic = spread(levels(people, random), random)
    return answered(right(logits * random.lognormal(0, 0.5, (people, 1))), topic, random)


def few_answers(people: int, random: Random) -> World:
    """Everybody is asked three of the five tasks of a topic, each their own."""
    logits, topic = spread(levels(people, random), random)
    made = answered(right(1.2 * logits), topic, random)
    order = np.argsort(random.random((people, TOPICS, EACH)), axis=2).reshape(people, -1)
    return replace(made, scores=np.where(order < 3, made.scores, np.nan))


def guessed_and_left_out(people: int, random: Random) -> World:
    """Half of the tasks can be guessed; who does not guess leaves out what is hard."""
    logits, topic = spread(levels(people, random, mean=0.3), random)
    floor = np.where(random.random(len(topic)) < 0.5, 0.25, 0)
    chances = floor + (1 - floor) * right(1.3 * logits)
    made = answered(chances, topic, random)
    careful = random.random((people, 1)) < 0.4
    omitted = careful & (random.random(made.scores.shape) < 0.6) & (made.scores == 0)
    return replace(made, omitted=omitted)


def generous_points(people: int, random: Random) -> World:
    """Three points a task, in an easy work with tasks of unequal difficulty."""
    logits, topic = spread(levels(people, random, mean=1.1), random, 4, 1.0)
    return answered(right(logits), topic, random, 3)


def schools_and_dif(people: int, random: Random) -> World:
    """Schools differ in topics and in single tasks."""
    school = random.integers(0, max(3, people // 12), people)
    common = random.normal(0, 0.6, (people, TOPICS))
    logits, topic = spread(levels(people, random, general=0.6, own=0.4) + common[school], random)
    return answered(right(logits + random.normal(0, 0.5, (people, len(topic)))[school]), topic, random)


AGAIN: dict[str, Way] = {
    "clumps at 63 and 25 %, two tenths": clumps((0.25, 0.63), (0.2, 0.8), personal=0.2, items=0.5),
    "clumps at 65 and 45 %": clumps((0.45, 0.65), (0.5, 0.5), personal=0.6, items=0.7),
    "clumps at 20, 61 and 85 %": clumps((0.20, 0.61, 0.85), (0.15, 0.45, 0.40), personal=0.3, items=0.4),
    "clumps at 75 and 35 %, six tasks": clumps((0.35, 0.75), (0.4, 0.6), personal=0.0, items=1.0, each=6),
    "unequal topics": unequal_topics,
    "unequal consistency": consistency,
    "three of five tasks": few_answers,
    "guessed and left out": guessed_and_left_out,
    "three points, easy": generous_points,
    "schools and DIF": schools_and_dif,
}
