"""What may be read of results, and by whom."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum

from traektoria.engines.disclosure import MINIMUM, Reason, decide
from traektoria.engines.results.tables import natural
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.results.matching import school_of_code as school_of_code
from traektoria.results.matching import schools_of_codes as schools_of_codes
from traektoria.results.models import Dataset, DatasetKind, DatasetSchool, SchoolAlias, TaskSpecification

_SCHOOL = re.compile(r"\((?:edu|sch)\d+\)", re.IGNORECASE)
_MUNICIPALITY = re.compile(r"\(reg\d+_m\d+\)", re.IGNORECASE)


UNKNOWN: dict[str, Any] = {"school": None, "not_ours": False, "nearby": True}
"""A school of a file that waits for somebody's word which of ours it is."""


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


def unknown_schools(centre: TutorCentre | int) -> QuerySet[DatasetSchool]:
    """Schools of the centre's files that nobody has recognised yet."""
    return DatasetSchool.objects.filter(dataset__centre=centre, **UNKNOWN)


def unknown_codes(centre: TutorCentre | int) -> int:
    """How many schools wait for somebody's word."""
    return unknown_schools(centre).values("code").distinct().count()


def counts_kept_by(actor: Actor) -> tuple[int, int]:
    """Datasets in the coordinator's centres, and schools of their files that wait for somebody's word. One query."""
    waits = Q(**{f"schools__{name}": value for name, value in UNKNOWN.items()})
    found = Dataset.objects.filter(centre__in=actor.centres(Role.COORDINATOR)).aggregate(
        datasets=Count("pk", distinct=True), unknown=Count("schools__code", filter=waits, distinct=True)
    )
    return found["datasets"], found["unknown"]


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


def published_groups(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of Ф3 or of the journal comparison as they may be shown; a hidden one keeps its name and the reason.

    The rows are a list: the whole, a region, a municipality, its schools. Neighbours under one wider row are its
    parts, and are decided on as in every table, so that a small school does not come back by subtraction.
    """
    hidden: dict[int, Reason] = {}
    for parent, parts in _families(rows).items():
        sizes = {number: rows[number]["participants"] or 0 for number in parts}
        if parent in hidden:
            hidden |= dict.fromkeys(parts, Reason.PARENT)
        elif parent is None:
            hidden |= {number: Reason.SMALL for number, size in sizes.items() if size < MINIMUM}
        else:
            decision = decide({(f"{number:06d}",): size for number, size in sizes.items()})
            found = {number: decision.reason((f"{number:06d}",)) for number in parts}
            hidden |= {number: reason for number, reason in found.items() if reason}
    return [
        {"group": row["group"], "suppressed": hidden[number].value} if number in hidden else row
        for number, row in enumerate(rows)
    ]


def _families(rows: Sequence[dict[str, Any]]) -> dict[int | None, list[int]]:
    """Numbers of rows by the number of the nearest wider row above."""
    found: dict[int | None, list[int]] = defaultdict(list)
    above: list[tuple[int, int]] = []
    for number, row in enumerate(rows):
        depth = _depth(str(row["group"]), number)
        while above and above[-1][0] >= depth:
            above.pop()
        found[above[-1][1] if above else None].append(number)
        above.append((depth, number))
    return found


def _depth(group: str, number: int) -> int:
    """How deep a row stands, by the code in its name: a school, a municipality, or what is wider."""
    if _SCHOOL.search(group):
        return 3
    return 2 if _MUNICIPALITY.search(group) else min(number, 1)
