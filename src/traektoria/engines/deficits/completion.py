"""From levels to shares of points: on the tasks a person was asked, and on very many such tasks.

Five tasks are a draw of their topic: five others would be easier or harder. How far, the tasks at hand tell: as unequal
as they are within their topics, so far may the mean of those asked be from that of all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from traektoria.engines.psychometrics.arrays import Floats

from .hierarchy import MODEL, Answers, Parameters

SHARES = np.linspace(0, 1, 101)
WIDE = np.linspace(-9, 9, 121)
NODES, NODE_WEIGHTS = np.polynomial.hermite_e.hermegauss(9)
TASK_VARIANCE, TASK_WEIGHT = 0.3, 2.0
TOPIC_VARIANCE, TOPIC_WEIGHT, LEAST_BETWEEN = 0.2, 2.0, 0.02


@dataclass(frozen=True)
class Form:
    """`rows` of people who were asked the same `items` of a topic."""

    items: NDArray[np.int_]
    rows: NDArray[np.int_]


@dataclass(frozen=True)
class Told:
    """(t, n) probabilities that the share of the tasks asked is below the deficit and above the secure threshold, and
    that it is clearly below the first, of the tasks asked or of very many such ones, whichever is less likely; the
    expected share; `chances` (t, n, `SHARES`) to be below."""

    below: Floats
    secure: Floats
    clear: Floats
    completion: Floats
    chances: Floats


def forms_of(asked: Answers) -> list[list[Form]]:
    """By topic. Who was asked none of its tasks is as if asked all."""
    found = []
    for topic in range(asked.topics):
        items = np.array(asked.items(topic))
        seen = asked.codes[:, items] >= 0
        seen[~seen.any(1)] = True
        kinds, numbers = np.unique(seen, axis=0, return_inverse=True)
        found.append(
            [Form(items[kind], np.flatnonzero(numbers.ravel() == number)) for number, kind in enumerate(kinds)]
        )
    return found


def tell(
    asked: Answers,
    forms: Sequence[Sequence[Form]],
    pieces: NDArray[np.int_],
    parameters: Parameters,
    chances: Floats,
    thresholds: tuple[float, float, float],
) -> Told:
    """`pieces` (t,) of each topic, items on one text as one; `chances` (t, n, z) of the levels; thresholds of a
    deficit, of secure mastery and of a clear deficit."""
    deficit, secure, clear = thresholds
    size = chances.shape[:2]
    told = Told(np.zeros(size), np.zeros(size), np.zeros(size), np.zeros(size), np.zeros((*size, len(SHARES))))
    points, most, grid = _points(asked, parameters, parameters.eta), np.array(asked.maxima), np.arange(chances.shape[2])
    tasks = _Tasks(asked, parameters, pieces)
    for topic, kinds in enumerate(forms):
        totals = np.cumsum(chances[topic], axis=1) - chances[topic] / 2
        places = np.interp(tasks.levels(clear, topic), parameters.eta, grid, left=-1, right=len(grid))
        beyond = _at(totals, places) @ (NODE_WEIGHTS / NODE_WEIGHTS.sum())
        for form in kinds:
            rows = form.rows
            curve = points[form.items].sum(0) / most[form.items].sum()
            places = np.interp((deficit, secure, clear, *SHARES), curve, grid, left=-1, right=len(grid))
            reached = _at(totals[rows], places)
            told.below[topic, rows], told.secure[topic, rows] = reached[:, 0], 1 - reached[:, 1]
            told.chances[topic, rows] = reached[:, 3:]
            told.completion[topic, rows] = chances[topic][rows] @ curve
            told.clear[topic, rows] = np.minimum(reached[:, 2], beyond[rows])
    return told


class _Tasks:
    """The tasks as a draw: how they vary within their topics, and where the mean of all tasks of each topic may be.

    A topic that came out hard is hard by its draw as well: the means lean on those of the other topics, the more so the
    less topics differ beyond what their draws explain.
    """

    def __init__(self, asked: Answers, parameters: Parameters, pieces: NDArray[np.int_]) -> None:
        topic = np.array(asked.topic)
        easiness = np.array([one[-1] / len(one) for one in parameters.intercepts])
        numbers = np.bincount(topic)
        means = np.bincount(topic, easiness) / numbers
        apart = easiness - means[topic]
        free = max(len(topic) - asked.topics, 1)
        drawn = (apart @ apart + TASK_WEIGHT * TASK_VARIANCE) / (free + TASK_WEIGHT) / pieces
        wider = np.sqrt(numbers / np.maximum(numbers - 1, 1))[topic]
        alike = tuple(
            one + shift * np.arange(1, len(one) + 1)
            for one, shift in zip(parameters.intercepts, apart * wider - easiness, strict=True)
        )
        self.curve = (_points(asked, Parameters(alike), WIDE) / np.array(asked.maxima)[:, None]).mean(0)
        self.means, self.variances = _lean(means, drawn)

    def levels(self, share: float, topic: int) -> Floats:
        """The level whose share on very many tasks is this one, for each place that their mean may have (nodes,)."""
        level = float(np.interp(share, self.curve, WIDE)) - self.means[topic]
        found: Floats = level + NODES * np.sqrt(self.variances[topic])
        return found


def _lean(means: Floats, drawn: Floats) -> tuple[Floats, Floats]:
    """Where the means of very many tasks are, with variances, if those at hand are draws with these variances (t,)."""
    topics = len(means)
    if topics == 1:
        return means, drawn
    middle = means.mean()
    square = float(((means - middle) ** 2).sum())
    between = max((square + TOPIC_WEIGHT * TOPIC_VARIANCE) / (topics - 1 + TOPIC_WEIGHT) - drawn.mean(), LEAST_BETWEEN)
    kept = between / (between + drawn)
    return middle + kept * (means - middle), kept * drawn + (1 - kept) ** 2 * (between + drawn) / topics


def _points(asked: Answers, parameters: Parameters, levels: Floats) -> Floats:
    """Expected points of each item at each level: (j, levels)."""
    found = np.zeros((len(asked.maxima), len(levels)))
    for most in set(asked.maxima):
        items = [item for item, maximum in enumerate(asked.maxima) if maximum == most]
        block = np.array([parameters.intercepts[item] for item in items])
        found[items] = np.einsum("k,mkz->mz", np.arange(most + 1), np.exp(MODEL.log_probabilities(block, levels)))
    return found


def _at(totals: Floats, places: Floats) -> Floats:
    """Totals (rows, z) at places between the points of the grid, 0 before the first and 1 behind the last."""
    last = totals.shape[1]
    low = np.clip(np.floor(places).astype(int), 0, last - 2)
    share = np.clip(places - low, 0, 1)
    found: Floats = totals[:, low] * (1 - share) + totals[:, low + 1] * share
    found[:, places < 0] = 0
    found[:, places >= last] = 1
    return found
