"""The plain table, our own template: school; class; participant; variant; journal_mark; total; 1; 2; 3(1); …

Russian headers do as well («Школа», «Класс», «Код участника», «Вариант», «Отметка по журналу», «Итого»); a task is
headed by its label alone or with its maximum, "5(1) (2б)" or "5(1) [2]"; columns come in any order.
"""

from __future__ import annotations

import re

from traektoria.engines.results.headers import TASK_LABEL
from traektoria.engines.results.layouts.base import MIN_TASKS, Candidate, participants_sheet, tasks_by
from traektoria.engines.results.model import Recognised

_TASK = re.compile(
    rf"(?:task ?_?|задание ?|зад\. ?)?(?:№ ?)?({TASK_LABEL})(?: ?[(\[] ?(?P<max>\d{{1,2}}) ?(?:б[^)\]]*)?[)\]])?$",
    re.IGNORECASE,
)


def plain_table(candidate: Candidate) -> Recognised | None:
    """Any table with a participant and two tasks or more."""
    tasks = tasks_by(candidate, _TASK)
    if len(tasks) < MIN_TASKS or not candidate.header.has("participant"):
        return None
    stated = all(task.maximum is not None for task in tasks)
    return participants_sheet(candidate, "plain", tasks, maxima_in_header=stated, optional_tasks=True)
