"""Files that people attach: recognised by content, never by name alone. What could run is refused.

They are given back as what they are, to be saved; the browser shows none but a picture that we have drawn ourselves.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import PurePath
from tempfile import SpooledTemporaryFile
from typing import IO

from django.core.files import File
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from traektoria.core.errors import Invalid
from traektoria.core.figures import MEGABYTE
from traektoria.engines.pixels import is_too_large

NAME_LENGTH = 120
HEAD = 64
ZIP = b"PK\x03\x04"
ENTRIES = 5_000
DESCRIPTION = 200_000
IN_MEMORY = 1_000_000
"""Bytes of an archive that is being made."""

MAGIC: dict[str, tuple[tuple[int, bytes], ...]] = {
    "pdf": ((0, b"%PDF-"),),
    "jpg": ((0, b"\xff\xd8\xff"),),
    "png": ((0, b"\x89PNG\r\n\x1a\n"),),
    "webp": ((0, b"RIFF"), (8, b"WEBP")),
    "mp4": ((4, b"ftyp"),),
    "docx": ((0, ZIP),),
    "xlsx": ((0, ZIP),),
    "pptx": ((0, ZIP),),
    "odt": ((0, ZIP),),
}
KINDS = tuple(MAGIC)
SAME = {"jpeg": "jpg"}
MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
ODT = b"application/vnd.oasis.opendocument.text"
PICTURES = ("jpg", "png", "webp")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
CONTENT_TYPES = {
    "xlsx": XLSX,
    "csv": CSV,
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "mp4": "video/mp4",
}


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: its kind and the name to offer when it is downloaded."""

    kind: str
    name: str


def check_file(
    file: IO[bytes],
    name: str,
    size: int,
    limit: int,
    kinds: Collection[str] = KINDS,
    *,
    or_link: bool = False,
) -> Checked:
    """The kind of a harmless file of at most ``limit`` bytes. Raises ``Invalid`` with what to do; ``or_link``: a link
    may be given in its place."""
    kind = _kind_of(name, kinds, or_link=or_link)
    if not size:
        raise Invalid(_("The file is empty."), code="file_empty")
    if size > limit:
        words = (
            _("The file is too large: up to %(megabytes)s MB. Give a link instead.")
            if or_link
            else _("The file is too large: up to %(megabytes)s MB.")
        )
        raise Invalid(words % {"megabytes": limit // MEGABYTE}, code="file_too_large")
    file.seek(0)
    head = file.read(HEAD)
    if not all(head[start : start + len(mark)] == mark for start, mark in MAGIC[kind]):
        raise Invalid(
            _("The content of the file is not what its name says (.%(kind)s). Save it again in its program.")
            % {"kind": kind},
            code="file_not_as_named",
        )
    if kind in MAIN_PART or kind == "odt":
        _check_office(file, kind)
    file.seek(0)
    if kind in PICTURES and is_too_large(file.read()):
        raise Invalid(
            _("The picture has too many pixels. Save it smaller, up to 8000 by 8000, and attach it again."),
            code="too_many_pixels",
        )
    file.seek(0)
    return Checked(kind, safe_name(name))


def _kind_of(name: str, kinds: Collection[str], *, or_link: bool) -> str:
    ending = PurePath(name).suffix.lower().lstrip(".")
    kind = SAME.get(ending, ending)
    if kind not in kinds:
        words = (
            _("Files of this kind are not accepted here. Attach one of these: %(kinds)s – or give a link.")
            if or_link
            else _("Files of this kind are not accepted here. Attach one of these: %(kinds)s.")
        )
        raise Invalid(words % {"kinds": ", ".join(kind.upper() for kind in kinds)}, code="file_kind")
    return kind


def _check_office(file: IO[bytes], kind: str) -> None:
    """An office package of the kind it claims, without macros and foreign programs."""
    broken = Invalid(_("The file can't be opened. Save it again in its program."), code="file_broken")
    try:
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
            if len(names) > ENTRIES or not _is_of_kind(package, names, kind):
                raise broken
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError) as error:
        raise broken from error
    if any(_could_run(part) for part in names):
        raise Invalid(_("The file has macros in it. Save it without macros and attach it again."), code="file_macros")


def _is_of_kind(package: zipfile.ZipFile, names: list[str], kind: str) -> bool:
    if kind == "odt":
        return "mimetype" in names and _read(package, "mimetype").strip() == ODT
    types = "[Content_Types].xml"
    return MAIN_PART[kind] in names and types in names and b"macroEnabled" not in _read(package, types)


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    """At most ``DESCRIPTION`` bytes: a part that unpacks into more is no description."""
    with package.open(name) as part:
        return part.read(DESCRIPTION)


def _could_run(part: str) -> bool:
    low = part.lower()
    return (
        "vbaproject" in low or low.startswith(("basic/", "scripts/")) or low.endswith((".exe", ".dll", ".js", ".vbs"))
    )


def safe_name(name: str) -> str:
    """The last part of the name, without control characters, of a length that a header can carry."""
    last = PurePath(name.replace("\\", "/")).name
    clean = "".join(sign for sign in last if sign.isprintable() and sign not in '"<>:|?*/').strip()
    stem, dot, ending = clean.rpartition(".")
    return f"{stem[:NAME_LENGTH]}{dot}{ending}" if dot else clean[:NAME_LENGTH]


def digest_of(file: File[bytes]) -> str:
    """SHA-256 of the content: the same file attached twice is one."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def zipped(files: Iterable[tuple[str, bytes | str]]) -> IO[bytes]:
    """An archive of files by name, each written as it comes: of a large one a megabyte is in memory, the rest on the
    disk, and gone once nobody reads it."""
    target = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - whoever takes it reads it to its end
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    target.seek(0)
    return target


def type_of(name: str) -> str:
    """By its ending; of what is not known only that it is a file."""
    return CONTENT_TYPES.get(name.rpartition(".")[2], "application/octet-stream")


def attachment(content: bytes, name: str, content_type: str = "") -> HttpResponse:
    """Something made just now, as a download called ``name``, by which its type is known unless it is said."""
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    headers |= {"X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=content_type or type_of(name), headers=headers)


def streamed(content: IO[bytes], name: str, content_type: str) -> FileResponse:
    """The same for what is large: read bit by bit as it goes, closed at its end."""
    response = FileResponse(content, as_attachment=True, filename=name, content_type=content_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def as_attachment(file: FieldFile, name: str) -> FileResponse:
    """A stored file as a download called ``name``."""
    return streamed(file.open("rb"), name, type_of(str(file.name)))


def shown_picture(file: FieldFile, media_type: str = "image/jpeg", *, of_people: bool = False) -> HttpResponse:
    """A stored picture that was drawn, or looked through, by us. What lies under its address never changes; what is
    ``of_people`` (names, signatures, faces) no browser keeps: the next person may sit at the same computer."""
    with file.open("rb") as stored:
        response = HttpResponse(stored.read(), content_type=media_type)
    response.headers["Cache-Control"] = "private, no-store" if of_people else "private, max-age=86400, immutable"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
