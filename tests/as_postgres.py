"""On SQLite the tests refuse what PostgreSQL would: a lock of rows that are none, a value that it does not take.

SQLite has no locks of rows and Django leaves them out of what it sends; it keeps a text of any length, any number, NUL,
half a letter inside of JSON, and goes on with a transaction in which a statement was refused. Each test there is told
nevertheless what PostgreSQL would say, by an error of the same class. So neither a lock nor what people type is a
reason to repeat a file on PostgreSQL (``tests/choosing.py``). ``tests/test_as_postgres.py`` asks both databases the
same.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import DataError, NotSupportedError, connection, connections
from django.db.backends.sqlite3.base import Database, DatabaseWrapper, SQLiteCursorWrapper
from django.db.backends.sqlite3.operations import DatabaseOperations
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

INNER = re.compile(r"\([^()]*\)")
NO_ROWS = re.compile(r"\b(?:SELECT DISTINCT|GROUP BY|HAVING|OVER|UNION|INTERSECT|EXCEPT)\b")
OUTER = re.compile(r'LEFT OUTER JOIN ("\w+")(?: (\w+))? ON')
OURS = "as PostgreSQL: "
"""How the names of our conditions begin; the column follows."""
_as_sql = SQLCompiler.as_sql
_savepoint_rollback, _commit = DatabaseWrapper._savepoint_rollback, DatabaseWrapper._commit
_rollback, _close, _is_usable = DatabaseWrapper._rollback, DatabaseWrapper._close, DatabaseWrapper.is_usable
_execute, _executemany = SQLiteCursorWrapper.execute, SQLiteCursorWrapper.executemany
_adapt_moment = DatabaseOperations.adapt_datetimefield_value


def refuse() -> None:
    """From now on, in this process, where the database is SQLite."""
    if connection.vendor != "sqlite":
        return
    kept: dict[str, Any] = connection.data_type_check_constraints
    for kind, ours in CONDITIONS.items():
        kept[kind] = Condition("" if kind == "JSONField" else kept.get(kind, ""), ours)
    SQLCompiler.as_sql = _asked  # type: ignore[method-assign]
    SQLiteCursorWrapper.execute, SQLiteCursorWrapper.executemany = executed, executed_many  # type: ignore[method-assign]
    DatabaseWrapper._savepoint_rollback = _back_to_savepoint  # type: ignore[method-assign]
    DatabaseWrapper._commit, DatabaseWrapper._rollback = _committed, _rolled_back  # type: ignore[method-assign]
    DatabaseWrapper._close, DatabaseWrapper.is_usable = _closed, _goes_on  # type: ignore[method-assign]
    DatabaseOperations.adapt_datetimefield_value = _moment  # type: ignore[method-assign]


# What a column takes


@dataclass(frozen=True)
class Condition:
    """What a column gets, formatted as Django formats its own: ours, then theirs, each under a name: SQLite gives one
    that stands before to all that follow. Of a number that is too small for both ours is told."""

    theirs: str
    ours: Callable[[Any], str | None]

    def __mod__(self, column: Any) -> str | None:
        theirs = self.theirs % column if self.theirs else None
        ours = self.ours(column)
        if not ours:
            return theirs
        name = column["column"]
        return f'1) CONSTRAINT "{OURS}{name}" CHECK ({ours}) CONSTRAINT "{name}_check" CHECK ({theirs or 1}'


def _text(column: Any) -> str | None:
    longest = column["max_length"]
    return None if longest is None else f"length({column['qn_column']}) <= {longest}"


def _whole(bits: int) -> Callable[[Any], str]:
    return lambda column: f"{column['qn_column']} BETWEEN {-(2 ** (bits - 1))} AND {2 ** (bits - 1) - 1}"


def _decimal(column: Any) -> str:
    name, places = column["qn_column"], column["decimal_places"]
    return f"typeof({name}) <> 'text' AND abs(round({name}, {places})) < 1e{column['max_digits'] - places}"


U = "\x01u"
"""How an escape of JSON begins, for SQLite's GLOB: who reads the statement of a table for Django takes a backslash
before a quotation mark for one of its own. No text of JSON holds this sign."""
HIGH, LOW = f"{U}d[89ab]??", f"{U}d[c-f]??"
ALONE = [
    *(f"*{HIGH}{no}*" for no in ("[^\x01]", "\x01[^u]", f"{U}[^d]", f"{U}d[^c-f]")),
    *(f"*{no}{LOW}*" for no in ("[^\x01]?????", "\x01[^u]????", f"{U}[^d]???", f"{U}d[^89ab]??")),
]
"""Half a letter of two without its other half before or behind it. A text ends with a sign that begins no escape;
before it stand six that begin none."""


def _json(column: Any) -> str:
    name = column["qn_column"]
    said = f"'------' || replace(replace(lower({name}), char(92, 92), '--'), char(92), '\x01')"
    halves = " OR ".join(f"{said} GLOB '{one}'" for one in ALONE)
    half = f"{said} GLOB '*{U}d[89a-f]*' AND ({halves})"
    asked = f"NOT ({said} GLOB '*{U}0000*' OR ({half}))"
    return f"{name} IS NULL OR JSON_VALID({name}) AND ({_is_plain(name)} OR {asked})"


def _is_plain(name: str) -> str:
    """No escape in it begins as one of those, and nothing looks so: nearly each text. Asked first, it spares the rest
    with the regulations that each centre has."""
    return f"instr({name}, char(92) || 'u0000') = 0 AND instr(lower({name}), char(92) || 'ud') = 0"


CONDITIONS: dict[str, Callable[[Any], str | None]] = {
    **dict.fromkeys(("CharField", "FileField", "FilePathField", "SlugField"), _text),
    **dict.fromkeys(("SmallIntegerField", "PositiveSmallIntegerField"), _whole(16)),
    **dict.fromkeys(("IntegerField", "PositiveIntegerField"), _whole(32)),
    "DecimalField": _decimal,
    "JSONField": _json,
}
"""By the kind of a field. A number of 64 bits is the largest that SQLite takes too."""


# What a statement is sent with, and what comes of one that is refused


_aborted = set[int]()
"""Connections, by their ids, in whose transaction a statement was refused: none goes on before it is taken back."""


def executed(self: Any, query: str, params: Any = None) -> Any:
    if _aborted:
        _ask_whether_it_goes_on(self.connection)
    try:
        return _execute(self, query, _without_nul(params))
    except (Database.Error, OverflowError) as error:
        raise _as_there(self, error) from error


def executed_many(self: Any, query: str, param_list: Iterable[Any]) -> Any:
    if _aborted:
        _ask_whether_it_goes_on(self.connection)
    try:
        return _executemany(self, query, map(_without_nul, param_list))
    except (Database.Error, OverflowError) as error:
        raise _as_there(self, error) from error


def _ask_whether_it_goes_on(raw: Any) -> None:
    """No block of a transaction begins or ends without an error either."""
    if id(raw) in _aborted:
        raise Database.InternalError("current transaction is aborted, commands ignored until end of transaction block")


def _without_nul(params: Any) -> Any:
    for one in params.values() if isinstance(params, Mapping) else params or ():
        if isinstance(one, str) and "\0" in one:
            raise Unsent("PostgreSQL text fields cannot contain NUL (0x00) bytes")
    return params


class Unsent(Database.DataError):  # type: ignore[misc,name-defined]
    """Of a statement that the driver does not send: the transaction knows nothing of it."""


def _as_there(cursor: Any, error: Exception) -> Exception:
    """The error that PostgreSQL has for it. Where it refuses a statement, it goes on with no other before the
    transaction is taken back, to a savepoint at least; a busy SQLite has not begun one."""
    if isinstance(error, OverflowError):
        return Unsent(*error.args)
    if isinstance(error, Unsent):
        return error
    for one in connections.all(initialized_only=True):
        if one.connection is cursor.connection and one.in_atomic_block and not _is_busy(error):
            _aborted.add(id(cursor.connection))
    return Database.DataError(*error.args) if OURS in str(error) else error


def _is_busy(error: Exception) -> bool:
    """Its lowest byte is the error, the others say more of it; the module's own errors have no code."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in {Database.SQLITE_BUSY, Database.SQLITE_LOCKED}


def _back_to_savepoint(self: Any, sid: str) -> None:
    _aborted.discard(id(self.connection))
    _savepoint_rollback(self, sid)


def _committed(self: Any) -> None:
    """PostgreSQL takes such a transaction back without a word."""
    (_rollback if id(self.connection) in _aborted else _commit)(self)
    _aborted.discard(id(self.connection))


def _rolled_back(self: Any) -> None:
    _rollback(self)
    _aborted.discard(id(self.connection))


def _closed(self: Any) -> None:
    _aborted.discard(id(self.connection))
    _close(self)


def _goes_on(self: Any) -> bool:
    return id(self.connection) not in _aborted and _is_usable(self)


def _moment(self: Any, value: Any) -> Any:
    """A moment whose year in UTC has not four digits can't be read again."""
    try:
        return _adapt_moment(self, value)
    except OverflowError as error:
        raise DataError(*error.args) from error


# What is locked


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
