"""A centre waits for its first file of results, and for a word on schools of the files that nobody knows."""

from collections.abc import Iterator

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.waiting import waits
from traektoria.organisations.models import TutorCentre
from traektoria.people import addressees
from traektoria.people.enums import Role
from traektoria.results.models import Dataset, DatasetSchool
from traektoria.results.queries import UNKNOWN

FIRST, SCHOOLS = "results.first", "results.schools"


def rows(centres: QuerySet[TutorCentre]) -> Iterator[Wait]:
    """Three queries."""
    found = list(centres.values_list("pk", flat=True))
    filled = set(Dataset.objects.filter(centre__in=found).order_by().values_list("centre", flat=True).distinct())
    unknown = DatasetSchool.objects.filter(Q(**UNKNOWN), dataset__centre__in=found).order_by()
    counted = unknown.values("dataset__centre").annotate(n=Count("code", distinct=True))
    numbers = dict(counted.values_list("dataset__centre", "n"))
    for centre in found:
        to = addressees.of_centre(Role.COORDINATOR, centre)
        if centre not in filled:
            yield Wait(FIRST, to, centre, centre)
        elif centre in numbers:
            yield Wait(SCHOOLS, to, centre, centre, facts={"n": numbers[centre]})


def first(row: Waited) -> Words:
    what = _("Load the results: weak tasks and suppositions follow from them")
    return Words(what, row.centre, reverse("results:upload"), _("Load the results"))


def schools(row: Waited) -> Words:
    number = row.facts["n"]
    what = ngettext(
        "%(n)s school of the files is not recognised", "%(n)s schools of the files are not recognised", number
    )
    who = _("say once which school it is; we will remember")
    return Words(what % {"n": number}, who, reverse("results:schools_map"), _("Show"))


waits(
    WaitingSource(
        slug="results.centres",
        order=10,
        model=TutorCentre,
        rows=rows,
        kinds=(WaitingKind(FIRST, 10, DeskGroup.TODAY, first), WaitingKind(SCHOOLS, 10, DeskGroup.SOON, schools)),
        watches=(Watch(Dataset, lambda dataset: [dataset.centre_id], frozenset({"centre"})),),
    )
)
