"""From the bytes of a file to the sheets of a workbook; every failure is an `Unreadable`."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import compress, count
from typing import Any, Final

from traektoria.engines.storable_text import fit_all
from traektoria.engines.tables.delimited import read_delimited
from traektoria.engines.tables.errors import Unreadable
from traektoria.engines.tables.exact_sheet import Rows, Styles, local, parse, read_rows, unescaped
from traektoria.engines.tables.formats import BUILT_IN
from traektoria.engines.tables.limits import Limits
from traektoria.engines.tables.magics import ZIP
from traektoria.engines.tables.relations import relations
from traektoria.engines.tables.safety import Parts, check_magic, check_workbook, is_plain

DEFAULT_LIMITS: Final = Limits()
CSV_SHEET: Final = "csv"
_BOOK: Final = "xl/workbook.xml"
_BROKEN_NUMBER = re.compile(rb"<v>[^<]{0,20}[.eE]")
_HIDES = re.compile(rb' hidden="(?:1|true)"')
_LARGE: Final = 3 * 2**20  # bytes of a sheet from which the quick reader is worth a look


@dataclass(frozen=True, slots=True)
class Sheet:
    """The filled rows of a sheet: `rows[i]` are the cells from column A to the last filled one (see `cells`), and
    `numbers[i]` is its row as the spreadsheet counts it. A hidden sheet has no rows here: nobody saw them.
    """

    name: str
    rows: list[list[Any]] = field(repr=False)
    numbers: list[int] = field(repr=False, default_factory=list)
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    """Rows of a visible sheet that are hidden in it; they stand among `rows` all the same."""
    hidden_columns: tuple[int, ...] = ()
    """The same of columns with something in them, counted from 0."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file that could be opened. Of a CSV: its encoding, and rows with bytes that are no text in it (shown as �)."""

    filename: str
    sheets: tuple[Sheet, ...]
    encoding: str = ""
    odd_rows: tuple[int, ...] = ()

    @property
    def visible(self) -> tuple[Sheet, ...]:
        """Sheets that a person sees."""
        return tuple(sheet for sheet in self.sheets if not sheet.hidden)


@dataclass(slots=True)
class _Listed:
    """A sheet as the workbook lists it."""

    name: str
    part: str
    hidden: bool


@dataclass(slots=True)
class _Book:
    part: str
    sheets: list[_Listed]
    from_1904: bool


def read_workbook(source: bytes, filename: str, limits: Limits = DEFAULT_LIMITS) -> Workbook:
    """Open a table by its content; the name of the file is only kept. Raises Unreadable and nothing else."""
    check_magic(source, limits)
    if source.startswith(ZIP):
        return Workbook(filename, _read_xlsx(source, limits))
    found = read_delimited(source, limits)
    if not found.rows:
        raise Unreadable("empty")
    return Workbook(filename, (Sheet(CSV_SHEET, fit_all(found.rows), found.numbers),), found.encoding, found.odd_rows)


def _read_xlsx(source: bytes, limits: Limits) -> tuple[Sheet, ...]:
    parts = check_workbook(source, limits)
    book = _book(parts)
    styles = _styles(parts, book)
    sheets = tuple(
        Sheet(listed.name, [], hidden=True)
        if listed.hidden
        else _sheet(listed.name, _quick(parts, book, listed, styles, limits) or _exact(parts, listed, styles, limits))
        for listed in book.sheets
    )
    if not any(sheet.rows for sheet in sheets):
        hidden = [listed.name for listed in book.sheets if listed.hidden]
        raise Unreadable("all_hidden", sheets=hidden) if hidden else Unreadable("empty")
    return sheets


def _sheet(name: str, rows: Rows) -> Sheet:
    width = max(map(len, rows.cells), default=0)
    columns = {at for stretch in rows.hidden_columns for at in range(stretch.start, min(stretch.stop, width))}
    filled = tuple(at for at in sorted(columns) if any(at < len(row) and row[at] != "" for row in rows.cells))
    return Sheet(name, rows.cells, rows.numbers, hidden_rows=tuple(rows.hidden), hidden_columns=filled)


def _exact(parts: Parts, listed: _Listed, styles: Styles, limits: Limits) -> Rows:
    return read_rows(parts[listed.part], listed.name, styles, limits)


def _quick(parts: Parts, book: _Book, listed: _Listed, styles: Styles, limits: Limits) -> Rows | None:
    """A large sheet of plain values by calamine, ten times as fast; None where there is anything to look at closely."""
    data = parts[listed.part]
    if len(data) < _LARGE or book.part != _BOOK or b"_x" in styles.shared or _HIDES.search(data):
        return None
    if not is_plain(data, _telling(styles, data), limits):
        return None
    rows = _by_calamine(parts, listed.name)
    filled = [row.count("") < len(row) for row in rows]
    return Rows(list(compress(rows, filled)), list(compress(count(1), filled)))


def _telling(styles: Styles, data: bytes) -> list[int]:
    """Styles with a number format that changes the look; «0» does not where all numbers of the sheet are whole."""
    codes = [styles.format_of(str(place)) for place in range(len(styles.formats))]
    whole = "0" in codes and _BROKEN_NUMBER.search(data) is None
    return [place for place, code in enumerate(codes) if code and not (whole and code == "0")]


class _Fitted(dict[Any, Any]):
    """A cell → the same, fit for a database; a column of 26 000 cells holds few different ones."""

    def __missing__(self, cell: Any) -> Any:
        fitted = self[cell] = fit_all(cell)
        return fitted


def _by_calamine(parts: Parts, name: str) -> list[list[Any]]:
    """Rust panics arrive as BaseException and mean a damaged file as well."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(parts.packed()))
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        memo = _Fitted()
        for row in rows:
            row[:] = map(memo.__getitem__, row)
        return rows
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        raise Unreadable("damaged") from error


def _book(parts: Parts) -> _Book:
    """Sheets in their order. The main part is where the package says, usually xl/workbook.xml."""
    part = next((target for kind, target in relations(parts, "").values() if kind == "officeDocument"), _BOOK)
    if part not in parts:
        raise Unreadable("damaged")
    targets = relations(parts, part)
    sheets: list[_Listed] = []
    facts: list[str] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        kind = local(name)
        if kind == "sheet":
            key = next((value for name, value in attributes.items() if local(name) == "id"), "")
            relation, target = targets.get(key, ("", ""))
            hidden = attributes.get("state", "visible") != "visible"
            if relation == "worksheet" and target in parts:
                sheets.append(_Listed(unescaped(attributes.get("name", "")), target, hidden))
        elif kind == "workbookPr":
            facts.append(attributes.get("date1904", ""))

    parse(parts[part], start, _nothing, _nothing)
    if not sheets:
        raise Unreadable("damaged")
    return _Book(part, sheets, bool(facts) and facts[0] in {"1", "true"})


def _styles(parts: Parts, book: _Book) -> Styles:
    targets = dict(relations(parts, book.part).values())
    formats = _formats(parts.get(targets.get("styles", "")))
    return Styles(formats, parts.get(targets.get("sharedStrings", ""), b""), book.from_1904)


def _formats(data: bytes | None) -> list[str]:
    """The number format of each style of a cell."""
    own, styles, inside = dict[str, str](), list[str](), list[str]()

    def start(name: str, attributes: Mapping[str, str]) -> None:
        kind = local(name)
        if kind == "numFmt" and "dxf" not in inside:
            own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif kind in {"cellXfs", "dxf"}:
            inside.append(kind)
        elif kind == "xf" and inside[-1:] == ["cellXfs"]:
            styles.append(attributes.get("numFmtId", "0"))

    def end(name: str) -> None:
        if inside and local(name) == inside[-1]:
            inside.pop()

    if data:
        parse(data, start, end, _nothing)
    return [own.get(key) or BUILT_IN.get(int(key) if key.isdecimal() else 0, "") for key in styles]


def _nothing(*_: Any) -> None:
    """What stands between is of no interest."""
