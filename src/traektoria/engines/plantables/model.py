"""What a paper holds before it is understood (grids and paragraphs), and what is proposed after."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Where(StrEnum):
    """What a place is counted in."""

    TABLE = "table"
    SHEET = "sheet"
    PAGE = "page"
    LINE = "line"
    PARAGRAPH = "paragraph"
    ELSEWHERE = "elsewhere"
    """Headers, footers, footnotes: ``name`` says which."""


@dataclass(frozen=True, slots=True)
class Place:
    """«Таблица 2, строка 14», «лист «План», строка 9», «страница 3, строка 5»; ``number`` of the table, page or sheet,
    ``name`` of the sheet, ``row`` from 1. ``last`` is the last row of a stretch."""

    where: Where
    number: int = 0
    name: str = ""
    row: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """Columns ``start`` to before ``end`` of the grid; ``lines`` are its paragraphs, with automatic numbers.

    ``goes_on``: it is the lower part of a cell that is merged downwards, and repeats its lines. ``numbered``: what a
    cell for numbers says, where a spreadsheet made a date of it («1.2» → «01.фев»).
    """

    start: int
    end: int
    lines: tuple[str, ...]
    goes_on: bool = False
    numbered: str = ""
    faulty: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(line.strip() for line in self.lines)


@dataclass(frozen=True, slots=True)
class GridRow:
    place: Place
    cells: tuple[Cell, ...]

    @property
    def filled(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if not cell.is_empty)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it stands in the paper. ``spans``: the paper says which cells are merged across columns."""

    rows: tuple[GridRow, ...] = field(repr=False)
    width: int
    spans: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    place: Place
    text: str


Block = Grid | Paragraph


class WhyLeftOut(StrEnum):
    """Why something is not among the rows."""

    HEADING = "heading"
    NUMBERS = "numbers"
    TOTAL = "total"
    SIGNATURE = "signature"
    OTHER_TABLE = "other_table"
    HIDDEN_SHEET = "hidden_sheet"
    HIDDEN_TEXT = "hidden_text"
    HIDDEN_ROWS = "hidden_rows"
    """Taken all the same, as the next."""
    HIDDEN_COLUMN = "hidden_column"
    TEXT = "text"
    PICTURE = "picture"
    ATTACHED = "attached"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Left:
    """Something that is not taken; ``text`` is how it begins, ``count`` how many rows or paragraphs it is."""

    place: Place
    why: WhyLeftOut
    text: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Paper:
    """A file as grids and paragraphs in their order; ``kind``: docx, xlsx, csv, pdf, pasted."""

    kind: str
    blocks: tuple[Block, ...] = field(repr=False)
    left: tuple[Left, ...] = ()


class PlanColumn(StrEnum):
    """What a column can be."""

    NUMBER = "number"
    CONTENT = "content"
    TERM = "term"
    RESPONSIBLE = "responsible"
    DIRECTION = "direction"
    PRODUCT = "product"
    NOTE = "note"
    MONTH = "month"
    """One of several columns with dates for headings; a mark in it says that the measure is due then."""
    OTHER = "other"
    """A column that no plan has; its texts are kept beside the row."""


class How(StrEnum):
    """By what a column was understood."""

    KNOWN = "known"
    ALIKE = "alike"
    CONTENT = "content"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table of the plan, columns ``start`` to before ``end`` of its grid."""

    start: int
    end: int
    title: str
    meaning: PlanColumn
    how: How


class Doubt(StrEnum):
    """What a person should look at."""

    NO_CONTENT = "no_content"
    NO_TERM = "no_term"
    TERM_NOT_UNDERSTOOD = "term_not_understood"
    TIME_NOT_DATE = "time_not_date"
    TERM_FROM_ABOVE = "term_from_above"
    FROM_MARKS = "from_marks"
    CONTINUED = "continued"
    REPEATED = "repeated"
    SPLIT = "split"
    SHIFTED = "shifted"
    WORD_JOINED = "word_joined"
    DAMAGED = "damaged"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class ProposedRow:
    """A measure as the paper has it. ``others``: titles and texts of columns that no plan has; ``also``: places of rows
    that belong to this one; ``term_place``: the row above from which the term was taken."""

    place: Place
    number: str = ""
    section: str = ""
    content: str = ""
    term: str = ""
    responsible: str = ""
    direction: str = ""
    product: str = ""
    note: str = ""
    others: tuple[tuple[str, str], ...] = ()
    doubts: tuple[Doubt, ...] = ()
    also: tuple[Place, ...] = ()
    term_place: Place | None = None


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table of the plan: where its headings stand and what each of its columns is taken for."""

    place: Place
    columns: tuple[Column, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """``title``: what stands over the only table of the paper."""

    kind: str
    title: str
    rows: tuple[ProposedRow, ...]
    tables: tuple[FoundTable, ...]
    left: tuple[Left, ...]
