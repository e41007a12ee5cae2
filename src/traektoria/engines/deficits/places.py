"""A question to think over: one class in one work stands in the lower quarter of classes. It says nothing of why.

At most every fourth class stands so in each skill, whatever its teacher does, so this is neither a supposition nor a
deficit. It is asked where the class lies in the lower quarter, `least` points and more below the others, and further
than the chance of its pupils explains (one-sided 1 %, for a work has some ten skills): else the file cannot even tell
that the class is lower.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from .evidence import ClassKey, Sample, Work, pooled
from .variation import Field

LOWER_TAIL = -2.3263


class Place(StrEnum):
    LOWER_QUARTER = "lower"
    MIDDLE = "middle"
    UPPER_QUARTER = "upper"


class Area(StrEnum):
    """Among whose classes the place is."""

    MUNICIPALITY = "municipality"
    REGION = "region"


@dataclass(frozen=True)
class Standing:
    """The place of a class and among how many; ``rest``: pupils of the others there."""

    place: Place
    classes: int
    area: Area
    rest: Sample


class Ranks:
    """Means of the classes of which may be spoken, of ``minimum`` pupils and more, in order, in one skill of a work."""

    def __init__(self, work: Work, skill: str, *, minimum: int, classes: int) -> None:
        self.minimum, self.classes = minimum, classes
        self.samples, self.hidden = work.samples[skill], work.hidden.get(skill, frozenset())
        self.told = {key for key, one in self.samples.items() if key not in self.hidden and one.n >= minimum}
        self.known: dict[ClassKey, tuple[list[float], Sample]] = {}

    def _of(self, place: ClassKey) -> tuple[list[float], Sample]:
        """Means in order, and all their pupils, of a municipality or a region."""
        if place not in self.known:
            keys = [key for key in self.told if key[: len(place)] == place]
            self.known[place] = sorted(self.samples[key].mean for key in keys), pooled(self.samples, keys)
        return self.known[place]

    def standing(self, unit: Sequence[ClassKey]) -> Standing | None:
        """The unit among the classes of the municipality where these are at least ``classes``, else of the region.

        None where there are fewer, and where even the total of the place is hidden.
        """
        own = pooled(self.samples, unit)
        inside = self.told.issuperset(unit)
        for depth, area in ((2, Area.MUNICIPALITY), (1, Area.REGION)):
            means, everybody = self._of(unit[0][:depth])
            n = len(means) + (not inside)
            if n < self.classes or unit[0][:depth] in self.hidden or own.n < self.minimum:
                continue
            below = bisect_right(means, own.mean) + (not inside)
            above = n - bisect_left(means, own.mean)
            lower, upper = 4 * below <= n, 4 * above <= n
            place = Place.LOWER_QUARTER if lower else Place.UPPER_QUARTER if upper else Place.MIDDLE
            return Standing(place, n, area, everybody - own if inside else everybody)
        return None


def is_lower(field: Field, own: Sample, found: Standing, least: float) -> bool:
    """In the lower quarter, by ``least`` points at least, and not by the chance of pupils alone."""
    if found.place is not Place.LOWER_QUARTER or own.mean > found.rest.mean - least / 100:
        return False
    return (field.place(own) - field.place(found.rest)) / sqrt(field.chance(own.n)) < LOWER_TAIL


def profile(work: Work, unit: Sequence[ClassKey], ranks: Mapping[str, Ranks]) -> Mapping[str, Place]:
    """Skill → place of the unit, for every skill in which it may be told and has one."""
    found = {}
    for skill in work.samples:
        there = ranks[skill].standing(unit) if tuple(unit) in work.told(skill, unit) else None
        if there is not None:
            found[skill] = there.place
    return found
