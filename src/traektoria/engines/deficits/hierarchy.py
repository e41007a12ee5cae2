"""People, their topics and the items together: a hierarchy whose spreads are estimated from everybody's answers.

A person has a general level g, and on each topic z = √ρ·g + √(1−ρ)·s, with g and s standard normal: so a topic with
three answers leans on the person's other topics (through g) and on the other people, and the less so the more answers
it has of its own. The level on the topic is η = σ·h(z): h (`SHAPES`) is a straight line where levels are normal, or
nearly a step where people are of two clumps. An item follows the partial credit model at η.

Posteriors are exact on a grid: given g the topics are independent. Spread, share of the general level and items are at
the mode of a posterior with weak priors (EM), which also carries items that everybody has right and groups of a few
dozen people. What else they may be is in `populations`.
Shapes: `n` people, `t` topics, `j` items, `c` most categories of a topic's items, `z` and `g` points of the grids.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from traektoria.engines.psychometrics.arrays import Codes, Floats
from traektoria.engines.psychometrics.itemmodels import PartialCredit

MODEL = PartialCredit(free_slope=False)
LATENT = np.linspace(-4, 4, 49)
GENERAL = np.linspace(-3.4, 3.4, 21)
SPREAD_PRIOR, SPREAD_LOG_SD, SHARED_PRIOR, SHARED_WEIGHT = 1.0, 0.6, 0.5, 3.0
LEAST_SHARED, MOST_SHARED, LEAST_SPREAD, MOST_SPREAD = 0.02, 0.95, 0.2, 4.0
ITEM_SD, ITEM_PRIOR, ITEM_WEIGHT, LEAST_ALIKE = 3.0, 1.0, 2.0, 4


def _chances(points: Floats) -> Floats:
    """Of the points of a grid under the normal curve."""
    density: Floats = np.exp(-(points**2) / 2)
    shares: Floats = density / density.sum()
    return shares


def _standard(levels: Floats) -> Floats:
    """Mean 0 and variance 1 under the normal curve."""
    chances = _chances(LATENT)
    middle = levels - chances @ levels
    scaled: Floats = middle / np.sqrt(chances @ middle**2)
    return scaled


def _clumps(lower: float) -> Floats:
    """Two clumps, so many of the people in the lower one; within them levels hardly differ."""
    normal = NormalDist()
    step = [normal.cdf(place) for place in (LATENT - normal.inv_cdf(lower)) / 0.15]
    return _standard(np.array(step) + 0.04 * LATENT)


SHAPES = (_standard(LATENT), *map(_clumps, (0.15, 0.3, 0.5, 0.7)))
"""Levels at the points of `LATENT`, in units of the spread: normal, or two clumps of unequal size."""
NORMAL = 0
_GENERAL_CHANCES = _chances(GENERAL)


@dataclass(frozen=True)
class Answers:
    """`codes` (n, j) points, −1 missing; `topic` (j,) number of each item's topic; `maxima` (j,).

    `weights` (n, j): how much of a piece of evidence each answer is for its person; None where each is a whole one.
    """

    codes: Codes
    topic: tuple[int, ...]
    maxima: tuple[int, ...]
    weights: Floats | None = None

    @property
    def topics(self) -> int:
        return max(self.topic) + 1

    def items(self, topic: int) -> list[int]:
        return [item for item, place in enumerate(self.topic) if place == topic]


@dataclass(frozen=True)
class Parameters:
    """`intercepts` of each item (maximum,), standard deviation of the levels, how much of their variance is the
    person's general level, and the number of their shape."""

    intercepts: tuple[Floats, ...]
    spread: float = SPREAD_PRIOR
    shared: float = SHARED_PRIOR
    shape: int = NORMAL

    @property
    def eta(self) -> Floats:
        """The level at each point of `LATENT`, rising."""
        return self.spread * SHAPES[self.shape]


@dataclass(frozen=True)
class Expected:
    """`chances` (t, n, z) of each person's points of `LATENT` on each topic; `fit`: log-likelihood of all answers."""

    chances: Floats
    general_square: float
    topical_square: float
    logs: Floats
    fit: float


class Known:
    """The answers as tables of ones (t, n, c); the items by their most points, with their rows among t·c."""

    def __init__(self, answers: Answers, weights: Floats | None = None) -> None:
        self.answers, self.people = answers, len(answers.codes)
        self.width = max(sum(answers.maxima[i] + 1 for i in answers.items(t)) for t in range(answers.topics))
        self.ones = np.zeros((answers.topics, self.people, self.width))
        rows: dict[int, list[int]] = {}
        for topic in range(answers.topics):
            end = 0
            for item in answers.items(topic):
                steps = np.arange(answers.maxima[item] + 1)
                given = (answers.codes[:, item, None] == steps).astype(float)
                self.ones[topic][:, end + steps] = given if weights is None else given * weights[:, item, None]
                rows[item] = (topic * self.width + end + steps).tolist()
                end += len(steps)
        self.blocks = {
            most: [item for item, maximum in enumerate(answers.maxima) if maximum == most]
            for most in sorted(set(answers.maxima))
        }
        self.rows = {most: np.array([rows[item] for item in items]) for most, items in self.blocks.items()}

    def logs(self, parameters: Parameters) -> Floats:
        """Log-chances of each category of each item at each level: (t·c, z)."""
        logs = np.zeros((self.answers.topics * self.width, len(LATENT)))
        for most, items in self.blocks.items():
            block = np.array([parameters.intercepts[item] for item in items])
            logs[self.rows[most]] = MODEL.log_probabilities(block, parameters.eta)
        return logs


def start(answers: Answers) -> Parameters:
    intercepts = []
    for item, maximum in enumerate(answers.maxima):
        seen = answers.codes[:, item]
        numbers = np.bincount(seen[seen >= 0], minlength=maximum + 1) + 1.0
        intercepts.append(MODEL.start(numbers[None] / numbers.sum())[0])
    return Parameters(tuple(intercepts))


def climb(
    known: Known, parameters: Parameters, weights: Floats, close: float, most: int, *, free: bool = True
) -> tuple[Parameters, int]:
    """Steps of EM until nothing moves by more than `close`; `most` + 1 of them say that it still moves. Not `free`:
    the population stays, the items move."""
    for step in range(1, most + 1):
        updated = _maximise(known, parameters, expect(known, parameters, weights), weights, free=free)
        moved = _moved(parameters, updated)
        parameters = updated
        if moved < close:
            return parameters, step
    return parameters, most + 1


def expect(known: Known, parameters: Parameters, weights: Floats | None = None) -> Expected:
    """Posteriors of the levels, and the expected squares of g and of z − √ρ·g."""
    weight = np.ones(known.people) if weights is None else weights
    distances = LATENT - np.sqrt(parameters.shared) * GENERAL[:, None]
    link = np.exp(-(distances**2) / (2 * (1 - parameters.shared)))
    link /= link.sum(1, keepdims=True)
    logs = known.logs(parameters)
    given_levels = known.ones @ logs.reshape(known.answers.topics, known.width, -1)
    tops = given_levels.max(2, keepdims=True)
    likelihoods = np.exp(given_levels - tops)
    given = likelihoods @ link.T
    product = np.log(given).sum(0)
    most = product.max(1, keepdims=True)
    posterior = _GENERAL_CHANCES * np.exp(product - most)
    total = posterior.sum(1, keepdims=True)
    posterior /= total
    others = posterior / given
    square = weight @ (likelihoods * (others @ (link * distances**2))).sum((0, 2))
    return Expected(
        likelihoods * (others @ link),
        float(weight @ (posterior @ GENERAL**2)),
        float(square),
        logs,
        float((np.log(total) + most).sum() + tops.sum()),
    )


def _maximise(known: Known, parameters: Parameters, expected: Expected, weights: Floats, *, free: bool) -> Parameters:
    """One Newton step of the items, not longer than 1 (the model has slopes of one), and of the population."""
    counts = (known.ones.transpose(0, 2, 1) @ (weights[:, None] * expected.chances)).reshape(-1, len(LATENT))
    moved: dict[int, Floats] = {}
    slope = bend = 0.0
    for most, items in known.blocks.items():
        seen, chances = counts[known.rows[most]], np.exp(expected.logs[known.rows[most]])
        old = np.array([parameters.intercepts[item] for item in items])
        moved.update(zip(items, old + _step(old, seen, chances), strict=True))
        if free:
            points = np.arange(most + 1)
            mean = np.einsum("k,mkz->mz", points, chances)
            variance = np.einsum("k,mkz->mz", points**2, chances) - mean**2
            people = seen.sum(1)
            surplus = np.einsum("k,mkz->mz", points, seen) - people * mean
            slope += float((surplus * parameters.eta).sum())
            bend += float((people * variance * parameters.eta**2).sum())
    updated = replace(parameters, intercepts=tuple(moved[item] for item in range(len(known.answers.maxima))))
    if not free:
        return updated
    slope -= np.log(parameters.spread / SPREAD_PRIOR) / SPREAD_LOG_SD**2
    spread = parameters.spread * np.exp(np.clip(slope / (bend + 1 / SPREAD_LOG_SD**2), -0.3, 0.3))
    return replace(
        updated, spread=float(np.clip(spread, LEAST_SPREAD, MOST_SPREAD)), shared=_shared(known, parameters, expected)
    )


def _shared(known: Known, parameters: Parameters, expected: Expected) -> float:
    """The general level's share of the variance; one topic says nothing of it."""
    if known.answers.topics == 1:
        return parameters.shared
    people, topics, own = known.people, known.answers.topics, 1 - parameters.shared
    general = parameters.shared * (expected.general_square + SHARED_WEIGHT) / (people + SHARED_WEIGHT)
    topical = (expected.topical_square + SHARED_WEIGHT * own) / (people * topics + SHARED_WEIGHT)
    return float(np.clip(general / (general + topical), LEAST_SHARED, MOST_SHARED))


def _step(old: Floats, counts: Floats, chances: Floats) -> Floats:
    people = counts.sum(1, keepdims=True)
    weighed = people * chances[:, 1:]
    steps = old.shape[1]
    told = np.eye(steps) * weighed.sum(2)[:, None] - weighed @ chances[:, 1:].transpose(0, 2, 1)
    middle, variance = _likely_items(old, np.diagonal(told, axis1=1, axis2=2))
    gradient = (counts[:, 1:] - weighed).sum(2) - (old - middle) / variance
    step: Floats = np.linalg.solve(told + np.eye(steps) / variance, gradient[..., None])[..., 0]
    return np.clip(step, -1, 1)


def _likely_items(intercepts: Floats, told: Floats) -> tuple[Floats, Floats]:
    """Mean and variance (maximum,) of items like these (m, maximum), of which the answers have `told` so much: with
    few people a task that looks hard leans on the others."""
    middle = intercepts.mean(0) * (len(intercepts) >= LEAST_ALIKE)
    variance = ITEM_SD**2 * np.ones(len(middle))
    for _round in range(3 * (len(intercepts) >= LEAST_ALIKE)):
        squares = ((intercepts - middle) ** 2 + 1 / (told + 1 / variance)).sum(0)
        variance = (squares + ITEM_WEIGHT * ITEM_PRIOR) / (len(intercepts) + ITEM_WEIGHT)
    return middle, variance


def _moved(old: Parameters, new: Parameters) -> float:
    intercepts = max(_distance(old.intercepts, new.intercepts))
    return max(intercepts, abs(old.spread - new.spread), abs(old.shared - new.shared))


def _distance(old: Sequence[Floats], new: Sequence[Floats]) -> list[float]:
    return [float(abs(one - other).max()) for one, other in zip(old, new, strict=True)]
