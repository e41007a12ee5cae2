"""``traektoria check``: rows against files both ways, identity, access rights; each difference with what to do."""

import hashlib
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from traektoria.core.figures import MEGABYTE
from traektoria.core.installation.identity import Apart, settle
from traektoria.core.installation.leavings import KEPT_ASIDE, aside_name, expect, move_aside
from traektoria.core.installation.room import LITTLE
from traektoria.core.installation.roots import ASIDE, INCOMING, Root, kept, named, root, things_in
from traektoria.core.installation.sources import NamedFile, row_checks
from traektoria.core.models import Leaving

PARQUET = b"PAR1"
OTHERS = stat.S_IRWXG | stat.S_IRWXO
BLOCK = 1 << 20


@dataclass(frozen=True)
class Mismatch:
    """What is not as it should be, and what to do about it."""

    what: str
    remedy: str


def differences() -> Iterator[Mismatch]:
    """All of them, as they are found. Changes nothing."""
    pending = MigrationExecutor(connection)
    if pending.migration_plan(pending.loader.graph.leaf_nodes()):
        yield Mismatch(_("The database is of an older version than the program."), "traektoria migrate")
        return
    try:
        settle()
    except Apart as apart:
        yield Mismatch(apart.details, _("Until then nothing else is compared."))
        return
    yield from _of_rows()
    for place in kept():
        yield from _lost(place)
        yield from _nobodys(place)
        yield from _unfinished(place)
    yield from _forgotten()
    yield from _open_to_others()
    yield from _room()


def _of_rows() -> Iterator[Mismatch]:
    try:
        connection.check_constraints()
    except DatabaseError as broken:
        yield Mismatch(str(broken), _("Restore the database from a backup: traektoria restore"))
    for each in row_checks:
        yield from (Mismatch(what, remedy) for what, remedy in each.differences())


def _lost(place: Root) -> Iterator[Mismatch]:
    """What a row names and the disk has not, or has otherwise."""
    for each in named(place.slug):
        told = {"name": place.path / each.name, "owner": each.owner}
        path = place.path / each.name
        if not path.exists():
            yield Mismatch(_("Missing: %(name)s (%(owner)s).") % told, _take_back())
            continue
        yield from (
            Mismatch(_("Missing or damaged: %(name)s (%(owner)s).") % {**told, "name": path / part}, _take_back())
            for part in each.parts
            if not _is_whole(path / part)
        )
        if each.sha256 and not _is_as_written(path, each):
            yield Mismatch(_("Not what was written: %(name)s (%(owner)s).") % told, _take_back())


def _take_back() -> str:
    return _("Take the file from a backup; without one, delete the entry in the browser and load it anew.")


def _is_whole(path: Path) -> bool:
    """The file is there; one of Parquet begins and ends as such."""
    if not path.is_file():
        return False
    if path.suffix != ".parquet":
        return path.stat().st_size > 0
    with path.open("rb") as file:
        if file.read(4) != PARQUET or path.stat().st_size < 12:
            return False
        file.seek(-4, 2)
        return file.read() == PARQUET


def _is_as_written(path: Path, each: NamedFile) -> bool:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while part := file.read(BLOCK):
                digest.update(part)
    except OSError:
        return False
    return digest.hexdigest() == each.sha256


def _nobodys(place: Root) -> Iterator[Mismatch]:
    for name in nobodys(place):
        yield Mismatch(
            _("No row names %(name)s.") % {"name": place.path / name},
            _("If it is not needed: traektoria check --set-aside puts it into quarantine."),
        )


def nobodys(place: Root) -> list[str]:
    """What lies under the root and no row names, those left out that wait to be cleared."""
    names = {each.name for each in named(place.slug)}
    names |= set(Leaving.objects.filter(root=place.slug).values_list("name", flat=True))
    return [name for name in things_in(place) if name not in names]


def set_aside() -> list[Path]:
    """Put into quarantine what no row names: a person has looked. Raises ``Apart``."""
    moved = []
    for place in kept():
        for name in nobodys(place):
            target = aside_name(place.slug, name)
            expect(ASIDE, [target], aside=False, days=KEPT_ASIDE.days)
            moved.append(move_aside(place.path / name, target))
    return moved


def _unfinished(place: Root) -> Iterator[Mismatch]:
    """What a killed import or restore left, that no row of this database wrote down."""
    known = set(Leaving.objects.filter(root=place.slug).values_list("name", flat=True))
    for path in sorted([*place.path.glob(".tmp-*"), *place.path.glob(".restoring_*")]):
        if path.name not in known:
            what = _("Left by a process that was killed: %(name)s.") % {"name": path}
            yield Mismatch(what, _("Delete it by hand, if no import and no restore goes on."))


def _forgotten() -> Iterator[Mismatch]:
    """Uploads that wait for nobody, quarantine that no row remembers."""
    for slug, depth in ((INCOMING, "*"), (ASIDE, "*/*/*")):
        place = root(slug).path
        known = set(Leaving.objects.filter(root=slug).values_list("name", flat=True))
        for path in sorted(place.glob(depth)):
            if path.relative_to(place).as_posix() not in known:
                yield Mismatch(_("No row names %(name)s.") % {"name": path}, _("Delete it by hand."))


def folders() -> list[Path]:
    """Every folder of the installation, those inside another one left out."""
    slugs = ("datasets", "uploads", "ballots", "cache", "temporary")
    places = [Path(settings.DATA).resolve(), *(place.path for place in map(root, slugs) if place.outside)]
    return [place for place in places if place.is_dir()]


def _open_paths(folder: Path) -> Iterator[Path]:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink() and path.stat().st_mode & OTHERS:
            yield path


def _open_to_others() -> Iterator[Mismatch]:
    for folder in folders():
        found = list(_open_paths(folder))
        if found:
            what = _(
                "Open to other accounts of the machine: %(name)s and what else is in %(folder)s, %(count)s in all."
            )
            yield Mismatch(what % {"name": found[0], "folder": folder, "count": len(found)}, "traektoria check --mend")


def mend_modes() -> int:
    """Close folders (0700) and files (0600) to other accounts. How many were open."""
    found = [path for folder in folders() for path in _open_paths(folder)]
    for path in found:
        path.chmod(0o700 if path.is_dir() else 0o600)
    return len(found)


def _room() -> Iterator[Mismatch]:
    for folder in folders():
        free = shutil.disk_usage(folder).free
        if free < LITTLE:
            what = _("Little room in %(folder)s: %(free)s MB are free.")
            yield Mismatch(what % {"folder": folder, "free": free // MEGABYTE}, _("Free some room on the disk."))
