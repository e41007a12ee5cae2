"""What may be read of results, and by whom."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, Max, Q, QuerySet

from traektoria.core.joined_rows import Joined, numbers
from traektoria.core.labels import text_of
from traektoria.core.paging import Page, counted_page, replaced
from traektoria.core.prepared_statements import Numbers, prepared
from traektoria.engines.results.tables import natural
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role, Subject
from traektoria.results.models import (
    Dataset,
    DatasetKind,
    DatasetQuerySet,
    DatasetSchool,
    Procedure,
    SchoolAlias,
    TaskSpecification,
    name_of,
)
from traektoria.results.school_book import school_of_code as school_of_code

UNKNOWN: dict[str, Any] = {"school": None, "not_ours": False, "nearby": True}
"""A school of a file that waits for somebody's word which of ours it is."""

_UNKNOWN_CODES = (
    "SELECT COUNT(DISTINCT t.code) FROM results_datasetschool t JOIN results_dataset d ON d.id = t.dataset_id "
    "WHERE d.centre_id = %s AND t.school_id IS NULL AND NOT t.not_ours AND t.nearby"
)
_WHOLE = Joined(Dataset, "centre__municipality", "replaced_by")


def known_to(actor: Actor) -> DatasetQuerySet:
    """Datasets of the centres where the person is the coordinator or leads a school, those that nobody reads too.

    Ready tables of groups name all schools side by side: they are the coordinator's.
    """
    kept = Q(centre__in=actor.centres(Role.COORDINATOR))
    led = Q(centre__in=actor.centres(*HEADS), kind=DatasetKind.ANSWERS)
    known = (kept | led if actor.is_head else kept) if actor.is_coordinator else led
    return Dataset.objects.filter(known).select_related("centre__municipality", "replaced_by")


def known_dataset(actor: Actor, pk: int) -> Dataset:
    """One of ``known_to``, by its columns; raises ``DoesNotExist``. One query."""
    dataset = _WHOLE.get(pk)
    led = dataset.kind == DatasetKind.ANSWERS and actor.has(dataset.centre_id, *HEADS)
    if not (led or actor.has(dataset.centre_id, Role.COORDINATOR)):
        raise Dataset.DoesNotExist
    return dataset


def visible_to(actor: Actor) -> DatasetQuerySet:
    """Datasets whose figures the person reads. Nobody but coordinators and heads sees any."""
    return known_to(actor).shown()


class DatasetLine(NamedTuple):
    """A file in a list. ``is_replaced``: readers see a newer one instead."""

    pk: int
    kind: str
    procedure: str
    year: int
    subject: str
    grade: int
    participants: int | None
    source_name: str
    imported_at: datetime
    is_replaced: bool = False

    def __str__(self) -> str:
        return name_of(self.procedure_word, self.year, self.subject_word, self.grade)

    @property
    def procedure_word(self) -> str:
        return text_of(Procedure, self.procedure)

    @property
    def subject_word(self) -> str:
        return text_of(Subject, self.subject)

    @property
    def kind_word(self) -> str:
        return text_of(DatasetKind, self.kind)


_LINE = ("pk", "kind", "procedure", "year", "subject", "grade", "participants", "source_name", "imported_at")


def page_of_shown(actor: Actor, number: str | None) -> Page[DatasetLine]:
    """Datasets whose figures the person reads, newest year first. Two queries."""
    page = counted_page(visible_to(actor).values_list(*_LINE), number)
    return replaced(page, [DatasetLine(*row) for row in page])


@prepared
def _set_aside() -> QuerySet[Dataset, Any]:
    unseen = Q(published_at__isnull=True) | Q(replaced_by__published_at__isnull=False)
    rows = Dataset.objects.filter(unseen, centre__in=Numbers("centres"))
    return rows.values_list(*_LINE, "replaced_by__published_at")


def set_aside(actor: Actor, most: int) -> list[DatasetLine]:
    """Datasets of the coordinator's centres that readers do not see: replaced by a newer file, or waiting."""
    found = _set_aside().all(limit=most, centres=actor.centres(Role.COORDINATOR))
    return [DatasetLine(*row[:-1])._replace(is_replaced=row[-1] is not None) for row in found]


def waiting_for(dataset: Dataset) -> Dataset | None:
    """The newest file that will take the place of a shown one, and waits until it may be shown."""
    newer = dataset.replaced_by
    return newer if newer and not newer.published_at else None


def shown_instead(dataset: Dataset) -> Dataset | None:
    """What readers see in the place of a file that they do not: what replaced it, or what it will replace."""
    if dataset.is_replaced and dataset.replaced_by is not None:
        return dataset.replaced_by if dataset.replaced_by.is_shown else shown_instead(dataset.replaced_by)
    return Dataset.objects.shown().filter(replaced_by=dataset).first()


def replaced_by(dataset: Dataset) -> set[int]:
    """Ids of all older versions of a file, however many stand between. A query a version."""
    found: set[int] = set()
    step = {dataset.pk}
    while step := set(Dataset.objects.filter(replaced_by__in=step).values_list("pk", flat=True)) - found:
        found |= step
    return found


def kept_by(actor: Actor) -> DatasetQuerySet:
    """Datasets that the person may change: those of the centres they coordinate."""
    kept = Dataset.objects.filter(centre__in=actor.centres(Role.COORDINATOR))
    return kept.select_related("centre__municipality", "replaced_by")


def unknown_schools(centre: TutorCentre | int) -> QuerySet[DatasetSchool]:
    """Schools of the centre's files that nobody has recognised yet."""
    return DatasetSchool.objects.filter(dataset__centre=centre, **UNKNOWN)


def unknown_codes(centre_id: int) -> int:
    """How many schools wait for somebody's word (``UNKNOWN``). One query."""
    return numbers(_UNKNOWN_CODES, centre_id)[0]


@dataclass(frozen=True)
class District:
    """A municipality of the files with schools that wait for somebody's word; ``name`` is empty where none is said."""

    name: str
    schools: int


def unknown_districts(centre: TutorCentre) -> list[District]:
    """In alphabetical order, those without a name last. One query."""
    rows = unknown_schools(centre).values("municipality").annotate(schools=Count("code", distinct=True)).order_by()
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row["municipality"] or ""] += row["schools"]
    return [District(name, counts[name]) for name in sorted(counts, key=lambda name: (not name, natural(name)))]


def in_districts(names: Iterable[str]) -> Q:
    """Schools of files in these municipalities; an empty name stands for those without one."""
    asked = set(names)
    return Q(municipality__in=asked) | (Q(municipality__isnull=True) if "" in asked else Q(pk__in=[]))


def matched_schools(dataset: Dataset) -> tuple[int, int, int]:
    """Schools of one file: those that are known as ours, those that wait for a word, and all. One query."""
    found = dataset.schools.aggregate(
        ours=Count("pk", filter=Q(school__isnull=False)), unknown=Count("pk", filter=Q(**UNKNOWN)), all=Count("pk")
    )
    return found["ours"], found["unknown"], found["all"]


def schools_settled(dataset: Dataset) -> bool:
    """Whether it is known of every school of the file that could be ours which it is, and some are; so too for a file
    that names no schools. While it is asked, nothing may be said of teachers. One query."""
    ours, unknown, known = matched_schools(dataset)
    return not known or bool(ours and not unknown)


def unknown_list(centre: TutorCentre, district: str | None = None) -> list[dict[str, Any]]:
    """Each unknown code once in a district, in alphabetical order, with what the files say of it; of one district if it
    is named."""
    unknown = unknown_schools(centre) if district is None else unknown_schools(centre).filter(in_districts([district]))
    rows = unknown.values("code", "municipality").annotate(name=Max("name"), files=Count("dataset"))
    return sorted(
        map(dict, rows.order_by()), key=lambda row: (natural(row["name"] or row["code"]), row["municipality"] or "")
    )


def mapped(centre: TutorCentre) -> QuerySet[SchoolAlias]:
    """What people have said, in the order of the codes."""
    return SchoolAlias.objects.filter(centre=centre).select_related("school").order_by("code")[:200]


def specifications() -> QuerySet[TaskSpecification]:
    """Works whose tasks or codes are known, with their counts."""
    return TaskSpecification.objects.annotate(
        task_count=Count("tasks", distinct=True), code_count=Count("codifier", distinct=True)
    ).order_by("-year", "subject", "grade")
