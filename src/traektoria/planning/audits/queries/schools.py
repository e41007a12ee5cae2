"""Schools of a centre, and in which order they are helped."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When

from traektoria.core.paging import Page
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.organisations.lists.queries import ListMembership, first_helped, lists_in_force, reasons_of
from traektoria.organisations.models import ListedSchool, School, TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.schema import Rules
from traektoria.planning.people.schools import schools_of as schools_of


@dataclass(frozen=True)
class Turn:
    """Schools of ``centre``: those of ``lists`` first, then the others, each by the alphabet; ``why`` by key of the
    school."""

    centre: TutorCentre
    lists: tuple[int, ...] = ()
    why: dict[int, list[ListMembership]] = field(default_factory=dict)

    def all(self) -> list[tuple[int, str]]:
        """Keys and names. One query."""
        return _in_turn(self._own, bool(self.lists)).all(lists=self.lists, place=_place(self.centre))

    def page(self, asked: object) -> Page[tuple[int, str]]:
        """One query."""
        return _in_turn(self._own, bool(self.lists)).page(asked, lists=self.lists, place=_place(self.centre))

    @property
    def _own(self) -> bool:
        return self.centre.school_id is not None


def by_turn(centre: TutorCentre, rules: Rules | None = None) -> Turn:
    """The lists that the regulation helps first; ``rules`` where they are known already. At most three queries."""
    lists = lists_in_force([centre.pk])
    if not lists:
        return Turn(centre)
    known = rules or rules_of(regulation_in_force(centre.pk))
    first = first_helped(lists, {centre.pk: known.support.first})
    return Turn(centre, tuple(first), reasons_of(centre.pk, lists=lists))


def _place(centre: TutorCentre) -> int:
    return centre.school_id if centre.school_id is not None else centre.municipality_id


@prepared
def _in_turn(own: bool, listed: bool) -> QuerySet[School, Any]:
    rows = _schools(own)
    if listed:
        first = ListedSchool.objects.filter(list__in=Numbers("lists"), school=OuterRef("pk"))
        turn = Case(When(Exists(first), then=Value(0)), default=Value(1))
        return rows.order_by(turn, "sort_name", "pk").values_list("pk", "name")
    return rows.values_list("pk", "name")


def _schools(own: bool) -> QuerySet[School]:
    place = Given("place")
    rows = School.objects.filter(pk=place) if own else School.objects.filter(municipality=place)
    return rows.order_by("sort_name", "pk")


def school_choices(centre: TutorCentre) -> list[tuple[int, str]]:
    """Keys and names by the alphabet, for a form. One query."""
    return Turn(centre).all()
