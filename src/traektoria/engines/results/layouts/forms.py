"""Collection forms that schools fill: each task says its maximum, «5(1) (1б)»."""

from __future__ import annotations

from traektoria.engines.results.layouts.base import MIN_TASKS, Candidate, participants_sheet, tasks_with_points
from traektoria.engines.results.model import Recognised


def collection_form(candidate: Candidate) -> Recognised | None:
    """The forms of 2022 («Наименование класса», many schools or one), of 2026 and the older base form."""
    tasks = tasks_with_points(candidate)
    if len(tasks) < MIN_TASKS or not (candidate.header.has("variant") or candidate.header.has("participant")):
        return None
    return participants_sheet(candidate, _form_of(candidate), tasks, maxima_in_header=True, total_is_formula=True)


def _form_of(candidate: Candidate) -> str:
    header = candidate.header
    if header.has("school") or any(text.startswith("наименование класса") for text in header.texts):
        return "collection_form_2022"
    if len(header.roles.get("variant", ())) > 1 or any(text.startswith("класс №") for text in header.texts):
        return "base_form"
    return "collection_form_2026"
