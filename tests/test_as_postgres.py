"""SQLite in the tests refuses what PostgreSQL does: both are asked the same."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, DataError, IntegrityError, InternalError, NotSupportedError, transaction
from django.db.models import CharField, Count, Model, QuerySet, TextField, UniqueConstraint
from django.db.transaction import TransactionManagementError

from tests.as_postgres import refused
from tests.factories import make_centre
from traektoria.core import statements
from traektoria.core.joined_rows import Joined
from traektoria.diagnostics.models import BankItem, ItemVersion
from traektoria.people.models import Person
from traektoria.planning.models import Checklist

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


def test_what_is_inside_of_brackets_is_another_query() -> None:
    assert refused('SELECT "a"."id" FROM "a" WHERE "a"."id" IN (SELECT DISTINCT (U0."id") FROM "b" U0)', []) is None


def test_the_one_before_of_the_same_table_is_another_row() -> None:
    text = 'SELECT * FROM "a" LEFT OUTER JOIN "a" T3 ON ("a"."before_id" = T3."id")'
    assert refused(text, ['"a"']) is None
    assert refused(text, ["T3"]) is not None
    assert refused(text, []) is not None


# What a column takes


def written(model: type[Model], column: str, value: Any) -> Any:
    """What is read of a value that a row got."""
    centre = make_centre()
    if model is Checklist:
        row: Model = Checklist.objects.create(centre=centre, kind="school")
    else:
        item = BankItem.objects.create(centre=centre, name="Сумма", kind="short", subject="math")
        row = ItemVersion.objects.create(item=item, number=1, content={})
    rows = model._default_manager.filter(pk=row.pk)
    rows.update(**{column: value})
    return rows.values_list(column, flat=True).get()


FIRST, LAST = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
WEST, EAST = timezone(timedelta(hours=-5)), timezone(timedelta(hours=5))
HIGH, LOW = json.loads(r'"\ud83d"'), json.loads(r'"\ude00"')
TAKEN: dict[str, tuple[type[Model], str, Any]] = {
    "as long as the column": (ItemVersion, "digest", "я" * 64),
    "16 bits": (ItemVersion, "number", 2**15 - 1),
    "32 bits": (Checklist, "last_number", 2**31 - 1),
    "64 bits": (ItemVersion, "created_by_id", 2**63 - 1),
    "64 bits below nothing": (ItemVersion, "created_by_id", -(2**63)),
    "five digits": (ItemVersion, "max_score", Decimal("999.99")),
    "rounded to five digits": (ItemVersion, "max_score", Decimal("999.994")),
    "the first moment": (ItemVersion, "created_at", FIRST),
    "the last moment": (ItemVersion, "created_at", LAST),
    "a whole letter in JSON": (ItemVersion, "content", {"😀": ["😀😀", "а\\😀"]}),
    "a backslash before u in JSON": (ItemVersion, "content", {"\\u0000": "\\ud83d \\\\ude00"}),
    "numbers of JSON": (ItemVersion, "content", [10**30, -0.5]),
    "nothing": (ItemVersion, "created_by_id", None),
}
MISFITS: dict[str, tuple[type[Model], str, Any]] = {
    "NUL": (ItemVersion, "digest", "а\0б"),
    "longer than the column": (ItemVersion, "digest", "я" * 65),
    "more than 16 bits": (ItemVersion, "number", 2**15),
    "more than 32 bits": (Checklist, "last_number", 2**31),
    "32 bits below nothing": (Checklist, "last_number", -(2**31) - 1),
    "more than 64 bits": (ItemVersion, "created_by_id", 2**63),
    "23 digits": (ItemVersion, "created_by_id", -(10**23)),
    "six digits": (ItemVersion, "max_score", Decimal(1000)),
    "six digits when rounded": (ItemVersion, "max_score", Decimal("999.995")),
    "400 digits": (ItemVersion, "max_score", Decimal("9" * 400)),
    "a moment before the first": (ItemVersion, "created_at", FIRST.replace(tzinfo=EAST)),
    "a moment after the last": (ItemVersion, "created_at", LAST.replace(tzinfo=WEST)),
    "NUL in JSON": (ItemVersion, "content", {"а": ["\0"]}),
    "NUL in a key of JSON": (ItemVersion, "content", {"\0": 1}),
    "NUL after a backslash in JSON": (ItemVersion, "content", "\\\0"),
    "the first half of a letter in JSON": (ItemVersion, "content", [HIGH]),
    "the second half of a letter in JSON": (ItemVersion, "content", [LOW]),
    "halves of a letter the wrong way round": (ItemVersion, "content", [LOW + HIGH]),
    "halves of a letter apart": (ItemVersion, "content", [f"{HIGH}\\{LOW}"]),
    "half a letter before a whole one": (ItemVersion, "content", [f"{HIGH}😀"]),
    "half a letter after a whole one": (ItemVersion, "content", [f"😀{LOW}"]),
    "no number in JSON": (ItemVersion, "content", [float("nan")]),
    "an endless number in JSON": (ItemVersion, "content", [float("inf")]),
}


@pytest.mark.parametrize("name", TAKEN)
@pytest.mark.django_db
def test_what_a_column_takes(name: str) -> None:
    model, column, value = TAKEN[name]
    assert written(model, column, value) == (round(value, 2) if column == "max_score" else value)


@pytest.mark.parametrize("name", MISFITS)
@pytest.mark.django_db
def test_what_a_column_does_not_take(name: str) -> None:
    with pytest.raises(DataError), transaction.atomic():
        written(*MISFITS[name])


@pytest.mark.django_db
def test_half_a_letter_is_no_text() -> None:
    with pytest.raises(UnicodeEncodeError), transaction.atomic():
        written(ItemVersion, "digest", HIGH)


@pytest.mark.django_db
def test_nobody_asks_for_nul() -> None:
    here = transaction.get_connection()
    asked: list[Callable[[], object]] = [
        lambda: Person.objects.filter(surname="а\0").exists(),
        lambda: statements.found(here, "SELECT id FROM people_person WHERE surname = %s", ["а\0"]),
        lambda: statements.done_many(here, "UPDATE people_person SET surname = %s", [["а"], ["а\0"]]),
    ]
    for ask in asked:
        with pytest.raises(DataError), transaction.atomic():
            ask()


@pytest.mark.parametrize(("column", "value"), [("digest", "я" * 65), ("number", 2**15), ("item_id", None)])
@pytest.mark.django_db
def test_after_a_refusal_a_transaction_goes_no_further(column: str, value: Any) -> None:
    here = transaction.get_connection()
    assert written(ItemVersion, "number", 1) == 1
    before = transaction.savepoint()
    with pytest.raises(DatabaseError):
        statements.done(here, f"UPDATE diagnostics_itemversion SET {column} = %s", [value])  # noqa: S608
    with pytest.raises(DatabaseError):
        ItemVersion.objects.exists()
    transaction.savepoint_rollback(before)
    assert ItemVersion.objects.get().number == 1


@pytest.mark.django_db
def test_a_block_in_which_a_refusal_was_swallowed_ends_with_an_error() -> None:
    here = transaction.get_connection()
    assert written(ItemVersion, "number", 1) == 1
    with pytest.raises(InternalError), transaction.atomic(), suppress(DataError):
        statements.done(here, "UPDATE diagnostics_itemversion SET number = %s", [2**15])
    assert ItemVersion.objects.get().number == 1


@pytest.mark.django_db
def test_a_refusal_of_which_django_knows_takes_back_its_block() -> None:
    centre = make_centre()
    with transaction.atomic():
        Checklist.objects.create(centre=centre, kind="school")
        with suppress(IntegrityError):
            Checklist.objects.create(centre=centre, kind="school")
    assert not Checklist.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_transaction_in_which_a_refusal_was_swallowed_is_taken_back() -> None:
    here = transaction.get_connection()
    with transaction.atomic(), suppress(DataError):
        assert written(ItemVersion, "number", 1) == 1
        statements.done(here, "UPDATE diagnostics_itemversion SET number = %s", [2**15])
    assert not ItemVersion.objects.exists()
    with transaction.atomic():
        assert written(ItemVersion, "number", 2) == 2
    assert ItemVersion.objects.exists()


@pytest.mark.django_db
def test_what_was_not_sent_stops_no_transaction() -> None:
    with pytest.raises(DataError):
        Person.objects.filter(surname="а\0").exists()
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_a_row_that_is_there_is_another_error() -> None:
    """By which an action knows that somebody came before it."""
    centre = make_centre()
    Checklist.objects.create(centre=centre, kind="school")
    with pytest.raises(IntegrityError), transaction.atomic():
        Checklist.objects.create(centre=centre, kind="school")
    with pytest.raises(IntegrityError), transaction.atomic():
        Checklist.objects.update(last_number=-1)


@pytest.mark.django_db
def test_only_a_row_that_is_there_is_passed_over() -> None:
    centre = make_centre()
    Checklist.objects.bulk_create([Checklist(centre=centre, kind="school")] * 2, ignore_conflicts=True)
    assert Checklist.objects.count() == 1
    refusals = [("kind", "я" * 100, DataError), ("last_number", -1, IntegrityError), ("kind", None, IntegrityError)]
    for column, value, refusal in refusals:
        with pytest.raises(refusal), transaction.atomic():
            Checklist.objects.bulk_create([Checklist(centre=make_centre(), **{column: value})], ignore_conflicts=True)
    assert Checklist.objects.count() == 1


def indexed(model: type[Model]) -> Iterator[list[str]]:
    """The columns of each index of a model."""
    yield from ([one.name] for one in model._meta.local_fields if one.db_index or one.unique)
    yield from ([name.lstrip("-") for name in one.fields] for one in model._meta.indexes)
    yield from (list(one.fields) for one in model._meta.constraints if isinstance(one, UniqueConstraint))
    yield from map(list, model._meta.unique_together)


def signs(column: Any) -> int:
    """How many a text may have."""
    if isinstance(column, TextField):
        return 1_000_000_000
    return (column.max_length or 1_000_000_000) if isinstance(column, CharField) else 2


def test_what_an_index_holds_is_short() -> None:
    """PostgreSQL keeps no more than a third of a page, 2 704 bytes, in a row of an index; a sign has up to four. Of a
    sitting the topic of a hypothesis is that of a finding, which is short."""
    long = {f"{model.__name__}: {', '.join(names)}" for model in apps.get_models() for names in indexed(model)
            if sum(signs(model._meta.get_field(name)) for name in names) > 2_600 // 4}  # fmt: skip
    assert long == {"Hypothesis: sitting, topic"}
