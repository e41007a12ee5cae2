"""Statements that are written once a process: a queryset with ``Given`` where a value comes in, run many times.

The query builder takes one to three thousand calls to write the statement of a list, the same one each time. What
differs between two requests are values: whose centres, which day. So a function says the queryset of *any* request of
its kind and is marked ``prepared``; its arguments are what changes the text itself (filters that are set, roles that
are held). Texts are kept, never rows::

    @prepared
    def _rows(by_subject: bool) -> QuerySet[SupportNeed, Any]:
        rows = SupportNeed.objects.filter(centre__in=Numbers("centres"), created_at__lte=Given("until"))
        return (rows.filter(subject=Given("subject")) if by_subject else rows).values_list("pk", "text")

    _rows(True).all(centres={1, 2}, until=now, subject="maths")
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, ParamSpec

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, Expression, QuerySet
from django.db.models.query import ModelIterable, get_related_populators

from traektoria.core import statements
from traektoria.core.paging import Page, cut, window

Params = ParamSpec("Params")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PLACE = re.compile(r"%[s%]")


class Given(Expression):
    """A value that comes when the statement is run: under ``name``, or what the function of that name says of
    ``parts``."""

    def __init__(self, name: str, *parts: Any) -> None:
        super().__init__()
        self.name, self.parts = name, parts

    def of(self, given: Mapping[str, Any]) -> Any:
        """Raises ``KeyError`` where it was not given."""
        found = given[self.name]
        return found(*self.parts) if self.parts else found

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, Any]:
        return "%s", [self]


class Numbers(Given):
    """As many keys of rows as are given, for ``__in``; nothing is among none of them."""

    def text(self, given: Mapping[str, Any]) -> str:
        """Raises ``TypeError`` for what is no whole number."""
        numbers = tuple(self.of(given)) or (-1,)
        return f"({', '.join(['%d'] * len(numbers)) % numbers})"

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, Any]:
        return "(%s)", [self]


class Statement:
    """A queryset of columns (``values_list``) or of whole rows (``select_related``), not sliced."""

    def __init__(self, queryset: QuerySet[Any, Any]) -> None:
        self.queryset = queryset

    def all(self, *, limit: int | None = None, start: int = 0, **given: Any) -> list[Any]:
        """Tuples, or objects as the queryset makes them. One query; a number that no column can hold finds nothing."""
        here = connections[DEFAULT_DB_ALIAS]
        try:
            params = [_sent(one.of(given), here) if isinstance(one, Given) else one for one in self._params]
        except EmptyResultSet:
            return []
        text = "".join([part if isinstance(part, str) else part.text(given) for part in self._parts])
        if limit is not None:
            text = f"{text} LIMIT {limit:d} OFFSET {start:d}"
        rows = statements.found(here, text, params)
        compiler = self._compiled[0]
        if self._converters:
            rows = list(map(tuple, compiler.apply_converters(rows, self._converters)))
        if self.queryset._iterable_class is ModelIterable:
            return self._objects(rows)
        return [row[: compiler.col_count] for row in rows] if compiler.has_extra_select else rows

    def first(self, **given: Any) -> Any:
        """The first row, or None."""
        rows = self.all(limit=1, **given)
        return rows[0] if rows else None

    def page(self, asked: object, **given: Any) -> Page[Any]:
        """As ``paging.page_of``: the asked page, without a count."""
        start, limit = window(asked)
        return cut(self.all(limit=limit, start=start, **given), asked)

    @cached_property
    def _compiled(self) -> tuple[Any, str, tuple[Any, ...]]:
        # Of a copy: two threads that write it at once must not count each other's joins.
        compiler: Any = self.queryset.query.clone().get_compiler(connection=connection)
        text, params = compiler.as_sql()
        if any(isinstance(one, date) or (isinstance(one, str) and _DAY.match(one)) for one in params):
            raise TypeError("A day stands in the text of a statement that is kept: give it when it is run.")
        return compiler, text, params

    @cached_property
    def _parts(self) -> list[str | Numbers]:
        """The text, cut where numbers stand: ``(%s)`` of theirs."""
        _compiler, text, params = self._compiled
        left, end = list(params), 0
        parts: list[str | Numbers] = []
        for place in _PLACE.finditer(text):
            param = left.pop(0) if place[0] == "%s" else None
            if isinstance(param, Numbers):
                parts += [text[end : place.start() - 1], param]
                end = place.end() + 1
        return [*parts, text[end:]]

    @cached_property
    def _params(self) -> list[Any]:
        return [one for one in self._compiled[2] if not isinstance(one, Numbers)]

    @cached_property
    def _converters(self) -> Any:
        compiler = self._compiled[0]
        return compiler.get_converters([one[0] for one in compiler.select[: compiler.col_count]])

    def _objects(self, rows: Sequence[Sequence[Any]]) -> list[Any]:
        """As ``ModelIterable`` of Django makes them."""
        model, start, end, names, populators, annotations = self._shape
        made = []
        for row in rows:
            one = model.from_db(DEFAULT_DB_ALIAS, names, row[start:end])
            for populator in populators:
                populator.populate(row, one)
            for name, at in annotations:
                setattr(one, name, row[at])
            made.append(one)
        return made

    @cached_property
    def _shape(self) -> tuple[Any, int, int, list[str], list[Any], list[tuple[str, int]]]:
        compiler = self._compiled[0]
        info, select = compiler.klass_info, compiler.select
        start, end = info["select_fields"][0], info["select_fields"][-1] + 1
        names = [one[0].target.attname for one in select[start:end]]
        populators: Any = get_related_populators(info, select, connection.alias)  # type: ignore[call-arg]
        return info["model"], start, end, names, populators, list((compiler.annotation_col_map or {}).items())


def prepared(make: Callable[Params, QuerySet[Any, Any]]) -> Callable[Params, Statement]:
    """``make`` writes the queryset for each set of arguments once; it sees no value of any request."""

    @lru_cache(maxsize=256)
    def statement(*args: Any, **kwargs: Any) -> Statement:
        return Statement(make(*args, **kwargs))

    return statement  # type: ignore[return-value]


def _sent(value: Any, here: BaseDatabaseWrapper) -> Any:
    if type(value) is int and abs(value) > BigIntegerField.MAX_BIGINT:
        raise EmptyResultSet
    return statements.sent(value, here)
