"""On SQLite the tests refuse what PostgreSQL would: a lock of rows that are none, text longer than its column.

SQLite has no locks of rows and Django leaves them out of what it sends; it keeps a text of any length. Each test there
asks both nevertheless, so that a file need not be repeated on PostgreSQL only because an action of it locks a row
(``tests/choosing.py``). ``tests/test_as_postgres.py`` asks both databases the same.
"""

import re
from typing import Any

from django.db import NotSupportedError, connection
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

INNER = re.compile(r"\([^()]*\)")
NO_ROWS = re.compile(r"\b(?:SELECT DISTINCT|GROUP BY|HAVING|OVER|UNION|INTERSECT|EXCEPT)\b")
OUTER = re.compile(r'LEFT OUTER JOIN ("\w+")(?: (\w+))? ON')
_as_sql = SQLCompiler.as_sql


class Longest:
    """The condition that a column of text gets: formatted as Django formats those of its own."""

    def __mod__(self, column: Any) -> str | None:
        longest = column["max_length"]
        return None if longest is None else f"length({column['qn_column']}) <= {longest}"


def refuse() -> None:
    """From now on, in this process, where the database is SQLite."""
    if connection.vendor != "sqlite":
        return
    kept: dict[str, Any] = connection.data_type_check_constraints
    for kind in ("CharField", "FileField", "FilePathField", "SlugField"):
        kept[kind] = Longest()
    SQLCompiler.as_sql = _asked  # type: ignore[method-assign]


def _asked(self: Any, *args: Any, **kwargs: Any) -> Any:
    text, params = _as_sql(self, *args, **kwargs)
    if self.query.select_for_update and self.connection.vendor == "sqlite":
        if self.connection.get_autocommit():
            raise TransactionManagementError("select_for_update cannot be used outside of a transaction.")
        if why := refused(text, self.get_select_for_update_of_arguments()):
            raise NotSupportedError(f"FOR UPDATE {why}: {text}")
    return text, params


def refused(text: str, of: list[str]) -> str | None:
    """Why PostgreSQL would not lock what this query finds; ``of``: quoted names of what is to be locked, or nothing."""
    inside = 1
    while inside:
        text, inside = INNER.subn("", text)
    if found := NO_ROWS.search(text):
        return f"is not allowed with {found.group()}"
    nullable = {alias or table for table, alias in OUTER.findall(text)}
    if nullable and (not of or nullable & set(of)):
        return "cannot be applied to the nullable side of an outer join"
    return None
