"""After a test with transactions of its own only the tables are emptied that hold something.

Django's ``flush`` truncates each table (on PostgreSQL that is a new file for each and for each index) and makes
rights and kinds of content anew. Those are left as they are, unless a test has changed their number. No table begins
to count anew (``tests/numbers.py``): a copied world would meet its own numbers given a second time.
"""

from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.test import TransactionTestCase

from traektoria.core.installation.identity import adopt

#: What migrations fill, and how many rows there are in a database that nobody has used yet.
OF_MIGRATIONS = ("auth_permission", "django_content_type")
_counted: dict[str, tuple[int, ...]] = {}


def empty(_case: TransactionTestCase) -> None:
    """The database as the migrations left it, in the place of ``TransactionTestCase._fixture_teardown``."""
    if _kept() != _counted.get(connection.vendor):
        call_command("flush", verbosity=0, interactive=False, reset_sequences=False)
        _counted[connection.vendor] = _kept()
        return
    quoted = [connection.ops.quote_name(table) for table in filled()]
    with transaction.atomic(), connection.cursor() as cursor:
        for table in quoted:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608
    adopt()


def filled() -> list[str]:
    """Tables that hold something, but those of the migrations."""
    known: Any = connection.introspection.django_table_names(only_existing=False, include_views=False)
    tables = sorted(set(known) - set(OF_MIGRATIONS))
    asked = (f"SELECT '{one}' WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(one)})" for one in tables)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [name for (name,) in cursor.fetchall()]


def _kept() -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT count(*) FROM {table}" for table in OF_MIGRATIONS))  # noqa: S608
        return tuple(count for (count,) in cursor.fetchall())
