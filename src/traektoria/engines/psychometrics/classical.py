"""Classical item analysis: how hard an item is, how well it goes with the rest, and whether its key looks wrong."""

from dataclasses import dataclass

import numpy as np

from .answer_table import Responses
from .arrays import Bools, Floats
from .kinds import Flag
from .reliability import Reliability, covariance, cronbach, reliability

WEAK = 0.1
UPPER, LOWER = 0.73, 0.27


@dataclass(frozen=True)
class ItemAnalysis:
    """One item. `p` is the mean share of the highest value (the share of right answers if 0/1), of all who answered.

    Correlations, `alpha_if_deleted` and `d27` are of the people who answered everything; None where undefined.
    """

    item: str
    n: float
    n_missing: float
    mean: float
    sd: float
    minimum: float
    maximum: float
    p: float
    item_total: float | None
    item_rest: float | None
    alpha_if_deleted: float | None
    d27: float | None
    flags: tuple[Flag, ...]


@dataclass(frozen=True)
class ClassicalAnalysis:
    """Items in the order of the file, and the test; `test` is None with fewer than two complete rows."""

    items: tuple[ItemAnalysis, ...]
    test: Reliability | None


def analyse(responses: Responses) -> ClassicalAnalysis:
    complete = ~responses.missing.any(1)
    values, weights = responses.values[complete], responses.weights[complete]
    if weights.sum() < 2:
        return ClassicalAnalysis(tuple(_item(responses, place, _NOTHING) for place in range(values.shape[1])), None)
    related = _relations(values, weights, upper_and_lower(values.sum(1), weights))
    items = tuple(_item(responses, place, related[place]) for place in range(values.shape[1]))
    return ClassicalAnalysis(items, reliability(values, weights))


@dataclass(frozen=True)
class _Relation:
    """How an item goes with the others; `alpha` is of all items."""

    total: float | None = None
    rest: float | None = None
    without: float | None = None
    d27: float | None = None
    alpha: float | None = None


_NOTHING = _Relation()


def _relations(values: Floats, weights: Floats, extremes: tuple[Bools, Bools]) -> list[_Relation]:
    table = covariance(values, weights)
    variance, alpha = float(table.sum()), cronbach(table)
    with_total = table.sum(1)
    spans = np.where(np.ptp(values, axis=0) > 0, np.ptp(values, axis=0), 1)
    upper, lower = (weights[group] @ values[group] / weights[group].sum() for group in extremes)
    result = []
    for place in range(len(table)):
        own = float(table[place, place])
        others = np.arange(len(table)) != place
        result.append(
            _Relation(
                _ratio(float(with_total[place]), own, variance),
                _ratio(float(with_total[place]) - own, own, variance - 2 * float(with_total[place]) + own),
                cronbach(table[np.ix_(others, others)]),
                float((upper - lower)[place] / spans[place]),
                alpha,
            )
        )
    return result


def _ratio(shared: float, one: float, other: float) -> float | None:
    return None if min(one, other) < 1e-12 else float(shared / np.sqrt(one * other))


def upper_and_lower(totals: Floats, weights: Floats) -> tuple[Bools, Bools]:
    """People (persons,) at or above the 73rd and at or below the 27th percentile of the totals."""
    return totals >= _percentile(totals, weights, UPPER), totals <= _percentile(totals, weights, LOWER)


def _percentile(totals: Floats, weights: Floats, share: float) -> float:
    """Linear between order statistics (type 7); with weights, people count as often as they weigh."""
    order = np.argsort(totals, kind="stable")
    ends = np.cumsum(weights[order])
    place = share * (ends[-1] - 1)
    below = totals[order][np.searchsorted(ends, np.floor(place), side="right").clip(max=len(order) - 1)]
    above = totals[order][np.searchsorted(ends, np.floor(place) + 1, side="right").clip(max=len(order) - 1)]
    return float(below + (place - np.floor(place)) * (above - below))


def _item(responses: Responses, place: int, relation: _Relation) -> ItemAnalysis:
    answered = ~responses.missing[:, place]
    values, weights = responses.values[answered, place], responses.weights[answered]
    n = float(weights.sum())
    mean = float(weights @ values / n)
    spread = float(weights @ (values - mean) ** 2)
    low, high = float(values.min()), float(values.max())
    ceiling = high if high > 0 else 1.0
    return ItemAnalysis(
        item=responses.items[place],
        n=n,
        n_missing=float(responses.weights[~answered].sum()),
        mean=mean,
        sd=float(np.sqrt(spread / (n - 1))) if n > 1 else 0.0,
        minimum=low,
        maximum=high,
        p=mean / max(ceiling, 1.0) if low >= 0 else mean,
        item_total=relation.total,
        item_rest=relation.rest,
        alpha_if_deleted=relation.without,
        d27=relation.d27,
        flags=tuple(_flags(low == high, relation)),
    )


def _flags(constant: bool, relation: _Relation) -> list[Flag]:
    if constant:
        return [Flag.CONSTANT]
    flags = []
    if relation.rest is not None and relation.rest < WEAK:
        flags.append(Flag.NEGATIVE_ITEM_REST if relation.rest < 0 else Flag.WEAK_ITEM_REST)
    if relation.without is not None and relation.alpha is not None and relation.without > relation.alpha:
        flags.append(Flag.ALPHA_RISES_WITHOUT)
    return flags
