"""The archive of a backup: a ZIP whose last member is the manifest, so that what is not whole has none.

``rows/<model>.jsonl``, ``files/<root>/<name>``, ``files.jsonl`` (size and SHA-256 of each file), ``manifest.json``
(version, migrations, tables with their columns, numbers of rows and SHA-256).
"""

import hashlib
import json
import os
import secrets
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused

FORMAT = 1
MANIFEST, FILES = "manifest.json", "files.jsonl"
BLOCK = 1 << 20


class NotWhole(Refused):
    """The archive is damaged, cut short, or none of ours."""

    code = "archive"


@dataclass(frozen=True)
class WrittenFile:
    """What was written under a name."""

    lines: int
    size: int
    sha256: str


class ArchiveWriter:
    """Fills an archive that is not there yet."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package

    def lines(self, name: str, lines: Iterable[bytes]) -> WrittenFile:
        """Lines, packed."""
        return self._member(name, lines, zipfile.ZIP_DEFLATED)

    def file(self, name: str, source: IO[bytes]) -> WrittenFile:
        """A file as it is: Parquet and pictures are packed already."""
        return self._member(name, iter(lambda: source.read(BLOCK), b""), zipfile.ZIP_STORED)

    def _member(self, name: str, parts: Iterable[bytes], packing: int) -> WrittenFile:
        digest, size, count = hashlib.sha256(), 0, 0
        about = zipfile.ZipInfo(name)
        about.compress_type, about.external_attr = packing, 0o600 << 16
        with self._package.open(about, "w", force_zip64=True) as member:
            for part in parts:
                member.write(part)
                digest.update(part)
                size, count = size + len(part), count + 1
        return WrittenFile(count, size, digest.hexdigest())


@contextmanager
def writing(target: Path) -> Iterator[ArchiveWriter]:
    """An archive that appears under its name when it is whole; a failure leaves nothing, a kill a hidden file."""
    fresh = target.with_name(f".{target.name}.unfinished-{secrets.token_hex(4)}")
    try:
        with fresh.open("xb") as file:
            with zipfile.ZipFile(file, "w") as package:
                yield ArchiveWriter(package)
            file.flush()
            os.fsync(file.fileno())
        os.link(fresh, target)  # unlike a rename, never over another archive
    finally:
        fresh.unlink(missing_ok=True)


class Reader:
    """An archive that has a manifest of a format we know."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self.manifest: dict[str, Any] = json.loads(package.read(MANIFEST))
        if self.manifest.get("format") != FORMAT:
            raise NotWhole(_("This archive is of another format: restore it with the version that made it."))

    def lines(self, name: str) -> Iterator[bytes]:
        with self._package.open(name) as member:
            yield from member

    def files(self) -> Iterator[dict[str, Any]]:
        return (json.loads(line) for line in self.lines(FILES))

    def open(self, name: str) -> IO[bytes]:
        return self._package.open(name)

    @property
    def size(self) -> int:
        """Bytes of all members, unpacked."""
        return sum(each.file_size for each in self._package.infolist())

    def verify(self) -> None:
        """Every member is there, is what the manifest says, and nothing else is. Raises ``NotWhole``."""
        told = [(row_member(each["model"]), each["sha256"]) for each in self.manifest["tables"]]
        told.append((FILES, self.manifest["files"]["sha256"]))
        listed = {name for name, _digest in told} | {MANIFEST}
        for name, digest in told:
            self._check(name, digest)
        for each in self.files():
            name = file_member(each["root"], each["name"])
            listed.add(name)
            self._check(name, each["sha256"])
        others = sorted(set(self._package.namelist()) - listed)
        if others:
            raise NotWhole(_("The archive holds what its manifest does not name: %(name)s.") % {"name": others[0]})

    def _check(self, name: str, expected: str) -> None:
        digest = hashlib.sha256()
        try:
            with self._package.open(name) as member:
                while part := member.read(BLOCK):
                    digest.update(part)
        except KeyError as missing:
            raise NotWhole(_("The archive is not whole: %(name)s is missing.") % {"name": name}) from missing
        if digest.hexdigest() != expected:
            raise NotWhole(_("The archive is damaged: %(name)s is not what was written.") % {"name": name})


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """Raises ``NotWhole`` for what is no archive of ours, or not a whole one."""
    try:
        with zipfile.ZipFile(path) as package:
            yield Reader(package)
    except (zipfile.BadZipFile, KeyError, EOFError, json.JSONDecodeError, UnicodeDecodeError) as broken:
        words = _("%(path)s is not a whole backup: it was cut short or damaged.") % {"path": path}
        raise NotWhole(words) from broken


def row_member(model: str) -> str:
    return f"rows/{model}.jsonl"


def file_member(slug: str, name: str) -> str:
    """The member of a file. Raises ``NotWhole`` for a name that leads out of its folder."""
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or "\\" in name or "\0" in name or not slug.isalpha():
        raise NotWhole(_("The archive names a file outside its folder: %(name)s.") % {"name": name})
    return f"files/{slug}/{name}"
