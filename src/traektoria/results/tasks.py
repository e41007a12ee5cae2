"""What each task of a dataset checks: the uploaded specification, else what is published with the product.

The regional exports number their columns («балл за 6» is task 5(2) of the work), the forms write the task's own label.
So tasks are paired with the specification by position where both have as many tasks, and by label otherwise.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from traektoria.core.figures import percent
from traektoria.core.joined_rows import Joined
from traektoria.engines.results import maxima_for, task_key
from traektoria.engines.results.tables import Spec, TaskLevel, TaskSpec, thresholds
from traektoria.results.models import WORK, CodifierEntry, CodifierKind, Dataset, SpecifiedTask

_SKILL = re.compile(r"умени[ея]\s+", re.IGNORECASE)
_SUBTASK = re.compile(r"(\d+)[._](\d+)")
_TASKS, _ENTRIES = Joined(SpecifiedTask), Joined(CodifierEntry)
_OF_WORK = (
    "t.specification_id IN (SELECT id FROM results_taskspecification "  # noqa: S608 - names of ours
    f"WHERE {' AND '.join(f'{name} = %s' for name in WORK)})"
)


@dataclass(frozen=True)
class Code:
    """A КЭС or КТ code and its name in the codifier («» where the codifier was not loaded)."""

    code: str
    name: str = ""


@dataclass(frozen=True)
class TaskFacts:
    """A task. ``label``: as the dataset calls it; ``kim``: as the work calls it; ``level``: Б, П, В or «»."""

    label: str
    position: int
    maximum: int
    kim: str
    level: str = ""
    skill: str = ""
    planned_result: str = ""
    kes: tuple[Code, ...] = ()
    kt: tuple[Code, ...] = ()
    minutes: int | None = None

    @property
    def words(self) -> str:
        """What it checks, where a specification says it."""
        return self.planned_result or self.skill

    @cached_property
    def title(self) -> str:
        return _("Task %(label)s") % {"label": self.kim}

    @cached_property
    def shows(self) -> str:
        """What the task shows, without the word that every skill begins with; «» where it is not known."""
        words = _SKILL.sub("", self.skill or self.planned_result).strip()
        return words[:1].upper() + words[1:]

    @cached_property
    def norm(self) -> str:
        """«Б, достаточно от 60 %»; «» where the level is not known."""
        if self.task_level is None:
            return ""
        enough = percent(thresholds()[self.task_level].enough, 0)
        return _("%(level)s, enough from %(percent)s") % {"level": self.level, "percent": enough}

    @cached_property
    def task_level(self) -> TaskLevel | None:
        return TaskLevel.parse(self.level) if self.level else None


def task_facts(dataset: Dataset) -> list[TaskFacts]:
    """Every task of the dataset in the order of the work. Two queries."""
    tasks = [
        (str(task["label"]), int(task["position"]), int(task["max"]), task.get("level", "")) for task in dataset.tasks
    ]
    described = _specified(dataset) or _published(dataset)
    pairs = _paired([label for label, *_rest in tasks], described)
    return [
        TaskFacts(label, position, maximum, label, level)
        if known is None
        else TaskFacts(
            label,
            position,
            maximum,
            known.kim,
            level or known.level,
            known.skill,
            known.planned_result,
            known.kes,
            known.kt,
            known.minutes,
        )
        for (label, position, maximum, level), known in zip(tasks, pairs, strict=True)
    ]


def spec_of(facts: Sequence[TaskFacts]) -> Spec:
    """Levels and maxima by label, as the tables take them."""
    return {task.label: TaskSpec(task.task_level, task.maximum) for task in facts}


def _paired(labels: Sequence[str], described: Sequence[TaskFacts]) -> list[TaskFacts | None]:
    if len(labels) == len(described):
        return list(described)
    by_label = {task_key(task.kim): task for task in described}
    return [by_label.get(task_key(label)) for label in labels]


def _specified(dataset: Dataset) -> list[TaskFacts]:
    work = [getattr(dataset, name) for name in WORK]
    names: dict[str, dict[str, str]] = {kind.value: {} for kind in CodifierKind}
    rows = _TASKS.find(_OF_WORK, *work, order="t.position")
    for entry in _ENTRIES.find(_OF_WORK, *work, order="t.id") if rows else ():
        names[entry.kind][entry.code] = entry.name
    return [
        TaskFacts(
            label=row.label,
            position=row.position,
            maximum=row.max_score,
            kim=_SUBTASK.sub(r"\1(\2)", row.label),
            level=row.level,
            skill=row.skill,
            planned_result=row.planned_result,
            kes=_named(row.kes, names["kes"]),
            kt=_named(row.kt, names["kt"]),
            minutes=row.minutes,
        )
        for row in rows
    ]


def _named(codes: Sequence[str], names: Mapping[str, str]) -> tuple[Code, ...]:
    return tuple(Code(code, names.get(code, "")) for code in codes)


def _published(dataset: Dataset) -> list[TaskFacts]:
    """Levels and codes that come with the product; they have no words of skills."""
    return [
        TaskFacts(
            label=task.task,
            position=task.position,
            maximum=task.maximum or 0,
            kim=_SUBTASK.sub(r"\1(\2)", task.task),
            level=task.level,
            kes=_named([code for code in task.kes.split(";") if code], {}),
            kt=_named([code for code in task.kt.split(";") if code], {}),
            minutes=int(task.minutes) if task.minutes.isdecimal() else None,
        )
        for task in maxima_for(dataset.procedure, dataset.year, dataset.subject, dataset.grade)
    ]
