"""What waits for a person is written when it begins to wait (docs/adr/0033-waiting.md).

A room registers a ``WaitingSource`` (``waits``): ``rows`` says who waits because of which objects, and what it reads of
other models it watches. A save or a delete of any of them asks ``rows`` anew for the objects that it touches, in the
transaction of the act, and writes the difference. Writes in bulk (``update``, ``bulk_create``, sets of many-to-many)
send no signal: their action calls ``renew``. ``gathered()`` asks once for all that an act touched.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any, Final
from zlib import crc32

from django.db import connection, models, transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from traektoria.core.joined import Joined, marks
from traektoria.core.models import Waiting
from traektoria.core.registries import Wait, WaitingKind, WaitingSource, Watch, waiting_sources

Key = tuple[str, str, str]
"""Kind, addressee, object."""
CHUNK: Final = 500
MANY: Final = 2_000
"""More objects than this are too many for an act (each takes a lock): they are asked after its commit."""
OVER: Final = timedelta(days=2)
"""So long after ``shows_until`` it is over in every zone."""
_PLAIN: Final = ("centre_id", "about_id", "due", "shows_from", "shows_until")
_WRITTEN: Final = (*_PLAIN, "not_for", "facts", "since")
_ONCE: Final = ("addressee", "kind", "object_kind", "object_id")
_COLUMNS: Final = [field for field in Waiting._meta.concrete_fields if not field.primary_key]
_UPSERT: Final = (
    f"INSERT INTO core_waiting ({', '.join(field.attname for field in _COLUMNS)}) "  # noqa: S608 - names of ours
    f"VALUES ({', '.join(['%s'] * len(_COLUMNS))}) ON CONFLICT ({', '.join(_ONCE)}) "
    f"DO UPDATE SET {', '.join(f'{name} = EXCLUDED.{name}' for name in _WRITTEN)}"
)
_STANDING: Final = Joined(Waiting)


@dataclass(frozen=True)
class Difference:
    """A row that is missing, differs, or stands though nobody waits; ``how`` is «missing», «differs», «extra»."""

    how: str
    kind: str
    to: str
    object_kind: str
    object_id: str

    def __str__(self) -> str:
        return f"{self.how}: {self.kind} -> {self.to} ({self.object_kind} {self.object_id})"


@dataclass
class _Touched:
    """What an act has touched: keys by model, and rows whose owners are asked at the end."""

    keys: dict[type[models.Model], set[Any]] = field(default_factory=dict)
    rows: dict[tuple[type[models.Model], Watch], list[models.Model]] = field(default_factory=dict)

    def all_keys(self) -> dict[type[models.Model], set[Any]]:
        for (model, watch), rows in self.rows.items():
            self.keys.setdefault(model, set()).update(key for key in watch.owners(rows) if key is not None)
        return self.keys


_touched: ContextVar[_Touched | None] = ContextVar("touched", default=None)


def waits(source: WaitingSource) -> None:
    """Register a source and listen to its model and to what it watches."""
    waiting_sources.add(source)
    own = () if any(watch.model is source.model for watch in source.watches) else (Watch(source.model),)
    for watch in (*own, *source.watches):
        _listen(source, watch)


def kinds() -> dict[str, WaitingKind]:
    return {kind.slug: kind for source in waiting_sources for kind in source.kinds}


def renew(*objects: models.Model) -> None:
    """Write anew who waits because of these objects; after writes in bulk, where nothing is heard."""
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
        _renew(model, keys)


def mend() -> list[Difference]:
    """Ask every source for all its objects, write what differs, forget what is long over. Returns the differences."""
    found = []
    for model in _models():
        for keys in _chunks(model):
            found += _renew_alone(model, keys)
    return found + list(_orphans(delete=True))


def differences() -> Iterator[Difference]:
    """What ``mend`` would write. Nothing is written."""
    for model in _models():
        for keys in _chunks(model):
            yield from _compare(model, keys).differences
    yield from _orphans(delete=False)


@dataclass(frozen=True)
class _Compared:
    differences: list[Difference]
    write: list[Waiting]
    drop: list[int]


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
            found += _renewed(model, held)
    return found


def _renewed(model: type[models.Model], keys: list[Any]) -> list[Difference]:
    compared = _compare(model, keys)
    _write(compared)
    return compared.differences


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
            found += _renewed(model, chunk)
    return found


def _locks(model: type[models.Model], keys: list[Any]) -> tuple[int, list[int]]:
    """Numbers of locks in PostgreSQL: of the model, of each object."""
    return _number(model._meta.label_lower), [_number(str(key)) for key in keys]


def _number(text: str) -> int:
    return crc32(text.encode()) - 2**31


def _write(compared: _Compared) -> None:
    """By hand: the query builder would cost most of what an act costs."""
    with connection.cursor() as cursor:
        if compared.drop:
            cursor.execute(f"DELETE FROM core_waiting WHERE id IN ({marks(compared.drop)})", compared.drop)  # noqa: S608
        if compared.write:
            cursor.executemany(_UPSERT, [_values(row) for row in compared.write])


def _values(row: Waiting) -> list[Any]:
    return [field.get_db_prep_save(getattr(row, field.attname), connection) for field in _COLUMNS]


def _compare(model: type[models.Model], keys: Iterable[Any]) -> _Compared:
    label, keys = model._meta.label_lower, list(keys)
    texts = [str(key) for key in keys]
    there = _STANDING.find(f"t.object_kind = %s AND t.object_id IN ({marks(texts)})", label, *texts) if texts else []
    stands = {(row.kind, row.addressee, row.object_id): row for row in there}
    wanted = _wanted(model, keys)
    found, write = [], []
    for key, wait in wanted.items():
        row = stands.pop(key, None)
        if row is None or not _is_as(row, wait):
            write.append(_row(label, key, wait, row))
            found.append(Difference("missing" if row is None else "differs", *key[:2], label, key[2]))
    over = timezone.localdate() - OVER
    extra = [row for row in stands.values() if row.shows_until is None or row.shows_until >= over]
    found += [Difference("extra", row.kind, row.addressee, label, row.object_id) for row in extra]
    return _Compared(found, write, [row.pk for row in stands.values()])


def _wanted(model: type[models.Model], keys: list[Any]) -> dict[Key, Wait]:
    over = timezone.localdate() - OVER
    sources = [source for source in waiting_sources if source.model is model]
    rows = (_decided(source, wait) for source in sources for wait in source.rows(_objects(source, keys)))
    living = (wait for wait in rows if wait.shows_until is None or wait.shows_until >= over)
    return {(wait.kind, wait.to, str(getattr(wait.obj, "pk", wait.obj))): wait for wait in living}


def _decided(source: WaitingSource, wait: Wait) -> Wait:
    """Raises ``LookupError`` where a due day begins to wait and nobody has said whether a letter reminds of it."""
    if wait.due is not None and wait.kind not in source.with_a_due_day:
        raise LookupError(f"{wait.kind} has a due day: say its letter, or why there is none")
    return wait


def _objects(source: WaitingSource, keys: list[Any]) -> Any:
    return keys if source.by_keys else source.model._base_manager.filter(pk__in=keys)


def _standing(label: str) -> models.QuerySet[Waiting]:
    return Waiting.objects.filter(object_kind=label)


def _is_as(row: Waiting, wait: Wait) -> bool:
    same = all(getattr(row, name) == getattr(wait, name) for name in _PLAIN)
    same = same and row.facts == dict(wait.facts) and row.not_for == _between(wait.not_for)
    return same and (wait.since is None or row.since == wait.since)


def _row(label: str, key: Key, wait: Wait, old: Waiting | None) -> Waiting:
    since = wait.since or (old.since if old else timezone.now())
    plain = {name: getattr(wait, name) for name in _PLAIN}
    facts = dict(wait.facts)
    return Waiting(
        kind=key[0],
        addressee=key[1],
        object_kind=label,
        object_id=key[2],
        not_for=_between(wait.not_for),
        facts=facts,
        since=since,
        **plain,
    )


def _between(ids: tuple[int, ...]) -> str:
    """« 12 15 », so that «% 12 %» finds one of them."""
    return f" {' '.join(map(str, ids))} " if ids else ""


def _models() -> list[type[models.Model]]:
    return list(dict.fromkeys(source.model for source in waiting_sources))


def _chunks(model: type[models.Model]) -> Iterator[list[Any]]:
    """Keys of all objects, and none twice."""
    keys = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]


def _orphans(*, delete: bool) -> Iterator[Difference]:
    """Rows of objects that are gone, and of models of which no room tells (any more)."""
    known = {model._meta.label_lower: model for model in _models()}
    for label in sorted(set(Waiting.objects.order_by().values_list("object_kind", flat=True).distinct())):
        alive = known[label]._base_manager.values_list("pk", flat=True) if label in known else ()
        living = set(map(str, alive))
        gone = [row for row in _standing(label) if row.object_id not in living]
        yield from (Difference("extra", row.kind, row.addressee, label, row.object_id) for row in gone)
        if delete:
            Waiting.objects.filter(pk__in=[row.pk for row in gone]).delete()


def _listen(source: WaitingSource, watch: Watch) -> None:
    def heard(sender: Any, instance: Any, **facts: Any) -> None:
        changed = facts.get("update_fields")
        if facts.get("raw") or (changed and watch.fields and not watch.fields & set(changed)):
            return
        act = _touched.get()
        if watch.many and act is not None and "created" in facts:
            act.rows.setdefault((source.model, watch), []).append(instance)
        else:
            renew_keys(source.model, watch.owners([instance] if watch.many else instance))

    uid = f"waiting {source.slug} {watch.model._meta.label_lower}"
    post_save.connect(heard, sender=watch.model, weak=False, dispatch_uid=uid)
    post_delete.connect(heard, sender=watch.model, weak=False, dispatch_uid=uid)
