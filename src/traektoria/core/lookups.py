"""``filter(person__among=ids)``: the numbers of rows that were just read, as many as a page has.

``__in`` looks at each of them some thirty times on its way into the statement, which for a page of fifty rows costs
more than all else of its query. Here they are whole numbers or an error, and go in as they are.
"""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import AutoField, BigAutoField, Exists, Expression, ForeignKey, Lookup, OneToOneField


class Among(Lookup[Any]):
    """Raises ``TypeError`` for what is no whole number; nothing is among no rows."""

    lookup_name = "among"
    prepare_rhs = False
    rhs: Collection[int]

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        if isinstance(self.rhs, Expression):  # numbers given when the statement is run (core.prepared_statements)
            place, given = compiler.compile(self.rhs)
            return f"{column} IN {place}", (*params, *given)
        if not self.rhs:
            raise EmptyResultSet
        return f"{column} IN ({', '.join(['%d'] * len(self.rhs)) % tuple(self.rhs)})", tuple(params)


for field in (AutoField, BigAutoField, ForeignKey, OneToOneField):
    field.register_lookup(Among)


class ExistsRowByRow(Exists):
    """``Exists`` of a page that is full after a few rows of an index. Where PostgreSQL may, it reads all rows that the
    question is about first (15 000 for 26 of a page); a value is asked of each row alone."""

    template = "(%(subquery)s) IS NOT NULL"
