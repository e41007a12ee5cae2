"""Ф1 «Индивидуальные результаты»: titles first, a row of levels over the tasks, group rows among the participants."""

from __future__ import annotations

from dataclasses import replace

from traektoria.engines.results.headers import normalised
from traektoria.engines.results.layouts.base import MIN_TASKS, Candidate, participants_sheet, tasks_with_points
from traektoria.engines.results.model import Recognised, TaskColumn

_LEVELS = {"б": "Б", "п": "П", "в": "В"}


def individual_results(candidate: Candidate) -> Recognised | None:
    """«ОО | Муниципалитет | … | Код участника | … | 1 (2б) … | Первичный балл | Отметка | Отметка по журналу»."""
    tasks = tasks_with_points(candidate)
    texts = candidate.header.texts
    reported = any(text.startswith("первичный балл") for text in texts) and candidate.header.has("mark")
    if len(tasks) < MIN_TASKS or not reported:
        return None
    return participants_sheet(candidate, "f1_individual", _levelled(candidate, tasks), maxima_in_header=True)


def _levelled(candidate: Candidate, tasks: tuple[TaskColumn, ...]) -> tuple[TaskColumn, ...]:
    """Tasks with the levels Б/П/В that stand in one of the rows above the header."""
    for row in reversed(candidate.above):
        levels = [_LEVELS.get(normalised(row[task.column]), "") if task.column < len(row) else "" for task in tasks]
        if any(levels):
            return tuple(replace(task, level=level) for task, level in zip(tasks, levels, strict=True))
    return tasks
