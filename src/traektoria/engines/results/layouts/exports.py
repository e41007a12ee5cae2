"""Exports of the regional level, 2020 and 2021: no maxima in the headers, spare columns at the end."""

from __future__ import annotations

import re

from traektoria.engines.results.layouts.base import MIN_TASKS, Candidate, participants_sheet, tasks_by
from traektoria.engines.results.model import Recognised

_TASK_2021 = re.compile(r"балл за (?:задание )?(?:№ ?)?(\d.{0,11})$")
_TASK_2020 = re.compile(r"a-(\d{1,2})-grade$")


def region_2021(candidate: Candidate) -> Recognised | None:
    """«логин школы | регион | … | всего баллов | балл за 1 …»; «регион» holds the municipality."""
    tasks = tasks_by(candidate, _TASK_2021)
    if len(tasks) < MIN_TASKS or not candidate.header.has("school"):
        return None
    found = participants_sheet(candidate, "region_2021", tasks, optional_tasks=True)
    if "municipality" not in found.roles and "region" in found.roles:
        found.roles["municipality"] = found.roles.pop("region")
    return found


def region_2020(candidate: Candidate) -> Recognised | None:
    """«groups | user | … | otc | … | sum | a-1-grade …»; a column too many may interrupt the tasks."""
    tasks = tasks_by(candidate, _TASK_2020)
    if len(tasks) < MIN_TASKS or not candidate.header.has("school"):
        return None
    return participants_sheet(candidate, "region_2020", tasks, optional_tasks=True)
