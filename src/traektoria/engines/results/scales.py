"""Published scales «points → mark» and maxima of tasks. Facts with their sources live in data/*.csv."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from traektoria.engines.lazy_imports import np
from traektoria.engines.results.cells import MISSING, NO_NUMBER, UNREADABLE, Ints
from traektoria.engines.results.subjects import DATA

MARKS = (3, 4, 5)
_LONGEST_RANGE = 100
_RANGE = re.compile(r"(\D*)(\d+)[-–—](\D*)(\d+)")
_SUBTASK = re.compile(r"(\d+)[._](\d+)")


@dataclass(frozen=True, slots=True)
class Condition:
    """What a mark needs besides the points of the whole work: `points` for `tasks` together («не менее 2 баллов за
    геометрию»). Without it the mark is not given, nor any higher one.
    """

    mark: int
    points: int
    tasks: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Points of each participant for the tasks of one condition; `doubtful`: not all of these cells could be read."""

    points: Ints
    doubtful: np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class MarkScale:
    """Least primary score of each mark; `min_4` and `min_5` are None where only the minimum is published."""

    procedure: str
    year: str
    grade: int
    subject: str
    tasks: int | None
    max_primary: int | None
    min_3: int
    min_4: int | None
    min_5: int | None
    unit: str
    note: str
    source: str
    conditions: tuple[Condition, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether a primary score gives a mark."""
        return self.unit == "primary" and self.min_4 is not None and self.min_5 is not None

    def mark(self, score: int) -> int | None:
        """Mark 2–5 of a primary score when all conditions are met; None where the scale is not complete."""
        if self.min_4 is None or self.min_5 is None or self.unit != "primary":
            return None
        return 2 + (score >= self.min_3) + (score >= self.min_4) + (score >= self.min_5)

    def marks(self, points: Ints, parts: Sequence[Part]) -> Ints:
        """Marks 2–5 of a complete scale, `parts` in the order of `conditions`; −1 without points, or where a condition
        decides and its cells could not be read.
        """
        result = np.full(len(points), 2, np.int16)
        reached, doubtful = points != NO_NUMBER, points == NO_NUMBER
        for mark, least in zip(MARKS, (self.min_3, self.min_4, self.min_5), strict=True):
            reached = reached & (points >= (least or 0))
            for condition, part in zip(self.conditions, parts, strict=True):
                if condition.mark == mark:
                    lacking = reached & (part.points < condition.points)
                    doubtful = doubtful | (lacking & part.doubtful)
                    reached = reached & ~lacking
            result[reached] = mark
        result[doubtful] = NO_NUMBER
        return result


def parts_of(scale: MarkScale, labels: Sequence[str], column: Callable[[int], tuple[Ints, Ints]]) -> list[Part] | None:
    """The part of each condition; None where a task that it names is not among `labels`.

    `column(index)`: scores and states (`cells`) of everybody in one task; only scores that count are added.
    """
    parts = []
    for condition in scale.conditions:
        found = [places_of(task, labels) for task in condition.tasks]
        if not all(found):
            return None
        columns = [column(place) for place in sorted({place for places in found for place in places})]
        points = np.sum([np.maximum(scores, 0) for scores, _states in columns], axis=0).astype(np.int16)
        doubtful = np.any([np.isin(states, (MISSING, UNREADABLE)) for _scores, states in columns], axis=0)
        parts.append(Part(points, doubtful))
    return parts


def places_of(task: str, labels: Sequence[str]) -> list[int]:
    """Where a task stands among the labels of a file: by its name, by its subtasks («15» is 15.1 and 15.2), or as a
    criterion that the file writes with a number before it («ГК1» is 13ГК1).
    """
    wanted, keys = task_key(task), [task_key(label) for label in labels]
    tests: tuple[Callable[[str], bool], ...] = (
        lambda key: key == wanted,
        lambda key: key.startswith((f"{wanted}(", f"{wanted}К")) and wanted.isdigit(),
        lambda key: key.lstrip("0123456789.") == wanted,
    )
    for matches in tests:
        places = [place for place, key in enumerate(keys) if matches(key)]
        if places:
            return places
    return []


def task_key(label: str) -> str:
    """«5(1)», «5.1» and «5_1» are one task; letters of both alphabets look alike."""
    written = label.upper().replace(" ", "").replace("K", "К")
    return _SUBTASK.sub(r"\1(\2)", written)


def tasks_named(text: str) -> tuple[str, ...]:
    """«15–19, 23-25» and «ГК1–ГК4» task by task. Raises ValueError for a range that runs backwards or too far."""
    return tuple(task for part in re.split(r"[,;\s]+", re.sub(r"\s*([-–—])\s*", r"\1", text)) for task in _range(part))


def _range(part: str) -> list[str]:
    found = _RANGE.fullmatch(part)
    if found is None:
        return [part] if part else []
    first, last = int(found[2]), int(found[4])
    if (found[3] and found[3] != found[1]) or not first < last < first + _LONGEST_RANGE:
        raise ValueError(part)
    return [f"{found[1]}{number}" for number in range(first, last + 1)]


def conditions_of(text: str) -> tuple[Condition, ...]:
    """«4:6:ГК1-ГК4:грамотность|5:9:ГК1-ГК4:грамотность»: mark, points, tasks, name. Raises ValueError."""
    found = []
    for part in filter(None, map(str.strip, text.split("|"))):
        mark, points, tasks, *name = part.split(":", 3)
        condition = Condition(int(mark), int(points), tasks_named(tasks), "".join(name).strip())
        if condition.mark not in MARKS or condition.points < 1 or not condition.tasks:
            raise ValueError(part)
        found.append(condition)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class TaskMaximum:
    """A task of a specification. `verified`: the sum of maxima agrees with the data of a whole region."""

    position: int
    task: str
    level: str
    kes: str
    kt: str
    maximum: int | None
    minutes: str
    verified: bool


@cache
def all_scales() -> tuple[MarkScale, ...]:
    """Every published scale that we know, also those that name no single year ("2023-2024")."""
    return tuple(
        MarkScale(
            procedure=row["procedure"],
            year=row["year"],
            grade=int(row["grade"]),
            subject=row["subject"],
            tasks=_int(row["tasks"]),
            max_primary=_int(row["max_primary"]),
            min_3=int(row["min_3"]),
            min_4=_int(row["min_4"]),
            min_5=_int(row["min_5"]),
            unit=row["unit"],
            note=row["note"],
            source=row["source"],
            conditions=conditions_of(row["conditions"]),
        )
        for row in _rows("mark_scales.csv")
    )


def scale_for(procedure: str | None, year: int | None, subject: str | None, grade: int | None) -> MarkScale | None:
    """The scale of exactly this work, or None: a scale of another year is never used in its place."""
    wanted = (procedure, str(year), subject, grade)
    return next((s for s in all_scales() if (s.procedure, s.year, s.subject, s.grade) == wanted), None)


def maxima_for(
    procedure: str | None, year: int | None, subject: str | None, grade: int | None
) -> tuple[TaskMaximum, ...]:
    """Tasks of the specification in their order; empty when we have none for exactly this work."""
    return _specifications().get((procedure, str(year), subject, grade), ())


@cache
def _specifications() -> dict[tuple[str | None, str, str | None, int | None], tuple[TaskMaximum, ...]]:
    found: dict[tuple[str | None, str, str | None, int | None], list[TaskMaximum]] = {}
    for row in _rows("task_maxima.csv"):
        task = TaskMaximum(
            position=int(row["position"]),
            task=row["task"],
            level=row["level"],
            kes=row["kes"],
            kt=row["kt"],
            maximum=_int(row["max"]),
            minutes=row["minutes"],
            verified=row["verified"] == "yes",
        )
        found.setdefault((row["procedure"], row["year"], row["subject"], int(row["grade"])), []).append(task)
    return {work: tuple(tasks) for work, tasks in found.items()}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def _int(text: str) -> int | None:
    return int(text) if text else None
