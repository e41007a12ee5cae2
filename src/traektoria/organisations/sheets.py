"""Tables of schools and staff: from the bytes of a file to rows of texts by column, and the places of what is wrong.

The columns of a table are data (``data/*_columns.csv``): the title of the template, other headings that are understood,
a hint and examples. Their order in a file is free, unknown columns are reported and left alone.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from traektoria.core.errors import Invalid
from traektoria.core.text import search_key, squash
from traektoria.engines.results.errors import Unreadable
from traektoria.engines.results.limits import Limits
from traektoria.engines.results.reading import CSV_SHEET, Sheet, read_workbook
from traektoria.engines.results.safety import column_letters

LIMITS = Limits(file_bytes=8 * 2**20, unpacked_bytes=120 * 2**20, rows=5_000, columns=60, grid_cells=300_000, parts=400)
HEADER_WITHIN = 20
_NOISE = re.compile(r"[\s*:.«»\"()_-]+")


@dataclass(frozen=True)
class Column:
    """One column of a template. ``headings`` are search keys of every title that is understood."""

    key: str
    title: str
    headings: frozenset[str]
    required: bool
    hint: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class SheetRow:
    """``number`` is the row as the spreadsheet counts it; ``cells`` holds texts by column key, "" where empty."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """A recognised sheet. ``letters`` are the spreadsheet's names of the columns found, ``ignored`` other headings."""

    sheet: str
    letters: dict[str, str]
    ignored: tuple[str, ...]
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True)
class CellProblem:
    """What can't be read, where, and what to write instead."""

    row: int
    key: str
    sentence: str


@cache
def columns_of(path: Path) -> tuple[Column, ...]:
    """The columns described by a data table of this package."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(map(_column, csv.DictReader(lines)))


def _column(row: dict[str, str]) -> Column:
    titles = [row["title"], *filter(None, row["also"].split("|"))]
    examples = tuple(value for key, value in row.items() if key.startswith("example"))
    return Column(
        row["key"], row["title"], frozenset(map(_heading, titles)), row["required"] == "yes", row["hint"], examples
    )


def _heading(value: object) -> str:
    return _NOISE.sub(" ", search_key(str(value))).strip()


def read_table(source: bytes, file_name: str, columns: Sequence[Column]) -> Table:
    """The first sheet with all required headings. Raises ``Invalid`` with a sentence for every other file."""
    try:
        book = read_workbook(source, file_name, LIMITS)
    except Unreadable as error:
        raise Invalid(unreadable_sentence(error), code=error.code) from error
    for sheet in book.sheets:
        found = _header(sheet, columns)
        if found is not None:
            return _table(sheet, found, columns)
    needed = ", ".join(f"«{column.title}»" for column in columns if column.required)
    raise Invalid(
        _("No row with the headings %(needed)s was found. Seen: %(seen)s. Take the template and fill it in.")
        % {"needed": needed, "seen": _seen(book.sheets)},
        code="no_header",
    )


def _header(sheet: Sheet, columns: Sequence[Column]) -> tuple[int, dict[str, int]] | None:
    """The 0-based row of headings and the position of each column in it."""
    required = {column.key for column in columns if column.required}
    for index, row in enumerate(sheet.rows[:HEADER_WITHIN]):
        headings = [_heading(cell) for cell in row]
        places: dict[str, int] = {}
        for column in columns:
            hits = [place for place, heading in enumerate(headings) if heading in column.headings]
            if len(hits) > 1:
                raise Invalid(
                    _("The column «%(title)s» occurs twice: in %(places)s. Leave one of them.")
                    % {"title": column.title, "places": ", ".join(map(column_letters, hits))},
                    code="column_twice",
                )
            places |= dict.fromkeys([column.key] * len(hits), hits[0]) if hits else {}
        if required <= set(places):
            return index, places
    return None


def _table(sheet: Sheet, found: tuple[int, dict[str, int]], columns: Sequence[Column]) -> Table:
    header, places = found
    letters = {key: column_letters(place) for key, place in places.items()}
    titles = [squash(str(cell)) for place, cell in enumerate(sheet.rows[header]) if place not in places.values()]
    table = Table("" if sheet.name == CSV_SHEET else sheet.name, letters, tuple(filter(None, titles)), ())
    _refuse_formulas(sheet, table, header, places, columns)
    rows = []
    for index, row in enumerate(sheet.rows[header + 1 :], header + 2):
        cells = {key: cell_text(row[place]) for key, place in places.items()}
        if any(cells.values()):
            rows.append(SheetRow(index, cells))
    if not rows:
        raise Invalid(_("There are headings, but not one filled row under them."), code="no_rows")
    return Table(table.sheet, table.letters, table.ignored, tuple(rows))


def _refuse_formulas(
    sheet: Sheet, table: Table, header: int, places: dict[str, int], columns: Sequence[Column]
) -> None:
    """A formula that nobody has computed has no value: it is named, not guessed."""
    keys = {place: key for key, place in places.items()}
    for row, place in sorted(sheet.uncached):
        if row > header and place in keys:
            problem = CellProblem(row + 1, keys[place], _("there is a formula here, write the value itself"))
            raise Invalid(problem_sentence(problem, table, columns), code="formula")


def cell_text(value: Any) -> str:
    """What stands in a cell, as a person would read it out: 4.0 is «4», a date is 2010-09-01."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return squash(str(value))


def place_of(problem: CellProblem, table: Table, columns: Sequence[Column]) -> str:
    """«Sheet «Staff», row 5, column C «Subjects»»; a CSV has no sheet."""
    title = next((column.title for column in columns if column.key == problem.key), problem.key)
    facts = {"sheet": table.sheet, "row": problem.row, "letter": table.letters.get(problem.key, ""), "title": title}
    if not facts["letter"]:
        return _("Row %(row)s") % facts
    if table.sheet:
        return _("Sheet «%(sheet)s», row %(row)s, column %(letter)s «%(title)s»") % facts
    return _("Row %(row)s, column %(letter)s «%(title)s»") % facts


def problem_sentence(problem: CellProblem, table: Table, columns: Sequence[Column]) -> str:
    return f"{place_of(problem, table, columns)}: {problem.sentence}"


def missing_cells(table: Table, columns: Sequence[Column]) -> list[CellProblem]:
    """Required cells that are empty, and texts that begin as a formula does."""
    problems = []
    for row in table.rows:
        for column in columns:
            text = row.cells.get(column.key, "")
            if column.required and not text:
                problems.append(CellProblem(row.number, column.key, _("it is empty, please fill it in")))
            elif text.startswith(("=", "+", "@")) or (text.startswith("-") and len(text) > 1):
                problems.append(
                    CellProblem(row.number, column.key, _("there is a formula here, write the value itself"))
                )
    return problems


def _seen(sheets: Sequence[Sheet]) -> str:
    """The first filled row of each sheet, shortened."""
    rows = [next((row for row in sheet.rows[:HEADER_WITHIN] if any(row)), []) for sheet in sheets[:3]]
    texts = ["; ".join(filter(None, (cell_text(cell)[:40] for cell in row[:12]))) for row in rows]
    return " / ".join(filter(None, texts))[:400] or "–"


def unreadable_sentence(error: Unreadable) -> str:
    """The engine's code as a sentence that says what to do."""
    code = error.code
    if code in {"macros", "encrypted"}:
        return _("The file has macros or a password. Save it as a plain XLSX without them.")
    if code in {"old_excel", "binary_workbook", "open_document", "html", "not_a_table"}:
        return _("This is not an XLSX or CSV table. Open it in your office program and save it as XLSX.")
    if code in {"too_large", "zip_bomb", "too_many_rows", "too_many_columns", "too_sparse"}:
        return _("The table is too large: up to %(rows)s rows and 8 MB at a time.") % {"rows": LIMITS.rows}
    if code == "empty":
        return _("The file is empty.")
    if code == "quoting":
        return _("Quotation marks are broken in row %(row)s. Save the table as XLSX.") % {"row": error.params["row"]}
    return _("The file is damaged and can't be opened. Save it as XLSX once more.")


def csv_template(columns: Sequence[Column]) -> bytes:
    """Headings only, as Russian Excel opens them: UTF-8 with BOM, semicolons."""
    return csv_bytes([[column.title for column in columns]])


def csv_bytes(rows: Sequence[Sequence[object]]) -> bytes:
    """A CSV for Russian Excel in which no cell can run as a formula."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([[harmless(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def harmless(value: object) -> str:
    """A text that a spreadsheet shows and does not compute (OWASP: CSV injection)."""
    text = str(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} and len(text) > 1 else text
