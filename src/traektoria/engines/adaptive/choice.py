"""The next item of an adaptive sitting, or its end. Nothing is kept between calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import TYPE_CHECKING

from traektoria.engines.lazy_imports import np

from .ability_estimate import Ability, AdaptiveAnswer, ability
from .pool import Pool
from .rules import AdaptiveRules

if TYPE_CHECKING:
    from traektoria.engines.psychometrics.arrays import Bools, Ints


class Why(StrEnum):
    """BLUEPRINT: topics lack their least number, the item is of one of them. INFORMATION: any topic below its most."""

    BLUEPRINT = "blueprint"
    INFORMATION = "information"


class End(StrEnum):
    """PRECISE: the standard error is reached. COMPLETE: the minima are, and no error is aimed at. LONGEST: the most
    items. USED_UP: no item that may be asked is left. NO_GAIN: none that would tell enough more.
    """

    PRECISE = "precise"
    COMPLETE = "complete"
    LONGEST = "longest"
    USED_UP = "used_up"
    NO_GAIN = "no_gain"


@dataclass(frozen=True)
class ItemChoice:
    """The item to ask; the ability so far."""

    key: str
    reason: Why
    ability: Ability


@dataclass(frozen=True)
class Stop:
    """Nothing more to ask; the ability."""

    reason: End
    ability: Ability


def next_item(
    pool: Pool, answers: Sequence[AdaptiveAnswer], rules: AdaptiveRules, seed: int, closed: Collection[str] = ()
) -> ItemChoice | Stop:
    """The same answers, closed items and person's seed give the same item, on any machine and after any pause.

    `closed` (from `closed_items`) is kept as long as the minima of the blueprint can be reached with the rest.
    Raises AdaptiveRefused for answers that do not fit the pool. The rules are checked beforehand, by `check_rules`.
    """
    known = ability(pool, answers, rules)
    asked = Counter(pool.items[pool.places[answer.key]].topic for answer in answers)
    missing = [name for name, topic in rules.blueprint.items() if asked[name] < topic.least]
    if len(answers) >= rules.most_items:
        return Stop(End.LONGEST, known)
    if not missing and (rules.target_error is None or known.error <= rules.target_error):
        return Stop(End.COMPLETE if rules.target_error is None else End.PRECISE, known)
    free = _on_topics(pool, missing or _not_full(rules, asked))
    free[[pool.places[answer.key] for answer in answers]] = False
    allowed = _without(pool, free, closed)
    if missing and not allowed.any():
        allowed = free
    if not allowed.any():
        return Stop(End.USED_UP, known)
    places = _most_informative(pool, allowed, known.theta, rules.best)
    if not missing and _gain(pool, int(places[0]), known) < rules.least_gain:
        return Stop(End.NO_GAIN, known)
    place = _by_lot(places, f"{seed} {len(answers)}")
    return ItemChoice(pool.items[place].key, Why.BLUEPRINT if missing else Why.INFORMATION, known)


def _not_full(rules: AdaptiveRules, asked: Counter[str]) -> list[str]:
    return [name for name, topic in rules.blueprint.items() if topic.most is None or asked[name] < topic.most]


def _on_topics(pool: Pool, names: Collection[str]) -> Bools:
    """Which items (items,) are on these topics."""
    allowed = np.array([topic in names for topic in pool.topics])
    return allowed[pool.topic_places]


def _without(pool: Pool, free: Bools, closed: Collection[str]) -> Bools:
    allowed = free.copy()
    allowed[[pool.places[key] for key in closed if key in pool.places]] = False
    return allowed


def _most_informative(pool: Pool, allowed: Bools, theta: float, best: int) -> Ints:
    """Places of the `best` most informative allowed items, the first of them first; of equal ones by key."""
    places = np.flatnonzero(allowed)
    return places[np.argsort(-pool.information(theta)[places], kind="stable")[:best]]


def _gain(pool: Pool, place: int, known: Ability) -> float:
    """By how much this item would lower the standard error, as its information says."""
    after = known.error**-2 + float(pool.information(known.theta)[place])
    return known.error - float(after**-0.5)


def _by_lot(places: Ints, lot: str) -> int:
    """One of them («randomesque», Kingsbury & Zara 1989), the same for the same lot."""
    number = int.from_bytes(blake2b(lot.encode(), digest_size=8).digest(), "big")
    return int(places[number % len(places)])
