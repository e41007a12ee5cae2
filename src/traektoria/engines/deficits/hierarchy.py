"""People, their topics and the items together: a hierarchy whose spreads are estimated from everybody's answers.

A person has a general level g ~ N(0, σ_g²), and on each topic a level η = g + s with s ~ N(0, σ_s²); an item follows
the partial credit model at η. So a topic with three answers leans on the person's other topics (through g) and on the
other people (through σ_g, σ_s and the items' difficulties), and the less so the more answers it has of its own.

Posteriors are exact on a grid: given g the topics are independent. The spreads and the items are at the mode of a
posterior with weak priors (EM), which also carries items that everybody has right and groups of a few dozen people.
Shapes: `n` people, `t` topics, `j` items, `e` points of η, `g` points of g.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from traektoria.engines.psychometrics.arrays import Codes, Floats
from traektoria.engines.psychometrics.errors import Code, refused
from traektoria.engines.psychometrics.itemmodels import PartialCredit

MODEL = PartialCredit(free_slope=False)
ETA = np.linspace(-7, 7, 85)
GENERAL = np.linspace(-5, 5, 51)
MOST_STEPS = 400
CLOSE = 1e-3
INTERCEPT_SD = 3.0
GENERAL_PRIOR, TOPIC_PRIOR, PRIOR_WEIGHT = 1.0, 0.25, 10.0
LEAST_VARIANCE = 0.04


@dataclass(frozen=True)
class Answers:
    """`codes` (n, j) points, −1 missing; `topic` (j,) number of each item's topic; `maxima` (j,)."""

    codes: Codes
    topic: tuple[int, ...]
    maxima: tuple[int, ...]

    @property
    def topics(self) -> int:
        return max(self.topic) + 1

    def items(self, topic: int) -> list[int]:
        return [item for item, place in enumerate(self.topic) if place == topic]


@dataclass(frozen=True)
class Parameters:
    """`intercepts` of each item (maximum,), variances of the general level and of the topics around it."""

    intercepts: tuple[Floats, ...]
    general: float
    topical: float


@dataclass(frozen=True)
class Posterior:
    """`eta` (t, n, e): chances of the points of each person's level on each topic; steps of EM taken."""

    eta: Floats
    parameters: Parameters
    steps: int


@dataclass(frozen=True)
class _Expected:
    eta: Floats
    general_square: float
    topical_square: float


def fit_hierarchy(answers: Answers) -> Posterior:
    """Raises NOT_CONVERGED."""
    parameters = _start(answers)
    for step in range(1, MOST_STEPS + 1):
        expected = _expect(answers, parameters)
        updated = _maximise(answers, parameters, expected)
        if _moved(parameters, updated) < CLOSE:
            return Posterior(_expect(answers, updated).eta, updated, step)
        parameters = updated
    raise refused(Code.NOT_CONVERGED, iterations=MOST_STEPS)


def topic_curve(answers: Answers, parameters: Parameters, topic: int) -> Floats:
    """Expected share of the topic's points at each η: (e,), rising."""
    items = answers.items(topic)
    expected = np.zeros(len(ETA))
    for item in items:
        chances = np.exp(MODEL.log_probabilities(parameters.intercepts[item][None], ETA)[0])
        expected += np.arange(len(chances)) @ chances
    share: Floats = expected / sum(answers.maxima[item] for item in items)
    return share


def _start(answers: Answers) -> Parameters:
    intercepts = []
    for item, maximum in enumerate(answers.maxima):
        seen = answers.codes[:, item]
        numbers = np.bincount(seen[seen >= 0], minlength=maximum + 1) + 1.0
        intercepts.append(MODEL.start(numbers[None] / numbers.sum())[0])
    return Parameters(tuple(intercepts), GENERAL_PRIOR, TOPIC_PRIOR)


def _expect(answers: Answers, parameters: Parameters) -> _Expected:
    """Posteriors of η and the expected squares of g and of η − g."""
    general = _normal(GENERAL[None], parameters.general)[0]
    link = _normal(ETA[None] - GENERAL[:, None], parameters.topical)
    likelihoods = list(_likelihoods(answers, parameters))
    given = [likelihood @ link.T for likelihood in likelihoods]
    product = np.sum([np.log(one) for one in given], axis=0)
    posterior = general * np.exp(product - product.max(1, keepdims=True))
    posterior /= posterior.sum(1, keepdims=True)
    distances = link * (ETA[None] - GENERAL[:, None]) ** 2
    eta, square = [], 0.0
    for likelihood, one in zip(likelihoods, given, strict=True):
        others = posterior / one
        eta.append(likelihood * (others @ link))
        square += float((likelihood * (others @ distances)).sum())
    return _Expected(np.array(eta), float((posterior @ GENERAL**2).sum()), square)


def _normal(distances: Floats, variance: float) -> Floats:
    """Rows of normal chances that add up to one."""
    density = np.exp(-(distances**2) / (2 * variance))
    chances: Floats = density / density.sum(1, keepdims=True)
    return chances


def _likelihoods(answers: Answers, parameters: Parameters) -> Iterator[Floats]:
    """For each topic the likelihood of each person's answers at each η, its maximum 1: (n, e)."""
    for topic in range(answers.topics):
        logs = np.zeros((len(answers.codes), len(ETA)))
        for item in answers.items(topic):
            table = MODEL.log_probabilities(parameters.intercepts[item][None], ETA)[0]
            logs += np.vstack([table, np.zeros(len(ETA))])[answers.codes[:, item]]
        yield np.exp(logs - logs.max(1, keepdims=True))


def _maximise(answers: Answers, parameters: Parameters, expected: _Expected) -> Parameters:
    people, topics = len(answers.codes), answers.topics
    general = expected.general_square + PRIOR_WEIGHT * GENERAL_PRIOR
    topical = expected.topical_square + PRIOR_WEIGHT * TOPIC_PRIOR
    return Parameters(
        tuple(_item(answers, item, old, expected) for item, old in enumerate(parameters.intercepts)),
        max(general / (people + PRIOR_WEIGHT), LEAST_VARIANCE),
        max(topical / (people * topics + PRIOR_WEIGHT), LEAST_VARIANCE),
    )


def _item(answers: Answers, item: int, old: Floats, expected: _Expected) -> Floats:
    """One Newton step, not longer than 1, for the intercepts of an item."""
    weights = expected.eta[answers.topic[item]]
    codes = answers.codes[:, item]
    counts = np.array([weights[codes == category].sum(0) for category in range(answers.maxima[item] + 1)])[None]
    gradient = np.einsum("pkq,kq->p", MODEL.scores(old[None], ETA)[0], counts[0]) - old / INTERCEPT_SD**2
    bend = -MODEL.curvature(old[None], ETA, counts)[0] + np.eye(len(old)) / INTERCEPT_SD**2
    step: Floats = np.clip(np.linalg.solve(bend, gradient), -1, 1)
    return old + step


def _moved(old: Parameters, new: Parameters) -> float:
    intercepts = max(_distance(old.intercepts, new.intercepts))
    return max(intercepts, abs(old.general - new.general), abs(old.topical - new.topical))


def _distance(old: Sequence[Floats], new: Sequence[Floats]) -> list[float]:
    return [float(abs(one - other).max()) for one, other in zip(old, new, strict=True)]
