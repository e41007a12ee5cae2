"""``filter(person__among=ids)``: the numbers of rows that were just read, as many as a page has.

``__in`` looks at each of them some thirty times on its way into the statement, which for a page of fifty rows costs
more than all else of its query. Here they are whole numbers or an error, and go in as they are.
"""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import AutoField, BigAutoField, ForeignKey, Lookup, OneToOneField


class Among(Lookup[Any]):
    """Raises ``TypeError`` for what is no whole number; nothing is among no rows."""

    lookup_name = "among"
    prepare_rhs = False
    rhs: Collection[int]

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        if not self.rhs:
            raise EmptyResultSet
        column, params = self.process_lhs(compiler, connection)
        return f"{column} IN ({', '.join(['%d'] * len(self.rhs)) % tuple(self.rhs)})", tuple(params)


for field in (AutoField, BigAutoField, ForeignKey, OneToOneField):
    field.register_lookup(Among)
