"""Rows of the database in a form that belongs to no database: one JSON array a row, in the order of the columns.

What SQLite wrote PostgreSQL reads, and the other way round. Nothing is held in memory but a few thousand rows.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps import apps
from django.apps.registry import Apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.functions import Cast
from django.utils.duration import duration_iso_string

CHUNK = 2000
RAW = "as_text_"
LEFT_OUT = frozenset(
    {
        "people.session", "core.installation", "core.leaving", "core.taskworker", "core.errand",
        "django_tasks_database.dbtaskresult",
    }
)  # fmt: skip
"""Signed-in browsers, what is said of one installation only, and tasks, which are found again by the clock."""
Field = models.Field[Any, Any]


def tables(registry: Apps = apps) -> list[type[models.Model]]:
    """The models whose rows are copied, by name."""
    found = [model for model in registry.get_models(include_auto_created=True) if _is_table(model)]
    return sorted((model for model in found if model._meta.label_lower not in LEFT_OUT), key=label_of)


def _is_table(model: type[models.Model]) -> bool:
    return model._meta.managed and not model._meta.proxy and not model._meta.swapped


def label_of(model: type[models.Model]) -> str:
    return model._meta.label_lower


def columns_of(model: type[models.Model]) -> list[Field]:
    return list(model._meta.local_concrete_fields)


def lines_of(model: type[models.Model], using: str) -> Iterator[bytes]:
    """Each row as a line. JSON is read as text: a field of the product may show less than what stands in the column."""
    columns = columns_of(model)
    texts = {RAW + each.attname: Cast(each.attname, models.TextField()) for each in columns if is_json(each)}
    names = [RAW + each.attname if is_json(each) else each.attname for each in columns]
    rows = model._base_manager.using(using).order_by("pk").annotate(**texts).values_list(*names)
    for row in rows.iterator(chunk_size=CHUNK):
        yield line([told(value) if is_json(each) else plain(value) for each, value in zip(columns, row, strict=True)])


def is_json(column: Field) -> bool:
    return isinstance(column, models.JSONField)


def told(text: str | None) -> Any:
    """A column of JSON: None where it is empty, else its value (or its text, where that is none) in an object."""
    if text is None:
        return None
    try:
        return {"json": json.loads(text)}
    except ValueError:
        return {"text": text}


def line(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def plain(value: Any) -> Any:
    """A value of a column as JSON knows it."""
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return duration_iso_string(value)
        case Decimal() | UUID():
            return str(value)
        case bytes() | bytearray() | memoryview():
            return base64.b64encode(bytes(value)).decode()
    return value


def load(
    model: type[models.Model], names: list[str], lines: Iterable[bytes], connection: BaseDatabaseWrapper
) -> Iterator[int]:
    """Insert the rows as they were: ids and moments too. Yields how many, chunk by chunk.

    Goes past ``save`` and ``auto_now``: nothing is computed anew.
    """
    by_name = {column.attname: column for column in columns_of(model)}
    columns = [by_name[name] for name in names]
    quote = connection.ops.quote_name
    into = f"{quote(model._meta.db_table)} ({', '.join(quote(str(column.column)) for column in columns)})"
    values = ", ".join(_placeholder(column, connection) for column in columns)
    statement = f"INSERT INTO {into} VALUES ({values})"  # noqa: S608 - names of our own models
    left = iter(lines)
    while chunk := list(islice(left, CHUNK)):
        rows = [
            [_stored(column, value, connection) for column, value in zip(columns, json.loads(line), strict=True)]
            for line in chunk
        ]
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)
        yield len(rows)


def _placeholder(column: Field, connection: BaseDatabaseWrapper) -> str:
    if is_json(column) and connection.vendor == "postgresql":
        return "%s::jsonb"
    special = getattr(column, "get_placeholder", None)
    return str(special(None, None, connection)) if special else "%s"


def _stored(column: Field, value: Any, connection: BaseDatabaseWrapper) -> Any:
    if is_json(column):
        return value if value is None else value.get("text") or json.dumps(value["json"])
    if value is not None and isinstance(column, models.BinaryField):
        value = base64.b64decode(value)
    elif value is not None:
        value = column.to_python(value)
    return column.get_db_prep_save(value, connection)


def last_ids(connection: BaseDatabaseWrapper) -> dict[str, int]:
    """The last id that was ever given in each table: a deleted one is not given again, the audit trail speaks of it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            return {str(name): int(last) for name, last in cursor.fetchall()}
        found = {}
        for table, sequence in _sequences(connection):
            cursor.execute(f"SELECT last_value, is_called FROM {sequence}")  # noqa: S608 - the database's own name
            last, called = cursor.fetchone()
            found[table] = int(last) if called else 0
        return found


def _sequences(connection: BaseDatabaseWrapper) -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        for model in tables():
            pk = model._meta.pk
            if isinstance(pk, models.AutoField | models.BigAutoField | models.SmallAutoField):
                table = model._meta.db_table
                cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', pk.column])
                (sequence,) = cursor.fetchone()
                if sequence:
                    yield table, sequence


def go_on_from(last: dict[str, int], connection: BaseDatabaseWrapper) -> None:
    """The next id of each table follows the last one that was ever given."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for table, number in last.items():
                cursor.execute("UPDATE sqlite_sequence SET seq = max(seq, %s) WHERE name = %s", [number, table])
                if cursor.rowcount == 0:
                    cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number])
            return
        for table, sequence in _sequences(connection):
            cursor.execute(f'SELECT max(id) FROM "{table}"')  # noqa: S608 - names of our own models
            number = max(cursor.fetchone()[0] or 0, last.get(table, 0))
            cursor.execute("SELECT setval(%s, %s, %s)", [sequence, max(number, 1), number > 0])
