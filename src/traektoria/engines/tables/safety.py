"""Looks into an XLSX before anything reads it.

Every part is inflated here first, within the limits and without trusting the sizes that the archive declares. The quick
reader (calamine) lays a sheet out densely: a few kilobytes with one cell in A1 and one in XFD1048576 ask it for 512 GB
and abort the whole process. So it gets sheets only whose corners were looked at.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from typing import Final

from traektoria.engines.tables.cells import column_number
from traektoria.engines.tables.errors import Unreadable
from traektoria.engines.tables.limits import Limits
from traektoria.engines.tables.magics import FOREIGN, OLE

_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")

# Literal beginnings keep the regular expressions at memory speed: a region is 37 MB of XML.
_ROW_NUMBER = re.compile(rb'<row [^>]{0,300}?\br="(\d{1,10})"')
_OUTLYING = re.compile(rb' r="(?![A-Z]?\d{1,5}")([^"]{0,40})')
_PLACE = re.compile(rb"\s*([A-Za-z]{0,7})(\d{1,20})\s*")
_TELLING: Final = (b"<f", b' t="e"', b' t="d"', b' t="b"', b"<mergeCell ", b"<!", b"_x")
_PROLOGUE: Final = 20_000  # where the widths of columns stand


def check_magic(source: bytes, limits: Limits) -> None:
    """Refuse by the first bytes what is no workbook and no text, whatever its name says."""
    if not source.strip(b"\0\r\n\t ;,"):
        raise Unreadable("empty")
    if len(source) > limits.file_bytes:
        raise Unreadable("too_large", size=len(source), limit=limits.file_bytes)
    if source.startswith(OLE):
        raise Unreadable("encrypted" if _ENCRYPTED_STREAM in source else "old_excel")
    if source.startswith(FOREIGN):
        raise Unreadable("not_a_table")


class Parts(dict[str, bytes]):
    """The parts of a workbook that were looked at: name → XML."""

    def named(self, name: str) -> str:
        """The name as it is written in the archive: letters of another case are the same part."""
        if name in self:
            return name
        return next((own for own in self if own.lower() == name.lower()), name)

    def packed(self) -> bytes:
        """An archive of exactly these parts, stored without compression."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
            for name, data in self.items():
                archive.writestr(zipfile.ZipInfo(name), data)
        return buffer.getvalue()


def check_workbook(source: bytes, limits: Limits) -> Parts:
    """Refuse a dangerous archive; return its XML, so that the readers see what was checked and nothing else."""
    return check_package(source, limits, _check_kind)


def check_package(source: bytes, limits: Limits, check_kind: Callable[[set[str]], None]) -> Parts:
    """The same for an office file of any kind; ``check_kind`` is given the names of its parts in small letters."""
    try:
        return _checked_parts(source, limits, check_kind)
    except (zipfile.BadZipFile, zlib.error, struct.error, ValueError, KeyError, OSError, NotImplementedError) as error:
        raise Unreadable("damaged") from error


def _checked_parts(source: bytes, limits: Limits, check_kind: Callable[[set[str]], None]) -> Parts:
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        entries = archive.infolist()
    check_kind({entry.filename.replace("\\", "/").lower() for entry in entries})
    if len(entries) > limits.parts:
        raise Unreadable("zip_bomb", size=len(entries), limit=limits.parts)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("encrypted")
    allowance = min(limits.unpacked_bytes, max(limits.unpacked_ratio * len(source), 16 * 2**20))
    declared = sum(entry.file_size for entry in entries)
    if declared > allowance:
        raise Unreadable("zip_bomb", size=declared, limit=allowance)
    spent = 0
    parts = Parts()
    for entry in entries:
        data = _inflate(source, entry, allowance - spent)
        spent += len(data)
        if entry.filename.endswith((".xml", ".rels")):
            parts[entry.filename.replace("\\", "/").lstrip("/")] = data
    return parts


def _check_kind(names: set[str]) -> None:
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Unreadable("macros")
    if "xl/workbook.bin" in names:
        raise Unreadable("binary_workbook")
    if "content.xml" in names and "mimetype" in names:
        raise Unreadable("open_document")
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Unreadable("not_a_table")


def _inflate(source: bytes, entry: zipfile.ZipInfo, allowance: int) -> bytes:
    """The bytes of one part, read as the reader will: to the end of the stream, not to the declared size."""
    name_length, extra_length = struct.unpack_from("<HH", source, entry.header_offset + 26)
    start = entry.header_offset + 30 + name_length + extra_length
    raw = source[start : start + entry.compress_size]
    if len(raw) != entry.compress_size:
        raise Unreadable("damaged")
    if entry.compress_type == zipfile.ZIP_STORED:
        data = raw
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        data = inflater.decompress(raw, allowance + 1)
    else:
        raise Unreadable("damaged")
    if len(data) > allowance:
        raise Unreadable("zip_bomb", size=len(data), limit=allowance)
    if len(data) != entry.file_size or zlib.crc32(data) != entry.CRC:
        raise Unreadable("damaged")
    return data


def is_plain(data: bytes, telling: Iterable[int], limits: Limits) -> bool:
    """Whether the quick reader says all there is to say: values and texts written as every office program writes them,
    no formula, error, date or merged cell, no style that changes how a number looks (`telling`), corners within the
    limits.
    """
    if any(mark in data for mark in _TELLING) or any(b' s="%d"' % style in data for style in telling):
        return False
    return _is_regular(data) and _corners_fit(data, limits)


def _is_regular(data: bytes) -> bool:
    """Each row and cell says its place."""
    cells, widths = data.count(b"<c "), data.count(b"<col", 0, _PROLOGUE)
    return (
        data.count(b' r="') == data.count(b"<row") + cells
        and data.count(b"<c") == cells + widths
        and b":row" not in data
    )


def _corners_fit(data: bytes, limits: Limits) -> bool:
    """Whether the dense layout of a sheet is small enough: rows, columns and their product."""
    rows, columns = 0, 26
    for place in set(_OUTLYING.findall(data)):
        match = _PLACE.fullmatch(place)
        if match is None:
            return False
        rows, columns = max(rows, int(match[2])), max(columns, column_number(match[1].decode()) + 1)
    rows = max(rows, max(map(int, _ROW_NUMBER.findall(data)), default=0), data.count(b"<row"))
    return rows <= limits.rows and columns <= limits.columns and rows * columns <= limits.grid_cells
