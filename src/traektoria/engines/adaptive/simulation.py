"""What an adaptive form gives in people whose abilities are known, beside a fixed form. For tests and documents."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from traektoria.engines.psychometrics.arrays import Bools, Floats, Ints

from .ability_estimate import Ability, AdaptiveAnswer, ability
from .choice import End, ItemChoice, Stop, next_item
from .pool import Pool
from .rules import AdaptiveRules, closed_items


@dataclass(frozen=True)
class Simulated:
    """Estimates and errors (people,), which items each was asked (people, items), and how sittings ended."""

    theta: Floats
    error: Floats
    asked: Bools
    ends: tuple[End, ...]

    @property
    def items(self) -> float:
        """Mean number of items of a person."""
        return float(self.asked.sum(1).mean())

    @property
    def rates(self) -> Floats:
        """Share of people who met each item (items,)."""
        rates: Floats = self.asked.mean(0)
        return rates

    def reliability(self, sd: float = 1.0) -> float:
        """Marginal reliability 1 − E(error²)/sd², as the estimates claim it."""
        return float(1 - np.mean(self.error**2) / sd**2)

    def true_reliability(self, abilities: Floats) -> float:
        """Squared correlation with the true abilities (people,), which no model can flatter."""
        return float(np.corrcoef(self.theta, abilities)[0, 1] ** 2)


def simulate(pool: Pool, rules: AdaptiveRules, abilities: Floats, seed: int) -> Simulated:
    """Let people (people,) sit through `next_item` one after another; answers follow the pool's own parameters."""
    scores = answers_of(pool, abilities, seed)
    used: Counter[str] = Counter()
    asked = np.zeros(scores.shape, dtype=bool)
    found: list[Stop] = []
    for person, row in enumerate(scores):
        points = dict(zip(pool.places, row.tolist(), strict=True))
        answers, end = _sitting(pool, rules, points, seed + person, closed_items(used, person + 1, rules))
        used.update(answer.key for answer in answers)
        asked[person, [pool.places[answer.key] for answer in answers]] = True
        found.append(end)
    return _simulated([end.ability for end in found], asked, tuple(end.reason for end in found))


def _sitting(
    pool: Pool, rules: AdaptiveRules, points: Mapping[str, int], seed: int, closed: Collection[str]
) -> tuple[list[AdaptiveAnswer], Stop]:
    answers: list[AdaptiveAnswer] = []
    while isinstance(step := next_item(pool, answers, rules, seed, closed), ItemChoice):
        answers.append(AdaptiveAnswer(step.key, points[step.key]))
    return answers, step


def simulate_fixed(pool: Pool, keys: Sequence[str], rules: AdaptiveRules, abilities: Floats, seed: int) -> Simulated:
    """The same people with the same answers, all asked the items `keys`."""
    scores = answers_of(pool, abilities, seed)
    places = [pool.places[key] for key in keys]
    found = [ability(pool, [AdaptiveAnswer(pool.items[p].key, int(row[p])) for p in places], rules) for row in scores]
    asked = np.zeros(scores.shape, dtype=bool)
    asked[:, places] = True
    return _simulated(found, asked, (End.COMPLETE,) * len(scores))


def answers_of(pool: Pool, abilities: Floats, seed: int) -> Ints:
    """Whole points (people, items) that people would have on all items."""
    chances = np.exp(pool.log_chances_at(abilities)).cumsum(axis=1)
    lots = np.random.default_rng(seed).random((len(abilities), len(pool.items)))
    scores: Ints = (lots.T[:, None, :] > chances[:, :-1]).sum(axis=1).T
    return scores


def _simulated(found: Sequence[Ability], asked: Bools, ends: tuple[End, ...]) -> Simulated:
    theta, error = np.array([one.theta for one in found]), np.array([one.error for one in found])
    return Simulated(theta, error, asked, ends)
