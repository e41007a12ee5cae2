"""What a few items of a topic can say of a teacher: the probability of a deficit, and a verdict no stronger than that.

A deficit is a true completion of the topic below `MasteryRule.deficit`: the share of points one would get on very many
such items. Its probability comes from the posterior of `hierarchy`; docs/mastery.md has its calibration, and the error
rates of the plain percentage.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from traektoria.engines.psychometrics.arrays import Floats
from traektoria.engines.psychometrics.errors import Code, FitRefused, Problem
from traektoria.engines.psychometrics.threads import one_thread_inside

from .hierarchy import Answers, Posterior, fit_hierarchy, topic_curve


class Verdict(StrEnum):
    """EXPRESSED «выражен», POSSIBLE «возможен», NO_GROUNDS «нет оснований», LITTLE_DATA «мало данных»."""

    EXPRESSED = "expressed"
    POSSIBLE = "possible"
    NO_GROUNDS = "no_grounds"
    LITTLE_DATA = "little_data"


@dataclass(frozen=True)
class MasteryRule:
    """Data of the regulation: completion below `deficit` is a deficit, from `secure` on it is secure (shares, 0–1).

    EXPRESSED at a probability of `expressed` or more, POSSIBLE at `possible` or more; LITTLE_DATA with fewer than
    `least_items` answers on the topic or in a group of fewer than `least_people`.
    """

    deficit: float = 0.60
    secure: float = 0.80
    expressed: float = 0.90
    possible: float = 0.50
    least_items: int = 3
    least_people: int = 20


@dataclass(frozen=True)
class TopicMastery:
    """One teacher and one topic. `n` answered items, `points` of `maximum` on them.

    `completion` is the expected true completion, `low`–`high` holds it with 80 %; then the probabilities of a deficit
    and of secure mastery.
    """

    topic: str
    n: int
    points: int
    maximum: int
    completion: float
    low: float
    high: float
    p_deficit: float
    p_secure: float
    verdict: Verdict


@dataclass(frozen=True)
class Mastery:
    """People in the order given, their topics in the order of first occurrence.

    Standard deviations, in logits, of the general level between people and of topics within a person.
    """

    topics: tuple[str, ...]
    people: tuple[tuple[TopicMastery, ...], ...]
    general_sd: float
    topic_sd: float
    steps: int


def estimate_mastery(
    scores: Floats, topics: Sequence[str], maxima: Sequence[int], rule: MasteryRule | None = None
) -> Mastery:
    """`scores` (people, items) whole points, NaN where not asked; topic and most points of each item.

    Raises FitRefused: OUT_OF_RANGE with the cells (numbers from 1), NOT_CONVERGED.
    """
    rule = rule or MasteryRule()
    _check(scores, maxima)
    names = tuple(dict.fromkeys(topics))
    codes = np.where(np.isnan(scores), -1, scores).astype(np.int8)
    answers = Answers(codes, tuple(names.index(topic) for topic in topics), tuple(maxima))
    with one_thread_inside():
        posterior = fit_hierarchy(answers)
    columns = [_topic(answers, posterior, place, name, rule) for place, name in enumerate(names)]
    return Mastery(
        names,
        tuple(zip(*columns, strict=True)),
        float(np.sqrt(posterior.parameters.general)),
        float(np.sqrt(posterior.parameters.topical)),
        posterior.steps,
    )


def _check(scores: Floats, maxima: Sequence[int]) -> None:
    known = ~np.isnan(scores)
    filled = np.where(known, scores, 0)
    wrong = known & ((filled != np.floor(filled)) | (filled < 0) | (filled > np.array(maxima)))
    problems = [
        Problem(
            Code.OUT_OF_RANGE,
            {
                "row": int(person) + 1,
                "column": str(item + 1),
                "value": f"{scores[person, item]:g}",
                "low": 0,
                "high": maxima[item],
            },
        )
        for person, item in np.argwhere(wrong)
    ]
    if problems:
        raise FitRefused(problems)


def _topic(answers: Answers, posterior: Posterior, place: int, name: str, rule: MasteryRule) -> list[TopicMastery]:
    """One topic of all people."""
    curve = topic_curve(answers, posterior.parameters, place)
    chances = posterior.eta[place]
    items = answers.items(place)
    given = answers.codes[:, items]
    seen = given >= 0
    low, high = _quantiles(chances, curve, 0.1), _quantiles(chances, curve, 0.9)
    below, above = _below(chances, curve, rule.deficit), 1 - _below(chances, curve, rule.secure)
    maxima = np.array(answers.maxima)[items]
    few = len(given) < rule.least_people
    return [
        TopicMastery(
            topic=name,
            n=int(seen[person].sum()),
            points=int(given[person][seen[person]].sum()),
            maximum=int(maxima[seen[person]].sum()),
            completion=float(chances[person] @ curve),
            low=float(low[person]),
            high=float(high[person]),
            p_deficit=float(below[person]),
            p_secure=float(above[person]),
            verdict=verdict(float(below[person]), 0 if few else int(seen[person].sum()), rule),
        )
        for person in range(len(given))
    ]


def verdict(p_deficit: float, n: int, rule: MasteryRule) -> Verdict:
    """The word for a probability from `n` answers."""
    if n < rule.least_items:
        return Verdict.LITTLE_DATA
    if p_deficit >= rule.expressed:
        return Verdict.EXPRESSED
    return Verdict.POSSIBLE if p_deficit >= rule.possible else Verdict.NO_GROUNDS


def _below(chances: Floats, curve: Floats, threshold: float) -> Floats:
    """Probability (n,) that the completion is below the threshold, linear between the points of the grid."""
    totals = np.cumsum(chances, axis=1) - chances / 2
    place = np.searchsorted(curve, threshold)
    if place in (0, len(curve)):
        return np.full(len(chances), float(place > 0))
    share = (threshold - curve[place - 1]) / (curve[place] - curve[place - 1])
    result: Floats = totals[:, place - 1] + share * (totals[:, place] - totals[:, place - 1])
    return result


def _quantiles(chances: Floats, curve: Floats, share: float) -> Floats:
    """The completion (n,) below which the posterior has `share`."""
    totals = np.cumsum(chances, axis=1) - chances / 2
    return np.array([np.interp(share, row, curve) for row in totals])
