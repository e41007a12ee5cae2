"""Which column of a table is what: by its heading, by one that is alike, by what stands in it."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from traektoria.engines.deadlines.reader import parse
from traektoria.engines.plantables.joined_lines import joined
from traektoria.engines.plantables.model import Cell, Column, Grid, GridRow, How, PlanColumn
from traektoria.engines.plantables.responsible import Who, read_responsible
from traektoria.engines.plantables.terms import date_of

_HEADS: Final = Path(__file__).with_name("heads.csv")
_NOISE = re.compile(r"[\s*:.,;«»\"()_–—\-\\/]+")
_NUMBER = re.compile(r"(?:[\dIVXivx]{1,4}|[а-яёa-z])(?:\.\d{1,3})*[.)]?")
_ALIKE: Final = 0.82
_WITHIN: Final = 12
"""Rows of a table among which its headings are."""
_SAMPLE: Final = 40
_LETTER = re.compile(r"[^\W\d_]{2,}")
_SHORT_NAME: Final = 4
_MOST: Final = 0.5
"""The share of the cells of a column that must be what the column is taken for."""
_MONTHS: Final = 3
"""Headings that are dates and make a calendar."""
_LONGEST_HEAD: Final = 120
_SHORTEST: Final = 5
"""Letters that a content has in the middle."""
_STEMS: Final = (
    ("ответств", PlanColumn.RESPONSIBLE), ("исполнит", PlanColumn.RESPONSIBLE), ("срок", PlanColumn.TERM),
    ("дата", PlanColumn.TERM), ("мероприят", PlanColumn.CONTENT), ("содержан", PlanColumn.CONTENT),
    ("результат", PlanColumn.PRODUCT),
    ("направлен", PlanColumn.DIRECTION), ("примечан", PlanColumn.NOTE), ("отметк", PlanColumn.NOTE),
)  # fmt: skip
_TELLING: Final = frozenset({PlanColumn.CONTENT, PlanColumn.TERM, PlanColumn.RESPONSIBLE})


def heading_of(row: GridRow) -> tuple[Column, ...] | None:
    """The columns under a row of headings; None for a row that is none."""
    filled = row.filled
    titles = [joined(cell.lines) for cell in filled]
    if len(filled) < 2 or any(len(title) > _LONGEST_HEAD for title in titles):
        return None
    if _known().keys().isdisjoint(map(_key, titles)):  # before anything is compared letter by letter
        return None
    columns = _with_months(
        [Column(cell.start, cell.end, title, *meaning_of(title)) for cell, title in zip(filled, titles, strict=True)]
    )
    found = {column.meaning for column in columns if column.how is not How.NOT}
    told = found & _TELLING | ({PlanColumn.TERM} if PlanColumn.MONTH in found else set())
    if len(told) < 2:
        return None
    return _once(columns)


def _with_months(columns: Sequence[Column]) -> list[Column]:
    """«Мероприятие, сентябрь, октябрь, …»: columns of a calendar in which the months are marked."""
    dated = {at for at, one in enumerate(columns) if one.meaning is PlanColumn.OTHER and date_of(one.title)}
    if len(dated) < _MONTHS:
        return list(columns)
    return [
        replace(one, meaning=PlanColumn.MONTH, how=How.KNOWN) if at in dated else one for at, one in enumerate(columns)
    ]


def two_storeys(upper: GridRow, lower: GridRow) -> GridRow | None:
    """Two rows of headings as one: a heading over several others, and those that go through both rows."""
    wide = [cell for cell in upper.filled if cell.end - cell.start > 1]
    if not wide or any(cell.end - cell.start > 8 for cell in wide):
        return None
    both, own = _as_one(upper, lower), _own(lower)
    is_lower = len(both.cells) > len(upper.filled) and heading_of(own) is None and not _has_number(own)
    return both if is_lower else None


def _as_one(upper: GridRow, lower: GridRow) -> GridRow:
    cells = list[Cell]()
    for above in upper.filled:
        under = [cell for cell in lower.filled if above.start <= cell.start < above.end and not cell.goes_on]
        cells += [replace(cell, lines=(*above.lines, *cell.lines)) for cell in under] or [above]
    return GridRow(lower.place, tuple(cells))


def _own(row: GridRow) -> GridRow:
    return GridRow(row.place, tuple(cell for cell in row.filled if not cell.goes_on))


def find_heading(grid: Grid) -> tuple[int, tuple[Column, ...]] | None:
    """The first row of headings, of one storey or of two, and its columns."""
    for at, row in enumerate(grid.rows[:_WITHIN]):
        columns = heading_of(row)
        below = grid.rows[at + 1] if at + 1 < len(grid.rows) else None
        if columns is None:
            if below and (joint := _told_below(row, below, spans=grid.spans)):
                return at + 1, joint
            continue
        both = two_storeys(row, below) if below else None
        if both and (joint := heading_of(both)):
            return at + 1, joint
        return at, columns
    return None


def _told_below(upper: GridRow, lower: GridRow, *, spans: bool) -> tuple[Column, ...] | None:
    """«Мероприятие | I полугодие | II полугодие» over «Срок | Ответственный | Срок | Ответственный»: neither row says
    alone what is done and when. Where a sheet does not say how far a heading goes, it goes to the next one."""
    own = _own(lower)
    if not own.cells or heading_of(own) is None or _says_content(own) or not _says_content(upper):
        return None
    if not spans:
        ends = [*(cell.start for cell in upper.filled[1:]), own.cells[-1].end]
        cells = tuple(replace(cell, end=end) for cell, end in zip(upper.filled, ends, strict=True))
        upper = replace(upper, cells=cells)
    return heading_of(_as_one(upper, lower))


def _says_content(row: GridRow) -> bool:
    return any(meaning_of(joined(cell.lines))[0] is PlanColumn.CONTENT for cell in row.filled)


def meaning_of(title: str) -> tuple[PlanColumn, How]:
    """What a heading says."""
    key = _key(title)
    known = _known()
    if key in known:
        return known[key], How.KNOWN
    return _alike(key) if key else (PlanColumn.OTHER, How.NOT)


def by_content(columns: Sequence[Column], rows: Iterable[GridRow]) -> tuple[Column, ...]:
    """The same columns; those that no heading explains are looked at: is it one of numbers, of terms, of people?"""
    sample = [row for row in rows if len(row.filled) > 1][:_SAMPLE]
    there = {column.meaning for column in columns}
    found = list(columns)
    for meaning, is_so in (
        (PlanColumn.NUMBER, is_number),
        (PlanColumn.TERM, is_term),
        (PlanColumn.RESPONSIBLE, are_people),
    ):
        if meaning in there or (meaning is PlanColumn.TERM and PlanColumn.MONTH in there):
            continue
        shares = {
            at: share
            for at, column in enumerate(found)
            if column.meaning is PlanColumn.OTHER and (share := _share(_texts(sample, column), is_so)) >= _MOST
        }
        if shares:
            best = max(shares, key=lambda at: shares[at])
            found[best] = replace(found[best], meaning=meaning, how=How.CONTENT)
    if PlanColumn.CONTENT not in there:
        _longest(found, sample)
    return tuple(found)


def without_heading(grid: Grid) -> tuple[Column, ...] | None:
    """The columns of a table that has no headings, or whose headings say nothing; None where it is no plan."""
    layout = Counter(tuple((cell.start, cell.end) for cell in row.cells) for row in grid.rows if len(row.filled) > 1)
    if not layout or len(grid.rows) < 3:
        return None
    widest = max(layout, key=lambda cells: (layout[cells] * len(cells), len(cells)))
    bare = [Column(start, end, "", PlanColumn.OTHER, How.NOT) for start, end in widest]
    columns = by_content(bare, grid.rows)
    found = {column.meaning for column in columns}
    return columns if {PlanColumn.CONTENT, PlanColumn.TERM} <= found else None


def are_people(text: str) -> bool:
    """Whether a text only says who: roles and people, or a short name of an organisation («школы района» may be said
    of anything)."""
    named = read_responsible(text)
    return bool(named) and all(
        one.who in {Who.ROLE, Who.PERSON} or (one.who is Who.ORGANISATION and len(one.text.split()) < _SHORT_NAME)
        for one in named
    )


def guessed(grid: Grid) -> tuple[int, tuple[Column, ...]] | None:
    """Where the rows of a table begin whose headings say nothing, and its columns: the first row of several cells is
    taken for headings, what stands below says the rest."""
    at = next((at for at, row in enumerate(grid.rows) if len(row.filled) > 1), None)
    if at is None:
        return None
    titles = [joined(one.lines) for one in grid.rows[at].filled]
    if len(set(titles)) < len(titles) or not all(
        _LETTER.search(title) and len(title) < _LONGEST_HEAD for title in titles
    ):
        return None
    bare = [
        Column(one.start, one.end, title, PlanColumn.OTHER, How.NOT)
        for one, title in zip(grid.rows[at].filled, titles, strict=True)
    ]
    columns = by_content(bare, grid.rows[at + 1 :])
    return (at + 1, columns) if any(column.meaning is PlanColumn.CONTENT for column in columns) else None


def rows_of_several(grid: Grid) -> int:
    """How many rows have several cells."""
    return sum(len(row.filled) > 1 for row in grid.rows)


def is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text.strip()) is not None


@lru_cache(8192)
def is_term(text: str) -> bool:
    """Whether the whole text is a deadline, as the engine of deadlines reads it."""
    return parse(text).is_read


def _has_number(row: GridRow) -> bool:
    return bool(row.filled) and is_number(joined(row.filled[0].lines))


def _key(title: str) -> str:
    """A heading for comparison: «N п/п» is «№ п/п»."""
    plain = _NOISE.sub(" ", title.lower().replace("ё", "е")).strip()
    return re.sub(r"^(?:n|no|№№)(?= |$)", "№", plain)


@cache
def _known() -> dict[str, PlanColumn]:
    with _HEADS.open(encoding="utf-8", newline="") as lines:
        return {_key(row["head"]): PlanColumn(row["meaning"]) for row in csv.DictReader(lines)}


@lru_cache(1024)
def _alike(key: str) -> tuple[PlanColumn, How]:
    """The heading that is most like this one, or the first word in it that tells."""
    if len(key) > 3:
        best = max(_known(), key=lambda head: SequenceMatcher(None, key, head).ratio())
        if SequenceMatcher(None, key, best).ratio() >= _ALIKE:
            return _known()[best], How.ALIKE
    places = [(key.find(stem), meaning) for stem, meaning in _STEMS if stem in key]
    return (min(places)[1], How.ALIKE) if places else (PlanColumn.OTHER, How.NOT)


def _once(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Each meaning once: the heading that is known, or the first; of two columns of results or notes the second is kept
    beside the row."""
    taken: dict[PlanColumn, Column] = {}
    for column in sorted(columns, key=lambda one: list(How).index(one.how)):
        taken.setdefault(column.meaning, column)
    return tuple(
        column
        if column.meaning in {PlanColumn.OTHER, PlanColumn.MONTH} or taken[column.meaning] is column
        else replace(column, meaning=PlanColumn.OTHER, how=How.NOT)
        for column in columns
    )


def _texts(rows: Sequence[GridRow], column: Column) -> list[str]:
    found = (cell for row in rows for cell in row.filled if cell.start < column.end and column.start < cell.end)
    return [joined(cell.lines) for cell in found if not cell.goes_on]


def _share(texts: Sequence[str], is_so: Callable[[str], bool]) -> float:
    return sum(map(is_so, texts)) / len(texts) if texts else 0.0


def _longest(columns: list[Column], sample: Sequence[GridRow]) -> None:
    """The content is the longest text of those that are nothing else."""
    lengths = {
        at: sum(map(len, texts)) / len(texts)
        for at, column in enumerate(columns)
        if column.meaning is PlanColumn.OTHER and (texts := _texts(sample, column))
    }
    if lengths and max(lengths.values()) > _SHORTEST:
        best = max(lengths, key=lambda at: lengths[at])
        columns[best] = replace(columns[best], meaning=PlanColumn.CONTENT, how=How.CONTENT)
