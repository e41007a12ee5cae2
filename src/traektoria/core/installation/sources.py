"""What rooms tell of their files and rows: which files rows name, which count for quotas, which rows point nowhere."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Model, Q

from traektoria.core.registries import Registry


@dataclass(frozen=True)
class NamedFile:
    """A file or a folder that a row names: ``name`` is its place under the root, ``owner`` says whose it is.

    ``sha256`` of a file's content where the row keeps it. ``parts`` are the files that a folder must have.
    """

    root: str
    name: str
    owner: str
    sha256: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class StoredFiles:
    """What rows of a room name under ``root``: ``named(database)`` reads them from the database of that alias.

    Files of ``FileField`` need no entry: they are found by the field.
    """

    slug: str
    order: int
    root: str
    named: Callable[[str], Iterable[NamedFile]]


@dataclass(frozen=True)
class Attached:
    """A model whose files people attach, for quotas: by which of its columns they count for a person, and by which,
    one or another, for a centre."""

    slug: str
    order: int
    model: type[Model]
    person: str
    centre: tuple[str, ...]

    def names(self, *, person_id: int | None = None, centre_id: int | None = None) -> Iterable[str]:
        """Stored names of the files of the person, or of the centre. One query."""
        columns, key = ((self.person,), person_id) if centre_id is None else (self.centre, centre_id)
        whose = reduce(or_, (Q(**{column: key}) for column in columns))
        return self.model._default_manager.filter(whose).exclude(file="").values_list("file", flat=True)


@dataclass(frozen=True)
class RowCheck:
    """What ``traektoria check`` asks a room: sentences about rows that point nowhere, each with its remedy."""

    slug: str
    order: int
    differences: Callable[[], Iterable[tuple[str, str]]]


stored_files: Registry[StoredFiles] = Registry("stored files")
row_checks: Registry[RowCheck] = Registry("row checks")
attached: Registry[Attached] = Registry("attached")
