"""What questions and suppositions rest on: shares of the maximum of one skill, class by class, in files of results."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

FULL = 10000
ClassKey = tuple[str | None, ...]
"""(region, municipality, school, class) as the file names them; shorter ones name all classes of a place."""


@dataclass(frozen=True)
class Sample:
    """Pupils' shares of the maximum in basis points (0–10 000): their number, sum and sum of squares.

    Sums and not means, so that classes add up and a class can be taken out of its municipality exactly.
    """

    n: int
    total: int
    squares: int

    def __add__(self, other: "Sample") -> "Sample":
        return Sample(self.n + other.n, self.total + other.total, self.squares + other.squares)

    def __sub__(self, other: "Sample") -> "Sample":
        return Sample(self.n - other.n, self.total - other.total, self.squares - other.squares)

    @property
    def mean(self) -> float:
        """Mean share, 0–1; 0 without pupils."""
        return self.total / (self.n * FULL) if self.n else 0.0

    @property
    def sd(self) -> float:
        """Standard deviation of the shares, 0–1, with n − 1 below; 0 for fewer than two pupils."""
        return sqrt(self.spread / (self.n - 1)) if self.n > 1 else 0.0

    @property
    def spread(self) -> float:
        """Sum of squared distances to the mean, in squared shares."""
        return max(self.squares / FULL**2 - self.n * self.mean**2, 0.0)


NOTHING = Sample(0, 0, 0)


@dataclass(frozen=True)
class Work:
    """One file of results: every class of it, also those that nobody asks about. They say how much classes vary.

    ``key``: a name of the file, its own. ``year``: in which the work was held; ``grade``: whose it is. ``samples``:
    skill → class → its pupils. ``topics``: skill → topic, the same word in all files; a skill without one has its own
    name. ``hidden``: skill → groups of which nothing may be said, at any level of the key (an empty one: the total).
    """

    key: str
    year: int
    grade: int
    samples: Mapping[str, Mapping[ClassKey, Sample]]
    topics: Mapping[str, str] = field(default_factory=dict)
    hidden: Mapping[str, frozenset[ClassKey]] = field(default_factory=dict)

    def topic(self, skill: str) -> str:
        return self.topics.get(skill, skill)

    def told(self, skill: str, keys: Collection[ClassKey]) -> list[tuple[ClassKey, ...]]:
        """Of these classes what may be spoken of: each by itself, and together the hidden ones of a shown school.

        A class that the tables hide is not told: its figure would give the class beside away to who sees the school.
        Hidden ones count together where these are all the hidden classes of the school: that much can be seen anyway.
        """
        hidden = self.hidden.get(skill, frozenset())
        here = [key for key in keys if key in self.samples[skill]]
        units: list[tuple[ClassKey, ...]] = [(key,) for key in here if key not in hidden]
        for school in sorted({key[:3] for key in here} - hidden, key=repr):
            silent = {key for key in hidden if key[:3] == school and key in self.samples[skill]}
            if silent and silent <= set(here):
                units.append(tuple(sorted(silent, key=repr)))
        return units


@dataclass(frozen=True)
class Own:
    """The classes of one teacher in one work.

    ``school``: a name of the school that is the same in all works. ``classes``: class of the file → its name without
    the grade («А»), the same from year to year: so that the same pupils are recognised a year later.
    """

    teacher: str
    work: str
    school: str
    classes: Mapping[ClassKey, str]


def pooled(samples: Mapping[ClassKey, Sample], keys: Sequence[ClassKey]) -> Sample:
    found = [samples[key] for key in keys if key in samples]
    if len(found) == 1:
        return found[0]
    return Sample(sum(one.n for one in found), sum(one.total for one in found), sum(one.squares for one in found))
