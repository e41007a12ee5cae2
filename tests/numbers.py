"""Where the numbers of rows begin in the tests: each table far from one, and from every other table.

A row's number depends on what ran before (PostgreSQL never gives one back), so no test may live on one: a literal never
meets it, and the number of a row in one table is never by accident that of another row elsewhere.
"""

from django.apps import apps
from django.db import connection, models

#: The first number of the first table, and how far apart tables are. Factories count in other digits.
FIRST, APART = 8_000_001, 5_000


def begin() -> None:
    """Let each table that counts go on from a number of its own."""
    firsts = {table: FIRST + APART * place for place, table in enumerate(counting())}
    with connection.cursor() as cursor:
        for table, first in firsts.items():
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, first - 1])
            else:
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [f'"{table}"', first])


def go_on() -> None:
    """After rows came with their numbers: let each table that counts go on after them, and never back. What was copied
    later from a world that was made with higher numbers would meet new rows (PostgreSQL; SQLite looks at the rows)."""
    if connection.vendor == "sqlite":
        return
    with connection.cursor() as cursor:
        for table in counting():
            name = connection.ops.quote_name(table)
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [name])
            sequence = cursor.fetchone()[0]
            cursor.execute(
                f"SELECT setval('{sequence}', greatest((SELECT last_value FROM {sequence}), max(id))) FROM {name}"  # noqa: S608
            )


def counting() -> list[str]:
    """Tables that give their rows numbers."""
    found = apps.get_models(include_auto_created=True)
    ours = (model for model in found if model._meta.managed and not model._meta.proxy)
    return [model._meta.db_table for model in ours if isinstance(model._meta.pk, models.AutoField)]
