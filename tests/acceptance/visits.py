"""What a viewer sees at a page of the permission matrix: asked once a process for all who have a question about it.

The matrix asks whether one is let in; others look at the same answer for forms, for what it says and wrote. A visit
belongs to the untouched world of a room (``Ground`` of the matrix); what it writes is undone.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock
from zlib import compress, decompress

from django.db import connection, transaction
from django.urls import reverse
from lxml.html import HtmlElement, fromstring

from tests.matrix import Entry, client_of
from tests.world import World
from traektoria.core import journal
from traektoria.people.models import AccessRecord


@dataclass(frozen=True)
class Visit:
    """``address``: what was asked for, with its query; ``wrote``: statements that write or begin a transaction, but
    for those of the journal; ``logged``: numbers of the persons of whom the access log says that they were shown."""

    address: str
    status: int
    location: str
    kind: str
    packed: bytes
    wrote: tuple[str, ...]
    logged: frozenset[int]

    @property
    def content(self) -> bytes:
        return decompress(self.packed)

    @property
    def page(self) -> HtmlElement | None:
        """What a browser would show; a part of a page may say nothing."""
        if self.status != 200 or "html" not in self.kind or not (content := self.content).strip():
            return None
        return fromstring(content.decode())


_kept: dict[tuple[str, str, str], Visit] = {}


def visit(key: str, entry: Entry, viewer: str, world: World) -> Visit:
    """The answer to GET; ``world`` is as the room has prepared it and nobody else has changed it."""
    place = connection.vendor, key, viewer
    if place not in _kept:
        _kept[place] = _visited(address_of(key, entry, world), viewer, world)
    return _kept[place]


def address_of(key: str, entry: Entry, world: World) -> str:
    return reverse(key.split()[0], kwargs=entry.kwargs(world)) + (f"?{entry.query}" if entry.query else "")


def _visited(address: str, viewer: str, world: World) -> Visit:
    point = transaction.savepoint()
    try:
        AccessRecord.objects.all().delete()
        with statements(transactions=True) as seen, _unseen(seen):
            answer: Any = client_of(viewer, world).get(address)
            # a file is read to its end: closing it by hand would close PostgreSQL's connection too
            content = b"".join(answer) if answer.streaming else answer.content
        shown = frozenset(AccessRecord.objects.values_list("person_id", flat=True))
    finally:
        transaction.savepoint_rollback(point)
    location, kind = (answer.headers.get(name, "") for name in ("Location", "Content-Type"))
    return Visit(address, answer.status_code, location, kind, compress(content, 1), tuple(seen), shown)


@contextmanager
def statements(*, transactions: bool = False) -> Iterator[list[str]]:
    """Statements that write, but for the claim of a key and sessions; or all, and the beginnings of transactions."""
    seen: list[str] = []
    kept = () if transactions else ("core_submission", "people_session")
    words = {"INSERT", "UPDATE", "DELETE"} | ({"SAVEPOINT", "BEGIN"} if transactions else set())

    def look(execute: Any, sql: str, *rest: Any) -> Any:
        word = sql.split(None, 1)[0].upper()
        if word in words and not any(table in sql for table in kept):
            seen.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(look):
        yield seen


def _unseen(seen: list[str]) -> Any:
    """While the journal is written, nothing is seen."""
    write: Callable[..., None] = journal.write

    def unseen(*rows: Any) -> None:
        before = len(seen)
        write(*rows)
        del seen[before:]

    return mock.patch.object(journal, "write", unseen)
