"""Tables of schools and staff: from the bytes of a file to rows of texts by column, and the places of what is wrong.

The columns of a table are data (``data/*_columns.csv``): the title of the template, other headings that are understood,
a hint and examples. Their order in a file is free, unknown columns are reported and left alone.
"""

import csv
import io
import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.errors import Invalid
from traektoria.core.text import search_key, squash
from traektoria.engines.tables.cells import Dated, Fault, column_letters, column_number, shown
from traektoria.engines.tables.errors import Unreadable
from traektoria.engines.tables.headings import (
    Heading,
    Line,
    Unread,
    find_heading,
    joined_below,
    likely_heading,
    table_at,
)
from traektoria.engines.tables.headings import Table as TakenTable
from traektoria.engines.tables.limits import Limits
from traektoria.engines.tables.workbook import CSV_SHEET, Workbook, read_workbook
from traektoria.organisations.sheet_words import fault_sentence, seen, unreadable_sentence

SHOWN_LEFT = 20
DAYS = frozenset({"since"})
"""Columns in which a day is asked for."""
LISTS = frozenset({"subjects", "classes", "role"})
"""Columns with several words in a cell: a new line divides them there."""
LEFT_WHY = {
    "heading": gettext_lazy("the headings once more"),
    "numbers": gettext_lazy("numbers of the columns"),
    "total": gettext_lazy("totals"),
    "signature": gettext_lazy("signature or note"),
}
UNREAD_WHY = {
    "hidden": gettext_lazy("it is hidden"),
    "other_columns": gettext_lazy("other columns stand there"),
    "example": gettext_lazy("examples"),
}
LIMITS = Limits(file_bytes=8 * 2**20, unpacked_bytes=120 * 2**20, rows=5_000, columns=60, grid_cells=300_000, parts=400)
_NOISE = re.compile(r"[\s*:.«»\"()_-]+")


@dataclass(frozen=True)
class Column:
    """One column of a template. ``headings`` are search keys of every title that is understood. A column that
    ``stands_for`` others («ФИО») is ``split`` into them where they are not there themselves.
    """

    key: str
    title: str
    headings: frozenset[str]
    required: bool
    hint: str
    examples: tuple[str, ...]
    stands_for: tuple[str, ...] = ()
    split: Callable[[str], Sequence[str]] = field(default=lambda text: (text,), compare=False)


@dataclass(frozen=True)
class RowPlace:
    """A row as the spreadsheet counts it; ``sheet`` is said of the second and further sheets of a table."""

    number: int
    sheet: str = ""

    def __str__(self) -> str:
        return f"{self.number} («{self.sheet}»)" if self.sheet else str(self.number)


@dataclass(frozen=True)
class SheetRow:
    """``cells`` holds texts by column key, "" where empty; ``faulty`` the error or «=» of cells without a value."""

    number: RowPlace
    cells: dict[str, str]
    faulty: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RecognisedTable:
    """A recognised table. ``letters`` are the spreadsheet's names of the columns found, ``ignored`` what is not taken:
    other columns, sheets, and rows that are no row of the table."""

    sheet: str
    letters: dict[str, str]
    ignored: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    unnamed: "Unnamed | None" = None


@dataclass(frozen=True)
class Unnamed:
    """The same table before its columns were understood, for whoever says that they are understood wrongly: titles by
    letter, the rows by letter, and which letter was understood as what."""

    headings: dict[str, str]
    table: RecognisedTable
    understood: dict[str, str]


@dataclass(frozen=True)
class CellProblem:
    """What can't be read, where, and what to write instead."""

    row: RowPlace
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
    return Column(row["key"], row["title"], headings_of(*titles), row["required"] == "yes", row["hint"], examples)


def headings_of(*titles: str) -> frozenset[str]:
    """Titles as headings are compared."""
    return frozenset(map(_heading, titles))


def heading_key(title: str) -> str:
    """A title as headings are compared and remembered."""
    return _heading(title)[:200]


def _heading(value: object) -> str:
    return _NOISE.sub(" ", search_key(str(value))).strip()


class ColumnsAsked(Invalid):
    """A table whose columns somebody has to name. ``table`` holds its cells by letter, ``headings`` letter → title."""

    def __init__(self, sentence: str, *, table: RecognisedTable, headings: dict[str, str]) -> None:
        super().__init__(sentence, code="no_header")
        self.table = table
        self.headings = headings


def told(columns: Sequence[Column], meanings: Mapping[str, str]) -> list[Column]:
    """The columns with the headings of which somebody said what they are (heading → key)."""
    own: dict[str, set[str]] = {}
    for heading, key in meanings.items():
        own.setdefault(key, set()).add(heading)
    return [
        replace(column, headings=(column.headings - meanings.keys()) | own.get(column.key, set())) for column in columns
    ]


def read_table(source: bytes, file_name: str, columns: Sequence[Column]) -> RecognisedTable:
    """The first sheet with all required headings. Raises ``ColumnsAsked`` for a table with other headings, ``Invalid``
    with a sentence for every other file."""
    try:
        book = read_workbook(source, file_name, LIMITS)
    except Unreadable as error:
        raise Invalid(unreadable_sentence(error), code=error.code) from error
    found = find_heading(book, lambda cells: _places(cells, columns))
    if found is not None:
        found = _two_storeys(book, *found, columns) or found
        asked = _asked(book, found[0], "")
        understood = {column_letters(place): key for key, place in found[1].items()}
        return replace(_table(book, *found, columns), unnamed=Unnamed(asked.headings, asked.table, understood))
    needed = ", ".join(f"«{column.title}»" for column in columns if column.required)
    sentence = _("No row with the headings %(needed)s was found. Seen: %(seen)s. Take the template and fill it in.") % {
        "needed": needed, "seen": seen(book.visible)
    }  # fmt: skip
    if heading := likely_heading(book, lambda cell: any(_heading(cell) in column.headings for column in columns)):
        raise _asked(book, heading, sentence)
    raise Invalid(sentence, code="no_header")


def _two_storeys(
    book: Workbook, heading: Heading, places: dict[str, int], columns: Sequence[Column]
) -> tuple[Heading, dict[str, int]] | None:
    """The heading with the row below it as one, where that names more columns: «Ф.И.О.» over «Фамилия», «Имя»."""
    below = joined_below(book, heading)
    more = _places(below.cells, columns) if below else None
    return (below, more) if below and more and len(more) > len(places) else None


def _asked(book: Workbook, heading: Heading, sentence: str) -> ColumnsAsked:
    found = table_at(book, heading)
    titles = {column_letters(place): squash(shown(cell)) for place, cell in enumerate(heading.cells) if cell != ""}
    places = {letter: column_number(letter) for letter in titles}
    rows = tuple(_row(line, found.sheet, places) for line in found.lines if _filled(line, places))
    sheet = "" if found.sheet == CSV_SHEET else found.sheet
    return ColumnsAsked(sentence, table=RecognisedTable(sheet, {}, tuple(_left(found)), rows), headings=titles)


def named(
    table: RecognisedTable, headings: Mapping[str, str], meanings: Mapping[str, str], columns: Sequence[Column]
) -> RecognisedTable:
    """A table with cells by letter as one with cells by key; ``meanings`` maps letter → key, "" for not needed.

    Raises ``Invalid`` where two columns are the same, or a required one is none of them.
    """
    used = {letter: key for letter, key in meanings.items() if key}
    titles = {column.key: column.title for column in columns}
    for key in used.values():
        hits = [letter for letter, other in used.items() if other == key]
        if len(hits) > 1:
            raise Invalid(
                _("«%(title)s» is chosen twice: for the columns %(places)s. Leave one of them.")
                % {"title": titles[key], "places": ", ".join(hits)},
                code="column_twice",
            )
    lacking = _lacking(set(used.values()), columns)
    if lacking:
        raise Invalid(
            _("Say also which column is %(needed)s: without it nobody can be written down.")
            % {"needed": ", ".join(f"«{column.title}»" for column in lacking)},
            code="column_missing",
        )
    places = {key: column_number(letter) for letter, key in used.items()}
    whole = [column for column in columns if column.stands_for and column.key in places]
    rows = tuple(
        _parted(
            SheetRow(
                row.number,
                {key: row.cells.get(letter, "") for letter, key in used.items()},
                {key: row.faulty[letter] for letter, key in used.items() if letter in row.faulty},
            ),
            whole,
        )
        for row in table.rows
    )
    left = [title for letter, title in headings.items() if letter not in used]
    return RecognisedTable(table.sheet, _letters(places, whole), (*left, *table.ignored), rows)


def _places(cells: Sequence[Any], columns: Sequence[Column]) -> dict[str, int] | None:
    """The position of each column in a row of headings; None for any other row."""
    headings = [_heading(shown(cell)) for cell in cells]
    places: dict[str, int] = {}
    for column in columns:
        hits = [place for place, heading in enumerate(headings) if heading in column.headings]
        if len(hits) > 1:
            raise Invalid(
                _("The column «%(title)s» occurs twice: in %(places)s. Leave one of them.")
                % {"title": column.title, "places": ", ".join(map(column_letters, hits))},
                code="column_twice",
            )
        if hits:
            places[column.key] = hits[0]
    return places if not _lacking(places, columns) else None


def _lacking(places: Container[str], columns: Sequence[Column]) -> list[Column]:
    """Required columns that are neither there nor stood for by another one."""
    stood_for = {key for column in columns if column.key in places for key in column.stands_for}
    return [
        column for column in columns if column.required and column.key not in places and column.key not in stood_for
    ]


def _table(book: Workbook, heading: Heading, places: dict[str, int], columns: Sequence[Column]) -> RecognisedTable:
    naming = [
        places[column.key] for column in columns if (column.required or column.stands_for) and column.key in places
    ]
    found = table_at(book, heading, naming=naming)
    whole = [column for column in columns if column.stands_for and column.key in places]
    titles = [squash(shown(cell)) for place, cell in enumerate(heading.cells) if place not in places.values()]
    table = RecognisedTable(
        "" if found.sheet == CSV_SHEET else found.sheet,
        _letters(places, whole),
        (*filter(None, titles), *_left(found)),
        tuple(_parted(_row(line, found.sheet, places), whole) for line in found.lines if _filled(line, places)),
    )
    if not table.rows:
        raise Invalid(_("There are headings, but not one filled row under them."), code="no_rows")
    return table


def _letters(places: dict[str, int], whole: Sequence[Column]) -> dict[str, str]:
    letters = {key: column_letters(place) for key, place in places.items()}
    for column in whole:
        letters = dict.fromkeys(column.stands_for, letters.pop(column.key)) | letters
    return letters


def _parted(row: SheetRow, whole: Sequence[Column]) -> SheetRow:
    """The parts of a whole name in place of it; cells of their own win."""
    cells, faulty = dict(row.cells), dict(row.faulty)
    for column in whole:
        parts = dict(zip(column.stands_for, column.split(cells.pop(column.key)), strict=False))
        cells = parts | cells
        if column.key in faulty:
            faulty[column.stands_for[0]] = faulty.pop(column.key)
    return SheetRow(row.number, cells, faulty)


def _row(line: Line, sheet: str, places: dict[str, int]) -> SheetRow:
    cells = {key: line.cells[place] for key, place in places.items()}
    faulty = {key: cell.text for key, cell in cells.items() if isinstance(cell, Fault)}
    texts = {key: "" if key in faulty else _text_of(key, cell) for key, cell in cells.items()}
    return SheetRow(RowPlace(line.number, "" if line.sheet == sheet else line.sheet), texts, faulty)


def _text_of(key: str, cell: Any) -> str:
    if key in LISTS and isinstance(cell, str) and "\n" in cell.strip():
        return cell_text("; ".join(filter(None, (part.strip(" ,;\r") for part in cell.split("\n")))))
    return cell_text(cell, key in DAYS)


def _filled(line: Line, places: dict[str, int]) -> bool:
    return any(cell_text(line.cells[place]) for place in places.values())


def _left(found: TakenTable) -> list[str]:
    """What of the file is not taken, in words."""
    return [_unread_sentence(unread) for unread in found.unread] + [
        _("row %(row)s «%(text)s» (%(why)s)")
        % {"row": RowPlace(left.number, left.sheet if left.sheet != found.sheet else ""), "text": left.text[:60],
           "why": LEFT_WHY[left.why]}
        for left in found.left[:SHOWN_LEFT]
    ]  # fmt: skip


def _unread_sentence(unread: Unread) -> str:
    return _("sheet «%(sheet)s» (%(why)s)") % {"sheet": unread.sheet, "why": UNREAD_WHY[unread.why]}


def cell_text(cell: Any, is_day: bool = False) -> str:
    """What stands in a cell, as a person would read it out: 4.0 is «4»; a day is 2010-09-01 where one is asked for,
    elsewhere a date is what was typed: the class 5-1."""
    if isinstance(cell, Dated):
        return cell.moment.date().isoformat() if is_day else cell.typed.replace(".", "-")
    return squash(shown(cell))


def missing_cells(table: RecognisedTable, columns: Sequence[Column]) -> list[CellProblem]:
    """Cells without a value, required ones that are empty, and texts that begin as a formula does."""
    problems = []
    for row in table.rows:
        for column in columns:
            text = row.cells.get(column.key, "")
            if fault := row.faulty.get(column.key):
                problems.append(CellProblem(row.number, column.key, fault_sentence(fault)))
            elif column.required and not text:
                problems.append(CellProblem(row.number, column.key, _("it is empty, please fill it in")))
            elif "\ufffd" in text:
                problems.append(CellProblem(row.number, column.key, _("a letter is damaged here, write it again")))
            elif text.startswith(("=", "+", "@")) or (text.startswith("-") and text.strip("- ")):
                problems.append(
                    CellProblem(row.number, column.key, _("there is a formula here, write the value itself"))
                )
    return problems


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
