"""CSV as it comes: UTF-8 with or without BOM, cp1251 or UTF-16; semicolons, commas or tabs."""

from __future__ import annotations

import csv
import io
from typing import Final

from traektoria.engines.results.errors import Unreadable
from traektoria.engines.results.limits import Limits

DELIMITERS: Final = ";\t,"
_CONTROL: Final = frozenset(map(chr, range(32))) - set("\t\r\n\f\x1a")
_SAMPLE_LINES: Final = 30


def read_delimited(source: bytes, limits: Limits) -> list[list[str]]:
    """Rows of text cells. Raises Unreadable: html, encoding, not_a_table, quoting, too_many_rows, too_many_columns."""
    text = decode(source)
    if text.lstrip()[:1] == "<":
        raise Unreadable("html")
    if text[:4096].strip() == "":
        raise Unreadable("empty")
    if not _CONTROL.isdisjoint(text[:200_000]):
        raise Unreadable("not_a_table")
    lines = text.count("\n") + 1
    if lines > limits.rows:
        raise Unreadable("too_many_rows", rows=lines, limit=limits.rows)
    rows = _parse(text, _delimiter(text))
    widest = max(map(len, rows), default=0)
    if widest > limits.columns:
        raise Unreadable("too_many_columns", columns=widest, limit=limits.columns)
    if widest * len(rows) > limits.grid_cells:
        raise Unreadable("too_sparse", rows=len(rows), columns=widest)
    return [row + [""] * (widest - len(row)) for row in rows]


def decode(source: bytes) -> str:
    """Text of the file in the first encoding that fits without loss."""
    if source.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(source, "utf-16")
    head = source[:2000]
    if head and head.count(0) > len(head) // 4:
        return _decoded(source, "utf-16-le" if head[1:2] == b"\0" else "utf-16-be")
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded(source, "cp1251")


def _decoded(source: bytes, encoding: str) -> str:
    try:
        return source.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable("encoding") from error


def _delimiter(text: str) -> str:
    """The mark that divides the first lines most often; quoted text may hold others."""
    sample = text.split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES]
    return max(DELIMITERS, key=lambda mark: sum(line.count(mark) for line in sample))


def _parse(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return list(reader)
    except csv.Error as error:
        raise Unreadable("quoting", row=reader.line_num) from error
