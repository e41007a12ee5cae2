"""Rows that are written when something happens, by what rooms tell of their objects (docs/adr/0033-waiting.md).

A ``Ledger`` is one table of such rows: what waits for somebody (``core.waiting``), what is fixed in time
(``core.engagements``). A room registers a source: ``rows`` says what should stand because of which objects, and what it
reads of other models it watches. A save or a delete of any of them asks ``rows`` anew for the objects that it touches,
in the transaction of the act, and writes the difference. Writes in bulk (``update``, ``bulk_create``, sets of
many-to-many) send no signal: their action calls ``renew``. ``gathered()`` asks once for all that an act touched.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, Final, Generic, TypeVar
from zlib import crc32

from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.db.models.signals import post_delete, post_save

from traektoria.core import act_progress, statements
from traektoria.core.joined_rows import Columns, Joined, marks
from traektoria.core.registries import Registry, Watch

Row = TypeVar("Row", bound=models.Model)
Told = TypeVar("Told", bound=Any)
Found = TypeVar("Found")
Key = tuple[str, ...]
"""Kind, addressee, object, and whatever else tells a row apart."""
CHUNK: Final = 500
MANY: Final = 2_000
"""More objects than this are too many for an act (each takes a lock): they are asked after its commit."""


@dataclass(frozen=True)
class Difference:
    """A row that is missing, differs, or stands though nothing tells of it; ``how`` is «missing», «differs», «extra».
    ``table`` is its ledger."""

    how: str
    kind: str
    to: str
    object_kind: str
    object_id: str
    table: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.how}: {self.kind} -> {self.to} ({self.object_kind} {self.object_id})"


@dataclass(frozen=True)
class _Compared:
    differences: list[Difference]
    write: list[Any]
    extra: list[Any]


class Ledger(ABC, Generic[Row, Told]):
    """One table: how what a source tells becomes a row, and what becomes of a row of which nothing tells any more."""

    def __init__(self, slug: str, table: type[Row], sources: Registry[Any], once: tuple[str, ...]) -> None:
        """``once``: the fields that tell a row apart, as in the unique constraint; the key's first, then the rest."""
        self.slug, self.table, self.sources, self.once = slug, table, sources, once
        self.standing = Joined(table)
        ledgers.append(self)

    @abstractmethod
    def wanted(self, source: Any, told: Iterable[Told]) -> Iterator[tuple[Key, Told]]:
        """What should stand, each with its key. Raises ``LookupError`` for what may not be told so."""

    @abstractmethod
    def key_of(self, row: Row) -> Key: ...

    @abstractmethod
    def is_as(self, row: Row, told: Told) -> bool: ...

    @abstractmethod
    def made(self, label: str, key: Key, told: Told, old: Row | None) -> Row: ...

    @abstractmethod
    def is_wrong(self, row: Row) -> bool:
        """A row of which nothing tells should have been written otherwise: it was not merely left to be swept."""

    def number(self, standing: list[Row], write: list[Row], extra: list[Row]) -> None:
        """What rows of one object have in common, before they are written or dropped."""

    def forget(self, rows: list[Row]) -> None:
        """What is done with rows of objects that are gone."""
        self.drop(rows)

    def drop(self, rows: list[Row]) -> None:
        """What is done with rows of which nothing tells any more."""
        keys = [row.pk for row in rows]
        text = f"DELETE FROM {self._name} WHERE id IN ({marks(keys)})"  # noqa: S608 - names of ours
        statements.done(connections[DEFAULT_DB_ALIAS], text, keys)

    def listen(self, source: Any) -> None:
        """Register a source and listen to its model and to what it watches."""
        self.sources.add(source)
        own = () if any(watch.model is source.model for watch in source.watches) else (Watch(source.model),)
        for watch in (*own, *source.watches):
            _listen(f"{self.slug} {source.slug}", source.model, watch)

    def asked(self) -> list[type[models.Model]]:
        return list(dict.fromkeys(source.model for source in self.sources))

    def compare(self, model: type[models.Model], keys: list[Any], *, new: bool = False) -> _Compared:
        """``new``: of objects that are not committed yet, of which nothing can stand."""
        label, texts = model._meta.label_lower, [str(key) for key in keys]
        condition = f"t.object_kind = %s AND t.object_id IN ({marks(texts)})"
        standing = self.standing.find(condition, label, *texts) if texts and not new else []
        stands = {self.key_of(row): row for row in standing}
        found, write = [], []
        for key, told in self._wanted(model, keys).items():
            row = stands.pop(key, None)
            if row is None or not self.is_as(row, told):
                write.append(self.made(label, key, told, row))
                how = "missing" if row is None else "differs"
                found.append(Difference(how, key[0], key[1], label, key[2], self.slug))
        extra = [*stands.values()]
        self.number(standing, write, extra)
        return _Compared([*found, *map(self.extra, filter(self.is_wrong, extra))], write, extra)

    def extra(self, row: Any) -> Difference:
        return Difference("extra", row.kind, row.addressee, row.object_kind, row.object_id, self.slug)

    def write(self, compared: _Compared) -> None:
        """By hand: the query builder would cost most of what an act costs."""
        if compared.extra:
            self.drop(compared.extra)
        self.put(compared.write)

    def put(self, rows: list[Row]) -> None:
        """Rows as they are, in place of those with the same key."""
        if rows:
            here = connections[DEFAULT_DB_ALIAS]
            statements.done_many(here, self._upsert, [self._sent.of(row, here) for row in rows])

    def orphans(self) -> Iterator[Row]:
        """Rows of objects that are gone, and of models of which no room tells (any more)."""
        known = {model._meta.label_lower: model for model in self.asked()}
        table = self.table._default_manager
        for label in sorted(set(table.order_by().values_list("object_kind", flat=True).distinct())):
            alive = known[label]._base_manager.values_list("pk", flat=True) if label in known else ()
            living = set(map(str, alive))
            yield from [row for row in table.filter(object_kind=label) if row.object_id not in living]  # type: ignore[attr-defined]

    def _wanted(self, model: type[models.Model], keys: list[Any]) -> dict[Key, Told]:
        found: dict[Key, Told] = {}
        for source in self.sources:
            if source.model is model:
                objects = keys if source.by_keys else model._base_manager.filter(pk__in=keys)
                found.update(self.wanted(source, source.rows(objects)))
        return found

    @cached_property
    def _name(self) -> str:
        return connection.ops.quote_name(self.table._meta.db_table)

    @cached_property
    def _columns(self) -> list[models.Field[Any, Any]]:
        return [each for each in self.table._meta.concrete_fields if not each.primary_key]

    @cached_property
    def _sent(self) -> Columns:
        return Columns(self._columns)

    @cached_property
    def _upsert(self) -> str:
        names = [connection.ops.quote_name(str(each.column)) for each in self._columns]
        once = {connection.ops.quote_name(name) for name in self.once}
        sets = ", ".join(f"{name} = EXCLUDED.{name}" for name in names if name not in once)
        places, clash = marks(names), ", ".join(sorted(once))
        return (
            f"INSERT INTO {self._name} ({', '.join(names)}) VALUES ({places}) "  # noqa: S608 - names of ours
            f"ON CONFLICT ({clash}) DO UPDATE SET {sets}"
        )


ledgers: Final[list[Ledger[Any, Any]]] = []


@dataclass
class _Touched:
    """What an act has touched: keys by model, and rows whose owners are asked at the end."""

    keys: dict[type[models.Model], set[Any]] = field(default_factory=dict)
    new: dict[type[models.Model], set[Any]] = field(default_factory=dict)
    rows: dict[tuple[type[models.Model], Watch], list[models.Model]] = field(default_factory=dict)

    def all_keys(self) -> dict[type[models.Model], set[Any]]:
        for (model, watch), rows in self.rows.items():
            self.keys.setdefault(model, set()).update(key for key in watch.owners(rows) if key is not None)
        return self.keys


_touched: ContextVar[_Touched | None] = ContextVar("touched", default=None)


def renew(*objects: models.Model) -> None:
    """Write anew what stands because of these objects; after writes in bulk, where nothing is heard."""
    by_model: dict[type[models.Model], set[Any]] = {}
    for obj in objects:
        by_model.setdefault(type(obj), set()).add(obj.pk)
    for model, keys in by_model.items():
        renew_keys(model, keys)


def renew_keys(model: type[models.Model], keys: Iterable[Any]) -> None:
    """The same by model and keys, also of rows that are gone."""
    wanted = {key for key in keys if key is not None}
    held = _touched.get()
    if held is not None:
        held.keys.setdefault(model, set()).update(wanted)
    elif wanted:
        _renew(model, wanted)


def renew_new(*objects: models.Model) -> None:
    """The same for objects that this transaction has made without a word: nothing stands of them, and nobody else can
    be at them, so neither is asked."""
    held = _touched.get()
    by_model: dict[type[models.Model], set[Any]] = {} if held is None else held.new
    for obj in objects:
        by_model.setdefault(type(obj), set()).add(obj.pk)
    if held is None:
        _write_new(by_model)


def _write_new(by_model: dict[type[models.Model], set[Any]]) -> None:
    for model, keys in by_model.items():
        _compared(model, sorted(keys), new=True)


def read_once(read: Callable[[Collection[Any]], Found], keys: Collection[Any]) -> Found:
    """What ``read`` finds of these objects: once for all tables that are written anew of them together."""
    held = _read.get()
    if held is None:
        return read(keys)
    if read not in held:
        held[read] = read(keys)
    return held[read]  # type: ignore[no-any-return]


_read: ContextVar[dict[Any, Any] | None] = ContextVar("read", default=None)


def _compared(model: type[models.Model], keys: list[Any], *, new: bool = False) -> list[Difference]:
    """Written anew in each table; what the sources of these objects have read is forgotten afterwards."""
    found: list[Difference] = []
    token = _read.set({})
    try:
        for ledger in _of(model):
            compared = ledger.compare(model, keys, new=new)
            ledger.write(compared)
            found += compared.differences
    finally:
        _read.reset(token)
    act_progress.tell(len(keys))
    return found


@contextmanager
def gathered() -> Iterator[None]:
    """What is touched inside is asked once, at the end. Stands inside the transaction of the act; an act that fails
    asks nothing."""
    if _touched.get() is not None:
        yield
        return
    held = _Touched()
    token = _touched.set(held)
    try:
        yield
    finally:
        _touched.reset(token)
    for model, keys in held.all_keys().items():
        _renew(model, keys - held.new.get(model, set()))
    _write_new(held.new)


def mend() -> list[Difference]:
    """Ask every source for all its objects, write what differs, forget what is long over. Returns the differences."""
    found = []
    for model in _models():
        for keys in _chunks(model):
            found += _renew_alone(model, keys)
    for ledger in ledgers:
        lost = list(ledger.orphans())
        found += map(ledger.extra, filter(ledger.is_wrong, lost))
        if lost:
            ledger.forget(lost)
    return found


def differences() -> Iterator[Difference]:
    """What ``mend`` would write. Nothing is written."""
    for model in _models():
        for keys in _chunks(model):
            for ledger in _of(model):
                yield from ledger.compare(model, keys).differences
    for ledger in ledgers:
        yield from map(ledger.extra, filter(ledger.is_wrong, ledger.orphans()))


def _renew(model: type[models.Model], keys: Iterable[Any]) -> list[Difference]:
    found: list[Difference] = []
    wanted = sorted(keys)
    too_many = connection.vendor == "postgresql" and len(wanted) > MANY
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        held = [] if too_many else _held(model, chunk)
        if later := [key for key in chunk if key not in held]:
            transaction.on_commit(partial(_renew_alone, model, later), robust=True)
        if held:
            found += _compared(model, held)
    return found


def _of(model: type[models.Model]) -> list[Ledger[Any, Any]]:
    """The tables in which something stands because of its objects."""
    return [ledger for ledger in ledgers if any(source.model is model for source in ledger.sources)]


def _held(model: type[models.Model], keys: list[Any]) -> list[Any]:
    """Those that no other act is at now. What two acts touch at once is written once, by whoever ends later, after its
    commit: so nobody waits for anybody, and each row is written by what it says of both. SQLite has one writer."""
    if connection.vendor != "postgresql":
        return keys
    if not connection.in_atomic_block:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, k) FROM unnest(%s::int[]) k", _locks(model, keys))
        return [key for key, (is_ours,) in zip(keys, cursor.fetchall(), strict=True) if is_ours]


def _renew_alone(model: type[models.Model], keys: list[Any]) -> list[Difference]:
    """In transactions of its own, which hold nothing else and may wait."""
    found: list[Difference] = []
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    place, numbers = _locks(model, chunk)
                    cursor.execute(
                        "SELECT pg_advisory_xact_lock(%s, k) FROM unnest(%s::int[]) k", [place, sorted(numbers)]
                    )
            found += _compared(model, chunk)
    return found


def _locks(model: type[models.Model], keys: list[Any]) -> tuple[int, list[int]]:
    """Numbers of locks in PostgreSQL: of the model, of each object."""
    return _number(model._meta.label_lower), [_number(str(key)) for key in keys]


def _number(text: str) -> int:
    return crc32(text.encode()) - 2**31


def _models() -> list[type[models.Model]]:
    return list(dict.fromkeys(model for ledger in ledgers for model in ledger.asked()))


def _chunks(model: type[models.Model]) -> Iterator[list[Any]]:
    """Keys of all objects, and none twice."""
    keys = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]


def _listen(name: str, model: type[models.Model], watch: Watch) -> None:
    def heard(sender: Any, instance: Any, **facts: Any) -> None:
        changed = facts.get("update_fields")
        if facts.get("raw") or (changed and watch.fields and not watch.fields & set(changed)):
            return
        act = _touched.get()
        if watch.many and act is not None and "created" in facts:
            act.rows.setdefault((model, watch), []).append(instance)
        else:
            renew_keys(model, watch.owners([instance] if watch.many else instance))

    uid = f"{name} {watch.model._meta.label_lower}"
    post_save.connect(heard, sender=watch.model, weak=False, dispatch_uid=uid)
    post_delete.connect(heard, sender=watch.model, weak=False, dispatch_uid=uid)
