"""Schools of a centre, and in which order they are helped."""

from typing import Any

from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When

from traektoria.core.prepared import Given, prepared
from traektoria.organisations.lists.queries import Why, first_helped, lists_in_force, reasons_of
from traektoria.organisations.models import ListedSchool, School, TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.reading import rules_of
from traektoria.planning.people.schools import schools_of as schools_of


def by_turn(centre: TutorCentre) -> tuple[QuerySet[School], dict[int, list[Why]]]:
    """Those of the official lists that the regulation helps first, then the others, each by the alphabet; and why. At
    most three queries besides the rows."""
    lists = lists_in_force([centre.pk])
    rows = schools_of(centre).order_by("sort_name", "pk")
    if not lists:
        return rows, {}
    first = first_helped(lists, {centre.pk: rules_of(regulation_in_force(centre.pk)).support.first})
    listed = ListedSchool.objects.filter(list__in=first, school=OuterRef("pk"))
    turn = Case(When(Exists(listed), then=Value(0)), default=Value(1))
    return rows.order_by(turn, "sort_name", "pk"), reasons_of(centre.pk, lists=lists)


def school_choices(centre: TutorCentre) -> list[tuple[int, str]]:
    """Keys and names by the alphabet, for a form. One query."""
    own = centre.school_id is not None
    return list(_named(own).all(place=centre.school_id if own else centre.municipality_id))


@prepared
def _named(own: bool) -> QuerySet[School, Any]:
    place = Given("place")
    rows = School.objects.filter(pk=place) if own else School.objects.filter(municipality=place)
    return rows.order_by("sort_name", "pk").values_list("pk", "name")
