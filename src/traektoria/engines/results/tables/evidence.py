"""Evidence for the first hypotheses of deficits: each class against the rest of its municipality, skill by skill.

One query serves every class of a dataset; what a teacher needs is then added up in memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from traektoria.engines.deficits import NOTHING, Sample, SkillEvidence

from .groups import By, Selection
from .rows import Spec, TaskSpec
from .source import Dataset, grouper, records, selected_answers
from .zones import TaskLevel, thresholds

if TYPE_CHECKING:
    from ibis.expr.types import Table

CLASSES = Selection(By.CLASS)
ClassKey = tuple[str | None, ...]
"""(region, municipality, school, class)."""


@dataclass(frozen=True)
class ClassEvidence:
    """Samples of all classes of one dataset by skill.

    `skills` maps a skill to its tasks' labels, in the order to show.
    """

    skills: Mapping[str, tuple[str, ...]]
    thresholds: Mapping[str, Decimal | None]
    classes: Mapping[ClassKey, Mapping[str, Sample]]
    municipalities: Mapping[ClassKey, Mapping[str, Sample]]

    def of(self, school: str, class_names: Sequence[str | None]) -> list[SkillEvidence]:
        """Return the evidence of the named classes of a school taken together, one entry a skill.

        The other side is the rest of the municipality: without these classes. An unknown class adds nothing.
        """
        keys = [key for key in self.classes if key[2] == school and key[3] in class_names]
        return [self._skill(skill, keys) for skill in self.skills]

    def _skill(self, skill: str, keys: Sequence[ClassKey]) -> SkillEvidence:
        own = sum((self.classes[key].get(skill, NOTHING) for key in keys), NOTHING)
        everyone = sum((self.municipalities[area].get(skill, NOTHING) for area in {key[:2] for key in keys}), NOTHING)
        return SkillEvidence(
            skill=skill, tasks=self.skills[skill], own=own, rest=everyone - own, not_enough=self.thresholds[skill]
        )


def class_evidence(
    dataset: Dataset, *, skills: Mapping[str, Sequence[str]] | None = None, spec: Spec | None = None
) -> ClassEvidence:
    """Compute the evidence for every class of the dataset in one query.

    `skills` groups task labels by what they check (the same planned result or КТ); by default each task is a skill of
    its own. A task in no skill is left out; naming one task in two skills, or a task that the dataset lacks, raises
    ValueError. `spec` gives levels: a skill has the threshold of its tasks' level when they all share one.
    """
    named = {task.label: TaskSpec(level=None, max=task.max) for task in dataset.tasks} | dict(spec or {})
    by_default = {task.label: [task.label] for task in dataset.tasks}
    grouped = {skill: tuple(labels) for skill, labels in (skills or by_default).items()}
    positions = _positions(dataset, grouped)
    maxima = {task.position: named[task.label].max for task in dataset.tasks}
    classes: dict[ClassKey, dict[str, Sample]] = defaultdict(dict)
    municipalities: dict[ClassKey, dict[str, Sample]] = defaultdict(dict)
    names, group_of = list(grouped), grouper(dataset, CLASSES)
    for row in records(_query(dataset, positions, maxima), dataset.backend):
        key, skill = group_of(row).key, names[row["skill"]]
        sample = Sample(n=int(row["n"]), total=int(row["total"]), squares=int(row["squares"]))
        classes[key][skill] = sample
        municipalities[key[:2]][skill] = municipalities[key[:2]].get(skill, NOTHING) + sample
    limits = {skill: _threshold({named[label].level for label in labels}) for skill, labels in grouped.items()}
    return ClassEvidence(grouped, limits, classes, municipalities)


def _positions(dataset: Dataset, skills: Mapping[str, Sequence[str]]) -> dict[int, int]:
    """Map positions of tasks to the number of their skill."""
    by_label = {task.label: task.position for task in dataset.tasks}
    labels = [label for group in skills.values() for label in group]
    if len(set(labels)) != len(labels) or not set(labels) <= by_label.keys():
        raise ValueError("every task of a skill is in the dataset, and in one skill only")
    return {by_label[label]: number for number, group in enumerate(skills.values()) for label in group}


def _query(dataset: Dataset, positions: Mapping[int, int], maxima: Mapping[int, int]) -> Table:
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


def _threshold(levels: set[TaskLevel | None]) -> Decimal | None:
    level = levels.pop() if len(levels) == 1 else None
    return None if level is None else thresholds()[level].not_enough
