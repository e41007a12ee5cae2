"""First guesses of abilities for many people: derivatives of all likelihoods on a grid are matrix products."""

from dataclasses import dataclass

import numpy as np

from .arrays import Codes, Floats
from .likelihood import Likelihood

REACH, STEP = 8.0, 0.1
ROUNDS = 4


@dataclass(frozen=True)
class Slopes:
    """What each column of a design adds at each of `points` (g,) to the derivative of a person's log-likelihood by θ,
    to its second derivative, to the expected information and to Warm's J: four of (columns, g).
    """

    points: Floats
    first: Floats
    second: Floats
    information: Floats
    warm: Floats


def table_of_slopes(likelihood: Likelihood, parameters: Floats) -> Slopes:
    points = np.linspace(-REACH, REACH, round(2 * REACH / STEP) + 1)
    rows = np.zeros((4, likelihood.design.matrix.shape[1], len(points)))
    for block in likelihood.design.blocks:
        own, base = parameters[likelihood.places(block)], likelihood.design.base(block.items)
        chances = np.exp(likelihood.model.log_probabilities(own, points))
        first, second = likelihood.model.tilts(own, points)
        for row, tilt in zip(rows, (first, second), strict=False):
            row[block.columns] = tilt[:, 1:] - tilt[:, :1]
            np.add.at(row, base, tilt[:, 0])
        np.add.at(rows[2], base, (chances * first**2).sum(1))
        np.add.at(rows[3], base, (chances * first * (first**2 + second)).sum(1))
    return Slopes(points, *rows)


def first_guess(table: Slopes, matrix: Codes, *, warm: bool) -> Floats:
    """θ (n,) of patterns (n, columns) where the derivative crosses zero; an end of the grid where it does not."""
    answers = matrix.astype(float)
    values = answers @ table.first
    if warm:
        values += answers @ table.warm / (2 * np.maximum(answers @ table.information, 1e-12))
    left = np.clip((values > 0).sum(1) - 1, 0, len(table.points) - 2)
    people = np.arange(len(values))
    ends = values[people, left], values[people, left + 1]
    bends = None
    if not warm:
        bends = tuple((answers * table.second.T[side]).sum(1) for side in (left, left + 1))
    share = _crossing(ends, bends)
    share = np.where(ends[0] <= 0, 0.0, np.where(ends[1] > 0, 1.0, share))
    guesses: Floats = table.points[left] + STEP * share
    return guesses


def _crossing(ends: tuple[Floats, Floats], bends: tuple[Floats, ...] | None) -> Floats:
    """Share (n,) of a step after which the value is zero: on the straight line, or on the cubic with given slopes."""
    before, after = ends
    drop = np.where(before > after, before - after, 1.0)
    share = np.clip(before / drop, 0.0, 1.0)
    if bends is None:
        return share
    start, end = STEP * bends[0], STEP * bends[1]
    square = 3 * (after - before) - 2 * start - end
    cube = 2 * (before - after) + start + end
    for _ in range(ROUNDS):
        value = before + share * (start + share * (square + share * cube))
        slope = np.minimum(start + share * (2 * square + 3 * share * cube), -1e-12)
        share = np.clip(share - value / slope, 0.0, 1.0)
    return share
