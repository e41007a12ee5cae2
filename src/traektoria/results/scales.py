"""The scale of a work: what the centre entered, else what is published; and which of a dataset's tasks it speaks of."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from traektoria.core.errors import Invalid
from traektoria.engines.results import Condition, MarkScale, places_of, scale_for, tasks_named
from traektoria.organisations.models import TutorCentre
from traektoria.results.models import WORK, Dataset, WorkScale

BOUNDARIES = ("min_3", "min_4", "min_5")
MOST = 999


def scales_of(centre: TutorCentre) -> Any:
    """What an import asks for the scale of a work: (procedure, year, subject, grade) → scale or None."""
    return partial(scale_of, centre)


def scale_of(
    centre: TutorCentre, procedure: str | None, year: int | None, subject: str | None, grade: int | None
) -> MarkScale | None:
    """What the centre entered wins over what is published."""
    own = entered(centre, dict(zip(WORK, (procedure, year, subject, grade), strict=True)))
    return as_engine(own) if own else scale_for(procedure, year, subject, grade)


def entered(centre: TutorCentre, work: Mapping[str, Any]) -> WorkScale | None:
    """The newest scale that the centre entered for a work and has not taken back. One query."""
    if None in work.values():
        return None
    return WorkScale.objects.filter(centre=centre, taken_back_at=None, **work).last()


def as_engine(scale: WorkScale) -> MarkScale:
    return MarkScale(
        procedure=scale.procedure,
        year=str(scale.year),
        grade=scale.grade,
        subject=scale.subject,
        tasks=None,
        max_primary=scale.max_primary,
        min_3=scale.min_3,
        min_4=scale.min_4,
        min_5=scale.min_5,
        unit="primary",
        note="",
        source=scale.source,
        conditions=tuple(map(condition_of, scale.conditions)),
    )


def condition_of(kept: Mapping[str, Any]) -> Condition:
    return Condition(kept["mark"], kept["points"], tuple(kept["tasks"]), kept.get("name", ""))


def conditions_as_kept(conditions: Sequence[Condition]) -> list[dict[str, Any]]:
    return [{**asdict(condition), "tasks": list(condition.tasks)} for condition in conditions]


def check_scale(boundaries: Sequence[int], maximum: int | None, conditions: Sequence[Condition]) -> None:
    """Raises ``Invalid`` with what to write instead."""
    if not 0 < boundaries[0] < boundaries[1] < boundaries[2] <= MOST:
        raise Invalid(
            _("Write the boundaries in ascending order: «3» from the fewest points, «5» from the most."),
            code="scale_descends",
        )
    if maximum is not None and maximum < boundaries[2]:
        raise Invalid(
            _("The highest score is below the boundary of «5»: nobody could have it."), code="scale_beyond_maximum"
        )
    for condition in conditions:
        if condition.mark not in (3, 4, 5) or condition.points < 1 or not condition.tasks:
            raise Invalid(
                _("Fill in the whole line of the condition: the mark, the points and the tasks."),
                code="condition_incomplete",
            )


def named_tasks(text: str) -> tuple[str, ...]:
    """«15–19, 23–25» task by task. Raises ``Invalid``."""
    try:
        return tasks_named(text)
    except ValueError as error:
        words = _("«%(text)s» is no range of tasks: write, for example, 15–19, 23.")
        raise Invalid(words % {"text": error}, code="no_range_of_tasks") from error


def check_tasks(conditions: Sequence[Condition], labels: Sequence[str]) -> None:
    """Raises ``Invalid`` where a condition names a task that the work does not have."""
    named = [task for condition in conditions for task in condition.tasks]
    unknown = [task for task in named if not places_of(task, labels)]
    if unknown:
        facts = {"unknown": ", ".join(unknown[:10]), "known": ", ".join(labels)}
        raise Invalid(
            _("The work has no tasks %(unknown)s; it has: %(known)s.") % facts, code="condition_without_tasks"
        )


def described(scale: Mapping[str, Any]) -> str:
    """A scale in one sentence, as a dataset keeps it."""
    facts = {name: scale.get(name) for name in BOUNDARIES}
    words = [_("«3» from %(min_3)s points, «4» from %(min_4)s, «5» from %(min_5)s.") % facts]
    words += [described_condition(condition_of(kept)) for kept in scale.get("conditions", ())]
    source = named_source(str(scale.get("source") or ""))
    if source:
        words.append(_("Source: %(source)s.") % {"source": source.rstrip(".")})
    return " ".join(words)


def named_source(source: str) -> str:
    """What a person wrote; the address where a published scale was found is no words for readers."""
    return "" if source.startswith("github:") or "://" in source else source


def described_condition(condition: Condition) -> str:
    name = f" ({condition.name})" if condition.name else ""
    facts = {"mark": condition.mark, "points": condition.points, "tasks": ", ".join(condition.tasks), "name": name}
    return _("For «%(mark)s» and above, at least %(points)s points for tasks %(tasks)s%(name)s.") % facts


def works_datasets(centre: TutorCentre, work: Mapping[str, Any]) -> list[Dataset]:
    """The centre's files of pupils of a work that readers see or that wait, in the order of loading."""
    rows = Dataset.objects.filter(centre=centre, kind="answers", **work).select_related("replaced_by", "centre")
    return [dataset for dataset in rows.order_by("pk") if not dataset.is_replaced]
