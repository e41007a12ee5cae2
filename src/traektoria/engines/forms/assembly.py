"""Parallel forms from a blueprint: equal numbers by topic and level, as equal in difficulty as the bank allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import TYPE_CHECKING

import numpy as np

from traektoria.engines.psychometrics.arrays import Floats

from .balance import Balance, balance_of
from .checks import check_enough, needs_of, usable
from .exchange import exchanged
from .measures import assumed, measures
from .model import Form, FormRules, ItemCandidate, Need, Row

if TYPE_CHECKING:
    from .programme import Programme, Slots, Solution

SPARE = 4  # a row chooses among so many times the items that its topic takes
FEWEST = 24
USE_SLACK = 0.02


@dataclass(frozen=True)
class Assembly:
    """Forms A, B …, the keys they have in common, and how equal they are.

    `proven`: no choice among the `considered` candidates has smaller gaps, those within the tolerance counted as none.
    Otherwise it is the best that was found.
    """

    forms: tuple[Form, ...]
    anchors: tuple[str, ...]
    balance: Balance
    proven: bool
    considered: int


def assemble_forms(
    candidates: Sequence[ItemCandidate], blueprint: Sequence[Row], seed: int, rules: FormRules | None = None
) -> Assembly:
    """The order of candidates does not matter; another seed gives other forms where the bank has a choice.

    First points, levels and unknown difficulties are made equal, then the largest difference of mean difficulty
    (by topic, of all items, and of their spread), then use is kept low where `rules.tolerance` allows.
    Raises FormsRefused, naming all that is wrong; TOO_FEW_ITEMS for every row that is short.
    """
    rules = rules or FormRules()
    needs = needs_of(blueprint, rules)
    fresh = usable(candidates, rules)
    check_enough(candidates, fresh, needs, rules)
    items = shortlist(fresh, needs, seed, rules)
    difficulties = assumed(items)
    from .programme import Programme  # scipy's solver is loaded by who assembles

    programme = Programme(items, needs, measures(items, difficulties, needs), rules)
    solution = best(programme, difficulties)
    forms, anchors = _in_order(programme, solution.slots, difficulties)
    by_key = {item.key: item for item in items}
    balance = balance_of([(form.name, [by_key[key] for key in form.items]) for form in forms])
    return Assembly(forms, anchors, balance, solution.proven, len(items))


def shortlist(
    fresh: Sequence[ItemCandidate], needs: Sequence[Need], seed: int, rules: FormRules
) -> list[ItemCandidate]:
    """The least used items that each row may take, in an order given by the seed.

    Several times what its topic takes, so that no row is short because of it.
    """
    order = np.random.default_rng(seed).permutation(len(fresh))
    shuffled = sorted((fresh[int(place)] for place in order), key=lambda item: item.exposure)
    chosen: set[str] = set()
    for need in needs:
        of_topic = sum(other.items(rules.forms) for other in needs if other.topic == need.topic)
        own = [item.key for item in shuffled if need.takes(item)]
        chosen.update(own[: max(SPARE * of_topic, FEWEST)])
    return [fresh[int(place)] for place in order if fresh[int(place)].key in chosen]


def best(programme: Programme, difficulties: Floats) -> Solution:
    """The least gaps, then the least use with gaps no larger."""
    balanced = programme.solve(programme.gap_goal())
    if balanced is None:
        from .programme import Solution

        slots = exchanged(programme, difficulties)
        balanced = Solution(slots, programme.gaps_of(slots), proven=False)
    if len({item.exposure for item in programme.items}) < 2:
        return balanced
    most = np.where(programme.is_shape, balanced.gaps, np.maximum(balanced.gaps, programme.rules.tolerance))
    rested = programme.solve(programme.exposure_goal(), most, slack=USE_SLACK)
    return replace(rested, proven=balanced.proven) if rested else balanced


def _in_order(programme: Programme, slots: Slots, difficulties: Floats) -> tuple[tuple[Form, ...], tuple[str, ...]]:
    """Common items first in each row, so that they stand at the same place in all forms."""
    items, common = programme.items, programme.rules.forms
    places = sorted(
        slots, key=lambda place: (place[1], slots[place] != common, difficulties[place[0]], items[place[0]].key)
    )
    forms = tuple(
        Form(ascii_uppercase[slot], tuple(items[place[0]].key for place in places if slots[place] in (slot, common)))
        for slot in range(programme.rules.forms)
    )
    return forms, tuple(items[place[0]].key for place in places if slots[place] == common)
