"""Why no supposition follows from results: said to the teacher and the tutor wherever they look for one."""

from collections.abc import Iterable
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from traektoria.core.models import AuditEvent
from traektoria.diagnostics.problem_field.class_teachers import subjects_of_work
from traektoria.diagnostics.problem_field.enums import Origin, Strength
from traektoria.diagnostics.problem_field.models import Hypothesis
from traektoria.people.actor import in_force
from traektoria.people.models import RoleAssignment, TaughtClass
from traektoria.results.models import Dataset, DatasetKind, DatasetSchool

PROPOSED = "hypothesis.propose"


class NoGrounds(StrEnum):
    """``NO_RESULTS``: no file with classes of the person was looked at."""

    NO_RESULTS = "no_results"
    ONE_CLASS = "one_class"
    FEW_SCHOOLS = "few_schools"
    ORDINARY = "ordinary"


def stands(rows: Iterable[Hypothesis]) -> bool:
    """Among these is a supposition from results; a question is none."""
    return any(
        row.origin == Origin.RESULTS and row.strength != Strength.QUESTION and not row.is_dropped for row in rows
    )


def no_grounds(person_id: int) -> NoGrounds:
    """Of a person about whom no supposition stands. Three queries at most, whatever the number of files."""
    pieces = _pieces(person_id)
    if not pieces:
        return NoGrounds.NO_RESULTS
    if sum(pieces.values()) < 2:
        return NoGrounds.ONE_CLASS
    return NoGrounds.FEW_SCHOOLS if _silent(set(pieces)) else NoGrounds.ORDINARY


def _pieces(person_id: int) -> dict[int, int]:
    """Dataset from which something was proposed → classes of the person in it."""
    rows = TaughtClass.objects.filter(employment__person=person_id)
    taught = set(rows.values_list("year__start_year", "grade", "subject", "letter", "employment__school"))
    found: dict[int, int] = {}
    for dataset in _datasets(person_id, {row[4] for row in taught}):
        subjects, work = subjects_of_work(dataset), (dataset.school_year_start, dataset.grade)
        classes = {row[3:] for row in taught if row[:2] == work and row[2] in subjects}
        if classes:
            found[dataset.pk] = len(classes)
    return found


def _datasets(person_id: int, schools: set[int]) -> list[Dataset]:
    """Files that readers see, with a school of the person, or with schools that nobody has looked through."""
    done = AuditEvent.objects.filter(event=PROPOSED, object_kind="results.dataset").values("object_id")
    centres = RoleAssignment.objects.filter(in_force(timezone.localdate()), person=person_id).values("centre")
    named = DatasetSchool.objects.filter(dataset=OuterRef("pk"))
    here = Q(Exists(named.filter(school__in=schools))) | ~Q(Exists(named))
    return list(Dataset.objects.shown().filter(here, pk__in=done, centre__in=centres, kind=DatasetKind.ANSWERS))


def _silent(datasets: set[int]) -> bool:
    """The last run over every one of them found too few schools."""
    rows = AuditEvent.objects.filter(event=PROPOSED, object_kind="results.dataset", object_id__in=datasets)
    last = dict(rows.order_by("pk").values_list("object_id", "facts"))
    return bool(last) and all(facts.get("silent") for facts in last.values())


def looked_at(dataset: Dataset) -> AuditEvent | None:
    """The last run over a file, for whoever reads the file: with its totals, of which ``silent`` is about the file."""
    rows = AuditEvent.objects.filter(event=PROPOSED, object_kind="results.dataset", object_id=dataset.pk)
    return rows.order_by("-pk").first()
