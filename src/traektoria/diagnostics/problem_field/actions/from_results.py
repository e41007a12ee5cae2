"""Questions and suppositions from imported results: for every teacher of a class in them, from all works of a subject.

Nobody gets a list of teachers out of this: the result is numbers. A work is looked at together with those of the same
centre and subject from which something was proposed before, since only what repeats becomes a supposition; so each run
also says anew what earlier runs said, and nothing that no longer holds goes silently (``retelling``).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _

from traektoria.core import audit, waiting
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.models import AuditEvent
from traektoria.core.text import search_key
from traektoria.diagnostics.findings.queries.findings import expressed_topics
from traektoria.diagnostics.items.enums import CompetenceBlock
from traektoria.diagnostics.problem_field.actions.recount import Key, Retold, retell
from traektoria.diagnostics.problem_field.class_teachers import TeachersClasses, classes_of, teachers_of
from traektoria.diagnostics.problem_field.dataset_topics import Skills, skills_of
from traektoria.diagnostics.problem_field.enums import HypothesisState, Origin, Strength
from traektoria.diagnostics.problem_field.models import Hypothesis
from traektoria.diagnostics.problem_field.permissions import check_proposes
from traektoria.diagnostics.problem_field.queries.hypotheses import RULE
from traektoria.engines.deficits import DEFAULT, Own, ReflectionQuestion, Supposition, propose
from traektoria.engines.results import tables
from traektoria.engines.results.classes import normalise_class
from traektoria.people.actor import Actor
from traektoria.people.vocabulary import class_name
from traektoria.results.models import Dataset, DatasetKind
from traektoria.results.publication import decisions_of
from traektoria.results.queries import replaced_by, schools_settled
from traektoria.results.school_book import Place, schools_of_places
from traektoria.results.tasks import Code

MOST = 7
"""Suppositions of one teacher from one file: a problem field is looked through in a minute and a half."""
YEARS = 3
"""Works further apart than that say little together."""
PROPOSED = "hypothesis.propose"


@dataclass(frozen=True)
class Totals:
    """``teachers`` whose classes were found, new ``hypotheses`` and ``questions``, ``small``: teachers with too few
    pupils to judge, ``withdrawn``: what earlier runs said and the figures do not carry, ``silent``: schools are too few
    for suppositions."""

    teachers: int
    hypotheses: int
    questions: int = 0
    small: int = 0
    withdrawn: int = 0
    silent: bool = False


@dataclass(frozen=True)
class _File:
    """A dataset with its samples, the topics of its tasks, and the teachers whose classes it has."""

    dataset: Dataset
    skills: Skills
    evidence: tables.ClassEvidence
    found: Mapping[str, TeachersClasses] = field(default_factory=dict)
    owns: Sequence[Own] = ()

    @property
    def key(self) -> str:
        return str(self.dataset.pk)

    def is_small(self, own: Own) -> bool:
        """Nowhere ten pupils of whom something may be said."""
        work = self.evidence.work(self.key, self.dataset.year, self.dataset.grade)
        return not any(
            sum(work.samples[skill][key].n for key in unit) >= DEFAULT.minimum
            for skill in work.samples
            for unit in work.told(skill, list(own.classes))
        )


@transaction.atomic
def propose_from_dataset(*, dataset: Dataset, by: Actor | None) -> Totals:
    """Write the questions and suppositions that the figures allow; a repeated run adds nothing and touches no decision.

    ``by`` is a coordinator of the dataset's centre, or None for the system. Raises ``Invalid`` for a dataset that
    readers do not see or that has no answers by task, ``Conflict`` while schools of the file wait for a word whether
    they are ours. Withdraws what is proposed and no longer holds, and tells who
    has confirmed it. Writes one audit event with the totals.
    """
    if by is not None:
        check_proposes(by, dataset.centre)
    if dataset.kind != DatasetKind.ANSWERS:
        raise Invalid(_("This file has no results by task: nothing to compare."), code="no_answers")
    if not dataset.is_shown:
        raise Invalid(_("Readers do not see this file: suppositions follow from the one that is shown."), code="unseen")
    if not schools_settled(dataset):
        raise Conflict(
            _("First say of all schools of this file whether they are yours: until then nothing is proposed."),
            code="schools_open",
        )
    files = {str(one.pk): _read(one) for one in _scope(dataset)}
    own = files[str(dataset.pk)]
    works = [one.evidence.work(key, one.dataset.year, one.dataset.grade, _topics(one)) for key, one in files.items()]
    owns = [one for file in files.values() for one in file.owns]
    diagnosed = {(str(person), search_key(topic)) for person, topic in expressed_topics(dataset.centre_id)}
    said = propose(works, owns, diagnosed=diagnosed)
    rows = [*_suppositions(files, said.suppositions), *_questions(files, said.questions, said.suppositions)]
    before = _counts(dataset)
    retold = _keep(files.values(), rows, _taken_up(files, said.suppositions))
    after = _counts(dataset)
    totals = Totals(
        teachers=len(own.found),
        hypotheses=after["suppositions"] - before["suppositions"],
        questions=after["questions"] - before["questions"],
        small=sum(own.is_small(one) for one in own.owns),
        withdrawn=retold.withdrawn,
        silent=own.key in said.silent,
    )
    audit.record(PROPOSED, dataset, by=by, rule=RULE, **vars(totals))
    waiting.renew(dataset)
    return totals


def _scope(dataset: Dataset) -> list[Dataset]:
    """The dataset, and those of the same centre and subject near in time from which something was proposed."""
    done = AuditEvent.objects.filter(event=PROPOSED, object_kind="results.dataset").values("object_id")
    near = Q(pk__in=done, year__range=(dataset.year - YEARS, dataset.year + YEARS))
    shown = Dataset.objects.shown().filter(centre=dataset.centre, subject=dataset.subject, kind=DatasetKind.ANSWERS)
    rows = shown.filter(near | Q(pk=dataset.pk)).select_related("centre")
    return list(rows.order_by("year", "grade", "pk"))


def _read(dataset: Dataset) -> _File:
    source = tables.ResultsSource(dataset.path, published=decisions_of(dataset))
    skills = skills_of(dataset)
    evidence = tables.class_evidence(source, skills=skills.groups, spec=skills.spec)
    found, owns = {}, []
    for teacher, own in _owns(dataset, evidence):
        found[own.teacher] = teacher
        owns.append(own)
    return _File(dataset, skills, evidence, found, owns)


def _topics(file: _File) -> dict[str, str]:
    """Skill → what makes it one with a skill of another work: its words, else the task of the same work."""
    dataset = file.dataset
    work = f"{dataset.procedure} {dataset.grade}"
    return {
        skill: search_key(skill if any(task.words for task in file.skills.of(labels)) else f"{work} {skill}")
        for skill, labels in file.skills.groups.items()
    }


def _owns(dataset: Dataset, evidence: tables.ClassEvidence) -> Iterable[tuple[TeachersClasses, Own]]:
    """The classes of each teacher who has some in the file."""
    keys: dict[Place, list[tuple[str | None, ...]]] = defaultdict(list)
    for key in sorted(evidence.classes, key=repr):
        keys[key[1], str(key[2])].append(key)
    codes: dict[int, list[Place]] = defaultdict(list)
    for code, school_id in schools_of_places(dataset.centre, keys).items():
        codes[school_id].append(code)
    teachers = teachers_of(dataset)
    letters: dict[int, set[str]] = defaultdict(set)
    for teacher in teachers:
        letters[teacher.school_id] |= teacher.letters
    for teacher in teachers:
        for code in codes[teacher.school_id]:
            names = [key[3] for key in keys[code]]
            own = set(classes_of(teacher, names, dataset.grade, letters[teacher.school_id]))
            classes = {key: normalise_class(dataset.grade, key[3]) or "" for key in keys[code] if key[3] in own}
            if classes:
                yield teacher, Own(str(teacher.person_id), str(dataset.pk), str(teacher.school_id), classes)


def _suppositions(files: Mapping[str, _File], found: Sequence[Supposition]) -> Iterable[Hypothesis]:
    """At most ``MOST`` of one teacher in one file, the strongest."""
    taken: dict[tuple[str, str], int] = defaultdict(int)
    for one in sorted(found, key=lambda one: (str(one.strength) != Strength.STRONG, one.p_value)):
        taken[one.teacher, one.work] += 1
        if taken[one.teacher, one.work] <= MOST:
            yield _row(files[one.work], one.teacher, one.skill, str(one.strength), _supposed(files, one))


def _questions(
    files: Mapping[str, _File], found: Sequence[ReflectionQuestion], supposed: Sequence[Supposition]
) -> Iterable[Hypothesis]:
    """Those that no supposition has taken up."""
    taken = {(one.teacher, piece.work, piece.skill) for one in supposed for piece in one.pieces}
    for one in found:
        if (one.teacher, one.work, one.skill) not in taken:
            yield _row(files[one.work], one.teacher, one.skill, Strength.QUESTION, _asked(files[one.work], one))


def _taken_up(files: Mapping[str, _File], supposed: Sequence[Supposition]) -> set[Key]:
    """Where a question may have stood that is a part of a supposition now."""
    return {
        (int(piece.work), int(one.teacher), _evidence_key(files[piece.work].skills.groups[piece.skill]))
        for one in supposed
        for piece in one.pieces
    }


def _evidence_key(labels: Sequence[str]) -> str:
    return sha256("\n".join(sorted(labels)).encode()).hexdigest()


def _row(file: _File, teacher: str, skill: str, strength: str, figures: dict[str, Any]) -> Hypothesis:
    labels = file.skills.groups[skill]
    tasks = file.skills.of(labels)
    shown = {
        "tasks": [task.kim for task in tasks],
        "shared": file.found[teacher].shared,
        "skill": next((task.skill for task in tasks if task.skill), ""),
        "kes": _codes(code for task in tasks for code in task.kes),
        "kt": _codes(code for task in tasks for code in task.kt),
    }
    return Hypothesis(
        centre_id=file.dataset.centre_id,
        person_id=int(teacher),
        subject=file.dataset.subject,
        block=CompetenceBlock.SUBJECT,
        topic=skill,
        origin=Origin.RESULTS,
        dataset=file.dataset,
        evidence=shown | figures,
        evidence_key=_evidence_key(labels),
        strength=strength,
    )


def _supposed(files: Mapping[str, _File], one: Supposition) -> dict[str, Any]:
    """The figures as they are now: per cent of the maximum, points of difference, numbers of pupils."""
    pieces: list[dict[str, Any]] = [
        {
            "source": str(files[piece.work].dataset),
            "classes": _names(files[piece.work], piece.classes),
            "n": piece.n,
            "completion": float(piece.completion),
            "difference": float(piece.difference),
        }
        for piece in one.pieces
    ]
    return {
        "classes": list(dict.fromkeys(name for piece in pieces for name in piece["classes"])),
        "n": one.n,
        "completion": float(one.completion),
        "n_municipality": one.n_rest,
        "completion_municipality": float(one.completion_rest),
        "difference": float(one.difference),
        "low": float(one.low),
        "high": float(one.high),
        "grounds": [str(ground) for ground in one.grounds],
        "pieces": pieces,
    }


def _asked(file: _File, one: ReflectionQuestion) -> dict[str, Any]:
    """The figures of a question: places are quarters among the classes that may be told, never ranks."""
    return {
        "classes": _names(file, one.classes),
        "n": one.n,
        "completion": float(one.completion),
        "n_municipality": one.n_rest,
        "completion_municipality": float(one.completion_rest),
        "among": {"classes": one.among, "area": str(one.area)},
        "profile": [[skill, str(place)] for skill, place in one.profile.items()],
    }


def _names(file: _File, keys: Sequence[tuple[str | None, ...]]) -> list[str]:
    """«4А»; of pupils without a letter the grade alone."""
    grade = file.dataset.grade
    return sorted({class_name(grade, normalise_class(grade, key[3]) or "") for key in keys})


def _codes(codes: Iterable[Code]) -> list[str]:
    """«2.1 название», each once, in the order of the tasks."""
    return list(dict.fromkeys(f"{code.code} {code.name}".strip() for code in codes))


def _counts(dataset: Dataset) -> dict[str, int]:
    strengths = list(Hypothesis.objects.filter(dataset=dataset).values_list("strength", flat=True))
    questions = sum(strength == Strength.QUESTION for strength in strengths)
    return {"questions": questions, "suppositions": len(strengths) - questions}


def _keep(files: Iterable[_File], rows: Sequence[Hypothesis], taken_up: Collection[Key]) -> Retold:
    """Add what is not there yet, say anew what is; the database's own «once» decides between two runs at the same time.

    What older versions of a file proposed and nobody decided on gives way; what was decided there is not asked again.
    """
    decided: set[tuple[int, int, str]] = set()
    for file in files:
        older = Hypothesis.objects.filter(dataset__in=replaced_by(file.dataset))
        for row in older.filter(state=HypothesisState.PROPOSED):
            with suppress(ProtectedError), transaction.atomic():
                row.delete()
        decided |= {(file.dataset.pk, *key) for key in older.values_list("person_id", "evidence_key")}
    wanted = {(row.dataset_id, row.person_id, row.evidence_key): row for row in rows}
    wanted = {key: row for key, row in wanted.items() if key not in decided}
    retold = retell([file.dataset.pk for file in files], wanted, taken_up)
    Hypothesis.objects.bulk_create(wanted.values(), ignore_conflicts=True, batch_size=500)
    proposed = Hypothesis.objects.filter(dataset__in={row.dataset_id for row in rows}, state=HypothesisState.PROPOSED)
    waiting.renew_keys(Hypothesis, proposed.values_list("pk", flat=True))
    return retold
