"""Suppression inside one group: how many people chose what, and what two figures of overlapping groups say together.

``decision`` hides groups. Here the group is known person by person (who sat is no secret) and what they said is not.
Rules, each with its proof in a line:

1. A category is shown only with at least ``minimum`` people in it and as many outside of it. What is hidden comes back
   as one sum only, and that sum says little of each: otherwise the next category in order is hidden too, chosen by its
   place and not by its size, which would tell (``shown_cells``).
2. A part of a group (a school) is shown when its «yes» and its «no» are both that many, and so are those of all hidden
   parts taken as one: what subtraction gives is then no more than what could be shown anyway (``shown_parts``).
3. Figures of one measure at several moments or of several groups can be added and subtracted. That tells apart no
   people but those with the same membership in all of them; each such set has at least ``minimum`` people
   (``told_apart``): any combination of the figures is a sum over whole sets.

People whose answers the reader knows (they typed them in from paper) are taken out before counting.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from traektoria.engines.disclosure.decision import MINIMUM

Part = TypeVar("Part", bound=Hashable)
Person = TypeVar("Person", bound=Hashable)
SLACK = 5
"""A hidden number may lie at least so far from what the reader can work out, also with the rules in hand."""


def both_sides(count: float, n: float, *, minimum: int = MINIMUM) -> bool:
    """Tell whether ``count`` of ``n`` people may be shown: neither it nor the rest speaks of a few."""
    return minimum <= count <= n - minimum


def shown_cells(counts: Sequence[int], *, minimum: int = MINIMUM, zeros: bool = True) -> tuple[bool, ...]:
    """Decide for each category of one group, of which everybody is in exactly one.

    ``zeros``: «nobody chose it» may be said of an answer to a question; without it an empty category counts as small,
    as where it would say something of everybody. All in one category: nothing is shown.
    """
    if sum(1 for count in counts if count) < 2:
        return (False,) * len(counts)
    others = [place for place, count in enumerate(counts) if count or not zeros]
    hidden = {place for place in others if counts[place] < minimum}
    first = min(hidden, default=0)
    for place in sorted(others, key=lambda place: (place < first, place)):
        if not hidden or _blurred([counts[one] for one in hidden], minimum):
            break
        hidden.add(place)
    return tuple(place not in hidden for place in range(len(counts)))


def _blurred(hidden: Sequence[int], minimum: int) -> bool:
    """The sum of the hidden ones says little of each, also to a reader who knows these rules."""
    total = sum(hidden)
    if max(hidden) < minimum:
        return minimum <= total <= (minimum - 1) * len(hidden) - SLACK
    return len(hidden) > 1 and total >= minimum + SLACK


def shown_parts(parts: Mapping[Part, tuple[int, int]], *, minimum: int = MINIMUM) -> frozenset[Part]:
    """Which parts of a group may be shown, where the whole may be known too. ``parts``: part → (count, people)."""
    order = sorted(parts, key=lambda part: (-parts[part][1], str(part)))
    shown = [part for part in order if both_sides(*parts[part], minimum=minimum)]
    while shown and not _rest_is_safe(parts, shown, minimum):
        shown.pop()
    return frozenset(shown)


def _rest_is_safe(parts: Mapping[Part, tuple[int, int]], shown: Collection[Part], minimum: int) -> bool:
    rest = [parts[part] for part in parts if part not in shown]
    count, n = sum(one[0] for one in rest), sum(one[1] for one in rest)
    return not rest or both_sides(count, n, minimum=minimum)


def told_apart(figures: Iterable[Collection[Person]]) -> list[frozenset[Person]]:
    """The sets of people that figures of one measure can be combined to speak of: those in the same figures each."""
    signatures: dict[Person, list[int]] = defaultdict(list)
    for number, people in enumerate(figures):
        for person in people:
            signatures[person].append(number)
    found: dict[tuple[int, ...], set[Person]] = defaultdict(set)
    for person, signature in signatures.items():
        found[tuple(signature)].add(person)
    return [frozenset(people) for people in found.values()]


def is_safe_together(
    figures: Iterable[Collection[Person]], *, known: Collection[Person] = (), minimum: int = MINIMUM
) -> bool:
    """Tell whether no combination of the figures speaks of fewer than ``minimum`` people besides the ``known``."""
    return all(len(people - set(known)) >= minimum for people in told_apart(figures))
