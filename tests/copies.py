"""Objects that many tests begin with are built once a process and then copied row by row."""

import pickle
from collections.abc import Callable
from datetime import date, time
from typing import Generic, TypeVar

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from traektoria.core.waiting import gathered

Rows = list[tuple[str, list[tuple[object, ...]]]]


T = TypeVar("T")


class Copies(Generic[T]):
    """What ``make`` builds, for any number of tests that undo their database.

    The first build is kept as pickled objects and raw rows. On another day, and where a copy's place is taken, it is
    built anew.
    """

    def __init__(self, make: Callable[[], T]) -> None:
        self.make = make
        self.kept: dict[tuple[str, date], tuple[bytes, Rows]] = {}

    def one(self) -> T:
        place = (connection.vendor, timezone.localdate())
        if place not in self.kept:
            if _filled():
                return self.make()
            with gathered():
                made = self.make()
            self.kept[place] = pickle.dumps(made), rows()
            return made
        objects, kept = self.kept[place]
        try:
            fill(kept)
        except IntegrityError:
            return self.make()
        made = pickle.loads(objects)  # noqa: S301
        assert isinstance(made, object)
        return made  # type: ignore[no-any-return]


def everything() -> list[type[models.Model]]:
    """Everything that tests write: what migrations fill (rights and kinds of content) stays as it is."""
    found = apps.get_models(include_auto_created=True)
    return [
        model
        for model in found
        if model._meta.managed and not model._meta.proxy and model._meta.label not in _OF_MIGRATIONS
    ]


_OF_MIGRATIONS = {"auth.Permission", "contenttypes.ContentType", "core.Installation"}


def _filled() -> bool:
    return any(model._base_manager.exists() for model in everything())


def rows() -> Rows:
    """All that stands in the tables of ``everything``."""
    found = []
    with connection.cursor() as cursor:
        for model in everything():
            names = [field.column for field in model._meta.local_concrete_fields]
            table = connection.ops.quote_name(model._meta.db_table)
            columns = ", ".join(map(connection.ops.quote_name, names))
            cursor.execute(f"SELECT {columns} FROM {table}")  # noqa: S608
            if values := cursor.fetchall():
                places = ", ".join(["%s"] * len(names))
                plain = [tuple(map(_plain, row)) for row in values]
                found.append((f"INSERT INTO {table} ({columns}) VALUES ({places})", plain))  # noqa: S608
    return found


def _plain(value: object) -> object:
    """Hours of the clock are read by SQLite's driver and not written by it."""
    return value.isoformat() if isinstance(value, time) else value


def fill(kept: Rows) -> None:
    """Write these rows, all or none. Raises ``IntegrityError`` where a place is taken."""
    with transaction.atomic(), connection.cursor() as cursor:
        for insert, values in kept:
            cursor.executemany(insert, values)
