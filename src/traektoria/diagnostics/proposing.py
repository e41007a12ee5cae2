"""Propose hypotheses from an imported dataset: for every teacher of a class in it, from all their classes together.

Nobody gets a list of teachers out of this: the result is three numbers. At most ``MOST`` hypotheses a teacher, the
strongest: a problem field is looked through in a minute and a half.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Invalid
from traektoria.diagnostics.enums import CompetenceBlock, Origin
from traektoria.diagnostics.matching import TeachersClasses, classes_of, teachers_of
from traektoria.diagnostics.models import Hypothesis
from traektoria.diagnostics.permissions.hypotheses import proposes
from traektoria.diagnostics.skills import Skills, skills_of
from traektoria.engines.deficits import DEFAULT, Candidate, SkillEvidence, propose
from traektoria.engines.results import tables
from traektoria.people.actor import Actor
from traektoria.results.matching import schools_of_codes
from traektoria.results.models import Dataset, DatasetKind
from traektoria.results.tasks import Code

MOST = 7
_ORDER = ("strong", "moderate", "weak")


@dataclass(frozen=True)
class Totals:
    """``teachers`` whose classes were found, new ``hypotheses``, ``small``: teachers with too few pupils to judge."""

    teachers: int
    hypotheses: int
    small: int


@dataclass(frozen=True)
class _Found:
    teacher: TeachersClasses
    evidence: Sequence[SkillEvidence]
    classes: tuple[str, ...]

    @property
    def small(self) -> bool:
        return max((skill.own.n for skill in self.evidence), default=0) < DEFAULT.minimum


@transaction.atomic
def propose_from_dataset(*, dataset: Dataset, by: Actor | None) -> Totals:
    """Write the hypotheses that the figures allow; a repeated run adds nothing and touches no decision.

    ``by`` is a coordinator of the dataset's centre, or None for the system. Raises ``Invalid`` for a dataset that has
    no answers by task. Writes one audit event with the totals.
    """
    if by is not None:
        proposes(by, dataset.centre)
    if dataset.kind != DatasetKind.ANSWERS:
        raise Invalid(_("This file has no results by task: nothing to compare."), code="no_answers")
    source = tables.Dataset(dataset.path)
    skills = skills_of(dataset)
    found = list(_evidence(dataset, tables.class_evidence(source, skills=skills.groups, spec=skills.spec)))
    rows = [
        _row(dataset, skills, teacher, candidate)
        for teacher in found
        for candidate in _strongest(propose(teacher.evidence))
    ]
    totals = Totals(len(found), _add(dataset, rows), sum(teacher.small for teacher in found))
    audit.record("hypothesis.propose", dataset, by=by, **vars(totals))
    return totals


def _evidence(dataset: Dataset, evidence: tables.ClassEvidence) -> Iterable[_Found]:
    """The evidence of each teacher whose classes are in the file."""
    names: dict[str, list[str | None]] = defaultdict(list)
    for key in evidence.classes:
        names[str(key[2])].append(key[3])
    codes: dict[int, list[str]] = defaultdict(list)
    for code, school_id in schools_of_codes(dataset.centre, names).items():
        codes[school_id].append(code)
    teachers = teachers_of(dataset)
    letters: dict[int, set[str]] = defaultdict(set)
    for teacher in teachers:
        letters[teacher.school_id] |= teacher.letters
    for teacher in teachers:
        for code in codes[teacher.school_id]:
            own = classes_of(teacher, names[code], dataset.grade, letters[teacher.school_id])
            if own:
                classes = tuple(sorted(f"{dataset.grade}{letter}" for letter in teacher.letters))
                yield _Found(teacher, evidence.of(code, own), classes)


def _strongest(candidates: Sequence[Candidate]) -> list[Candidate]:
    ordered = sorted(candidates, key=lambda found: (_ORDER.index(found.strength), found.p_value))
    return ordered[:MOST]


def _row(dataset: Dataset, skills: Skills, found: _Found, candidate: Candidate) -> Hypothesis:
    return Hypothesis(
        centre_id=dataset.centre_id,
        person_id=found.teacher.person_id,
        subject=dataset.subject,
        block=CompetenceBlock.SUBJECT,
        topic=candidate.skill,
        origin=Origin.RESULTS,
        dataset=dataset,
        evidence=_figures(candidate, skills, found),
        evidence_key=sha256("\n".join(sorted(candidate.tasks)).encode()).hexdigest(),
        strength=candidate.strength,
    )


def _figures(candidate: Candidate, skills: Skills, found: _Found) -> dict[str, Any]:
    """The figures as they are now: per cent of the maximum, points of difference, numbers of pupils."""
    tasks = skills.of(candidate.tasks)
    return {
        "tasks": [task.kim for task in tasks],
        "classes": list(found.classes),
        "shared": found.teacher.shared,
        "n": candidate.n,
        "completion": _number(candidate.completion),
        "n_municipality": candidate.n_municipality,
        "completion_municipality": _number(candidate.completion_municipality),
        "difference": _number(candidate.difference),
        "low": _number(candidate.low),
        "high": _number(candidate.high),
        "bases": list(candidate.bases),
        "skill": next((task.skill for task in tasks if task.skill), ""),
        "kes": _codes(code for task in tasks for code in task.kes),
        "kt": _codes(code for task in tasks for code in task.kt),
    }


def _codes(codes: Iterable[Code]) -> list[str]:
    """«2.1 название», each once, in the order of the tasks."""
    return list(dict.fromkeys(f"{code.code} {code.name}".strip() for code in codes))


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _add(dataset: Dataset, rows: list[Hypothesis]) -> int:
    """Add what is not there yet; the database's own «once» decides between two runs at the same time."""
    known = Hypothesis.objects.filter(dataset=dataset)
    before = known.count()
    Hypothesis.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return known.count() - before
