"""Which schools are helped first and why: what other rooms ask. A list of this school year, else of the last one."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import Case, Count, Exists, OuterRef, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import school_year
from traektoria.core.guard import ActingPerson
from traektoria.core.labels import text_of
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.organisations.enums import HelpReason, Role
from traektoria.organisations.models import ListedSchool, SchoolList, TutorCentre


@dataclass(frozen=True)
class ListMembership:
    """One list that a school stands in."""

    reason: str
    year: int
    source: str

    @property
    def label(self) -> str:
        """«ШНОР, 2026/27»: for a chip."""
        return f"{HelpReason(self.reason).short}, {school_year.label(self.year)}"

    @property
    def words(self) -> str:
        """«В списке «школы с низкими результатами» на 2026/27: приказ …»."""
        facts = {"list": text_of(HelpReason, self.reason), "year": school_year.label(self.year), "source": self.source}
        return _("In the list «%(list)s» of %(year)s: %(source)s") % facts


@dataclass(frozen=True)
class InForce:
    """A list that counts today: its key, of which centre."""

    pk: int
    centre: int
    why: ListMembership


def lists_in_force(centres: Collection[int], day: date | None = None) -> list[InForce]:
    """The newest list of each centre and kind, not older than the last school year. One query."""
    if not centres:
        return []
    this = school_year.year_of(day or timezone.localdate())
    newest: dict[tuple[int, str], InForce] = {}
    for pk, centre, reason, year, source in _lists().all(centres=centres, last=this, first=this - 1):
        newest.setdefault((centre, reason), InForce(pk, centre, ListMembership(reason, year, source)))
    return list(newest.values())


def reasons_of(
    centre_id: int, schools: Collection[int] | None = None, lists: Sequence[InForce] | None = None
) -> dict[int, list[ListMembership]]:
    """Why each of the schools (all of the centre) is helped first: key → lists, none for the others. At most two
    queries; ``lists`` where they are known already."""
    known = {one.pk: one.why for one in (lists_in_force([centre_id]) if lists is None else lists)}
    found: dict[int, list[ListMembership]] = defaultdict(list)
    if known and (schools is None or schools):
        for school, pk in _rows(schools is not None).all(lists=known, schools=schools or ()):
            found[school].append(known[pk])
    return dict(found)


def first_helped(lists: Collection[InForce], first: Mapping[int, Collection[str]]) -> list[int]:
    """Keys of the lists whose schools a regulation (``support.first``, by centre) helps before the others."""
    return [one.pk for one in lists if one.why.reason in first.get(one.centre, ())]


def helped_first(centre: str = "centre", school: str = "school_key") -> Case:
    """For ordering: schools of ``Numbers("lists")`` before the others, alike among themselves."""
    listed = ListedSchool.objects.filter(
        list__in=Numbers("lists"), list__centre=OuterRef(centre), school=OuterRef(school)
    )
    return Case(When(Exists(listed), then=Value(0)), default=Value(1))


class Helped(Protocol):
    """A row that says beside it why its school is helped first."""

    @property
    def centre(self) -> int: ...

    @property
    def helped(self) -> list[ListMembership]: ...


def say_why(rows: Sequence[Helped], schools: Sequence[int | None], lists: Sequence[InForce]) -> None:
    """Beside each row the lists of its school. A query for each centre of the rows."""
    for centre in {row.centre for row in rows} if lists else ():
        own = [one for one in lists if one.centre == centre]
        why = reasons_of(centre, {one for one in schools if one}, own)
        for row, school in zip(rows, schools, strict=True):
            if row.centre == centre and school is not None:
                row.helped.extend(why.get(school, ()))


def lists_visible_to(actor: ActingPerson) -> QuerySet[SchoolList]:
    """Of the coordinator's centres, with the number of schools."""
    rows = SchoolList.objects.filter(centre__in=actor.centres(Role.COORDINATOR))
    return rows.annotate(number=Count("rows")).select_related("centre__municipality").order_by("-year", "reason")


def of_centre(actor: ActingPerson, centre: TutorCentre) -> list[SchoolList]:
    """The newest year first. One query."""
    return _of_centre().all(centre=centre.pk, centres=actor.centres(Role.COORDINATOR))


@prepared
def _of_centre() -> QuerySet[SchoolList]:
    rows = SchoolList.objects.filter(centre=Given("centre"), centre__in=Numbers("centres"))
    return rows.annotate(number=Count("rows")).order_by("-year", "reason")


@prepared
def _lists() -> QuerySet[SchoolList, Any]:
    rows = SchoolList.objects.filter(centre__in=Numbers("centres"), year__lte=Given("last"), year__gte=Given("first"))
    return rows.order_by("-year", "reason").values_list("pk", "centre", "reason", "year", "source")


@prepared
def _rows(narrowed: bool) -> QuerySet[ListedSchool, Any]:
    rows = ListedSchool.objects.filter(list__in=Numbers("lists"))
    rows = rows.filter(school__in=Numbers("schools")) if narrowed else rows
    return rows.order_by("school", "list__reason").values_list("school", "list")
