"""What a few items of a topic can say of a teacher: the probability of a deficit, and a verdict no stronger than that.

A deficit is a true completion below `MasteryRule.deficit`: the share of points that the person would get *on the tasks
they were asked*, if they did them many times anew. Other tasks of the topic would give another share. The probability
comes from the posteriors of `populations`; docs/mastery.md has its calibration, and the error rates of the plain share.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from traektoria.engines.psychometrics.arrays import Codes, Floats
from traektoria.engines.psychometrics.errors import FitCode, FitProblem, FitRefused
from traektoria.engines.psychometrics.threads import one_thread_inside

from .completion import SHARES, Told, forms_of, tell
from .hierarchy import Answers, Parameters
from .populations import fit_normal, populations

Flags = NDArray[np.bool_]


class Verdict(StrEnum):
    """EXPRESSED «выражен», POSSIBLE «возможен», NO_GROUNDS «нет оснований», LITTLE_DATA «мало данных»."""

    EXPRESSED = "expressed"
    POSSIBLE = "possible"
    NO_GROUNDS = "no_grounds"
    LITTLE_DATA = "little_data"


@dataclass(frozen=True)
class MasteryRule:
    """Data of the regulation: completion below `deficit` is a deficit, from `secure` on it is secure (shares, 0–1).

    `expressed` is a promise: so many of those called EXPRESSED are deficits, also where people and tasks are not as the
    model thinks. So EXPRESSED asks that the share is *clearly* below (`clear`) with that probability, on the tasks
    asked and on *very many* such tasks, in so many of the populations that the answers allow (docs/adr/0029).
    POSSIBLE at `possible` or more; LITTLE_DATA with fewer than `least_items` answers on the topic or in a group of
    fewer than `least_people`.
    """

    deficit: float = 0.60
    secure: float = 0.80
    expressed: float = 0.90
    possible: float = 0.50
    least_items: int = 3
    least_people: int = 20


CLEARLY = 1.4
"""Clearly below: the odds of a point are that many times worse than at the threshold (60 % → 52 %, 70 % → 63 %)."""
TAIL = 0.1
"""What the 80 % interval leaves out on each side."""


def clear(rule: MasteryRule) -> float:
    """The share of points below which a deficit is clear."""
    return rule.deficit / (rule.deficit + CLEARLY * (1 - rule.deficit))


@dataclass(frozen=True)
class TopicMastery:
    """One teacher and one topic. `n` items asked, `points` of `maximum` on them.

    `completion` is the expected true completion of these items, `low`–`high` holds it with 80 %; then the probabilities
    of a deficit and of secure mastery. `firm` is the probability of a clear deficit, on these and on very many such
    tasks, that stands in all but few of the populations that the answers allow (all but 10 % where the promise is 90),
    and with what was left out counted as wrong and as not asked. `pieces` counts items on one common text once.
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
    firm: float
    pieces: int
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
    scores: Floats,
    topics: Sequence[str],
    maxima: Sequence[int],
    rule: MasteryRule | None = None,
    *,
    omitted: Flags | None = None,
    texts: Sequence[Hashable | None] | None = None,
) -> Mastery:
    """`scores` (people, items) whole points, NaN where not asked; topic and most points of each item.

    `omitted` (people, items): seen and left out, with 0 points in `scores`. `texts`: items with the same text or
    picture before them have the same value, None stands alone.

    Raises FitRefused: OUT_OF_RANGE with the cells (numbers from 1), NOT_CONVERGED.
    """
    rule = rule or MasteryRule()
    _check(scores, maxima)
    names = tuple(dict.fromkeys(topics))
    places = tuple(names.index(topic) for topic in topics)
    codes = np.where(np.isnan(scores), -1, scores).astype(np.int8)
    groups = _groups(places, texts)
    ways = [codes]
    if omitted is not None and (omitted & (codes >= 0)).any():
        ways.append(np.where(omitted, -1, codes).astype(np.int8))
    asked = Answers(codes, places, tuple(maxima))
    with one_thread_inside():
        said = [_say(asked, way, groups, rule) for way in ways]
    columns = [_topic(asked, place, name, groups, said, rule) for place, name in enumerate(names)]
    first = said[0].parameters
    return Mastery(
        names,
        tuple(zip(*columns, strict=True)),
        float(first.spread * np.sqrt(first.shared)),
        float(first.spread * np.sqrt(1 - first.shared)),
        said[0].steps,
    )


def _check(scores: Floats, maxima: Sequence[int]) -> None:
    known = ~np.isnan(scores)
    filled = np.where(known, scores, 0)
    wrong = known & ((filled != np.floor(filled)) | (filled < 0) | (filled > np.array(maxima)))
    problems = [
        FitProblem(
            FitCode.OUT_OF_RANGE,
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


def _groups(places: Sequence[int], texts: Sequence[Hashable | None] | None) -> list[list[int]]:
    """Items of one topic on one text, together; every other item alone."""
    found: dict[Hashable, list[int]] = {}
    for item, place in enumerate(places):
        text = None if texts is None else texts[item]
        found.setdefault(("alone", item) if text is None else ("text", place, text), []).append(item)
    return list(found.values())


def _weights(codes: Codes, groups: Sequence[Sequence[int]]) -> Floats | None:
    """Items on one text that a person answered share the weight of one; None where no text is shared."""
    if all(len(group) == 1 for group in groups):
        return None
    weights = np.ones(codes.shape)
    for group in groups:
        weights[:, group] = 1 / np.maximum((codes[:, group] >= 0).sum(1), 1)[:, None]
    return weights


@dataclass(frozen=True)
class _Said:
    """What one way of counting says of everybody, over all populations; `firm` (t, n)."""

    told: Told
    firm: Floats
    parameters: Parameters
    steps: int


def _say(asked: Answers, codes: Codes, groups: Sequence[Sequence[int]], rule: MasteryRule) -> _Said:
    """`asked` says which tasks it is about, `codes` what counts as an answer.

    Expected shares and intervals are those of normal levels: clumps are made so sharp that an interval would miss those
    who lie between them.
    """
    answers = Answers(codes, asked.topic, asked.maxima, _weights(codes, groups))
    mode, steps = fit_normal(answers)
    forms, thresholds = forms_of(asked), (rule.deficit, rule.secure, clear(rule))
    pieces = np.bincount([asked.topic[group[0]] for group in groups])
    shares, normal, told = [], [], []
    for one in populations(answers, mode):
        shares.append(one.share)
        normal.append(one.normal)
        told.append(tell(asked, forms, pieces, one.parameters, one.chances, thresholds))
    fields = [
        np.tensordot(weights, [getattr(one, name) for one in told], 1)
        for name, weights in (
            ("below", shares),
            ("secure", shares),
            ("clear", shares),
            ("completion", normal),
            ("chances", normal),
        )
    ]
    firm = _stands(np.array([one.clear for one in told]), np.array(shares), 1 - rule.expressed)
    return _Said(Told(*fields), firm, mode, steps)


def _stands(values: Floats, shares: Floats, least: float) -> Floats:
    """Of values (k, t, n) with shares (k,) the one that all but so small a share reach."""
    order = np.argsort(values, axis=0)
    totals = np.cumsum(shares[order], axis=0)
    place = np.argmax(totals > least, axis=0)
    found: Floats = np.take_along_axis(np.take_along_axis(values, order, 0), place[None], 0)[0]
    return found


def _topic(
    asked: Answers, place: int, name: str, groups: Sequence[Sequence[int]], said: Sequence[_Said], rule: MasteryRule
) -> list[TopicMastery]:
    """One topic of all people: figures are the mean of the ways of counting, firm is what stands both."""
    items = asked.items(place)
    given = asked.codes[:, items]
    seen = given >= 0
    maxima = np.array(asked.maxima)[items]
    own = [group for group in groups if asked.topic[group[0]] == place]
    pieces = np.sum([(asked.codes[:, group] >= 0).any(1) for group in own], axis=0)
    figures = [
        np.mean([getattr(way.told, field)[place] for way in said], axis=0)
        for field in ("completion", "below", "secure")
    ]
    chances = np.mean([way.told.chances[place] for way in said], axis=0)
    firm = np.min([way.firm[place] for way in said], axis=0)
    found = []
    for person, (completion, below, secure) in enumerate(zip(*map(_numbers, figures), strict=True)):
        n = int(seen[person].sum())
        is_enough = len(given) >= rule.least_people and n >= rule.least_items
        is_sure = float(firm[person]) >= rule.expressed and pieces[person] >= rule.least_items
        found.append(
            TopicMastery(
                topic=name,
                n=n,
                points=int(given[person][seen[person]].sum()),
                maximum=int(maxima[seen[person]].sum()),
                completion=completion,
                low=float(np.interp(TAIL, chances[person], SHARES)),
                high=float(np.interp(1 - TAIL, chances[person], SHARES)),
                p_deficit=below,
                p_secure=secure,
                firm=float(firm[person]),
                pieces=int(pieces[person]),
                verdict=verdict(below, rule, is_enough=is_enough, is_sure=is_sure),
            )
        )
    return found


def _numbers(values: Floats) -> Iterator[float]:
    return iter(values.tolist())


def verdict(p_deficit: float, rule: MasteryRule, *, is_enough: bool, is_sure: bool) -> Verdict:
    """The word for a probability: of enough answers, and of a probability that stands every way of counting."""
    if not is_enough:
        return Verdict.LITTLE_DATA
    if is_sure:
        return Verdict.EXPRESSED
    return Verdict.POSSIBLE if p_deficit >= rule.possible else Verdict.NO_GROUNDS
