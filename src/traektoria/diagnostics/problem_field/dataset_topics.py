"""What the tasks of a dataset check: topics with their tasks, and the words and codes to show beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from traektoria.engines.results.tables import Spec
from traektoria.results.models import Dataset
from traektoria.results.tasks import TaskFacts, spec_of, task_facts


@dataclass(frozen=True)
class Skills:
    """``groups``: topic → labels of its tasks, each task in one; ``spec``: levels and maxima by label."""

    groups: Mapping[str, tuple[str, ...]]
    spec: Spec
    tasks: Mapping[str, TaskFacts]

    def of(self, labels: Sequence[str]) -> list[TaskFacts]:
        return [self.tasks[label] for label in labels]


def skills_of(dataset: Dataset) -> Skills:
    """Group the tasks by their planned result, else skill; a task without words is a topic of its own. Two queries."""
    facts = task_facts(dataset)
    groups: dict[str, tuple[str, ...]] = {}
    for task in facts:
        topic = task.words or task.title
        groups[topic] = (*groups.get(topic, ()), task.label)
    return Skills(groups, spec_of(facts), {task.label: task for task in facts})
