"""Database and data folder carry each other's identity, a random key, and refuse to run apart (ADR 0018).

The key is a row of the database and a file in the data folder; datasets or uploads that were set apart carry the file
too. A folder without a mark is taken over only where nothing can be lost: it is empty and the database names nothing in
it, or it has what the database names.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils.translation import gettext as _

from traektoria.core.errors import DomainError
from traektoria.core.installation.roots import Root, files_under, kept, named, root, things_in
from traektoria.core.models import Installation

MARK = ".installation"
JOURNAL = ".restore"
"""A restore that was killed in its last step."""


class Apart(DomainError):
    """Folder and database belong to two installations: nothing is written until a person has looked.

    ``details`` are for the operator: which folder, which database, what to do.
    """

    status = 503
    code = "apart"

    def __init__(self, details: str) -> None:
        super().__init__(
            _(
                "The files and the database of this server do not belong together: nothing was written. "
                "Tell the administrator."
            )
        )
        self.details = details


@dataclass(frozen=True)
class Side:
    """A folder as it is seen by the one who decides: its mark, how much rows name there, is there, and is both."""

    path: Path
    mark: str
    named: int
    there: int
    both: int


def settle() -> str:
    """The key under which database and folders run together; made where both are new. Raises ``Apart``.

    One query and the reading of a small file. Killed half-way it goes on from there.
    """
    if (Path(settings.DATA) / JOURNAL).exists():
        raise Apart(_("A restore was cut short. Go on with it: traektoria restore --finish"))
    row = Installation.objects.first()
    if row is not None and row.settled:
        for place in marked():
            if mark_of(place.path) != row.key:
                _take(place, row.key)
        return row.key
    for place in marked():
        _check_free(place, row.key if row else "")
    if row is None:
        row, _made = Installation.objects.get_or_create(pk=1, defaults={"key": secrets.token_hex(16)})
    for place in marked():
        put_mark(place.path, row.key)
    Installation.objects.filter(pk=1).update(settled=True)
    return row.key


def settle_if_migrated() -> None:
    """The same before a command: a database without tables is new, and must not begin in the folder of another."""
    if Installation._meta.db_table in connection.introspection.table_names():
        settle()
        return
    for place in marked():
        if mark_of(place.path):
            raise _apart(place)


def adopt() -> str:
    """Let database and folders belong together from now on, whatever they carried. A person has looked."""
    key = mark_of(Path(settings.DATA)) or secrets.token_hex(16)
    row, _made = Installation.objects.get_or_create(pk=1, defaults={"key": key})
    for place in marked():
        put_mark(place.path, row.key)
    Installation.objects.filter(pk=1).update(settled=True)
    return row.key


def keep_apart(folder: Path, key: str) -> None:
    """Take a folder of passing things (keys of votes) that was set apart: empty, or our own. Raises ``Apart``."""
    place = Root(folder.name, folder.resolve())
    mark = mark_of(place.path)
    if not place.outside or mark == key:
        return
    if mark or next(files_under(place.path), None) is not None:
        raise _apart(place)
    put_mark(place.path, key)


def own_cache(key: str) -> None:
    """What another installation computed is not shown: a cache that was set apart is emptied when it changes hands."""
    place = root("cache")
    if place.outside and mark_of(place.path) != key:
        cache.clear()
        put_mark(place.path, key)


def marked() -> list[Root]:
    """The folders that carry the mark: the data folder, and what was set apart from it."""
    apart = [place for place in kept() if place.outside]
    return [Root("data", Path(settings.DATA).resolve()), *apart]


def mark_of(folder: Path) -> str:
    """The key that a folder carries; empty where it has none."""
    try:
        return (folder / MARK).read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return ""


def put_mark(folder: Path, key: str) -> None:
    """Write the key, whole or not at all."""
    fresh = folder / f"{MARK}.{secrets.token_hex(4)}"
    with fresh.open("x", encoding="ascii") as file:
        file.write(key + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / MARK)


def sides() -> list[Side]:
    """What a person should look at before adopting."""
    found = []
    for place in kept():
        names, there = {each.name for each in named(place.slug)}, set(things_in(place))
        mark = next(mark_of(one.path) for one in (place, *marked()) if mark_of(one.path) or one.slug == "data")
        found.append(Side(place.path, mark, len(names), len(there), len(names & there)))
    return found


def _take(place: Root, key: str) -> None:
    _check_free(place, key)
    put_mark(place.path, key)


def _check_free(place: Root, key: str) -> None:
    """Nothing can be lost by running with this folder. Raises ``Apart``."""
    mark = mark_of(place.path)
    if (mark and mark != key) or not all(_fits(each) for each in _inside(place)):
        raise _apart(place)


def _inside(place: Root) -> list[Root]:
    """What of the kept things lies in the folder."""
    return [each for each in kept() if each.path.is_relative_to(place.path)]


def _fits(place: Root) -> bool:
    names = [each.name for each in named(place.slug)]
    if any((place.path / name).exists() for name in names):
        return True
    return not names and next(things_in(place), None) is None


def _apart(place: Root) -> Apart:
    facts = {
        "folder": place.path,
        "mark": mark_of(place.path) or _("no mark"),
        "database": database_name(),
        "key": _key_of_database() or _("no mark"),
    }
    return Apart(
        _(
            "The folder %(folder)s (%(mark)s) and the database %(database)s (%(key)s) do not belong together. "
            "Nothing was written.\n"
            "Look which of them is wrong: TRAEKTORIA_DATA, TRAEKTORIA_DATASETS, TRAEKTORIA_UPLOADS, DATABASE_URL.\n"
            "If they do belong together, let them: traektoria adopt"
        )
        % facts
    )


def _key_of_database() -> str:
    if Installation._meta.db_table not in connection.introspection.table_names():
        return ""
    return Installation.objects.values_list("key", flat=True).first() or ""


def database_name() -> str:
    """The database in words, without its password."""
    told = connection.settings_dict
    host = f"{told['HOST']}/" if told.get("HOST") else ""
    return f"{connection.vendor} {host}{told['NAME']}"
