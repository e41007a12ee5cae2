"""What a page costs the server: calls of Python functions and statements of the database, the same on each machine.

What the tests ask of each statement besides (``tests/as_postgres.py``) is no part of it.
"""

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from cProfile import Profile
from dataclasses import dataclass, field
from types import CodeType
from typing import Any, TypeVar
from unittest.mock import patch
from urllib.parse import urlencode

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import as_postgres

T = TypeVar("T")
_STEPS = 100
AS_BROWSERS = "application/x-www-form-urlencoded"
"""How they send a form without files."""


@dataclass(frozen=True)
class Ask:
    """A request: POST where ``post`` is given, of JSON where it is text. ``before`` is asked first and not counted."""

    path: str
    post: dict[str, Any] | str | None = None
    before: tuple["Ask", ...] = ()

    def send(self, client: Client) -> Any:
        """The answer."""
        if self.post is None:
            return client.get(self.path)
        if isinstance(self.post, str):
            return client.post(self.path, self.post, content_type="application/json")
        if any(hasattr(value, "read") for value in self.post.values()):
            return client.post(self.path, self.post)
        return client.post(self.path, urlencode(self.post, doseq=True), content_type=AS_BROWSERS)


@dataclass(frozen=True)
class Cost:
    """``calls`` as cProfile counts them, of functions in Python and of built-in ones; ``files``: whose they are."""

    calls: int
    queries: int
    status: int
    files: Counter[str] = field(compare=False)

    def __str__(self) -> str:
        most = "\n".join(f"{calls:>8}  {file}" for file, calls in self.files.most_common(30))
        return f"{self.calls} calls, {self.queries} queries, status {self.status}\n{most}"


def cost_of(client: Client, asked: Ask | str) -> Cost:
    """Asked twice before it is counted, so that what a process keeps is there, whatever ran before in it. What the
    request writes is undone. The two counts are two requests: noting a statement is calls too."""
    ask = Ask(asked) if isinstance(asked, str) else asked
    for _ in range(2):
        _undone(client, ask, lambda: ask.send(client))
    queries = _undone(client, ask, lambda: _statements(client, ask))
    status, files = _undone(client, ask, lambda: _calls(client, ask))
    return Cost(sum(files.values()), queries, status, files)


def _undone(client: Client, ask: Ask, count: Callable[[], T]) -> T:
    with transaction.atomic():
        for earlier in ask.before:
            earlier.send(client)
        found = count()
        transaction.set_rollback(True)
    return found


def _statements(client: Client, ask: Ask) -> int:
    with CaptureQueriesContext(connection) as statements:
        ask.send(client)
        return len(statements)


def _calls(client: Client, ask: Ask) -> tuple[int, Counter[str]]:
    """From the first middleware down: what the client does around it is no part of the page."""
    profile = Profile()
    answer = client.handler.get_response

    def counted(request: Any) -> Any:
        with _no_garbage():
            profile.enable()
            try:
                return answer(request)
            finally:
                profile.disable()

    with patch.object(client.handler, "get_response", counted):
        status = ask.send(client).status_code
    files = Counter[str]()
    for entry in profile.getstats():
        if isinstance(entry.code, CodeType) and entry.code.co_filename != as_postgres.__file__:
            files[_file(entry.code)] += entry.callcount + _built_in(entry)
    return status, files


def _built_in(entry: Any) -> int:
    """Calls of built-in functions by this one."""
    return sum(inner.callcount for inner in entry.calls or () if isinstance(inner.code, str))


def _file(code: CodeType) -> str:
    return code.co_filename.rpartition("/site-packages/")[2].rpartition("/src/")[2]


def steps_of(client: Client, path: str) -> int:
    """Steps of the machine in which SQLite runs the statements of a page, to the hundred: what it reads, compares and
    sorts, however few rows come of it. The page is asked once before."""
    client.get(path)
    counted = 0

    def step() -> int:
        nonlocal counted
        counted += _STEPS
        return 0

    connection.connection.set_progress_handler(step, _STEPS)
    try:
        client.get(path)
    finally:
        connection.connection.set_progress_handler(None, 0)
    return counted


def rows_of(client: Client, path: str) -> int:
    """Rows that PostgreSQL takes up for the statements of a page, in every node of their plans, also those that it
    drops again. The page is asked once before."""
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        client.get(path)
    asked = [one["sql"] for one in seen.captured_queries if one["sql"].lstrip(" (").startswith(("SELECT", "WITH"))]
    with connection.cursor() as cursor:
        return sum(_rows(_plan(cursor, statement)) for statement in asked)


def _plan(cursor: Any, statement: str) -> dict[str, Any]:
    cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement}")
    (((explained,),),) = cursor.fetchall()
    plan: dict[str, Any] = explained["Plan"]
    return plan


def _rows(node: dict[str, Any]) -> int:
    dropped = sum(number for name, number in node.items() if name.startswith("Rows Removed"))
    own = (node["Actual Rows"] + dropped) * node["Actual Loops"]
    return round(own) + sum(map(_rows, node.get("Plans", ())))


def calls_of(act: Callable[[], object]) -> int:
    """Calls of functions in Python and of built-in ones while it acts."""
    profile = Profile()
    with _no_garbage():
        profile.runcall(act)
    found = profile.getstats()
    tests = [one for one in found if isinstance(one.code, CodeType) and one.code.co_filename == as_postgres.__file__]
    return sum(one.callcount for one in found) - sum(one.callcount + _built_in(one) for one in tests)


@contextmanager
def _no_garbage() -> Iterator[None]:
    """No garbage is collected meanwhile: finalisers of what ran before are not of what is counted. (Nor is it collected
    before: in a process with all the tests in it that takes longer than a page.)"""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
