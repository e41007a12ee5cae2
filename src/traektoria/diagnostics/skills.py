"""What the tasks of a dataset check: their specification where it is known, the tasks themselves otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from traektoria.engines.results.tables import Spec, TaskLevel, TaskSpec
from traektoria.results.models import Dataset, SpecifiedTask

_LEVELS = {"": None, "Б": TaskLevel.BASIC, "П": TaskLevel.ADVANCED, "В": TaskLevel.HIGH}


@dataclass(frozen=True)
class Skills:
    """``groups``: topic → labels of tasks; ``spec``: levels and maxima; ``kes``/``kt``/``skill`` by label."""

    groups: Mapping[str, tuple[str, ...]]
    spec: Spec
    tasks: Mapping[str, SpecifiedTask]

    def codes(self, labels: tuple[str, ...], name: str) -> list[str]:
        """КЭС (``kes``) or КТ (``kt``) codes of these tasks, each once, in the order of the tasks."""
        found = (str(code) for label in labels if label in self.tasks for code in getattr(self.tasks[label], name))
        return list(dict.fromkeys(found))

    def skill(self, labels: tuple[str, ...]) -> str:
        return next((self.tasks[label].skill for label in labels if label in self.tasks), "")


def skills_of(dataset: Dataset, labels: Mapping[str, int]) -> Skills:
    """Group the tasks (``labels``: label → maximum) by their planned result, else skill, else each alone. One query."""
    known = SpecifiedTask.objects.filter(
        specification__procedure=dataset.procedure,
        specification__year=dataset.year,
        specification__subject=dataset.subject,
        specification__grade=dataset.grade,
    )
    tasks = {task.label: task for task in known if task.label in labels}
    groups: dict[str, tuple[str, ...]] = {}
    for label in labels:
        topic = _topic(tasks.get(label), label)
        groups[topic] = (*groups.get(topic, ()), label)
    spec = {label: TaskSpec(_LEVELS.get(tasks[label].level), labels[label]) for label in tasks}
    return Skills(groups, spec, tasks)


def _topic(task: SpecifiedTask | None, label: str) -> str:
    named = (task.planned_result or task.skill) if task else ""
    return named or _("Task %(label)s") % {"label": label}
