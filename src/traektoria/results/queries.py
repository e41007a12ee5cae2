"""What may be read of results, and by whom."""

from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum

from traektoria.engines.disclosure import MINIMUM
from traektoria.engines.results.tables import natural
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.results.matching import school_of_code as school_of_code
from traektoria.results.matching import schools_of_codes as schools_of_codes
from traektoria.results.models import Dataset, DatasetKind, DatasetSchool, SchoolAlias, TaskSpecification


def visible_to(actor: Actor) -> QuerySet[Dataset]:
    """Datasets of the centres where the person is the coordinator or leads a school. Nobody else sees any.

    Ready tables of groups name all schools side by side: they are the coordinator's.
    """
    kept = Q(centre__in=actor.centres(Role.COORDINATOR))
    led = Q(centre__in=actor.centres(*HEADS), kind=DatasetKind.ANSWERS)
    return Dataset.objects.filter(kept | led).select_related("centre__municipality")


def kept_by(actor: Actor) -> QuerySet[Dataset]:
    """Datasets that the person may change: those of the centres they coordinate."""
    return Dataset.objects.filter(centre__in=actor.centres(Role.COORDINATOR)).select_related("centre__municipality")


def unknown_schools(centre: TutorCentre) -> QuerySet[DatasetSchool]:
    """Schools of the centre's files that nobody has recognised yet."""
    return DatasetSchool.objects.filter(dataset__centre=centre, school=None, not_ours=False, nearby=True)


def unknown_codes(centre: TutorCentre) -> int:
    """How many schools wait for somebody's word."""
    return unknown_schools(centre).values("code").distinct().count()


def unknown_list(centre: TutorCentre) -> list[dict[str, Any]]:
    """Each unknown code once, in alphabetical order, with what the files say of it."""
    rows = unknown_schools(centre).values("code").annotate(
        name=Max("name"), municipality=Max("municipality"), participants=Sum("participants"), files=Count("dataset")
    )  # fmt: skip
    return sorted(map(dict, rows.order_by()), key=lambda row: natural(row["name"] or row["code"]))


def mapped(centre: TutorCentre) -> QuerySet[SchoolAlias]:
    """What people have said, in the order of the codes."""
    return SchoolAlias.objects.filter(centre=centre).select_related("school").order_by("code")[:200]


def specifications() -> QuerySet[TaskSpecification]:
    """Works whose tasks or codes are known, with their counts."""
    return TaskSpecification.objects.annotate(
        task_count=Count("tasks", distinct=True), code_count=Count("codifier", distinct=True)
    ).order_by("-year", "subject", "grade")


def published_group(row: dict[str, Any]) -> dict[str, Any]:
    """A row of Ф3 or of the journal comparison; a group under ten keeps its name alone."""
    if (row["participants"] or 0) < MINIMUM:
        return {"group": row["group"], "suppressed": "small"}
    return row
