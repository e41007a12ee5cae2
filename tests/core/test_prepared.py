"""Kept queries answer as fresh ones do, to each person their own."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import Prefetch, QuerySet
from django.test.utils import CaptureQueriesContext

from tests.factories import make_centre, make_school
from traektoria.core.prepared import prepared
from traektoria.organisations.models import School, TutorCentre

pytestmark = pytest.mark.django_db


def schools(municipality: int, named: str, only: tuple[int, ...] = ()) -> QuerySet[School]:
    found = School.objects.filter(municipality=municipality, name__contains=named).select_related("municipality")
    return found.filter(pk__in=only) if only else found


def test_prepared_answers_as_the_plain_query_for_every_id() -> None:
    ask = prepared(schools)
    made = [make_school(make_centre()) for _ in range(4)]
    for number in (1, 2, 1):
        for one in made:
            only = tuple(school.pk for school in made[:number])
            for ids in ((), only):
                given = (one.municipality_id, "", ids)
                assert list(ask(*given)) == list(schools(*given))


def test_prepared_tells_texts_apart() -> None:
    ask = prepared(schools)
    one = make_school(make_centre())
    assert list(ask(one.municipality_id, one.name)) == [one]
    assert list(ask(one.municipality_id, "no such name")) == []


def test_prepared_builds_once_a_shape() -> None:
    built = []

    def build(pk: int) -> QuerySet[School]:
        built.append(pk)
        return School.objects.filter(pk=pk)

    ask = prepared(build)
    made = [make_school(make_centre()) for _ in range(3)]
    for one in made:
        assert list(ask(one.pk)) == [one]
    assert len(built) == 2, "twice for the first call, never again"


def test_prepared_makes_no_more_queries_and_joins_as_asked() -> None:
    ask = prepared(schools)
    one = make_school(make_centre())
    list(ask(one.municipality_id, ""))
    with CaptureQueriesContext(connection) as queries:
        assert [school.municipality.name for school in ask(one.municipality_id, "")]
    assert len(queries) == 1


def test_prepared_never_keeps_a_computed_id() -> None:
    ask = prepared(lambda pk: School.objects.filter(pk=pk * 1 if pk else 0, digits__gt=str(pk)))
    one, other = make_school(make_centre()), make_school(make_centre())
    for school in (one, other):
        assert list(ask(school.pk)) == list(School.objects.filter(pk=school.pk, digits__gt=str(school.pk)))


def test_prepared_never_keeps_a_prefetch_of_somebody() -> None:
    def build(pk: int) -> QuerySet[Any]:
        own = Prefetch("municipality__schools", School.objects.filter(pk=pk), to_attr="own")
        return School.objects.filter(pk=pk).prefetch_related(own)

    ask = prepared(build)
    for school in (make_school(make_centre()), make_school(make_centre())):
        assert [found.municipality.own for found in ask(school.pk)] == [[school]]


def test_prepared_can_not_be_narrowed_afterwards() -> None:
    ask = prepared(schools)
    one = make_school(make_centre())
    list(ask(one.municipality_id, ""))
    for narrow in ("exists", "count", "first"):
        with pytest.raises(TypeError, match="prepared"):
            getattr(ask(one.municipality_id, ""), narrow)()
    with pytest.raises(TypeError, match="prepared"):
        ask(one.municipality_id, "").filter(pk=0)
    assert list(ask(one.municipality_id, "")) == [one]


def test_prepared_may_be_given_prefetches() -> None:
    ask = prepared(schools)
    one = make_school(make_centre())
    found = list(ask(one.municipality_id, "").prefetch_related("municipality__schools"))
    assert one in found[0].municipality.schools.all()


def test_prepared_empty_and_literals() -> None:
    ask = prepared(lambda ids, day, flag: TutorCentre.objects.filter(pk__in=ids))
    assert list(ask((), date(2026, 9, 1), True)) == []


def test_prepared_never_keeps_what_asked_the_database_while_it_was_built() -> None:
    def build(pk: int) -> QuerySet[School]:
        found = list(School.objects.filter(pk=pk).values_list("municipality", flat=True))
        return School.objects.filter(municipality__in=found)

    ask = prepared(build)
    for school in (make_school(make_centre()), make_school(make_centre())):
        assert list(ask(school.pk)) == [school]
