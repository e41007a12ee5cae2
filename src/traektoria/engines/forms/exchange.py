"""A choice without a solver: deal items out, then exchange them as long as that helps. Used when the programme is not
solved within its limit; deterministic, and no proof of anything.
"""

from collections.abc import Iterator, Sequence

from .model import Candidate, FormRules, Need
from .programme import Programme

Slots = dict[tuple[int, int], int]
ROUNDS = 200


def exchanged(programme: Programme, difficulties: Sequence[float]) -> Slots:
    """Slots by item and row: each exchange makes the gaps cheaper, and none would any more (or after 200 rounds)."""
    slots = dealt(programme.items, programme.needs, programme.rules, difficulties)
    cost = programme.cost(programme.gaps_of(slots))
    for _ in range(ROUNDS):
        better = next(_cheaper(programme, slots, cost), None)
        if better is None:
            break
        cost, slots = better
    return slots


def dealt(items: Sequence[Candidate], needs: Sequence[Need], rules: FormRules, difficulties: Sequence[float]) -> Slots:
    """The least used items of each row, rows with a level first, dealt to the forms back and forth by difficulty."""
    slots: Slots = {}
    free = set(range(len(items)))
    for r, need in sorted(enumerate(needs), key=lambda pair: pair[1].level is None):
        own = sorted((i for i in free if need.takes(items[i])), key=lambda i: (items[i].exposure, i))
        taken = own[: need.items(rules.forms)]
        free -= set(taken)
        common, others = taken[: need.anchors], taken[need.anchors :]
        slots |= {(i, r): rules.forms for i in common}
        others.sort(key=lambda i: (items[i].points, difficulties[i], i))
        slots |= {(i, r): slot for i, slot in zip(others, _back_and_forth(rules.forms), strict=False)}
    return slots


def _back_and_forth(forms: int) -> Iterator[int]:
    while True:
        yield from range(forms)
        yield from reversed(range(forms))


def _cheaper(programme: Programme, slots: Slots, cost: float) -> Iterator[tuple[float, Slots]]:
    for changed in (*_swaps(slots), *_replacements(programme, slots)):
        new = programme.cost(programme.gaps_of(changed))
        if new < cost - 1e-9:
            yield new, changed


def _swaps(slots: Slots) -> Iterator[Slots]:
    """Two items of one row change their slots."""
    places = sorted(slots)
    for one in places:
        for other in places:
            if one < other and one[1] == other[1] and slots[one] != slots[other]:
                yield {**slots, one: slots[other], other: slots[one]}


def _replacements(programme: Programme, slots: Slots) -> Iterator[Slots]:
    """An item not taken yet comes instead of one of its row."""
    used = {item for item, _ in slots}
    for item, row in programme.cells:
        if item not in used:
            for old in sorted(place for place in slots if place[1] == row):
                changed = {place: slot for place, slot in slots.items() if place != old}
                yield {**changed, (item, row): slots[old]}
