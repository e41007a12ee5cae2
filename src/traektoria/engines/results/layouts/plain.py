"""The plain table, our own template: school; class; participant; variant; journal_mark; total; 1; 2; 3(1); …

Russian headers do as well («Школа», «Класс», «Код участника», «Вариант», «Отметка по журналу», «Итого»); a task is
headed by its label alone or with its maximum, "5(1) (2б)" or "5(1) [2]"; columns come in any order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from traektoria.engines.results.headers import TASK_LABEL, Header, read_header, role_of
from traektoria.engines.results.layouts.base import MIN_TASKS, Candidate, participants_sheet, tasks_by
from traektoria.engines.results.model import Recognised, TaskColumn
from traektoria.engines.tables.headings import Heading
from traektoria.engines.tables.workbook import Workbook

_TASK = re.compile(
    rf"(?:task ?_?|задание ?|зад\. ?)?(?:№ ?)?({TASK_LABEL})(?: ?[(\[] ?(?P<max>\d{{1,2}}) ?(?:б[^)\]]*)?[)\]])?$",
    re.IGNORECASE,
)


TASK = "task"
PEOPLE = frozenset({"participant", "number", "person"})
_NUMBER = re.compile(rf"(?<![\w.,])({TASK_LABEL})(?![\w])", re.IGNORECASE)
_CELLS = (
    ("class_name", re.compile(r"(1[01]|[1-9])\s*[-/«\"]?\s*[А-Яа-яA-Za-z][»\"]?( ?кл.*)?")),
    ("participant", re.compile(r"\d{4,12}")),
    ("person", re.compile(r"[А-ЯЁ][а-яёА-ЯЁ-]+( [А-ЯЁа-яё.-]+| \d+){1,4}")),
)
_COUNTED = re.compile(r"класс|четверт|триместр|год|балл[ао]?в? всего")


def plain_table(candidate: Candidate) -> Recognised | None:
    """Any table with a participant, by code, number or name, and two tasks or more. Names are not kept."""
    tasks = tasks_by(candidate, _TASK)
    if len(tasks) < MIN_TASKS or not candidate.header.roles.keys() & PEOPLE:
        return None
    stated = all(task.maximum is not None for task in tasks)
    return participants_sheet(candidate, "plain", tasks, maxima_in_header=stated, optional_tasks=True)


def told_table(book: Workbook, heading: Heading, columns: Mapping[str, str]) -> Recognised | None:
    """A table whose headings somebody has explained (normalised heading → role or "task")."""
    header = read_header(heading.cells)
    told = [columns.get(text, "") if text in columns else role_of(text) or "" for text in header.texts]
    places = [place for place, role in enumerate(told) if role == TASK]
    if len(places) < MIN_TASKS or not set(told) & PEOPLE:
        return None
    roles = {role: tuple(place for place, other in enumerate(told) if other == role) for role in set(told) - {"", TASK}}
    tasks = tuple(TaskColumn(place, _label(header.texts[place], number)) for number, place in enumerate(places, 1))
    return participants_sheet(
        Candidate(book, heading, Header(header.texts, roles)), "plain", tasks, optional_tasks=True
    )


def _label(text: str, number: int) -> str:
    """The number of a task in its heading, else its place among the tasks."""
    found = _NUMBER.search(text)
    return found[0].replace(",", ".").upper() if found else str(number)


def guessed_role(text: str, samples: Sequence[str] = ()) -> str:
    """What a column with a normalised heading and such cells probably is: a role, "task", or "" where nothing speaks
    for any."""
    if role := role_of(text):
        return role
    if _NUMBER.search(text) and not _COUNTED.search(text):
        return TASK
    by_cells = (role for role, cell in _CELLS if samples and all(cell.fullmatch(sample) for sample in samples))
    return next(by_cells, "")
