"""Evidence for questions and suppositions: every class of a dataset, skill by skill, in one query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from traektoria.engines.deficits import ClassKey, Sample, Work

from .groups import By, Selection
from .rows import Spec, TaskSpec
from .source import ResultsSource, grouper, records, selected_answers

if TYPE_CHECKING:
    from ibis.expr.types import Table

CLASSES = Selection(By.CLASS)


@dataclass(frozen=True)
class ClassEvidence:
    """Samples of all classes of one dataset by skill.

    `skills` maps a skill to its tasks' labels, in the order to show; `samples` a skill to its classes. `hidden` are
    groups of which a skill may not be said, at any level.
    """

    skills: Mapping[str, tuple[str, ...]]
    samples: Mapping[str, Mapping[ClassKey, Sample]]
    hidden: Mapping[str, frozenset[ClassKey]]

    @property
    def classes(self) -> set[ClassKey]:
        return {key for samples in self.samples.values() for key in samples}

    def work(self, key: str, year: int, grade: int, topics: Mapping[str, str] | None = None) -> Work:
        """As the engine of suppositions takes it."""
        return Work(key, year, grade, self.samples, topics or {}, self.hidden)


def class_evidence(
    dataset: ResultsSource, *, skills: Mapping[str, Sequence[str]] | None = None, spec: Spec | None = None
) -> ClassEvidence:
    """Compute the evidence for every class of the dataset in one query.

    `skills` groups task labels by what they check (the same planned result or КТ); by default each task is a skill of
    its own. A task in no skill is left out; naming one task in two skills, or a task that the dataset lacks, raises
    ValueError. `spec` gives the maxima.
    """
    named = {task.label: TaskSpec(level=None, max=task.max) for task in dataset.tasks} | dict(spec or {})
    by_default = {task.label: [task.label] for task in dataset.tasks}
    grouped = {skill: tuple(labels) for skill, labels in (skills or by_default).items()}
    positions = _positions(dataset, grouped)
    maxima = {task.position: named[task.label].max for task in dataset.tasks}
    names, group_of = list(grouped), grouper(dataset, CLASSES)
    samples: dict[str, dict[ClassKey, Sample]] = {skill: {} for skill in names}
    for row in records(_query(dataset, positions, maxima), dataset.backend):
        sample = Sample(n=int(row["n"]), total=int(row["total"]), squares=int(row["squares"]))
        samples[names[row["skill"]]][group_of(row).key] = sample
    classes = {key for own in samples.values() for key in own}
    hidden = {skill: _hidden(dataset, classes, labels) for skill, labels in grouped.items()}
    return ClassEvidence(grouped, samples, hidden)


def _positions(dataset: ResultsSource, skills: Mapping[str, Sequence[str]]) -> dict[int, int]:
    """Map positions of tasks to the number of their skill."""
    by_label = {task.label: task.position for task in dataset.tasks}
    labels = [label for group in skills.values() for label in group]
    if len(set(labels)) != len(labels) or not set(labels) <= by_label.keys():
        raise ValueError("every task of a skill is in the dataset, and in one skill only")
    return {by_label[label]: number for number, group in enumerate(skills.values()) for label in group}


def _hidden(dataset: ResultsSource, classes: Iterable[ClassKey], labels: Sequence[str]) -> frozenset[ClassKey]:
    """Groups that the table of participants hides, or that of any of the tasks."""
    tasks = (task for task in dataset.tasks if task.label in labels)
    tables = [dataset.decisions.everybody, *(dataset.decisions.task(task.position) for task in tasks)]
    groups = {key[:depth] for key in classes for depth in range(len(key) + 1)}
    return frozenset(key for key in groups if any(table.hides(key) for table in tables))


def _query(dataset: ResultsSource, positions: Mapping[int, int], maxima: Mapping[int, int]) -> Table:
    """Per class and skill: pupils, sum and sum of squares of a pupil's share in basis points (1/100 %).

    Whole basis points keep the sums exact, whatever order a backend adds them in.
    """
    answers, columns = selected_answers(dataset, CLASSES)
    answers = answers.filter(answers.position.isin(list(positions)))
    answers = answers.mutate(
        skill=answers.position.cases(*positions.items(), else_=-1),
        max=answers.position.cases(*((position, maxima[position]) for position in positions), else_=1),
    )
    if len(set(positions.values())) < len(positions):  # the costly step, needed only where a skill has several tasks
        answers = answers.group_by([*columns, "participant_row", "skill"]).aggregate(
            score=answers.score.sum(), max=answers["max"].sum()
        )
    pupils = answers.mutate(share=(answers.score * 10000 / answers["max"]).round().cast("int64"))
    return pupils.group_by([*columns, "skill"]).aggregate(
        n=pupils.count(), total=pupils.share.sum(), squares=(pupils.share * pupils.share).sum()
    )
