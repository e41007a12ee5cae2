"""Why no supposition follows from results: said to the teacher and the tutor wherever they look for one."""

from collections.abc import Iterable
from enum import StrEnum

from django.utils import timezone

from traektoria.core.joined_rows import Joined, marks
from traektoria.core.models import AuditEvent
from traektoria.diagnostics.problem_field.class_teachers import subjects_of_work
from traektoria.diagnostics.problem_field.enums import Origin, Strength
from traektoria.diagnostics.problem_field.models import Hypothesis
from traektoria.people.models import TaughtClass
from traektoria.results.models import Dataset, DatasetKind

PROPOSED = "hypothesis.propose"
_FILES = Joined(Dataset)
_SCHOOLS = "SELECT 1 FROM results_datasetschool s WHERE s.dataset_id = t.id"
_OF_NO_SCHOOL = f"NOT EXISTS ({_SCHOOLS})"
_SHOWN = (
    "t.id IN (SELECT e.object_id FROM core_auditevent e WHERE e.event = %s AND e.object_kind = 'results.dataset') "
    "AND t.kind = %s AND t.published_at IS NOT NULL AND NOT EXISTS "
    "(SELECT 1 FROM results_dataset n WHERE n.id = t.replaced_by_id AND n.published_at IS NOT NULL)"
)
"""Files that were looked at and that readers see (``DatasetQuerySet.shown``)."""
_OF_CENTRE = (
    "t.centre_id IN (SELECT r.centre_id FROM people_roleassignment r "
    'WHERE r.person_id = %s AND r.start <= %s AND (r."end" IS NULL OR r."end" >= %s))'
)


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
    today = timezone.localdate().isoformat()
    here = _OF_NO_SCHOOL
    if schools:
        here += f" OR EXISTS ({_SCHOOLS} AND s.school_id IN ({marks(schools)}))"
    known = (PROPOSED, str(DatasetKind.ANSWERS), person_id, today, today)
    return _FILES.find(f"{_SHOWN} AND {_OF_CENTRE} AND ({here})", *known, *schools, order="t.id")


def _silent(datasets: set[int]) -> bool:
    """The last run over every one of them found too few schools."""
    rows = AuditEvent.objects.filter(event=PROPOSED, object_kind="results.dataset", object_id__in=datasets)
    last = dict(rows.order_by("pk").values_list("object_id", "facts"))
    return bool(last) and all(facts.get("silent") for facts in last.values())


def looked_at(dataset: Dataset) -> AuditEvent | None:
    """The last run over a file, for whoever reads the file: with its totals, of which ``silent`` is about the file."""
    rows = AuditEvent.objects.filter(event=PROPOSED, object_kind="results.dataset", object_id=dataset.pk)
    return rows.order_by("-pk").first()
