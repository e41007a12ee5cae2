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

from .groups import COLUMNS
from .rows import Spec, TaskSpec
from .source import Dataset, records
from .zones import TaskLevel, thresholds

if TYPE_CHECKING:
    from ibis.expr.types import Table

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
    names = list(grouped)
    for row in records(_query(dataset, positions, maxima), dataset.backend):
        key, skill = tuple(row[column] for column in COLUMNS), names[row["skill"]]
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
    answers = dataset.answers
    answers = answers.filter(answers.position.isin(list(positions)))
    answers = answers.mutate(
        skill=answers.position.cases(*positions.items(), else_=-1),
        max=answers.position.cases(*((position, maxima[position]) for position in positions), else_=1),
    )
    pupils = answers.group_by(["participant_row", "skill"]).aggregate(
        share=(answers.score.sum() * 10000 / answers["max"].sum()).round().cast("int64")
    )
    people = dataset.participants.select(*COLUMNS, participant_row="row")
    joined = pupils.inner_join(people, "participant_row")
    return joined.group_by([*COLUMNS, "skill"]).aggregate(
        n=joined.count(), total=joined.share.sum(), squares=(joined.share * joined.share).sum()
    )


def _threshold(levels: set[TaskLevel | None]) -> Decimal | None:
    level = levels.pop() if len(levels) == 1 else None
    return None if level is None else thresholds()[level].not_enough
