"""How equal forms are, by what is known: nothing here is assumed for items whose difficulty nobody knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from statistics import fmean, stdev

from .model import ItemCandidate

THETA = (-2.0, -1.0, 0.0, 1.0, 2.0)


@dataclass(frozen=True)
class Figures:
    """One form, or its items on one topic. `mean` and `sd` (n − 1) of the known difficulties, logits; None: too few."""

    form: str
    items: int
    points: int
    levels: dict[str, int]
    unknown: int
    mean: float | None
    sd: float | None


@dataclass(frozen=True)
class Comparison:
    """All forms on one topic (None: on all of them). `difference` is between the highest and the lowest mean.

    None if some form has no known difficulty. With `unknown` items it speaks of the rest only.
    """

    topic: str | None
    forms: tuple[Figures, ...]
    difference: float | None
    points_difference: int
    unknown: int


@dataclass(frozen=True)
class Information:
    """Fisher information of the right/wrong items with known a and b: by form, at each of `theta` (logits).

    `left_out`: how many items of each form are not in it. `largest_gap` is the largest difference between forms as a
    share of their mean at the same θ.
    """

    theta: tuple[float, ...]
    forms: tuple[tuple[float, ...], ...]
    left_out: tuple[int, ...]
    largest_gap: float


@dataclass(frozen=True)
class Balance:
    """The report of an assembly; `information` is None where some form has no item with known a and b."""

    whole: Comparison
    topics: tuple[Comparison, ...]
    information: Information | None


def balance_of(forms: Sequence[tuple[str, Sequence[ItemCandidate]]]) -> Balance:
    """Compare forms, given by name and items."""
    topics = dict.fromkeys(item.topic for _, items in forms for item in items)
    return Balance(_compared(None, forms), tuple(_compared(topic, forms) for topic in topics), _information(forms))


def _compared(topic: str | None, forms: Sequence[tuple[str, Sequence[ItemCandidate]]]) -> Comparison:
    figures = tuple(_figures(name, [item for item in items if topic in (None, item.topic)]) for name, items in forms)
    means = [form.mean for form in figures if form.mean is not None]
    points = [form.points for form in figures]
    return Comparison(
        topic=topic,
        forms=figures,
        difference=max(means) - min(means) if len(means) == len(figures) else None,
        points_difference=max(points) - min(points),
        unknown=sum(form.unknown for form in figures),
    )


def _figures(name: str, items: Sequence[ItemCandidate]) -> Figures:
    known = [item.difficulty for item in items if item.difficulty is not None]
    levels = [item.level for item in items]
    return Figures(
        form=name,
        items=len(items),
        points=sum(item.points for item in items),
        levels={level: levels.count(level) for level in dict.fromkeys(levels)},
        unknown=len(items) - len(known),
        mean=fmean(known) if known else None,
        sd=stdev(known) if len(known) > 1 else None,
    )


def _information(forms: Sequence[tuple[str, Sequence[ItemCandidate]]]) -> Information | None:
    known = [[_slope_and_difficulty(item) for item in items if _is_known(item)] for _, items in forms]
    if not all(known):
        return None
    curves = [tuple(_at(theta, items) for theta in THETA) for items in known]
    return Information(
        theta=THETA,
        forms=tuple(curves),
        left_out=tuple(len(items) - len(own) for (_, items), own in zip(forms, known, strict=True)),
        largest_gap=max(map(_gap, zip(*curves, strict=True))),
    )


def _is_known(item: ItemCandidate) -> bool:
    return item.points == 1 and item.difficulty is not None and item.discrimination is not None


def _slope_and_difficulty(item: ItemCandidate) -> tuple[float, float]:
    return item.discrimination or 0.0, item.difficulty or 0.0


def _at(theta: float, items: Sequence[tuple[float, float]]) -> float:
    """Σ a²·P·(1 − P) of items (a, b)."""
    return sum(slope**2 * _spread(slope * (theta - difficulty)) for slope, difficulty in items)


def _spread(logit: float) -> float:
    """P·(1 − P), for logits of any size."""
    less = exp(-abs(logit))
    return less / (1 + less) ** 2


def _gap(values: Sequence[float]) -> float:
    return (max(values) - min(values)) / (fmean(values) or 1.0)
