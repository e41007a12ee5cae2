"""Works that the demo's pupils sit: real structure (labels, maxima, levels, codes), our own wording of the skills."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class WorkTask:
    """``completion`` is the share of the maximum, in percent, that pupils of an ordinary class reach."""

    label: str
    topic: str
    maximum: int
    level: str
    kes: tuple[str, ...]
    kt: tuple[str, ...]
    minutes: int
    completion: int
    skill: str


@dataclass(frozen=True)
class WorkSpec:
    """A work; ``cuts`` are the least primary scores of the marks 3, 4 and 5 (engines/results/data/mark_scales.csv)."""

    procedure: str
    year: int
    subject: str
    grade: int
    cuts: tuple[int, int, int]
    tasks: tuple[WorkTask, ...]

    @property
    def maximum(self) -> int:
        return sum(task.maximum for task in self.tasks)

    def mark(self, primary: int) -> int:
        """The mark 2–5 of a primary score."""
        return 2 + sum(primary >= cut for cut in self.cuts)


CUTS: Mapping[tuple[int, str, int], tuple[int, int, int]] = {
    (2021, "math", 4): (6, 10, 15),
    (2021, "math", 5): (7, 11, 15),
    (2021, "russian", 5): (18, 29, 39),
    (2026, "russian", 4): (10, 16, 21),
}
SUBJECT_CODES = {"math": "МА", "russian": "РУ"}
SUBJECT_NAMES = {"math": "Математика", "russian": "Русский язык"}


@cache
def work(year: int, subject: str, grade: int) -> WorkSpec:
    """One of the works of ``data/works.csv``; KeyError for any other."""
    cuts = CUTS[year, subject, grade]
    with (files("traektoria.demo") / "data" / "works.csv").open(encoding="utf-8") as source:
        wanted = [row for row in csv.DictReader(source) if _key(row) == (year, subject, grade)]
    return WorkSpec("vpr", year, subject, grade, cuts, tuple(map(_task, wanted)))


def _key(row: Mapping[str, str]) -> tuple[int, str, int]:
    return int(row["year"]), row["subject"], int(row["grade"])


def _task(row: Mapping[str, str]) -> WorkTask:
    return WorkTask(
        label=row["label"],
        topic=row["topic"],
        maximum=int(row["maximum"]),
        level=row["level"],
        kes=tuple(row["kes"].split(";")),
        kt=tuple(row["kt"].split(";")),
        minutes=int(row["minutes"]),
        completion=int(row["completion"]),
        skill=row["skill"],
    )
