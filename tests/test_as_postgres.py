"""SQLite in the tests refuses what PostgreSQL does: both are asked the same."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, NotSupportedError, transaction
from django.db.models import Count, QuerySet
from django.db.transaction import TransactionManagementError

from tests.as_postgres import refused
from tests.factories import make_centre, make_school
from traektoria.core.joined import Joined
from traektoria.organisations.models import School
from traektoria.people.models import Person

pytestmark = pytest.mark.database


def locked(**kwargs: Any) -> QuerySet[Person]:
    return Person.objects.select_for_update(no_key=True, **kwargs)


NO_ROWS: dict[str, Callable[[], Any]] = {
    "found once each": lambda: locked().distinct(),
    "counted in groups": lambda: locked().annotate(Count("consents")),
    "perhaps nobody's account": lambda: locked().select_related("account"),
    "of perhaps nobody": lambda: locked(of=("self", "account")).select_related("account"),
}


@pytest.mark.parametrize("name", NO_ROWS)
@pytest.mark.django_db
def test_what_is_no_row_is_not_locked(name: str) -> None:
    with pytest.raises((NotSupportedError, DatabaseError)), transaction.atomic():
        list(NO_ROWS[name]())


@pytest.mark.django_db
def test_rows_are_locked_whatever_is_asked_beside_them() -> None:
    for rows in (locked(), locked(of=("self",)).select_related("account"), locked(of=("self",)).order_by("pk")[:1]):
        assert list(rows) == []
    assert list(locked().filter(pk__in=Person.objects.values("pk").distinct())) == []
    assert locked(of=("self",)).select_related("account").exists() is False


@pytest.mark.django_db(transaction=True)
def test_a_lock_needs_a_transaction() -> None:
    for read in (lambda: list(locked()), lambda: Joined(Person).find("t.id = %s", 0, lock=True)):
        with pytest.raises(TransactionManagementError):
            read()


@pytest.mark.django_db
def test_a_text_has_the_length_of_its_column() -> None:
    school = make_school(make_centre())
    longest = School._meta.get_field("name").max_length
    School.objects.filter(pk=school.pk).update(name="я" * longest)
    with pytest.raises(DatabaseError), transaction.atomic():
        School.objects.filter(pk=school.pk).update(name="я" * (longest + 1))


def test_what_is_inside_of_brackets_is_another_query() -> None:
    assert refused('SELECT "a"."id" FROM "a" WHERE "a"."id" IN (SELECT DISTINCT (U0."id") FROM "b" U0)', []) is None


def test_the_one_before_of_the_same_table_is_another_row() -> None:
    text = 'SELECT * FROM "a" LEFT OUTER JOIN "a" T3 ON ("a"."before_id" = T3."id")'
    assert refused(text, ['"a"']) is None
    assert refused(text, ["T3"]) is not None
    assert refused(text, []) is not None
