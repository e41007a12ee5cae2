"""Published scales «points → mark» and maxima of tasks. Facts with their sources live in data/*.csv."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from traektoria.engines.results.subjects import DATA


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

    @property
    def complete(self) -> bool:
        """Whether a primary score gives a mark."""
        return self.unit == "primary" and self.min_4 is not None and self.min_5 is not None

    def mark(self, score: int) -> int | None:
        """Mark 2–5 of a primary score; secondary conditions in `note` are not looked at."""
        if self.min_4 is None or self.min_5 is None or self.unit != "primary":
            return None
        return 2 + (score >= self.min_3) + (score >= self.min_4) + (score >= self.min_5)


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
