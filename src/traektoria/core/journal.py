"""Rows that a page writes while it is only read: who opened what, which paper was issued.

They are written at once where the database is free to be written. Where it is not, the page does not wait: they are put
into a file beside the database, on the disk before the page is answered, and moved into their tables by a thread within
a second of the writer's end; by the next start of the server, where this one is killed. None is lost, none comes twice.
"""

import logging
import os
import time
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread
from uuid import uuid4

from django.conf import settings
from django.core import serializers
from django.db import DatabaseError, IntegrityError, OperationalError, connection, models, transaction
from django.utils import timezone

from traektoria.core.models import Submission
from traektoria.core.patience import NONE, is_busy, patience

log = logging.getLogger(__name__)
KEPT = ".json"
AT_ONCE = 500
PAUSE = 0.5  # seconds between two looks whether the database can be written
_moving = Lock()


def write(*rows: models.Model) -> None:
    """Write new rows, all or none; within an action, in its transaction.

    Rows that are there already, by a unique constraint, were written by another request: then all of these were.
    """
    for row in rows:
        _stamp(row)
    if connection.in_atomic_block:
        _insert(rows)
        return
    try:
        with patience(NONE):
            _insert(rows)
    except OperationalError as error:
        if not is_busy(error):
            raise
        _keep(rows)


def move() -> int:
    """Move what waits in files into its tables; how many files.

    Each goes in one transaction with a mark of the file, so that a death in between moves nothing twice.
    """
    moved = 0
    with _moving:
        for path in sorted(_folder().glob(f"*{KEPT}")):
            with suppress(IntegrityError, FileNotFoundError), transaction.atomic():
                Submission.objects.create(mark=path.stem)
                _insert([one.object for one in serializers.deserialize("json", path.read_text(encoding="utf-8"))])
                moved += 1
            path.unlink(missing_ok=True)
    return moved


def begin() -> None:
    """At the start of a process: move what one that was killed has left."""
    if _waits():
        Thread(target=_move_patiently, name="journal", daemon=True).start()


def _stamp(row: models.Model) -> None:
    """The moment of the opening, not of the moving."""
    for field in row._meta.concrete_fields:
        if getattr(field, "auto_now_add", False):
            setattr(row, field.attname, timezone.now())


def _insert(rows: tuple[models.Model, ...] | list[models.Model]) -> None:
    with suppress(IntegrityError), transaction.atomic():
        if len({type(row) for row in rows}) == 1 and all(row.pk is None for row in rows):
            _insert_alike(type(rows[0]), rows)
            return
        for row in rows:
            row.save_base(raw=True, force_insert=True)


def _insert_alike(model: type[models.Model], rows: tuple[models.Model, ...] | list[models.Model]) -> None:
    """Rows of one table in one statement, with the moments that they have (``bulk_create`` would make them anew)."""
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    for start in range(0, len(rows), AT_ONCE):
        model._base_manager._insert(rows[start : start + AT_ONCE], fields=fields, raw=True)  # type: ignore[attr-defined]


def _folder() -> Path:
    return Path(settings.DATA) / "journal"


def _keep(rows: tuple[models.Model, ...]) -> None:
    """A file of its own, on the disk before this returns."""
    _folder().mkdir(mode=0o700, exist_ok=True)
    path = _folder() / uuid4().hex
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(serializers.serialize("json", rows, ensure_ascii=False))
        file.flush()
        os.fsync(file.fileno())
    path.rename(path.with_suffix(KEPT))  # what is not whole has no suffix and is not moved
    begin()


def _waits() -> bool:
    return _folder().is_dir() and any(_folder().glob(f"*{KEPT}"))


def _move_patiently() -> None:
    """Until nothing waits. One thread of a process is enough; of two processes the mark of the file decides."""
    if _moving.locked():
        return
    try:
        while _waits():
            time.sleep(PAUSE)
            try:
                move()
            except DatabaseError as error:
                if not is_busy(error):
                    log.exception("the journal waits in %s", _folder())
                    return
    finally:
        connection.close()
