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
from typing import TYPE_CHECKING, Final

from traektoria.engines.lazy_imports import np
from traektoria.engines.tables.cells import column_number
from traektoria.engines.tables.errors import Unreadable
from traektoria.engines.tables.limits import Limits
from traektoria.engines.tables.magics import FOREIGN, OLE

if TYPE_CHECKING:
    import numpy.typing as npt

_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")

# Literal beginnings keep the regular expressions at memory speed: a region is 37 MB of XML.
_ROW_NUMBER = re.compile(rb'<row [^>]{0,300}?\br="(\d{1,10})"')
_OUTLYING = re.compile(rb' r="(?![A-Z]?\d{1,5}")([^"]{0,40})')
_PLACE = re.compile(rb"\s*([A-Za-z]{0,7})(\d{1,20})\s*")
_PREFIXED_ROW = re.compile(rb":row")
_STEP: Final = 2**18  # bytes that are looked at together: their arrays stay in the processor's cache
_MARGIN: Final = bytes(3)  # what is looked at around a sign
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
    if any(b' s="%d"' % style in data for style in telling):
        return False
    return _is_regular(data) and _corners_fit(data, limits)


def _is_regular(data: bytes) -> bool:
    """Each row and cell says its place, and no cell holds more than a value or a text."""
    if (b"_" in data and b"_x" in data) or (b":" in data and _PREFIXED_ROW.search(data)):
        return False
    text = np.frombuffer(b"".join((_MARGIN, data, _MARGIN)), np.uint8)
    begun, kinds = np.zeros(256, np.int64), np.zeros(256, np.int64)
    cells = rows = places = 0
    for start in range(0, len(data), _STEP):
        part = _Marks(text[start : start + _STEP + 2 * len(_MARGIN)])
        begun += part.begun
        kinds += part.kinds
        cells, rows, places = cells + part.cells, rows + part.rows, places + part.places
    if begun[list(b"f!")].any() or kinds[list(b"edb")].any() or (begun[ord("m")] and b"<mergeCell " in data):
        return False
    return bool(begun[ord("c")] == cells + data.count(b"<col", 0, _PROLOGUE) and places == rows + cells)


class _Marks:
    """What a stretch of XML between two margins holds: one look at what stands around the signs `<` and `=`, in arrays,
    instead of a search for each of a dozen words.

    `begun` counts tags by their first letter, `kinds` the attributes t of one letter; `cells` are `<c `, `rows` are
    `<row`, `places` are attributes r.
    """

    def __init__(self, text: npt.NDArray[np.uint8]) -> None:
        def beside(at: npt.NDArray[np.int64], step: int) -> npt.NDArray[np.uint8]:
            return text[len(_MARGIN) + step :].take(at)

        inner = text[len(_MARGIN) : -len(_MARGIN)]
        tags = np.flatnonzero(inner == ord("<"))
        first, second, third = (beside(tags, step) for step in (1, 2, 3))
        self.begun = np.bincount(first, minlength=256)
        self.cells = int(np.count_nonzero((first == ord("c")) & (second == ord(" "))))
        self.rows = int(np.count_nonzero((first == ord("r")) & (second == ord("o")) & (third == ord("w"))))
        values = np.flatnonzero(inner == ord("="))
        name, short = beside(values, -1), (beside(values, -2) == ord(" ")) & (beside(values, 1) == ord('"'))
        self.places = int(np.count_nonzero(short & (name == ord("r"))))
        kinds = values[short & (name == ord("t"))]
        self.kinds = np.bincount(beside(kinds, 2)[beside(kinds, 3) == ord('"')], minlength=256)


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
