"""One sheet of a workbook, cell by cell: what is shown, what is faulty, what is merged.

Expat reads any XML that a program may write; nothing empty is kept, however far away it stands.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from typing import Any, Final
from xml.parsers import expat

from traektoria.engines.storable_text import fit
from traektoria.engines.tables.cells import Dated, Fault, column_letters, column_number
from traektoria.engines.tables.errors import Unreadable
from traektoria.engines.tables.formats import look, says_something
from traektoria.engines.tables.limits import Limits

_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ERRORS: Final = frozenset({"", "#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"})
_MOST_MERGES: Final = 50_000
_ON: Final = frozenset({"1", "true"})
_CONTROLS: Final = bytes(set(range(32)) - set(b"\t\n\r"))


@dataclass(frozen=True)
class Styles:
    """Number formats by style, the part with shared texts, and from when dates are counted."""

    formats: Sequence[str] = ()
    shared: bytes = b""
    from_1904: bool = False

    @cached_property
    def texts(self) -> list[str]:
        """The texts that cells refer to."""
        return _shared_texts(self.shared)

    def format_of(self, style: str | None) -> str:
        """The format of a cell's `s`; "" where it says nothing."""
        place = int(style) if style and style.isdecimal() else 0
        code = self.formats[place] if place < len(self.formats) else ""
        return code if says_something(code) else ""


@dataclass(slots=True)
class Rows:
    """Filled rows from column A on, each up to its last filled cell, and their numbers in the sheet."""

    cells: list[list[Any]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    """Numbers of filled rows that are hidden."""
    hidden_columns: list[range] = field(default_factory=list)
    """Stretches of hidden columns, counted from 0."""


def read_rows(data: bytes, sheet: str, styles: Styles, limits: Limits) -> Rows:
    """The filled cells of a sheet. Raises Unreadable."""
    reader = _Reader(sheet, styles, limits)
    parse(data, reader.start, reader.end, reader.text)
    rows = reader.rows
    if any(later <= earlier for earlier, later in pairwise(rows.numbers)):
        raise Unreadable("damaged")
    _fill_merged(rows, reader.merged, limits.grid_cells)
    return rows


def parse(data: bytes, start: Any, end: Any, text: Any) -> None:
    """Walk through XML that brings no document type of its own. Raises Unreadable("damaged").

    Controls that XML forbids and some programs write all the same are no part of any text.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data if b"\0" in data[:4] else data.translate(None, _CONTROLS), True)
    except (expat.ExpatError, ValueError, OverflowError) as error:
        raise Unreadable("damaged") from error


def local(name: str) -> str:
    """The name of an element without its prefix."""
    return name.rpartition(":")[2]


def unescaped(text: str) -> str:
    """A text of a workbook: controls are written as _x000D_."""
    return fit(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text)


def _refuse(*_: Any) -> None:
    raise Unreadable("damaged")


def _shared_texts(data: bytes) -> list[str]:
    """The texts that cells refer to; how they are to be pronounced is left out."""
    texts: list[str] = []
    pieces: list[str] = []
    state = {"t": False, "rPh": False}

    def start(name: str, _: Mapping[str, str]) -> None:
        kind = local(name)
        if kind in state:
            state[kind] = True

    def end(name: str) -> None:
        kind = local(name)
        if kind in state:
            state[kind] = False
        elif kind == "si":
            texts.append(unescaped("".join(pieces)))
            pieces.clear()

    def text(data: str) -> None:
        if state["t"] and not state["rPh"]:
            pieces.append(data)

    if data:
        parse(data, start, end, text)
    return texts


class _Reader:
    """Gathers the cells of one sheet while expat walks through it."""

    def __init__(self, sheet: str, styles: Styles, limits: Limits) -> None:
        self.rows, self.merged = Rows(), list[str]()
        self._sheet, self._styles, self._limits = sheet, styles, limits
        self._row, self._column, self._line, self._spent = 0, -1, list[Any](), 0
        self._is_hidden = False
        self._cell: Mapping[str, str] | None = None
        self._taken = list[str]()
        self._listening = self._has_value = self._has_formula = self._phonetic = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        kind = local(name)
        if kind == "c":
            self._open_cell(attributes)
        elif kind == "row":
            self._open_row(attributes)
        elif kind == "v" or (kind == "t" and not self._phonetic):
            self._listening, self._has_value = True, True
        elif kind == "f":
            self._has_formula = True
        elif kind == "rPh":
            self._phonetic = True
        elif kind == "col" and attributes.get("hidden") in _ON:
            self._hide_columns(attributes)
        elif kind == "mergeCell" and len(self.merged) < _MOST_MERGES:
            self.merged.append(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        kind = local(name)
        if kind in {"v", "t"}:
            self._listening = False
        elif kind == "c":
            self._close_cell()
        elif kind == "row":
            self._close_row()
        elif kind == "rPh":
            self._phonetic = False

    def text(self, data: str) -> None:
        if self._listening:
            self._taken.append(data)

    def _open_row(self, attributes: Mapping[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = int(number) if number.isdecimal() else self._row + 1
        self._column, self._line, self._is_hidden = -1, [], attributes.get("hidden") in _ON

    def _hide_columns(self, attributes: Mapping[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if first.isdecimal() and last.isdecimal():
            self.rows.hidden_columns.append(range(int(first) - 1, int(last)))

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        place = _PLACE.fullmatch(attributes.get("r", ""))
        if place is None and attributes.get("r"):
            raise Unreadable("damaged")
        self._column = column_number(place[1]) if place else self._column + 1
        self._cell, self._taken, self._has_value, self._has_formula = attributes, [], False, False

    def _close_cell(self) -> None:
        if self._cell is None:
            return
        value = self._value(self._cell, "".join(self._taken))
        self._cell = None
        if isinstance(value, str) and not value.strip():
            return
        if self._column >= len(self._line):
            self._line += [""] * (self._column - len(self._line))
            self._line.append(value)
        else:
            self._line[self._column] = value

    def _value(self, cell: Mapping[str, str], text: str) -> Any:
        kind = cell.get("t", "n")
        if kind == "e":
            return Fault(text.strip()) if text.strip() in _ERRORS else Fault(fit(text.strip()[:40]))
        if self._has_formula and not (self._has_value if kind in {"str", "inlineStr"} else text.strip()):
            return Fault("=")
        if not text:
            return ""
        if kind == "s":
            place = int(text)
            return self._styles.texts[place] if 0 <= place < len(self._styles.texts) else Fault("#REF!")
        if kind in {"str", "inlineStr"}:
            return unescaped(text)
        if kind == "b":
            return text.strip() in {"1", "true"}
        return _iso(text) if kind == "d" else self._number(text, cell.get("s"))

    def _number(self, text: str, style: str | None) -> Any:
        number = float(text)
        if not math.isfinite(number):
            return Fault("#NUM!")
        code = self._styles.format_of(style)
        if code == "0" and number.is_integer():
            return number
        return look(number, code, from_1904=self._styles.from_1904) if code else number

    def _close_row(self) -> None:
        if not self._line:
            return
        filled = len(self._line) - self._line.count("")
        self._spent += len(self._line)
        if filled > self._limits.columns:
            raise Unreadable(
                "too_many_columns", columns=filled, limit=self._limits.columns, row=self._row, sheet=self._sheet
            )
        if self._spent > self._limits.grid_cells:
            cell = f"{column_letters(len(self._line) - 1)}{self._row}"
            raise Unreadable("too_sparse", cell=cell, sheet=self._sheet)
        self.rows.cells.append(self._line)
        self.rows.numbers.append(self._row)
        if self._is_hidden:
            self.rows.hidden.append(self._row)
        self._line = []
        if len(self.rows.cells) > self._limits.rows:
            raise Unreadable("too_many_rows", rows=len(self.rows.cells), limit=self._limits.rows, sheet=self._sheet)


def _iso(text: str) -> Any:
    try:
        moment = datetime.fromisoformat(text.strip().removesuffix("Z"))
    except ValueError:
        return fit(text)
    return Dated(moment, f"{moment:%d.%m.%Y}", f"{moment.day}.{moment.month}")


def _fill_merged(rows: Rows, merged: Sequence[str], allowance: int) -> None:
    """A cell that stands over several rows belongs to each of them that is filled. Across columns nothing is filled:
    a title over the table is not the value of all its columns."""
    for area in merged:
        corners = [_PLACE.fullmatch(corner) for corner in area.split(":")]
        if len(corners) != 2 or corners[0] is None or corners[1] is None:
            continue
        column, first, last = column_number(corners[0][1]), int(corners[0][2]), int(corners[1][2])
        start = bisect_left(rows.numbers, first)
        if start == len(rows.numbers) or rows.numbers[start] != first or column >= len(rows.cells[start]):
            continue
        value = rows.cells[start][column]
        for place in range(start + 1, len(rows.numbers)):
            allowance -= 1
            if rows.numbers[place] > last or allowance < 0:
                break
            line = rows.cells[place]
            line += [""] * (column + 1 - len(line))
            if line[column] == "":
                line[column] = value
