"""Looks into an XLSX before the reader does.

The reader (calamine) inflates parts without a bound and lays a sheet out densely: a few kilobytes with one cell in A1
and one in XFD1048576 ask it for 512 GB and abort the whole process. So every part is inflated here first, within the
limits and without trusting the sizes that the archive declares, and the corners of each sheet are looked at.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final

from traektoria.engines.results.errors import Unreadable
from traektoria.engines.results.limits import Limits

OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC: Final = b"PK"
FOREIGN_MAGICS: Final = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"MZ",
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
)
_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")

# Literal beginnings keep the regular expressions at memory speed: a region is 37 MB of XML.
_ROW_NUMBER = re.compile(rb'<row [^>]{0,300}?\br="(\d{1,10})"')
_OUTLYING = re.compile(rb' r="(?![A-Z]?\d{1,5}")([^"]{0,40})')
_ANY_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([^\"']{0,40})")
_PLACE = re.compile(rb"\s*([A-Za-z]{0,7})(\d{1,20})\s*")
_FORMULA_CELL = re.compile(
    rb"<c r=\"([A-Z]{1,3})(\d{1,7})\"[^>]*>\s*<f[^>]*(?:/>|>[^<]*</f>)\s*(?:<v></v>|<v ?/>)?\s*</c>"
)

_PROLOGUE: Final = 20_000  # where the widths of columns stand

Cell = tuple[int, int]


def check_magic(source: bytes, limits: Limits) -> None:
    """Refuse by the first bytes what is no workbook and no text, whatever its name says."""
    if not source.strip(b"\0\r\n\t ;,"):
        raise Unreadable("empty")
    if len(source) > limits.file_bytes:
        raise Unreadable("too_large", size=len(source), limit=limits.file_bytes)
    if source.startswith(OLE_MAGIC):
        raise Unreadable("encrypted" if _ENCRYPTED_STREAM in source else "old_excel")
    if source.startswith(FOREIGN_MAGICS):
        raise Unreadable("not_a_table")


@dataclass(frozen=True, slots=True)
class CheckedWorkbook:
    """An archive of exactly the parts that were looked at, stored without compression.

    `formulas` are those without a cached value: part name (`xl/worksheets/sheet1.xml`) → 0-based (row, column).
    """

    archive: bytes
    formulas: dict[str, frozenset[Cell]]


def check_workbook(source: bytes, limits: Limits) -> CheckedWorkbook:
    """Refuse a dangerous archive; return it packed anew, so that the reader sees what was checked and nothing else."""
    try:
        return _checked_parts(source, limits)
    except (zipfile.BadZipFile, zlib.error, struct.error, ValueError, KeyError, OSError, NotImplementedError) as error:
        raise Unreadable("damaged") from error


def _checked_parts(source: bytes, limits: Limits) -> CheckedWorkbook:
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        entries = archive.infolist()
    _check_kind({entry.filename.lower() for entry in entries})
    if len(entries) > limits.parts:
        raise Unreadable("zip_bomb", size=len(entries), limit=limits.parts)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("encrypted")
    allowance = min(limits.unpacked_bytes, max(limits.unpacked_ratio * len(source), 16 * 2**20))
    declared = sum(entry.file_size for entry in entries)
    if declared > allowance:
        raise Unreadable("zip_bomb", size=declared, limit=allowance)
    spent = 0
    formulas: dict[str, frozenset[Cell]] = {}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as parts:
        for entry in entries:
            data = _inflate(source, entry, allowance - spent)
            spent += len(data)
            if b"<row" in data or b":row" in data:
                _check_corners(data, limits)
                formulas[entry.filename] = _uncached_formulas(data)
            if entry.filename.endswith((".xml", ".rels")):
                parts.writestr(zipfile.ZipInfo(entry.filename), data)
    return CheckedWorkbook(buffer.getvalue(), formulas)


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


def _check_corners(data: bytes, limits: Limits) -> None:
    """Refuse a sheet whose dense layout would not fit: rows, columns and their product."""
    rows, columns = _plain_corners(data) if _is_plain(data) else _any_corners(data)
    if rows > limits.rows:
        raise Unreadable("too_many_rows", rows=rows, limit=limits.rows)
    if columns > limits.columns:
        raise Unreadable("too_many_columns", columns=columns, limit=limits.columns)
    if rows * columns > limits.grid_cells:
        raise Unreadable("too_sparse", rows=rows, columns=columns)


def _is_plain(data: bytes) -> bool:
    """Each row and cell says its place as every office program writes it: the quick look is enough."""
    cells, widths = data.count(b"<c "), data.count(b"<col", 0, _PROLOGUE)
    return (
        data.count(b' r="') == data.count(b"<row") + cells
        and data.count(b"<c") == cells + widths
        and b":row" not in data
    )


def _plain_corners(data: bytes) -> tuple[int, int]:
    rows, columns = _farthest(set(_OUTLYING.findall(data)))
    rows = max(rows, max(map(int, _ROW_NUMBER.findall(data)), default=0), data.count(b"<row"))
    return rows, columns


def _any_corners(data: bytes) -> tuple[int, int]:
    rows, columns = _farthest(set(_ANY_REFERENCE.findall(data)))
    by_rows = re.split(rb"<(?:\w{1,20}:)?row", data)
    widest = max(row.count(b"<c") + row.count(b":c") for row in by_rows)
    return max(rows, len(by_rows) - 1), max(columns, widest)


def _farthest(places: set[bytes]) -> tuple[int, int]:
    """The largest row and column of references such as AB17; one that cannot be understood is not passed on."""
    rows, columns = 0, 26
    for place in places:
        match = _PLACE.fullmatch(place)
        if match is None:
            raise Unreadable("damaged")
        rows = max(rows, int(match[2]))
        columns = max(columns, column_number(match[1].decode()) + 1)
    return rows, columns


def _uncached_formulas(data: bytes) -> frozenset[Cell]:
    if b"<f" not in data:
        return frozenset()
    found = _FORMULA_CELL.findall(data)
    return frozenset((int(row) - 1, column_number(column.decode())) for column, row in found)


def column_number(letters: str) -> int:
    """0-based number of a column named as a spreadsheet names it: A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """Name of a 0-based column: 0 → A, 26 → AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
