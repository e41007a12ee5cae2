"""Systematic damage to good files: name of the mutant → bytes. Not one of them may end in anything but a refusal."""

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from tests.engines.results import samples

Cells = list[list[Any]]
SHEET = "xl/worksheets/sheet1.xml"


@cache
def all_mutants() -> dict[str, bytes]:
    """More than 250 files."""
    return dict(_mutants())


def _mutants() -> Iterator[tuple[str, bytes]]:
    good = samples.xlsx({"Sheet": samples.good_region(12)})
    text = samples.csv(samples.plain())
    form = samples.form_2026([[40001, 1, *[1] * 10, 1, 4]])
    for name, source in (("xlsx", good), ("csv", text), ("form", form)):
        yield from _cut_and_flipped(name, source)
    yield from _parts(good)
    yield from _changed_cells()
    yield from _renamed_columns()
    yield from _encodings()
    yield from _other_files()


def _cut_and_flipped(name: str, source: bytes) -> Iterator[tuple[str, bytes]]:
    for twelfth in range(12):
        yield f"{name}: cut to {twelfth}/12", source[: len(source) * twelfth // 12]
    dice = random.Random(20211)
    for number in range(25):
        noisy = bytearray(source)
        for _ in range(1 + number % 8):
            noisy[dice.randrange(len(noisy))] = dice.randrange(256)
        yield f"{name}: noise {number}", bytes(noisy)
    yield f"{name}: doubled", source + source
    yield f"{name}: beginning lost", source[100:]
    yield f"{name}: nulls before", b"\0" * 50 + source


def _parts(source: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, content in parts.items():
        yield f"without {name}", pack({key: value for key, value in parts.items() if key != name})
        yield f"empty {name}", pack(parts | {name: b""})
        yield f"half of {name}", pack(parts | {name: content[: len(content) // 2]})
        yield f"noise in {name}", pack(parts | {name: content.replace(b"<", b"&", 3)})
    sheet = parts[SHEET]
    changes: dict[str, tuple[bytes, bytes]] = {
        "cell far away": (b'r="A1"', b'r="XFD1048576"'),
        "row far away": (b'<row r="1"', b'<row r="1048576"'),
        "cell beyond the sheet": (b'r="B2"', b'r="ZZZZ99999999999"'),
        "row of no number": (b'<row r="2"', b'<row r="-2"'),
        "spaced attribute": (b'r="A1"', b'r = "XFD999999"'),
        "single quotes": (b'r="A1"', b"r='XFD999999'"),
        "small case": (b'r="A1"', b'r="xfd999999"'),
        "wide and deep": (b'r="B2"', b'r="ZZ299999"'),
        "string index out of range": (b"<v>3</v>", b"<v>999999</v>"),
        "entity": (b"<sheetData>", b'<!DOCTYPE a [<!ENTITY b "ha">]><sheetData>&b;'),
    }
    for name, (old, new) in changes.items():
        yield name, pack(parts | {SHEET: sheet.replace(old, new, 1)})
    yield "macros", pack(parts | {"xl/vbaProject.bin": b"\xd0\xcf"})
    yield "binary workbook", pack(parts | {"xl/workbook.bin": b"\0"})
    yield "zip bomb", pack(parts | {"xl/media/a.xml": b"\0" * 2**26})
    yield "many parts", pack(parts | {f"xl/p{n}.xml": b"" for n in range(2100)})
    yield (
        "rows without numbers",
        pack(parts | {SHEET: sheet.replace(b"</sheetData>", b"<row/>" * 10**6 + b"</sheetData>")}),
    )
    cells = sheet.replace(b"</row>", b"<c/>" * 10**5 + b"</row>", 1)
    yield "cells without places", pack(parts | {SHEET: cells})
    yield "no zip at all", b"PK\x03\x04" + bytes(500)


def pack(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


WRONG_CELLS = (
    -1,
    3.5,
    1e300,
    True,
    "1,5",
    "½",
    "５",
    "#REF!",
    "=1+1",
    "x" * 40_000,
    "<b>1</b>",
    "1\n2",
    "9" * 30,
    "NaN",
    "-0",
)


def _changed_cells() -> Iterator[tuple[str, bytes]]:
    for column in (0, 3, 4, 7, 8, 9, 14):
        for number, value in enumerate(WRONG_CELLS):
            rows = samples.good_region(12)
            for row in rows[1:6]:
                row[column] = value if len(str(value)) < 32_000 else "x" * 32_000
            yield f"column {column} holds wrong value {number}", samples.xlsx({"Sheet": rows})


def _renamed_columns() -> Iterator[tuple[str, bytes]]:
    changes: dict[str, Callable[[Cells], Cells]] = {
        "no header": lambda rows: rows[1:],
        "header only": lambda rows: rows[:1],
        "header twice": lambda rows: [*rows[:3], rows[0], *rows[3:]],
        "header at row 40": lambda rows: [*[["", "т"]] * 39, *rows],
        "no school": lambda rows: [row[1:] for row in rows],
        "scores only": lambda rows: [row[9:] for row in rows],
        "one task": lambda rows: [row[:10] for row in rows],
        "empty rows": lambda rows: [[""] * len(row) for row in rows],
        "transposed": lambda rows: [list(row) for row in zip(*rows, strict=True)],
        "ragged": lambda rows: [row[: 5 + number] for number, row in enumerate(rows)],
        "all absent": lambda rows: [rows[0], *([*row[:7], "отсутствовал", *[""] * 17] for row in rows[1:])],
        "same column thrice": lambda rows: [[*row, *row, *row] for row in rows],
        "nothing but spaces": lambda rows: [[" "] * 5 for _ in rows],
    }
    for name, change in changes.items():
        yield f"cells: {name}", samples.xlsx({"Sheet": change(samples.good_region(12))})
        yield f"csv: {name}", samples.csv(change(samples.good_region(12)))


def _encodings() -> Iterator[tuple[str, bytes]]:
    rows = samples.good_region(12)
    for encoding in ("utf-32", "koi8-r", "cp866", "mac_cyrillic", "iso8859-5", "utf-16-be"):
        yield f"text in {encoding}", samples.csv(rows, encoding=encoding)
    yield "cp1251 with an undefined byte", samples.csv(rows, encoding="cp1251") + b"\x98"
    for number, tail in enumerate(('"', '1;"2', '"a"b;c', "a;b\0c", "\x1b[0m", '";";"')):
        yield f"broken quotes {number}", samples.csv(rows) + tail.encode()
    yield "odd utf-16", b"\xff\xfe" + b"a" * 7
    yield "a million lines", b"a;b;c\n" * 10**6
    yield "a very wide line", b";" * 2000 + b"\na;b;c\n"


def _other_files() -> Iterator[tuple[str, bytes]]:
    yield "empty", b""
    yield "blank", b" \r\n" * 40
    yield "html", b"<html><table><tr><td>1</td></tr></table></html>"
    yield "html with bom", b"\xef\xbb\xbf <!doctype html><table></table>"
    yield "pdf", b"%PDF-1.7 " + bytes(200)
    yield "png", b"\x89PNG\r\n\x1a\n" + bytes(200)
    yield "old excel", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    yield "encrypted", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    yield "random bytes", random.Random(1).randbytes(5000)
    yield "docx", pack({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
    yield "ods", pack({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"})
    yield "just a zip", pack({"a.txt": b"hello"})
