"""How much classes and schools vary in one skill, and where one class stands beside the others.

Everything is on the angular scale y = arcsin √share, where the chance of pupils has the same size at 20 and at 90 per
cent: κ / 4n for n pupils, κ being the spread of their shares in parts of that of a task with one point. What is left
of the differences between class means is parted by analysis of variance into class within school and school within
municipality (unweighted, Searle, Casella & McCulloch 1992, ch. 4), with schools as the unit: the degrees of freedom are
schools less municipalities. Where too few schools have several classes to tell the two apart, all of it counts as the
schools': then two classes of one school say no more than one, which errs on the side of silence.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import asin, pi, sin, sqrt
from statistics import median

from .evidence import NOTHING, ClassKey, Sample, pooled

LEAST_SAMPLE = 5
"""A class with fewer pupils says nothing of how classes vary."""
USUAL = 20
"""Schools that the usual variation of the work counts for beside those of one skill."""
SKILLS = 4
"""From so many skills on a work says what is usual in it."""
NORMAL_SCALE = 1.4826
"""Standard deviation of a normal law in parts of its median distance."""
TWINS = 12
"""Classes beside another one of their school, from which on class and school are told apart."""


def angle(share: float) -> float:
    return asin(sqrt(min(max(share, 0.0), 1.0)))


def share_at(place: float) -> float:
    return sin(min(max(place, 0.0), pi / 2)) ** 2


@dataclass(frozen=True)
class Variation:
    """Variances on the angular scale: ``school``, ``klass`` within school; ``df`` of the schools behind it.

    ``unsure``: standard error of ``school``; where schools are few they may look alike by chance.
    """

    school: float
    klass: float
    df: int
    unsure: float = 0.0

    @property
    def all(self) -> float:
        return self.school + self.klass


@dataclass(frozen=True)
class Stand:
    """A group of pupils against the other classes of its municipality, on the angular scale.

    ``difference`` of the two; variances ``pupils``: by these, ``klass``: by the class, ``school``: by the school, as
    large as it may well be, ``rest``: of the others' mean; ``df`` by schools. ``beside``: the difference of the other
    classes of the school, None without such.
    """

    difference: float
    pupils: float
    klass: float
    school: float
    rest: float
    df: int
    rest_angle: float
    beside: float | None

    @property
    def chance(self) -> float:
        return self.pupils + self.klass


@dataclass(frozen=True)
class _Class:
    n: int
    place: float


@dataclass(frozen=True)
class _Between:
    """Squares of schools' means around their municipality, and what classes (times their variance) and pupils add."""

    df: int = 0
    squares: float = 0.0
    shares: float = 0.0
    noise: float = 0.0

    def __add__(self, other: "_Between") -> "_Between":
        return _Between(*(mine + theirs for mine, theirs in zip(self.values, other.values, strict=True)))  # type: ignore[arg-type]

    def __sub__(self, other: "_Between") -> "_Between":
        return _Between(*(mine - theirs for mine, theirs in zip(self.values, other.values, strict=True)))  # type: ignore[arg-type]

    @property
    def values(self) -> tuple[float, ...]:
        return self.df, self.squares, self.shares, self.noise


@dataclass(frozen=True)
class _Sums:
    """Sums over schools: their number, means and squared means; 1/k and chance/k² of their k classes; and of classes
    within schools their number less one, squares, and what pupils add to these."""

    schools: int = 0
    means: float = 0.0
    squares: float = 0.0
    shares: float = 0.0
    noise: float = 0.0
    twins: int = 0
    within: float = 0.0
    chance: float = 0.0

    def __add__(self, other: "_Sums") -> "_Sums":
        return _Sums(*(mine + theirs for mine, theirs in zip(self.values, other.values, strict=True)))  # type: ignore[arg-type]

    def __sub__(self, other: "_Sums") -> "_Sums":
        return _Sums(*(mine - theirs for mine, theirs in zip(self.values, other.values, strict=True)))  # type: ignore[arg-type]

    @property
    def values(self) -> tuple[float, ...]:
        return (
            self.schools, self.means, self.squares, self.shares, self.noise, self.twins, self.within, self.chance,
        )  # fmt: skip

    @property
    def between(self) -> _Between:
        """Of one municipality."""
        if not self.schools:
            return _Between()
        part = 1 - 1 / self.schools
        squares = self.squares - self.means**2 / self.schools
        return _Between(self.schools - 1, squares, part * self.shares, part * self.noise)


class Field:
    """All classes of one skill in one work. ``schools``: from how many on a municipality has a variation of its own."""

    def __init__(self, samples: Mapping[ClassKey, Sample], *, schools: int) -> None:
        counted = {key: sample for key, sample in samples.items() if sample.n >= LEAST_SAMPLE}
        self.schools = schools
        self.usual: Variation | None = None
        self.known: dict[ClassKey, Variation | None] = {}
        self.mean = sum(one.total for one in counted.values()) / max(sum(one.n for one in counted.values()) * 10000, 1)
        self.samples = samples
        self.classes = {key: _Class(one.n, self.place(one)) for key, one in counted.items()}
        expected = sum(one.n * one.mean * (1 - one.mean) for one in counted.values())
        self.kappa = sum(one.spread for one in counted.values()) / expected if expected else 0.0

    def place(self, sample: Sample) -> float:
        """With one pseudo-pupil like the average of all: nobody stands at the very end."""
        return angle((sample.mean * sample.n + self.mean) / (sample.n + 1))

    def chance(self, n: int) -> float:
        """Variance of the mean of n pupils of one class."""
        return self.kappa / (4 * n)

    @cached_property
    def levels(self) -> Mapping[ClassKey, float]:
        """School → how far its classes stand from the mean of the schools of its municipality."""
        return {
            school: one.means - self.areas[school[:2]].means / self.areas[school[:2]].schools
            for school, one in self._schools.items()
        }

    @cached_property
    def _schools(self) -> Mapping[ClassKey, "_Sums"]:
        return {key: self._school([one for _key, one in classes]) for key, classes in self._classes_of.items()}

    def _school(self, classes: Sequence[_Class]) -> "_Sums":
        k = len(classes)
        mean = sum(one.place for one in classes) / k
        chance = sum(self.chance(one.n) for one in classes)
        within = sum((one.place - mean) ** 2 for one in classes)
        return _Sums(1, mean, mean**2, 1 / k, chance / k**2, k - 1, within, (1 - 1 / k) * chance)

    @cached_property
    def areas(self) -> Mapping[ClassKey, "_Sums"]:
        """Municipality → its schools together."""
        found: dict[ClassKey, _Sums] = defaultdict(_Sums)
        for school, sums in self._schools.items():
            found[school[:2]] += sums
        return found

    @cached_property
    def whole(self) -> Variation | None:
        """Of all schools of the file."""
        return self._variation(self._of_areas, self._classes_of_areas)

    @cached_property
    def _of_areas(self) -> "_Between":
        return sum((sums.between for sums in self.areas.values()), _Between())

    @cached_property
    def _classes_of_areas(self) -> "_Sums":
        return sum(self.areas.values(), _Sums())

    def variation(self, area: ClassKey) -> Variation | None:
        """Of all schools of the file, or of the municipality where these are many and vary more.

        None where they are few. An odd school counts in what it stands out of: without it the others may look alike,
        and it would be a wonder each time.
        """
        if area not in self.known:
            here = self.areas.get(area, _Sums())
            both = [one for one in (self.whole, self._variation(here.between, here)) if one is not None]
            self.known[area] = self._steadied(max(both, key=lambda one: one.all)) if self.whole is not None else None
        return self.known[area]

    def _steadied(self, found: Variation) -> Variation:
        """Few schools may look alike in one skill by chance: what is usual in the work counts as ``USUAL`` schools."""
        if self.usual is None:
            return found
        school, klass = (
            max(mine, (found.df * mine + USUAL * usual) / (found.df + USUAL))
            for mine, usual in ((found.school, self.usual.school), (found.klass, self.usual.klass))
        )
        return Variation(school, klass, found.df, found.unsure * sqrt(found.df / (found.df + USUAL)))

    def _variation(self, between: "_Between", classes: "_Sums") -> Variation | None:
        if between.df + 1 < self.schools or not self.kappa:
            return None
        klass = max(0.0, (classes.within - classes.chance) / classes.twins) if classes.twins >= TWINS else 0.0
        school = (between.squares - klass * between.shares - between.noise) / between.df
        unsure = sqrt(2 / between.df) * between.squares / between.df
        return Variation(max(0.0, school), klass, between.df, unsure)

    def others(self, area: ClassKey, own: Collection[ClassKey]) -> Sample:
        """All pupils of the municipality without these classes."""
        return self._everybody.get(area, NOTHING) - pooled(self.samples, [key for key in own if key[:2] == area])

    def stand(self, unit: Sequence[ClassKey], own: Collection[ClassKey], sample: Sample) -> Stand | None:
        """A unit of the teacher's classes against all classes of the municipality but ``own``.

        None where the file can't tell: schools are few, or nobody is left.
        """
        area = unit[0][:2]
        variation = self.variation(area)
        n, total, squares, by_school = self._sums.get(area, (0, 0.0, 0, 0))
        mine: dict[ClassKey, int] = defaultdict(int)
        for key in own:
            if key[:2] == area and key in self.classes:
                one = self.classes[key]
                mine[key[:3]] += one.n
                n, total, squares = n - one.n, total - one.n * one.place, squares - one.n**2
        by_school += sum(
            (self._pupils[school] - less) ** 2 - self._pupils[school] ** 2 for school, less in mine.items()
        )
        if variation is None or not n:
            return None
        beside = self._beside(unit[0][:3], own)
        spread = by_school * variation.school + squares * variation.klass + n * self.kappa / 4
        return Stand(
            difference=self.place(sample) - total / n,
            pupils=self.chance(sample.n),
            klass=variation.klass / len(unit),
            school=variation.school + variation.unsure,
            rest=spread / n**2,
            df=variation.df,
            rest_angle=total / n,
            beside=None if beside is None else beside - total / n,
        )

    def _beside(self, school: ClassKey, own: Collection[ClassKey]) -> float | None:
        """Where the classes of other teachers of the school stand."""
        found = [one for key, one in self._classes_of[school] if key not in own]
        return sum(one.n * one.place for one in found) / sum(one.n for one in found) if found else None

    @cached_property
    def _classes_of(self) -> Mapping[ClassKey, list[tuple[ClassKey, _Class]]]:
        found: dict[ClassKey, list[tuple[ClassKey, _Class]]] = defaultdict(list)
        for key, one in self.classes.items():
            found[key[:3]].append((key, one))
        return found

    @cached_property
    def _everybody(self) -> Mapping[ClassKey, Sample]:
        found: dict[ClassKey, list[ClassKey]] = defaultdict(list)
        for key in self.samples:
            found[key[:2]].append(key)
        return {area: pooled(self.samples, keys) for area, keys in found.items()}

    @cached_property
    def _pupils(self) -> Mapping[ClassKey, int]:
        """Pupils of each school, in classes that count."""
        found: dict[ClassKey, int] = defaultdict(int)
        for key, one in self.classes.items():
            found[key[:3]] += one.n
        return found

    @cached_property
    def _sums(self) -> Mapping[ClassKey, tuple[int, float, int, int]]:
        """Of a municipality: pupils, sum of the places of their classes, squared sizes of classes and of schools."""
        found: dict[ClassKey, tuple[int, float, int, int]] = defaultdict(lambda: (0, 0.0, 0, 0))
        for key, one in self.classes.items():
            n, total, squares, schools = found[key[:2]]
            found[key[:2]] = n + one.n, total + one.n * one.place, squares + one.n**2, schools
        for school, pupils in self._pupils.items():
            n, total, squares, schools = found[school[:2]]
            found[school[:2]] = n, total, squares, schools + pupils**2
        return found


def fields_of(samples: Mapping[str, Mapping[ClassKey, Sample]], *, schools: int) -> dict[str, Field]:
    """Skill → its classes; all skills of a work together say what variation is usual in it."""
    fields = {skill: Field(own, schools=schools) for skill, own in samples.items()}
    known = [one.whole for one in fields.values() if one.whole is not None]
    if len(known) >= SKILLS:
        usual = Variation(median(one.school for one in known), median(one.klass for one in known), 0)
        for one in fields.values():
            one.usual = usual
    return fields


def odd_schools(fields: Mapping[str, Field], *, far: float) -> frozenset[ClassKey]:
    """Schools that stand apart in a work as a whole, by the middle one of its skills: `far` robust deviations below.

    Medians of skills, so that a few weak ones make no odd school, and of distances, so that odd schools do not hide
    each other. None in a work with few skills.
    """
    found: dict[ClassKey, list[float]] = defaultdict(list)
    for field in fields.values():
        for school, level in field.levels.items():
            found[school].append(level)
    if len(fields) < SKILLS or not found:
        return frozenset()
    levels = {school: median(own) for school, own in found.items()}
    middle = median(levels.values())
    scale = NORMAL_SCALE * median(abs(level - middle) for level in levels.values())
    return frozenset(school for school, level in levels.items() if level < middle - far * scale)
