"""Primary and complementary suppression over the tree of groups of one dataset.

A table is published as a hierarchy: everybody → region → municipality → school → class, a total together with its
parts. Rules, in this order, from the top of the tree downwards:

1. A group of fewer than `minimum` participants is hidden (`SMALL`).
2. What is hidden under a shown total must not come back by subtraction: the hidden parts of one total are either
   none, or at least two and together at least `minimum` participants. While they are not, the smallest shown part is
   hidden too (`COMPLEMENT`; equal sizes: the first by name, so that the answer never depends on the order of
   reading).
3. Everything inside a hidden group is hidden (`PARENT`). That costs some detail, and buys a proof of three lines:
   what is known about a hidden group is only the shown total above minus its shown parts, and rule 2 speaks of just
   that.

The decision looks at the sizes of groups and at nothing else. So it is the same for marks, journal, scores and tasks
of one dataset, and two tables can't be played against each other. A share of 0 % or 100 % in a shown group is not
hidden: the groups are pupils without names, and ten or more of them.

Source: the floor of ten follows FIOKO's recommendations for reading VPR results (2026); the method is cell
suppression as in Hundepool et al., Statistical Disclosure Control (2012), ch. 4, simplified for a tree.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

MINIMUM = 10


Key = tuple[str | None, ...]
"""Path of a group from the top: (region, municipality, school, class).

A prefix names a wider group, () is everybody.
"""


class Reason(StrEnum):
    """Why a group is hidden."""

    SMALL = "small"
    COMPLEMENT = "complement"
    PARENT = "parent"


@dataclass(frozen=True)
class Decision:
    """Which groups of a dataset are shown. A group that the decision has never met counts as hidden."""

    shown: frozenset[Key]
    hidden: Mapping[Key, Reason]

    def reason(self, key: Key) -> Reason | None:
        """Return why `key` is hidden, or None when it is shown."""
        return None if key in self.shown else self.hidden.get(key, Reason.SMALL)

    def hides(self, key: Key) -> bool:
        """Tell whether the figures of the group must not be published."""
        return key not in self.shown


def decide(sizes: Mapping[Key, int], *, minimum: int = MINIMUM) -> Decision:
    """Decide for every group of the tree from the participants counted in its finest groups.

    `sizes` maps the full path of each finest group to its number of counted participants; all paths have one length.
    Raises ValueError for a negative size or paths of different lengths.
    """
    totals = _totals(sizes)
    children = _children(totals)
    hidden: dict[Key, Reason] = {}
    if totals.get((), 0) < minimum:
        hidden[()] = Reason.SMALL
    for parent in sorted(children, key=len):
        if parent in hidden:
            hidden.update(dict.fromkeys(children[parent], Reason.PARENT))
        else:
            hidden.update(_hide_parts(children[parent], totals, minimum))
    return Decision(shown=frozenset(totals.keys() - hidden.keys()), hidden=hidden)


def _totals(sizes: Mapping[Key, int]) -> dict[Key, int]:
    if len({len(key) for key in sizes}) > 1:
        raise ValueError("paths of groups differ in length")
    totals: dict[Key, int] = defaultdict(int)
    for key, size in sizes.items():
        if size < 0:
            raise ValueError(f"negative size of {key!r}")
        for depth in range(len(key) + 1):
            totals[key[:depth]] += size
    return {key: size for key, size in totals.items() if size}


def _children(keys: Iterable[Key]) -> dict[Key, list[Key]]:
    children: dict[Key, list[Key]] = defaultdict(list)
    for key in keys:
        if key:
            children[key[:-1]].append(key)
    return children


def _hide_parts(parts: list[Key], totals: Mapping[Key, int], minimum: int) -> dict[Key, Reason]:
    """Hide the small parts of one shown total, and as many more as make the hidden rest safe."""
    by_size = sorted(parts, key=lambda part: (totals[part], part[-1] is None, part[-1] or ""))
    hidden = {part: Reason.SMALL for part in by_size if totals[part] < minimum}
    joint = sum(totals[part] for part in hidden)
    for part in by_size[len(hidden) :]:
        if not hidden or (len(hidden) > 1 and joint >= minimum):
            break
        hidden[part] = Reason.COMPLEMENT
        joint += totals[part]
    return hidden
