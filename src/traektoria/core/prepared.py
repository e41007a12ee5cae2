"""Querysets that are put together once and asked many times.

Building a query of the ORM and turning it into SQL costs more than the database takes to answer it. ``@prepared`` on a
function that returns a queryset keeps the SQL for each *shape* of its arguments; later calls only fill in the ids.

- Whole numbers (and those inside tuples, lists and what has ``numbered``) are ids: they may vary freely.
- Everything else, and today's date, belongs to the shape: a new value is built anew.
- The function only builds: a shape for which it asks the database is never kept, as the answer would be another's.
- To be sure that an id is only passed on and never computed with, each shape is built twice, with different ids; a
  query whose other parameters differ then is never kept.

The answer can be iterated and given more prefetches, but not narrowed further: do that inside of the function. A
prefetch that depends on an id is given to the answer, not inside.
"""

import copy
import inspect
import itertools
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections
from django.db.models import Model, QuerySet
from django.utils import timezone

Given = ParamSpec("Given")
Kept = TypeVar("Kept", bound=Model)
Swap = Callable[[int], int]
SHAPES = 512
_FIRST, _SECOND = 7_100_000_000_000, 7_200_000_000_000


class _Numbers:
    """Gives each id its stand-in and remembers the ids in order of their first mention."""

    def __init__(self, base: int) -> None:
        self.base = base
        self.ids: dict[int, int] = {}

    def __call__(self, number: int) -> int:
        return self.base + self.ids.setdefault(number, len(self.ids))


class _Same:
    """A query that is not copied when its queryset is, as nothing is ever added to it."""

    def __init__(self, query: Any) -> None:
        self._query = query

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._query, name)
        if inspect.ismethod(value):  # it would change or ask the query of stand-ins
            raise TypeError("A prepared query is asked as it is: narrow it inside of the function that builds it.")
        return value

    def chain(self) -> "_Same":
        return self


class _Ready(_Same):
    """Stands in for ``queryset.query``: knows its SQL, and the parameters of this call."""

    def __init__(self, query: Any, compiler: Any, sql: str, params: tuple[Any, ...]) -> None:
        super().__init__(query)
        self._compiler, self._sql, self._params = compiler, sql, params

    def get_compiler(self, using: str | None = None, *_args: Any, **_kwargs: Any) -> Any:
        compiler = copy.copy(self._compiler)
        compiler.connection = connections[compiler.using]  # connections belong to threads
        compiler.as_sql = lambda *_a, **_k: (self._sql, self._params)
        return compiler


class _Shape:
    """One queryset with its SQL; ``holes`` are the places of ids among the parameters."""

    def __init__(self, rows: QuerySet[Any], sql: str, params: tuple[Any, ...], compiler: Any, first: int) -> None:
        self.rows, self.sql, self.params, self.compiler = rows, sql, params, compiler
        rows._query = _Same(rows._query)  # type: ignore[attr-defined]
        self.holes = [(place, value - first) for place, value in enumerate(params) if _within(value, first)]

    def filled(self, ids: list[int]) -> QuerySet[Any]:
        params = list(self.params)
        for place, number in self.holes:
            params[place] = ids[number]
        rows = self.rows._chain()  # type: ignore[attr-defined]
        rows._query = _Ready(self.rows.query, self.compiler, self.sql, tuple(params))
        return rows  # type: ignore[no-any-return]


def _within(value: object, base: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and base <= value < base + 1_000_000


def _abstract(value: Any, swap: Swap) -> Any:
    """``value`` with stand-ins for its ids."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return swap(value)
    if isinstance(value, tuple | list):
        return tuple(_abstract(one, swap) for one in value)
    return value.numbered(swap) if hasattr(value, "numbered") else value


def prepared(build: Callable[Given, QuerySet[Kept]]) -> Callable[Given, QuerySet[Kept]]:
    """Keep the SQL of ``build`` for each shape of its arguments (all hashable)."""
    shapes: OrderedDict[Any, _Shape | None] = OrderedDict()

    @wraps(build)
    def ask(*args: Given.args, **kwargs: Given.kwargs) -> QuerySet[Kept]:
        swap = _Numbers(_FIRST)
        shape_of = _abstract(args, swap), tuple((name, _abstract(value, swap)) for name, value in kwargs.items())
        key = (timezone.localdate(), shape_of)
        try:
            shape = shapes[key]
        except KeyError:
            shape = shapes[key] = _shape(build, args, kwargs)
            if len(shapes) > SHAPES:
                shapes.popitem(last=False)
        return build(*args, **kwargs) if shape is None else shape.filled(list(swap.ids))

    return ask


def _shape(build: Callable[..., QuerySet[Any]], args: Any, kwargs: Any) -> _Shape | None:
    """The shape, or None where the query can't be kept."""
    try:
        with connection.execute_wrapper(_refuse):
            compiled = [_compiled(build, args, kwargs, base) for base in (_FIRST, _SECOND)]
    except (EmptyResultSet, _Asked):
        return None
    (rows, sql, params, compiler), (others, other_sql, other_params, _compiler) = compiled
    if (
        sql != other_sql
        or _prefetched(rows) != _prefetched(others)
        or not all(itertools.starmap(_passed_on, zip(params, other_params, strict=True)))
    ):
        return None
    return _Shape(rows, sql, params, compiler, _FIRST)


def _compiled(build: Callable[..., QuerySet[Any]], args: Any, kwargs: Any, base: int) -> Any:
    """The queryset of stand-ins counted from ``base``, its SQL, parameters and compiler."""
    swap = _Numbers(base)
    rows = build(*_abstract(args, swap), **{name: _abstract(value, swap) for name, value in kwargs.items()})
    compiler = rows.query.get_compiler(rows.db)
    return rows, *compiler.as_sql(), compiler


class _Asked(Exception):
    """The function asked the database while it built."""


def _refuse(*_anything: Any) -> Any:
    raise _Asked


def _prefetched(asked: QuerySet[Any]) -> list[Any]:
    """What is prefetched: an id inside would stay that of a stand-in, and shows as a difference here."""
    lookups: tuple[Any, ...] = asked._prefetch_related_lookups  # type: ignore[attr-defined]
    querysets = [getattr(one, "queryset", None) for one in lookups]
    known = zip(lookups, querysets, strict=True)
    return [str(one) if rows is None else rows.query.sql_with_params() for one, rows in known]


def _passed_on(one: object, other: object) -> bool:
    """The parameter is the same in both builds, or an id in both."""
    if _within(one, _FIRST):
        return isinstance(one, int) and isinstance(other, int) and other - _SECOND == one - _FIRST
    return bool(one == other)
