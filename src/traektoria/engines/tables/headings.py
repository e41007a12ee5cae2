"""Where the table of a workbook is: its headings, the sheets that go on with it, the rows that are none of it.

A room says whether it understands a row as headings (`find_heading`); `table_at` takes everything under that row and
under the same headings on other visible sheets. Rows and sheets that are not taken are listed with the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Final, NamedTuple, TypeVar

from traektoria.engines.tables.cells import column_letters, shown
from traektoria.engines.tables.workbook import Sheet, Workbook

WITHIN: Final = 30
REASONS: Final = ("heading", "numbers", "total", "signature")
UNREAD: Final = ("hidden", "other_columns", "example")
_TEXT_SHOWN: Final = 100
_SIGNED: Final = 4  # most cells of a row that is signed
_EXAMPLE = re.compile(r"(пример\w*|образец|example\w*|sample\w*)( заполнения)?")
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009\ufeff]+")
_LETTERED: Final = "абвгде"

# Rows under a table that speak of all its rows. Words that begin names of schools or people are not among them.
_TOTAL = re.compile(
    r"итог(?:о|и|овы\w+|)?\b.*|всего\b.*|сумма\b.*|%.*|процент\w*\b.*|доля\b.*|число\b.*|кол-во\b.*|количество\b.*"
    r"|средн(?:ее|\.).*|ср\.? ?(?:балл|отметка|оценка)\b.*"
    r"|средн\w+ (?:арифм|балл|отметк|оценк|значен|процент|%|выполнен|по )\w*.*"
    r"|общ(?:ее|ий) (?:кол|числ|балл|процент|%)\w*.*|макс(?:имум|имальн\w+|\.).*|мин(?:имум|имальн\w+|\.).*"
    r"|качество( .*)?|успеваемость\b.*|обученность\b.*|степень .*|коэффициент\b.*"
    r"|уровень (?:обучен|выполнен|освоен|усвоен)\w*.*"
    r"|(?:не )?(?:выполнили|справились|писали|приступили|выполняли)\b.*"
    r"|(?:отсутствовали|присутствовали)\b.*|(?:итог )?по (?:классу|школе|параллели|району)\b.*"
)
_TOTAL_ANYWHERE = re.compile(r"(?:итого|всего|средний балл|средняя (?:отметка|оценка)|%|процент выполнения)(?: .*)?")
_SIGNATURE = re.compile(
    r"(?:и\. ?о\. ?)?(?:директор\w*|зам\w*\.? (?:директора|руководителя)\b.*|завуч\b.*"
    r"|руководитель\b.*|учитель\b.*|эксперт\w*\b.*"
    r"|проверил\w*\b.*|проверяющ\w+.*|исполнитель\b.*|составил\w*\b.*|ответственн\w+.*|подпис\w+.*|дата\b.*|методист\b.*"
    r"|председатель\b.*|член\w* комиссии.*|м\.? ?п\.?|примечани\w+.*|организатор\w*\b.*|\*.*)(?: .*)?"
)
_LINE_TO_SIGN = re.compile(r"_{3,}")

T = TypeVar("T")
Cells = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Heading:
    """A row that may be the headings of a sheet: place of the sheet in the workbook, place of the row in the sheet."""

    sheet: int
    row: int
    cells: list[Any]


class Line(NamedTuple):
    """A row of the table, as wide as its headings."""

    sheet: str
    number: int
    cells: list[Any]


@dataclass(frozen=True, slots=True)
class Left:
    """A row that is not taken: one of REASONS, and how the row begins."""

    sheet: str
    number: int
    why: str
    text: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A sheet that is not taken: one of UNREAD."""

    sheet: str
    why: str


@dataclass(frozen=True, slots=True)
class Table:
    """Headings as cells, the name of their sheet and the row's number; then what stands under them.

    `elsewhere` says where the columns stand on sheets that have them in another order; `odd_rows`: rows of a CSV with
    bytes that are no text.
    """

    sheet: str
    number: int
    heading: list[Any]
    lines: list[Line] = field(repr=False)
    left: tuple[Left, ...] = ()
    unread: tuple[Unread, ...] = ()
    elsewhere: Mapping[str, Sequence[int]] = field(default_factory=dict)
    odd_rows: tuple[int, ...] = ()

    def letters(self, sheet: str, column: int) -> str:
        """What a spreadsheet calls a column of the table on one of its sheets."""
        places = self.elsewhere.get(sheet)
        return column_letters(column if places is None else places[column])


def find_heading(book: Workbook, understands: Callable[[Cells], T | None]) -> tuple[Heading, T] | None:
    """The first row that the room understands, and what it understood."""
    for heading in headings(book):
        if (found := understands(heading.cells)) is not None:
            return heading, found
    return None


def likely_heading(book: Workbook, is_known: Callable[[str], bool] = lambda _: False) -> Heading | None:
    """The row that most looks like headings where a room understands none: texts that are known, then texts that differ
    from one another, with a filled row under them. None where there is no such row."""

    def likeness(heading: Heading) -> tuple[int, int]:
        texts = [text for cell in heading.cells if isinstance(cell, str) and (text := shown(cell)) and len(text) < 120]
        return sum(map(is_known, texts)), len({text for text in texts if not text.isdecimal()})

    rows = [one for one in headings(book) if len(book.sheets[one.sheet].rows) > one.row + 1]
    best = max(rows, key=likeness, default=None)
    return best if best is not None and likeness(best)[1] > 1 else None


def headings(book: Workbook, within: int = WITHIN) -> Iterator[Heading]:
    """The first rows of each visible sheet; then each two of them as one, for headings of two storeys. Sheets with
    examples come last."""
    places = sorted(_visible(book), key=lambda place: is_example(book.sheets[place].name))
    for place in places:
        for row, cells in enumerate(book.sheets[place].rows[:within]):
            yield Heading(place, row, cells)
    for place in places:
        rows = book.sheets[place].rows[:within]
        for row in range(1, len(rows)):
            if any(cell == "" for cell in rows[row][: len(rows[row - 1])]):
                yield Heading(place, row, _joined(rows[row - 1], rows[row]))


def joined_below(book: Workbook, heading: Heading) -> Heading | None:
    """The heading and the row under it as one, of two storeys; None where there is no such row."""
    rows = book.sheets[heading.sheet].rows
    if heading.row + 1 >= len(rows):
        return None
    return Heading(heading.sheet, heading.row + 1, _joined(rows[heading.row], rows[heading.row + 1]))


def table_at(book: Workbook, heading: Heading, *, naming: Sequence[int] = (), totals: bool = True) -> Table:
    """The table under a heading, going on under the same headings on other sheets.

    A row of totals or a signature is known by its first filled cell and by the columns of `naming`; without `totals`
    such rows are data (the text of a question may begin with «Всего»).
    """
    sheet = book.sheets[heading.sheet]
    sorter = _Sorter(heading.cells, naming, totals)
    lines, left = sorter.sort(sheet, heading.row, list(range(len(heading.cells))))
    unread, elsewhere = [], dict[str, Sequence[int]]()
    for place, other in enumerate(book.sheets):
        if place == heading.sheet or not (other.rows or other.hidden):
            continue
        why, start = _goes_on(sheet, other, heading)
        if why:
            unread.append(Unread(other.name, why))
            continue
        more, more_left = sorter.sort(other, *start)
        elsewhere[other.name] = start[1]
        lines += more
        left += more_left
    number = sheet.numbers[heading.row]
    return Table(sheet.name, number, heading.cells, lines, tuple(left), tuple(unread), elsewhere, book.odd_rows)


def is_example(name: str) -> bool:
    """Whether a sheet holds made-up rows of a template."""
    return _EXAMPLE.fullmatch(key(name)) is not None


def key(cell: Any) -> str:
    """A heading for comparison: lower case, ё as е, one space for any blank, no mark at the end."""
    return _SPACES.sub(" ", shown(cell)).strip().lower().replace("ё", "е").rstrip(" :;.*")


def _visible(book: Workbook) -> list[int]:
    return [place for place, sheet in enumerate(book.sheets) if not sheet.hidden]


def _joined(upper: Cells, lower: Cells) -> list[Any]:
    width = max(len(upper), len(lower))
    rows = [[*row, *[""] * (width - len(row))] for row in (upper, lower)]
    return [below if below != "" else above for above, below in zip(*rows, strict=True)]


def _goes_on(sheet: Sheet, other: Sheet, heading: Heading) -> tuple[str, tuple[int, list[int]]]:
    """Why another sheet does not go on with the table ("" if it does), its row of headings, where its columns are."""
    nowhere = (0, list[int]())
    if other.hidden:
        return "hidden", nowhere
    if is_example(other.name) and not is_example(sheet.name):
        return "example", nowhere
    wanted = Counter(filter(None, map(key, heading.cells)))
    for row, cells in enumerate(other.rows[:WITHIN]):
        if Counter(filter(None, map(key, cells))) == wanted:
            return "", (row, _same_places(heading.cells, cells))
        if row and Counter(filter(None, map(key, joined := _joined(other.rows[row - 1], cells)))) == wanted:
            return "", (row, _same_places(heading.cells, joined))
    return "other_columns", nowhere


def _same_places(wanted: Cells, cells: Cells) -> list[int]:
    """For each column of the first sheet its place on the other one; -1 for a column without a heading there."""
    places: dict[str, list[int]] = {}
    for place, cell in enumerate(cells):
        places.setdefault(key(cell), []).append(place)
    return [places[name].pop(0) if (name := key(cell)) else -1 for cell in wanted]


class _Sorter:
    """Tells the rows of a table from what else stands among them."""

    def __init__(self, heading: Cells, naming: Sequence[int], totals: bool) -> None:
        self._keys = [key(cell) for cell in heading]
        self._filled = [place for place, name in enumerate(self._keys) if name]
        self._naming, self._totals = naming, totals
        self._telling = _Telling(self._keys[self._filled[0]] if self._filled else "")
        named = [place for place in naming if place < len(heading)]
        self._known: dict[tuple[str, re.Pattern[str]], bool] = {}
        self._asked = itemgetter(0, self._filled[0] if self._filled else 0, *named)

    def sort(self, sheet: Sheet, heading_row: int, places: list[int]) -> tuple[list[Line], list[Left]]:
        """Rows under the heading with their columns at `places`, and the rows that are left."""
        lines, left, fresh = [], [], True
        width, straight = len(places), places == list(range(len(places)))
        for number, cells in zip(sheet.numbers[heading_row + 1 :], sheet.rows[heading_row + 1 :], strict=True):
            padded = (cells if len(cells) == width else _cut(cells, width)) if straight else _placed(cells, places)
            if not fresh and self._is_ordinary(padded):
                lines.append(Line(sheet.name, number, padded))
                continue
            why = self._why(padded, fresh)
            fresh = why == "heading" or (fresh and why == "numbers")
            if why:
                left.append(Left(sheet.name, number, why, _beginning(cells)))
            elif any(cell != "" for cell in padded):
                lines.append(Line(sheet.name, number, padded))
        return lines, left

    def _is_ordinary(self, cells: list[Any]) -> bool:
        """Whether too much is filled for a signature, and nothing speaks for headings or a total: two looks into
        dictionaries for most rows of a region."""
        return (
            cells.count("") < len(cells) - _SIGNED
            and cells[0] != ""
            and not any(map(self._telling.__getitem__, self._asked(cells)))
        )

    def _why(self, cells: list[Any], fresh: bool) -> str:
        if self._is_heading(cells):
            return "heading"
        if fresh and self._is_numbers(cells):
            return "numbers"
        return self._closing(cells) if self._totals else ""

    def _is_heading(self, cells: list[Any]) -> bool:
        """The same words at the same places again."""
        first = self._filled[0] if self._filled else 0
        if not self._filled or key(cells[first]) != self._keys[first]:
            return False
        same = sum(key(cells[place]) == self._keys[place] for place in self._filled)
        return same > 1 and same * 5 >= len(self._filled) * 3

    def _is_numbers(self, cells: list[Any]) -> bool:
        """«1 2 3 …» or «А Б 1 2 …» right under the headings: numbers of columns."""
        texts = [text for cell in cells if (text := shown(cell).lower().strip("()."))]
        letters = next((place for place, text in enumerate(texts) if text not in _LETTERED), 0)
        wanted = [*_LETTERED[:letters], *(str(number) for number in range(1, len(texts) - letters + 1))]
        return len(texts) > 2 and len(texts) >= len(self._filled) - 1 and texts == wanted

    def _closing(self, cells: list[Any]) -> str:
        filled = [cell for cell in cells if cell != ""]
        if not filled:
            return ""
        named = [cells[place] for place in self._naming if place < len(cells)]
        if self._is_total(filled[0], _TOTAL) or any(self._is_total(cell, _TOTAL_ANYWHERE) for cell in named):
            return "total"
        if len(filled) > _SIGNED or len(filled) >= len(self._filled):
            return ""
        if any(isinstance(cell, str) and _LINE_TO_SIGN.search(cell) for cell in filled):
            return "signature"
        return "signature" if len(filled) < 4 and _SIGNATURE.fullmatch(key(filled[0])) else ""

    def _is_total(self, cell: Any, words: re.Pattern[str]) -> bool:
        if not isinstance(cell, str):
            return False
        if (cell, words) not in self._known:
            self._known[cell, words] = _is_total(cell, words)
        return self._known[cell, words]


class _Telling(dict[Any, bool]):
    """A cell → whether it may begin headings or name a total. Texts only are kept: TRUE and 1 are one key."""

    def __init__(self, first: str) -> None:
        super().__init__()
        self._first = first

    def __missing__(self, cell: Any) -> bool:
        if not isinstance(cell, str):
            return key(cell) == self._first
        telling = self[cell] = key(cell) == self._first or _is_total(cell, _TOTAL) or _is_total(cell, _TOTAL_ANYWHERE)
        return telling


def _is_total(text: str, words: re.Pattern[str]) -> bool:
    return len(text) <= 120 and words.fullmatch(key(text)) is not None


def _cut(cells: list[Any], width: int) -> list[Any]:
    return cells[:width] + [""] * (width - len(cells))


def _placed(cells: Cells, places: Sequence[int]) -> list[Any]:
    return [cells[place] if 0 <= place < len(cells) else "" for place in places]


def _beginning(cells: Cells) -> str:
    return " ".join(text for cell in cells if (text := shown(cell)))[:_TEXT_SHOWN]
