"""Made-up pupils sit a work: abilities with school, class and topic effects, and the dirt of real files in small doses.

A pupil's chance of each point of a task is logistic in (ability + effect of the topic − difficulty), the difficulty
being set so that an ordinary class reaches the ``completion`` of the task; a task of m points gives a binomial score.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from traektoria.demo.works import WorkSpec, WorkTask

ABSENT = "отсутствовал"
NOT_COVERED = "не пройд."
NO_MARK = "нет отметки"
NO_CLASS = "НЕТ"
CROSSES = ("X", "Х", "x", "х")  # Latin and Cyrillic
SPREAD_OF_PUPILS = 0.9
WIDENING = math.sqrt(1 + 0.35 * (SPREAD_OF_PUPILS**2 + 0.25))  # keeps the mean at the stated completion


@dataclass(frozen=True)
class ClassSpec:
    """``ability`` and ``topics`` shift the class as a whole and in single topics, in logits (−1.5 is a real gap)."""

    name: str
    pupils: int
    ability: float = 0.0
    topics: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class SchoolSpec:
    """A school as files name it: ``digits`` stand in both logins, sch990001 and edu990001."""

    digits: str
    name: str
    municipality: str
    municipality_code: str
    classes: tuple[ClassSpec, ...]
    ability: float = 0.0


@dataclass(frozen=True)
class Dirt:
    """Chances of each kind of dirt; of a cell, of a pupil, or (repeated, without_class) of a class."""

    not_started: float = 0.02
    not_covered: float = 0.002
    over_maximum: float = 0.0006
    wrong_total: float = 0.002
    absent: float = 0.07
    no_journal_mark: float = 0.03
    repeated: float = 0.01
    without_class: float = 0.02


USUAL = Dirt()
CLEAN = Dirt(0, 0, 0, 0, 0, 0, 0, 0)


@dataclass(frozen=True)
class Pupil:
    """One row of a file: everything as its cell reads; ``primary`` is the sum of the scores that can be read."""

    school: SchoolSpec
    number: int
    code: str
    class_name: str
    variant: str
    sex: str
    journal: str
    scores: tuple[str, ...]
    primary: int
    total: str

    @property
    def is_absent(self) -> bool:
        return self.variant == ABSENT


def sit(work: WorkSpec, schools: Sequence[SchoolSpec], seed: int, dirt: Dirt = USUAL) -> Iterator[Pupil]:
    """All pupils of the schools, in the order of the schools. The same arguments give the same pupils."""
    difficulties = [_difficulty(task) for task in work.tasks]
    for school in schools:
        chance = Random(f"{seed}:{school.digits}:{work.year}:{work.subject}:{work.grade}")  # noqa: S311 (made up)
        number = 0
        for group in school.classes:
            name = NO_CLASS if chance.random() < dirt.without_class else group.name
            repeats = chance.random() < dirt.repeated
            for place in range(group.pupils):
                repeat = repeats and place == group.pupils - 1
                number += 0 if repeat and number else 1
                yield _pupil(work, school, group, name, number, difficulties, chance, dirt)


def _difficulty(task: WorkTask) -> float:
    share = task.completion / 100
    return -math.log(share / (1 - share)) * WIDENING


def _pupil(
    work: WorkSpec,
    school: SchoolSpec,
    group: ClassSpec,
    class_name: str,
    number: int,
    difficulties: Sequence[float],
    chance: Random,
    dirt: Dirt,
) -> Pupil:
    code = f"{work.grade}{number:04d}"
    if chance.random() < dirt.absent:
        return Pupil(school, number, code, "", ABSENT, "", "", ("",) * len(work.tasks), 0, "")
    ability = school.ability + group.ability + chance.gauss(0, SPREAD_OF_PUPILS)
    points = [
        _points(task, ability + group.topics.get(task.topic, 0.0) - difficulty, chance)
        for task, difficulty in zip(work.tasks, difficulties, strict=True)
    ]
    scores = tuple(_cell(task, score, chance, dirt) for task, score in zip(work.tasks, points, strict=True))
    read = sum(int(cell) for cell, task in zip(scores, work.tasks, strict=True) if _counts(cell, task))
    wrong = chance.choice((-2, -1, 1, 2)) if chance.random() < dirt.wrong_total else 0
    return Pupil(
        school,
        number,
        code,
        class_name,
        str(chance.randint(1, 2)),
        chance.choice("мж"),
        _journal(work, sum(points), chance, dirt),
        scores,
        read,
        str(max(read + wrong, 0)),
    )


def _points(task: WorkTask, logit: float, chance: Random) -> int:
    share = 1 / (1 + math.exp(-logit))
    return sum(chance.random() < share for _ in range(task.maximum))


def _cell(task: WorkTask, score: int, chance: Random, dirt: Dirt) -> str:
    """The score as written: those with nothing sometimes did not start, a few tasks were not covered."""
    if score == 0 and chance.random() < dirt.not_started * 3:
        return chance.choice(CROSSES)
    luck = chance.random()
    if luck < dirt.not_covered:
        return NOT_COVERED
    return str(task.maximum + 1) if luck < dirt.not_covered + dirt.over_maximum else str(score)


def _counts(cell: str, task: WorkTask) -> bool:
    return cell.isdigit() and int(cell) <= task.maximum


def _journal(work: WorkSpec, score: int, chance: Random, dirt: Dirt) -> str:
    """The teacher's mark of the last quarter: mostly the same, more often higher than lower."""
    if chance.random() < dirt.no_journal_mark:
        return chance.choice(("", NO_MARK))
    luck = chance.random()
    shift = -1 if luck < 0.13 else 1 if luck < 0.3 else 0
    return str(min(max(work.mark(score) + shift, 3 if luck < 0.98 else 2), 5))
