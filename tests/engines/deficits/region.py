"""A second made-up region, of another form than ``simulated``: so that no rule is tuned on one simulator.

Pupils answer items of a two-parameter model, several to a skill, some of them done by nearly everybody and some with
guessing. Effects of schools, of schools in single skills, of classes and of classes in single skills come from a law
of choice (`LAWS`), most of which the engine knows nothing of. Classes are of very unequal size, weak pupils are absent
more often, some teachers have classes in two schools, and classes of one teacher may be alike (`alike`) without its
being teaching. Own diagnostics name topics rightly and wrongly.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from traektoria.engines.deficits import ClassKey, Own, Sample, Work

from .simulated import Made

Random = np.random.Generator
Array = np.ndarray
GRADE = 6
ABILITIES = np.random.default_rng(3).normal(0, 1, 2000)


def _normal(random: Random, shape: tuple[int, ...]) -> Array:
    return random.normal(size=shape)


def _t3(random: Random, shape: tuple[int, ...]) -> Array:
    return random.standard_t(3, size=shape) / np.sqrt(3)


def _contaminated(random: Random, shape: tuple[int, ...]) -> Array:
    """One in twenty is five times as far off."""
    return random.normal(size=shape) * np.where(random.random(shape) < 0.05, 5, 1) / np.sqrt(2.2)


def _low_tail(random: Random, shape: tuple[int, ...]) -> Array:
    """Most a little above, a few far below."""
    return 1 - random.exponential(size=shape)


def _high_tail(random: Random, shape: tuple[int, ...]) -> Array:
    return random.exponential(size=shape) - 1


def _two_kinds(random: Random, shape: tuple[int, ...]) -> Array:
    """One in five belongs to a weaker kind."""
    return (0.2 - (random.random(shape) < 0.2)) / 0.4 * 0.95 + random.normal(size=shape) * 0.31


def _rare(random: Random, shape: tuple[int, ...]) -> Array:
    """One in thirty is far below, the others are alike."""
    return (1 / 30 - (random.random(shape) < 1 / 30)) / np.sqrt(29 / 900)


LAWS: Mapping[str, Callable[[Random, tuple[int, ...]], Array]] = {
    "normal": _normal,
    "t3": _t3,
    "contaminated": _contaminated,
    "low tail": _low_tail,
    "high tail": _high_tail,
    "two kinds": _two_kinds,
    "rare": _rare,
}
"""Each has mean 0 and variance 1."""


@dataclass(frozen=True)
class Spread:
    """Standard deviations on the logistic scale, where that of pupils is 1. ``alike``: share of the variance of classes
    that classes of one teacher have in common, though nobody teaches otherwise."""

    name: str
    law: str = "normal"
    school: float = 0.0
    school_in_skill: float = 0.0
    klass: float = 0.0
    klass_in_skill: float = 0.0
    alike: float = 0.0


REAL = (0.6, 0.35, 0.35, 0.4)
"""As in regional files: 10–20 points between classes in one skill."""
SPREADS = (
    Spread("none"),
    *(Spread(f"0.05, {law}", law, 0.16, 0.0, 0.16, 0.0) for law in LAWS),
    *(Spread(f"0.10, {law}", law, 0.22, 0.1, 0.22, 0.1) for law in LAWS),
    *(Spread(f"real, {law}", law, *REAL) for law in LAWS),
    Spread("schools, two kinds", "two kinds", 0.5),
    Spread("classes, t3", "t3", 0.0, 0.0, 0.3, 0.3),
    Spread("classes of a teacher alike", "normal", 0.16, 0.0, 0.22, 0.0, alike=0.5),
)


@dataclass(frozen=True)
class Region:
    """``lower``: in which part of the skills a teacher who differs is ``points`` lower. ``pupils``: mean of a class,
    ``absent``: share of pupils away. ``two_schools``: share of teachers with a class elsewhere too. ``named`` and
    ``misnamed``: share of the teachers' topics that own diagnostics name where they are lower, and where they are not.
    """

    spread: Spread
    municipalities: int = 1
    schools: int = 40
    classes: tuple[int, ...] = (1, 1, 2, 3, 4)
    pupils: float = 20.0
    absent: float = 0.1
    skills: int = 12
    years: int = 2
    grow: bool = False
    both: float = 0.5
    two_schools: float = 0.1
    differ: float = 0.0
    points: float = 15.0
    lower: float = 1 / 3
    ceiling: float = 0.15
    named: float = 0.0
    misnamed: float = 0.0


@dataclass
class _Room:
    """One class: where it is and whose."""

    area: str
    school: str
    letter: str
    teacher: int


def make(region: Region, seed: int) -> Made:
    random = np.random.default_rng(seed)
    rooms, teachers = _rooms(random, region)
    truth = _truth(random, region, teachers)
    school_of = {name: number for number, name in enumerate(dict.fromkeys(room.school for room in rooms))}
    schools = np.array([school_of[room.school] for room in rooms])
    whose = np.array([room.teacher for room in rooms])
    spread, law = region.spread, LAWS[region.spread.law]
    place = law(random, (len(school_of), 1)) * spread.school
    place = place + law(random, (len(school_of), region.skills)) * spread.school_in_skill
    made = Made(teachers={f"t{one}" for one in range(teachers)})
    made.truth = {(f"t{one}", str(skill)) for one, skill in zip(*np.nonzero(truth), strict=True)}
    made.diagnosed = _diagnosed(random, region, truth)
    together = law(random, (teachers, 1)) * spread.klass * np.sqrt(spread.alike)
    logits, abilities = None, None
    for year in range(region.years):
        items = _items(random, region)
        if logits is None or abilities is None or not region.grow:
            alone = law(random, (len(rooms), 1)) * spread.klass * np.sqrt(1 - spread.alike)
            alone = alone + law(random, (len(rooms), region.skills)) * spread.klass_in_skill
            logits = place[schools] + together[whose] + alone
            abilities = _abilities(random, region, len(rooms))
        grade = GRADE + (year if region.grow else 0)
        answers = _answers(random, items, logits, truth[whose], abilities, region)
        keys: list[ClassKey] = [("r", room.area, room.school, f"{grade}{room.letter}") for room in rooms]
        work = {str(skill): _samples(keys, of_skill) for skill, of_skill in enumerate(answers)}
        made.works.append(Work(str(year), 2020 + year, grade, work))
        made.answers.append([dict(zip(keys, of_skill, strict=True)) for of_skill in answers])
        made.owns += _owns(rooms, keys, str(year))
    return made


def _rooms(random: Random, region: Region) -> tuple[list[_Room], int]:
    """Classes of all schools; teachers have one or two, some of them in another school too."""
    rooms: list[_Room] = []
    teachers = 0
    for place in range(region.municipalities):
        for school in range(region.schools):
            letters = list("АБВГ"[: int(random.choice(region.classes))])
            while letters:
                take = 2 if len(letters) > 1 and random.random() < region.both else 1
                rooms += [_Room(f"m{place}", f"s{place}-{school}", letter, teachers) for letter in letters[:take]]
                letters, teachers = letters[take:], teachers + 1
    for room in rooms:
        if random.random() < region.two_schools:
            room.teacher = int(random.integers(teachers))
    known = {one: number for number, one in enumerate(dict.fromkeys(room.teacher for room in rooms))}
    for room in rooms:
        room.teacher = known[room.teacher]
    return rooms, len(known)


def _truth(random: Random, region: Region, teachers: int) -> Array:
    """Teacher × skill: lower or not."""
    found = np.zeros((teachers, region.skills), dtype=bool)
    for one in np.nonzero(random.random(teachers) < region.differ)[0]:
        found[one, random.choice(region.skills, max(1, round(region.skills * region.lower)), replace=False)] = True
    return found


def _diagnosed(random: Random, region: Region, truth: Array) -> set[tuple[str, str]]:
    named = random.random(truth.shape) < np.where(truth, region.named, region.misnamed)
    return {(f"t{one}", str(skill)) for one, skill in zip(*np.nonzero(named), strict=True)}


def _items(random: Random, region: Region) -> list[tuple[Array, Array, Array]]:
    """Skill → discrimination, difficulty and guessing of its one to three items."""
    found = []
    for _skill in range(region.skills):
        n = int(random.integers(1, 4))
        easy = random.random(n) < region.ceiling
        difficulty = np.where(easy, -3.5, random.normal(-0.6, 1.0, n))
        guessing = np.where(random.random(n) < 0.2, 0.2, 0.0)
        found.append((np.exp(random.normal(0, 0.3, n)), difficulty, guessing))
    return found


def _abilities(random: Random, region: Region, rooms: int) -> list[Array]:
    """Of the pupils of each class who came: the weaker stay away more often."""
    found = []
    for size in np.clip(random.gamma(6, region.pupils / 6, rooms), 3, 36).round().astype(int):
        ability = random.normal(0, 1, size)
        away = random.random(size) < np.clip(region.absent * np.exp(-0.5 * ability), 0, 0.6)
        found.append(ability[~away] if (~away).any() else ability)
    return found


def _chance(item: tuple[Array, Array, Array], ability: Array) -> Array:
    """Pupils × items."""
    slope, difficulty, guessing = item
    return np.asarray(guessing + (1 - guessing) / (1 + np.exp(-slope * (ability[:, None] - difficulty))))


def _answers(
    random: Random,
    items: list[tuple[Array, Array, Array]],
    logits: Array,
    lower: Array,
    abilities: list[Array],
    region: Region,
) -> list[list[Array]]:
    """Skill → class → its pupils × items, 0 or 1."""
    sizes = np.array([len(one) for one in abilities])
    everybody, cuts = np.concatenate(abilities), np.cumsum(sizes)[:-1]
    found = []
    for skill, item in enumerate(items):
        shift = _shift(item, region.points) if lower[:, skill].any() else 0.0
        ability = everybody + np.repeat(logits[:, skill] - shift * lower[:, skill], sizes)
        chance = _chance(item, ability)
        found.append(np.split((random.random(chance.shape) < chance).astype(int), cuts))
    return found


def _shift(item: tuple[Array, Array, Array], points: float) -> float:
    """Logits that take so many points away from an ordinary class; as many as can be had of a task nobody does."""
    goal, low, high = _chance(item, ABILITIES).mean() - points / 100, 0.0, 12.0
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if _chance(item, ABILITIES - middle).mean() > goal else (low, middle)
    return low


def _samples(keys: list[ClassKey], answers: list[Array]) -> dict[ClassKey, Sample]:
    """Shares of the maximum in basis points."""
    shares = [np.rint(one.sum(axis=1) * 10000 / one.shape[1]).astype(int) for one in answers]
    return {
        key: Sample(len(one), int(one.sum()), int((one * one).sum())) for key, one in zip(keys, shares, strict=True)
    }


def _owns(rooms: list[_Room], keys: list[ClassKey], work: str) -> list[Own]:
    found: dict[tuple[int, str], dict[ClassKey, str]] = {}
    for room, key in zip(rooms, keys, strict=True):
        found.setdefault((room.teacher, room.school), {})[key] = room.letter
    return [Own(f"t{teacher}", work, school, own) for (teacher, school), own in found.items()]
