"""Made-up pupils in classes, schools and municipalities, and what the engine says of their teachers.

Shares nothing with the engine's model: pupils answer task by task with a logistic chance; schools, classes and classes
in single skills shift it; classes are of unequal size. Effects may have heavy tails. Every world says whose classes
differ truly, in which skills and by how many points of completion.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from traektoria.engines.deficits import ClassKey, Own, Proposals, Sample, Work, propose

Random = np.random.Generator
GRADE = 5


@dataclass(frozen=True)
class Setting:
    """Variances on the logistic scale; a pupil's own is 1. ``klass_in_skill``: of a class in each skill by itself.

    ``heavy``: effects of schools and classes from a t distribution with four degrees of freedom, of the same variance.
    """

    name: str
    school: float = 0.0
    klass: float = 0.0
    klass_in_skill: float = 0.0
    heavy: bool = False


SETTINGS = (
    Setting("no clustering"),
    Setting("classes 0.05", klass=0.05),
    Setting("schools 0.10, classes 0.10", 0.10, 0.10),
    Setting("as in real files", 0.35, 0.20, 0.20),
    Setting("as in real files, heavy tails", 0.35, 0.20, 0.20, heavy=True),
    Setting("schools only", 0.50),
)


@dataclass(frozen=True)
class World:
    """A region over the years. ``both``: share of teachers with two classes in a year; ``years``: how many files.

    ``differ``: share of teachers in whose classes a third of the skills is ``points`` lower.
    """

    setting: Setting
    municipalities: int = 1
    schools: int = 40
    classes: tuple[int, ...] = (1, 2, 2, 3, 4)
    sizes: tuple[int, int] = (8, 32)
    skills: int = 10
    years: int = 1
    both: float = 0.5
    differ: float = 0.0
    points: float = 15.0
    same_pupils: bool = False


@dataclass
class Made:
    """``truth``: (teacher, skill) that differ; ``diagnosed``: those that the own diagnostics name;
    ``answers``: work → skill → class → its pupils × items, where they are kept."""

    works: list[Work] = field(default_factory=list)
    owns: list[Own] = field(default_factory=list)
    truth: set[tuple[str, str]] = field(default_factory=set)
    teachers: set[str] = field(default_factory=set)
    diagnosed: set[tuple[str, str]] = field(default_factory=set)
    answers: list[list[dict[ClassKey, np.ndarray]]] = field(default_factory=list)

    def proposals(self) -> Proposals:
        return propose(self.works, self.owns, diagnosed=self.diagnosed)


def make(world: World, seed: int) -> Made:
    random = np.random.default_rng(seed)
    effect = _effects(random, world.setting)
    difficulties = random.uniform(-2.0, 1.5, world.skills)
    maxima = [1 + number % 3 for number in range(world.skills)]
    shifts = [_shift(difficulty, world.points) for difficulty in difficulties]
    made, staff = Made(), []
    for place in range(world.municipalities):
        for number in range(world.schools):
            staff.append((f"m{place}", f"s{place}-{number}", effect(world.setting.school), _staff(random, world)))
    lower = {teacher: _lower(random, world) for *_, own in staff for teacher, _letters in own}
    made.teachers = set(lower)
    made.truth = {(teacher, str(skill)) for teacher, skills in lower.items() for skill in skills}
    pupils: dict[tuple[str, str], tuple[np.ndarray, float, np.ndarray]] = {}
    for year in range(world.years):
        samples: dict[str, dict[ClassKey, Sample]] = {str(skill): {} for skill in range(world.skills)}
        grade = GRADE + (year if world.same_pupils else 0)
        for area, school, common, own in staff:
            for teacher, letters in own:
                keys: dict[ClassKey, str] = {("r", area, school, f"{grade}{letter}"): letter for letter in letters}
                for key, letter in keys.items():
                    if not (world.same_pupils and year):
                        n = int(random.integers(world.sizes[0], world.sizes[1] + 1))
                        one = effect(world.setting.klass)
                        alone = np.array([effect(world.setting.klass_in_skill) for _ in range(world.skills)])
                        pupils[school, letter] = random.normal(0, 1, n), one, alone
                    ability, one, alone = pupils[school, letter]
                    for skill in range(world.skills):
                        logit = ability + common + one + alone[skill] - difficulties[skill]
                        logit = logit - (shifts[skill] if skill in lower[teacher] else 0.0)
                        score = random.binomial(maxima[skill], 1 / (1 + np.exp(-logit)))
                        samples[str(skill)][key] = _sample(score, maxima[skill])
                made.owns.append(Own(teacher, str(year), school, keys))
        made.works.append(Work(str(year), 2020 + year, grade, samples))
    return made


def _effects(random: Random, setting: Setting) -> Callable[[float], float]:
    def effect(variance: float) -> float:
        drawn = random.standard_t(4) / np.sqrt(2) if setting.heavy else random.normal()
        return float(drawn * np.sqrt(variance))

    return effect


def _staff(random: Random, world: World) -> list[tuple[str, list[str]]]:
    """Teachers of a school with the letters of their classes."""
    letters = list("АБВГ"[: random.choice(world.classes)])
    found = []
    while letters:
        take = 2 if len(letters) > 1 and random.random() < world.both else 1
        found.append((f"t{random.integers(1 << 60)}", letters[:take]))
        letters = letters[take:]
    return found


def _lower(random: Random, world: World) -> set[int]:
    if random.random() >= world.differ:
        return set()
    return set(map(int, random.choice(world.skills, world.skills // 3, replace=False)))


def _shift(difficulty: float, points: float) -> float:
    """How many logits take so many points of completion away, for pupils without any effects."""
    ability = np.random.default_rng(1).normal(0, 1, 4000)

    def completion(shift: float) -> float:
        return float((100 / (1 + np.exp(difficulty + shift - ability))).mean())

    goal, low, high = completion(0) - points, 0.0, 20.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if completion(middle) > goal else (low, middle)
    return low


def _sample(score: np.ndarray, maximum: int) -> Sample:
    shares = score * 10000 // maximum
    return Sample(len(shares), int(shares.sum()), int((shares * shares).sum()))


@dataclass(frozen=True)
class Told:
    """Counts over worlds: teachers without a difference, of them with a supposition and with a strong one;
    suppositions and false ones; topics that differ and were tried, and how many of them were found; questions."""

    innocent: int = 0
    named: int = 0
    strong: int = 0
    suppositions: int = 0
    wrong: int = 0
    lower: int = 0
    found: int = 0
    questioned: int = 0
    teachers: int = 0

    def __add__(self, other: "Told") -> "Told":
        return Told(*(mine + theirs for mine, theirs in zip(vars(self).values(), vars(other).values(), strict=True)))


def told(made: Made) -> Told:
    said = made.proposals()
    guilty = {teacher for teacher, _skill in made.truth}
    pairs = {(one.teacher, one.topic) for one in said.suppositions}
    strong = {one.teacher for one in said.suppositions if one.strength == "strong"}
    return Told(
        innocent=len(made.teachers - guilty),
        named=len({teacher for teacher, _skill in pairs} - guilty),
        strong=len(strong - guilty),
        suppositions=len(pairs),
        wrong=len(pairs - made.truth),
        lower=len(made.truth),
        found=len(pairs & made.truth),
        questioned=len({one.teacher for one in said.questions}),
        teachers=len(made.teachers),
    )


def run(world: World, seeds: range) -> Told:
    return sum((told(make(world, seed)) for seed in seeds), Told())
