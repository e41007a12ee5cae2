"""What rooms tell of their files and rows: which files rows name, which count for quotas, which rows point nowhere."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

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
    """Stored names of the files that people attached: ``names(person_id=…)`` or ``names(centre_id=…)``, for quotas."""

    slug: str
    order: int
    names: Callable[..., Iterable[str]]


@dataclass(frozen=True)
class RowCheck:
    """What ``traektoria check`` asks a room: sentences about rows that point nowhere, each with its remedy."""

    slug: str
    order: int
    differences: Callable[[], Iterable[tuple[str, str]]]


stored_files: Registry[StoredFiles] = Registry("stored files")
row_checks: Registry[RowCheck] = Registry("row checks")
attached: Registry[Attached] = Registry("attached")
