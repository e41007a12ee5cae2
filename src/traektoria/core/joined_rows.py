"""Rows with what they lead to, by a statement whose text is put together once: for the few reads that come most often.

Two thousand people begin a work in one minute, and each of their steps reads a sitting with its participant, campaign
and instrument. The query builder writes the same statement anew for four thousand calls each time. Here its text stands
in the class, by the models; what is read is never kept.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Sized
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any, Final, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Col
from django.db.transaction import TransactionManagementError

from traektoria.core import statements

Row = TypeVar("Row", bound=models.Model)
Convert = Callable[[Any], Any]


class Joined(Generic[Row]):
    """Rows of ``model`` with ``paths``, which read as in ``select_related``: the same objects for a tenth of calls."""

    def __init__(self, model: type[Row], *paths: str, **counts: str) -> None:
        """``counts``: names of attributes, each with what it counts as a scalar in SQL."""
        self.model, self.paths, self.counts = model, paths, counts

    def find(
        self, condition: str, *params: Any, lock: bool = False, order: str = "", of: tuple[int, int] | None = None
    ) -> list[Row]:
        """Rows by a condition in SQL, in which the table of ``model`` is ``t``, that of the path «a__b» is ``a__b``.
        ``lock``: the rows themselves, as ``select_for_update(of=("self",), no_key=True)`` does. ``of``: from which row
        on, and how many (``paging.window``). One query. Raises ``TransactionManagementError`` for a lock outside of a
        transaction: it would hold nothing."""
        end = f" ORDER BY {order}" if order else ""
        end += f" LIMIT {of[1]:d} OFFSET {of[0]:d}" if of else ""
        here = connections[DEFAULT_DB_ALIAS]
        if lock and not here.in_atomic_block:
            raise TransactionManagementError(f"{self.model.__name__}: a row is locked outside of a transaction")
        if lock and here.features.has_select_for_no_key_update:
            end += " FOR NO KEY UPDATE OF t"
        rows = statements.found(here, f"{self._text} WHERE {condition}{end}", params)
        return [self._made(row, here.vendor) for row in rows]

    def get(self, pk: int, *, lock: bool = False) -> Row:
        """Raises ``DoesNotExist`` of the model."""
        rows = self.find("t.id = %s", pk, lock=lock)
        if not rows:
            raise self.model.DoesNotExist  # type: ignore[attr-defined]
        return rows[0]

    def among(self, column: str, numbers: Collection[int], order: str = "", *, lock: bool = False) -> list[Row]:
        """Rows whose ``column`` is one of these numbers. One query, none where there are no numbers."""
        return self.find(f"{column} IN ({marks(numbers)})", *numbers, order=order, lock=lock) if numbers else []

    @cached_property
    def _parts(self) -> list[tuple[str, models.Field[Any, Any] | None, type[models.Model]]]:
        """(path, the foreign key at its end, its model), what leads before what is led to."""
        found: dict[str, tuple[str, models.Field[Any, Any] | None, type[models.Model]]] = {"": ("", None, self.model)}
        for path in self.paths:
            names = path.split("__")
            for length in range(1, len(names) + 1):
                parent = "__".join(names[: length - 1])
                field: Any = found[parent][2]._meta.get_field(names[length - 1])
                here = "__".join(names[:length])
                found.setdefault(here, (here, field, field.related_model))
        return list(found.values())

    @cached_property
    def _text(self) -> str:
        quoted = connection.ops.quote_name
        columns, joins, nullable = [], [], set[str]()
        for path, field, model in self._parts:
            alias = path or "t"
            columns += [f"{alias}.{quoted(str(one.column))}" for one in model._meta.concrete_fields]
            if field is None:
                joins.append(f"FROM {quoted(model._meta.db_table)} t")
                continue
            parent = path.rpartition("__")[0]
            if field.null or parent in nullable:
                nullable.add(path)
            kind = "LEFT JOIN" if path in nullable else "JOIN"
            table, key = quoted(model._meta.db_table), quoted(str(field.column))
            joins.append(f"{kind} {table} {alias} ON {alias}.id = {parent or 't'}.{key}")
        columns += [f"({count})" for count in self.counts.values()]
        return f"SELECT {', '.join(columns)} {' '.join(joins)}"

    def _made(self, row: Sequence[Any], vendor: str) -> Row:
        values = list(row)
        for at, convert in _converters(self, vendor):
            if values[at] is not None:
                values[at] = convert(values[at])
        found: dict[str, Any] = {}
        start = 0
        for path, field, model in self._parts:
            names = _names(model)
            own = values[start : start + len(names)]
            start += len(names)
            made = found[path] = None if own[0] is None else model.from_db(DEFAULT_DB_ALIAS, names, own)
            parent = found[path.rpartition("__")[0]] if field is not None else None
            if field is not None and parent is not None:
                parent._state.fields_cache[field.name] = made
        made = found[""]
        for name, count in zip(self.counts, values[start:], strict=True):
            setattr(made, name, count)
        return made  # type: ignore[no-any-return]


_PLAIN: Final = {
    models.CharField, models.TextField, models.IntegerField, models.BigIntegerField, models.SmallIntegerField,
    models.PositiveIntegerField, models.PositiveSmallIntegerField, models.BooleanField, models.ForeignKey,
}  # fmt: skip
_MOMENTS: Final[dict[Any, Any]] = {models.DateTimeField: datetime, models.DateField: date}
_SENT_AS_IS: Final = {str, int, bool, type(None)}


class Columns:
    """What the database is sent of a row, by fields: as ``get_db_prep_save`` says it, which costs twenty calls of each
    field to send most of them as they are. Kinds of fields that are not Django's own are asked always."""

    def __init__(self, fields: Sequence[models.Field[Any, Any]]) -> None:
        kinds = [(type(field), field) for field in fields]
        self._fields = [(one.attname, kind in _PLAIN, _MOMENTS.get(kind), one) for kind, one in kinds]

    def of(self, row: models.Model, here: BaseDatabaseWrapper, *, adds: bool = True) -> list[Any]:
        values = []
        for name, plain, moment, field in self._fields:
            value = getattr(row, name) if plain else field.pre_save(row, adds)
            if plain and type(value) in _SENT_AS_IS:
                values.append(value)
            elif moment and (value is None or (type(value) is moment and (moment is date or value.tzinfo))):
                values.append(statements.sent(value, here))
            else:
                values.append(field.get_db_prep_save(value, here))
        return values


class RowWriter(Generic[Row]):
    """Writes rows of ``model``, each by a statement whose text is put together once. No signal is sent unless it is
    asked for: for what nobody listens to (what waits is written by signals)."""

    def __init__(self, model: type[Row]) -> None:
        self.model = model

    def insert(self, row: Row) -> Row:
        """The row with its number, as ``save(force_insert=True)`` writes it. One query."""
        here = connections[DEFAULT_DB_ALIAS]
        row.pk = statements.found(here, self._text, self._columns.of(row, here))[0][0]
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
        return row

    def insert_new(self, row: Row) -> bool:
        """The same, unless a row that is there already is the same by a unique constraint; whether it was written. Who
        writes the same at this moment is waited for. One query."""
        here = connections[DEFAULT_DB_ALIAS]
        text = self._text.replace(" RETURNING ", " ON CONFLICT DO NOTHING RETURNING ")
        made = statements.found(here, text, self._columns.of(row, here))
        if not made:
            return False
        row.pk = made[0][0]
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
        return True

    def insert_many(self, rows: Sequence[Row], end: str = "") -> None:
        """As ``insert`` of each, without their numbers. ``end``: what is done where a row is there already. One query,
        none for no row."""
        here = connections[DEFAULT_DB_ALIAS]
        values = [value for row in rows for value in self._columns.of(row, here)]
        text, places = self._text.partition(" RETURNING ")[0], f"({marks(self._fields)})"
        if rows:
            statements.done(here, f"{text}{f', {places}' * (len(rows) - 1)}{end}", values)

    def insert_many_new(self, rows: Sequence[Row]) -> None:
        """As ``insert_new`` of each, without their numbers and without telling which were there. One query."""
        self.insert_many(rows, " ON CONFLICT DO NOTHING")

    def update(self, row: Row, *names: str, heard: bool = False) -> None:
        """As ``save(update_fields=names)``; ``heard`` by whoever listens to a save. One query. Raises ``DatabaseError``
        where the row is not there any more."""
        fields: list[Any] = [self.model._meta.get_field(name) for name in names]
        sets = ", ".join([f"{connection.ops.quote_name(str(field.column))} = %s" for field in fields])
        here = connections[DEFAULT_DB_ALIAS]
        values = Columns(fields).of(row, here, adds=False)
        text = f"UPDATE {self._table} SET {sets} WHERE {self._key} = %s"  # noqa: S608 - names of ours
        if not statements.done(here, text, [*values, row.pk]):
            raise DatabaseError(f"{self.model.__name__}: the row to be written is not there")
        if heard:
            facts = {"created": False, "update_fields": frozenset(names), "raw": False, "using": DEFAULT_DB_ALIAS}
            models.signals.post_save.send(self.model, instance=row, **facts)

    @cached_property
    def _table(self) -> str:
        return connection.ops.quote_name(self.model._meta.db_table)

    @cached_property
    def _key(self) -> str:
        return connection.ops.quote_name(str(self.model._meta.pk.column))

    @cached_property
    def _fields(self) -> list[models.Field[Any, Any]]:
        return [field for field in self.model._meta.concrete_fields if not field.primary_key]

    @cached_property
    def _columns(self) -> "Columns":
        return Columns(self._fields)

    @cached_property
    def _text(self) -> str:
        names = ", ".join(connection.ops.quote_name(str(field.column)) for field in self._fields)
        places = marks(self._fields)
        return f"INSERT INTO {self._table} ({names}) VALUES ({places}) RETURNING {self._key}"  # noqa: S608


def marks(values: Sized) -> str:
    """Places for so many values in a statement."""
    return ", ".join(["%s"] * len(values))


def rows_of(statement: str, *params: Any) -> list[tuple[Any, ...]]:
    """What a statement of ours finds, as the driver gives it: for numbers and words, not for moments or JSON."""
    return statements.found(connections[DEFAULT_DB_ALIAS], statement, params)


def numbers(statement: str, *params: Any) -> list[int]:
    """The first column of it."""
    return [row[0] for row in rows_of(statement, *params)]


@lru_cache(maxsize=128)
def _names(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


@lru_cache(maxsize=64)
def _converters(joined: Joined[Any], vendor: str) -> list[tuple[int, Convert]]:
    """Where a column's value is not the field's yet: by place in the row."""
    found: list[tuple[int, Convert]] = []
    fields = [field for _path, _key, model in joined._parts for field in model._meta.concrete_fields]
    for at, field in enumerate(fields):
        column = Col("t", field)
        steps = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
        found += [(at, _bound(step, column)) for step in steps]
    return found


def _bound(step: Callable[..., Any], column: Col) -> Convert:
    return lambda value: step(value, column, connection)


def hold(rows: Iterable[models.Model], name: str, held: Mapping[int, list[Any]]) -> None:
    """As if ``prefetch_related(name)`` had read what is ``held`` by the number of the row."""
    for row in rows:
        found = getattr(row, name).all()
        found._result_cache, found._prefetch_done = held.get(row.pk, []), True
        row.__dict__.setdefault("_prefetched_objects_cache", {})[name] = found


def by(column: str, rows: Iterable[Row]) -> dict[int, list[Row]]:
    """Rows by a number that each has."""
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(getattr(row, column), []).append(row)
    return found
