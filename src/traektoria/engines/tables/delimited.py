"""CSV as it comes: any encoding, semicolons, commas or tabs, and quotation marks that nobody doubled."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from traektoria.engines.tables.cells import column_letters
from traektoria.engines.tables.encodings import decode
from traektoria.engines.tables.errors import Unreadable
from traektoria.engines.tables.limits import Limits

DELIMITERS: Final = ";\t,"
_CONTROL: Final = frozenset(map(chr, range(32))) - set("\t\r\n\f\x1a")
_SAMPLE_ROWS: Final = 60
_SAMPLE_CHARACTERS: Final = 60_000
_ODD: Final = "\ufffd"
_ODD_AMONG: Final = 20  # letters for each byte that is none
_UNCLOSED: Final = "\0"  # before a cell whose mark is opened and never closed
_DECLARED = re.compile(r'"?sep=(.)"?\n', re.IGNORECASE)

Row = tuple[int, list[str]]  # number of the line on which the row begins, texts


@dataclass(frozen=True, slots=True)
class Delimited:
    """Filled rows and their numbers, as a spreadsheet counts them; rows with bytes that are no text in `encoding`."""

    rows: list[list[str]]
    numbers: list[int]
    encoding: str
    odd_rows: tuple[int, ...]


def read_delimited(source: bytes, limits: Limits) -> Delimited:
    """Raises Unreadable: html, empty, encoding, not_a_table, quoting, too_many_rows, too_many_columns, too_sparse."""
    text, encoding = decode(source)
    if text.count(_ODD) * _ODD_AMONG > len(text):
        raise Unreadable("encoding")
    if text.lstrip()[:1] == "<":
        raise Unreadable("html")
    if text[:4096].strip() == "":
        raise Unreadable("empty")
    if not _CONTROL.isdisjoint(text[:200_000]):
        raise Unreadable("not_a_table")
    declared = _DECLARED.match(text)
    delimiter = declared[1] if declared else delimiter_of(text)
    rows = _numbered(_parse(text[declared.end() :] if declared else text, delimiter), 1 + bool(declared))
    _check(rows, limits)
    odd = tuple(number for number, cells in rows if any(_ODD in cell for cell in cells)) if _ODD in text else ()
    return Delimited([cells for _, cells in rows], [number for number, _ in rows], encoding, odd)


def _check(rows: Sequence[Row], limits: Limits) -> None:
    if len(rows) > limits.rows:
        raise Unreadable("too_many_rows", rows=len(rows), limit=limits.rows)
    for number, cells in rows:
        filled = len(cells) - cells.count("") if len(cells) > limits.columns else 0
        if filled > limits.columns:
            raise Unreadable("too_many_columns", columns=filled, limit=limits.columns, row=number)
    if sum(map(len, (cells for _, cells in rows))) > limits.grid_cells:
        raise Unreadable("too_sparse", cell=_farthest(rows))


def _farthest(rows: Sequence[Row]) -> str:
    number, cells = max(rows, key=lambda row: len(row[1]))
    return f"{column_letters(len(cells) - 1)}{number}"


def _numbered(rows: Sequence[list[str]], first: int) -> list[Row]:
    """Filled rows, up to their last filled cell."""
    found = []
    for number, cells in enumerate(rows, first):
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            found.append((number, cells))
    return found


def delimiter_of(text: str) -> str:
    """The mark that divides most rows into the same number of columns; commas inside texts divide them anyhow."""
    sample = text[:_SAMPLE_CHARACTERS]
    if len(sample) < len(text):
        sample = sample.rpartition("\n")[0] or sample
    return max(DELIMITERS, key=lambda mark: _regularity(sample, mark))


def _regularity(sample: str, mark: str) -> tuple[float, int]:
    """The share of rows that have as many columns as most of them, the row of headings counting most; then how many."""
    rows = [row for row in _tolerant(sample, mark)[:_SAMPLE_ROWS] if any(map(str.strip, row))]
    widths = Counter(map(len, rows))
    width, often = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]), default=(0, 0))
    if width < 2:
        return 0.0, 0
    # A title or two may stand over the headings; a row with fewer cells than most is one that somebody cut short.
    exact = often / len(rows)
    cut = sum(number for other, number in widths.items() if other < width) / len(rows)
    return round(exact + 0.25 * cut, 3), width


def _parse(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return _with_inner_quotes(text, delimiter)


def _with_inner_quotes(text: str, delimiter: str) -> list[list[str]]:
    """Rows of a text whose inner quotation marks are not doubled. Where a mark can close a cell here or further on, the
    number of columns must agree with the other rows, or the row is named."""
    rows = _tolerant(text, delimiter)
    most = Counter(len(row) for row in rows if len(row) > 1).most_common(1)
    width = most[0][0] if most else 1
    for number, row in enumerate(rows, 1):
        broken = [cell for cell in row if "\n" in cell and _looks_swallowed(cell, delimiter, width)]
        if broken or len(row) > width or any(cell.startswith(_UNCLOSED) for cell in row):
            raise Unreadable("quoting", row=number)
    return rows


def _looks_swallowed(cell: str, delimiter: str, width: int) -> bool:
    """Whether a cell of several lines holds whole rows: its mark was never closed."""
    return any(line.count(delimiter) >= width - 1 > 0 for line in cell.split("\n")[1:])


def _tolerant(text: str, delimiter: str) -> list[list[str]]:
    """Rows in which a cell that begins with a mark ends at a mark before a delimiter or the end of its row."""
    rows: list[list[str]] = [[]]
    for match in _pattern(delimiter).finditer(text):
        quoted, plain, end = match["quoted"], match["plain"], match["end"]
        text = plain if quoted is None else quoted.replace('""', '"')
        rows[-1].append(_UNCLOSED + text if quoted is None and plain.startswith('"') else text)
        if end == "\n":
            rows.append([])
        elif end == "":
            break
    return rows if rows[-1] not in ([], [""]) else rows[:-1]


def _pattern(delimiter: str) -> re.Pattern[str]:
    mark = re.escape(delimiter)
    return re.compile(
        rf'(?:"(?P<quoted>(?:[^"]|""|"(?![ \t]*(?:{mark}|\n|\Z)))*+)"[ \t]*|(?P<plain>[^{mark}\n]*))'
        rf"(?P<end>{mark}|\n|\Z)"
    )
