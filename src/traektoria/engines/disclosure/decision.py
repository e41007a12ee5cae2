"""Primary and complementary suppression over the tree of groups of one dataset, at one moment.

A table is published as a hierarchy: everybody → region → municipality → school → class, a total together with its
parts. Rules, from the top of the tree downwards:

1. A group of fewer than ``minimum`` participants is hidden.
2. What is hidden under a shown total must not come back by subtraction, nor nearly so. The hidden parts of one total
   have ``minimum`` together (a small one is never alone) and leave room: each finest group has at least one
   participant, so the known sum must exceed their number by as much as two parts of ten do (``minimum`` − 2); and where
   all parts are small, the sum must stay ``BELOW`` the largest that so many small groups can have. While that does not
   hold, one more part is hidden. A total whose parts can't be hidden so is hidden itself.
3. Everything inside a hidden group is hidden. That costs some detail, and buys a proof of three lines: what is known
   about a hidden group is only the shown total above minus its shown parts, and rule 2 speaks of just that.

The part that rule 2 adds is not the smallest: who knows that would know its largest size. It is drawn by ``order``
(a secret one, see ``secret_order``) among those that keep the known sum within twice the smallest part still shown:
a condition on published numbers alone, so that it tells nothing.

The decision looks at the sizes of groups and at nothing else. So it is the same for marks, journal, scores and tasks
of one dataset, and two tables can't be played against each other. It gives no reason for a hidden group: a reason that
tells a small group from its cover gives most sizes away. A share of 0 % or 100 % in a shown group is not hidden: the
groups are pupils without names, and ten or more of them.

Source: the floor of ten follows FIOKO's recommendations for reading VPR results (2026); the method is cell
suppression as in Hundepool et al., Statistical Disclosure Control (2012), ch. 4, simplified for a tree.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

MINIMUM = 10
"""The least group of which figures are shown, everywhere: rules, sentences (``least_group`` in templates), the least
that a regulation may ask for. The guide and the recorded sources say it too: a test compares them."""
BELOW = 5
"""How far the sum of small groups stays below the largest they can have."""
_LOGIN = re.compile(r"(?:sch|edu)\s*(\d{4,})")

Key = tuple[str | None, ...]
"""Path of a group from the top: (region, municipality, school, class).

A prefix names a wider group, () is everybody.
"""
Order = Callable[[Key], Any]


@dataclass(frozen=True)
class Decision:
    """Which groups of a dataset are shown. A group that the decision has never met counts as hidden."""

    shown: frozenset[Key]

    def hides(self, key: Key) -> bool:
        """Tell whether the figures of the group must not be published."""
        return key not in self.shown

    def without(self, hidden: Collection[Key]) -> "Decision":
        """Return the decision with these groups hidden too, and everything inside them."""
        gone = set(hidden)
        return Decision(frozenset(key for key in self.shown if gone.isdisjoint(_prefixes(key))))


def by_name(key: Key) -> Any:
    """Order of parts by their names: for tests, and where nobody knows a secret."""
    return tuple((part is None, part or "") for part in key)


def school_key(name: str) -> str:
    """One key for one school: «sch990001» and «edu990001» are the same; case, ё and spaces do not matter in names."""
    folded = " ".join(name.casefold().replace("ё", "е").split())
    login = _LOGIN.search(folded)
    return login[1] if login else folded


def secret_order(secret: str) -> Order:
    """Order that nobody can tell without the secret; the same for one school in every file and every version."""

    def order(key: Key) -> bytes:
        logins = [place for place, part in enumerate(key) if _LOGIN.search((part or "").casefold())]
        name = "\0".join(school_key(part or "") for part in key[max(logins, default=min(2, len(key) - 1)) :])
        return blake2b(name.encode("utf-8", "surrogatepass"), key=secret.encode()[:64], digest_size=16).digest()

    return order


def decide(
    sizes: Mapping[Key, int], *, minimum: int = MINIMUM, order: Order = by_name, hidden: Collection[Key] = ()
) -> Decision:
    """Decide for every group of the tree from the participants counted in its finest groups.

    ``sizes`` maps the full path of each finest group to its number of counted participants; all paths have one length.
    ``hidden`` are groups that must be hidden whatever their size. Raises ValueError for a negative size or paths of
    different lengths.
    """
    tree = _Tree(sizes, minimum, order)
    forced = set(hidden)
    while True:
        found = tree.shown(forced)
        if isinstance(found, frozenset):
            return Decision(found)
        forced.add(found)


class _Tree:
    """Totals of all groups, the number of finest groups in them, and their parts."""

    def __init__(self, sizes: Mapping[Key, int], minimum: int, order: Order) -> None:
        self.minimum, self.order = minimum, order
        self.totals, self.finest = _totals(sizes)
        self.children: dict[Key, list[Key]] = defaultdict(list)
        for key in self.totals:
            if key:
                self.children[key[:-1]].append(key)

    def shown(self, forced: Collection[Key]) -> frozenset[Key] | Key:
        """Return the shown groups; or a total that must be hidden first, for its parts can't be hidden safely."""
        shown: set[Key] = set()
        waiting: list[Key] = [] if self.totals.get((), 0) < self.minimum or () in forced else [()]
        while waiting:
            parent = waiting.pop()
            shown.add(parent)
            parts = self.children.get(parent, [])
            hidden = self._hidden(parts, forced)
            if hidden and not self._leaves_room(hidden):
                return parent
            waiting.extend(part for part in parts if part not in hidden)
        return frozenset(shown)

    def _hidden(self, parts: Iterable[Key], forced: Collection[Key]) -> set[Key]:
        """Return the parts of one shown total to hide: the small ones, and as many more as make them safe."""
        rest = set(parts)
        hidden = {part for part in rest if self.totals[part] < self.minimum or part in forced}
        rest -= hidden
        while hidden and rest and not self._is_covered(hidden):
            drawn = self._draw(rest, sum(self.totals[part] for part in hidden))
            hidden.add(drawn)
            rest.discard(drawn)
        return hidden

    def _leaves_room(self, hidden: Collection[Key]) -> bool:
        joint = sum(self.totals[part] for part in hidden)
        return joint >= self.minimum and joint - sum(self.finest[part] for part in hidden) >= self.minimum - 2

    def _is_covered(self, hidden: Collection[Key]) -> bool:
        if not self._leaves_room(hidden):
            return False
        small = all(self.totals[part] < self.minimum for part in hidden)
        highest = len(hidden) * (self.minimum - 1)
        return not small or highest - sum(self.totals[part] for part in hidden) >= BELOW

    def _draw(self, rest: Collection[Key], joint: int) -> Key:
        """Return the next part to hide: one that does not stand out against the smallest part still shown."""
        by_size = sorted(rest, key=lambda part: (self.totals[part], self.order(part)))
        first, second = by_size[0], by_size[min(1, len(by_size) - 1)]
        fitting = [part for part in by_size[1:] if joint + self.totals[part] <= 2 * self.totals[first] + 1]
        if len(by_size) == 1 or joint + self.totals[first] <= 2 * self.totals[second] + 1:
            fitting.append(first)
        return min(fitting, key=self.order) if fitting else first


def _totals(sizes: Mapping[Key, int]) -> tuple[dict[Key, int], dict[Key, int]]:
    if len({len(key) for key in sizes}) > 1:
        raise ValueError("paths of groups differ in length")
    totals: dict[Key, int] = defaultdict(int)
    finest: dict[Key, int] = defaultdict(int)
    for key, size in sizes.items():
        if size < 0:
            raise ValueError(f"negative size of {key!r}")
        if size:
            for prefix in _prefixes(key):
                totals[prefix] += size
                finest[prefix] += 1
    return totals, finest


def _prefixes(key: Key) -> list[Key]:
    return [key[:depth] for depth in range(len(key) + 1)]
