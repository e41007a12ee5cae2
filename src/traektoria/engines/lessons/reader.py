"""A paper becomes a calendar: its lessons, sections, totals, and what is not taken, each with its place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from traektoria.engines.lessons.columns import find_heading, heading_of
from traektoria.engines.lessons.dates import Days, days_of
from traektoria.engines.lessons.model import (
    Calendar,
    Column,
    Lesson,
    LessonColumn,
    Say,
    Scope,
    Section,
    Stated,
    Total,
)
from traektoria.engines.plantables.joined_lines import joined
from traektoria.engines.plantables.model import Cell, Grid, GridRow, Left, Paper, Place, Where, WhyLeftOut
from traektoria.engines.plantables.responsible import names_somebody
from traektoria.engines.storable_text import fit
from traektoria.engines.tables.errors import Unreadable

MOST_LESSONS: Final = 600
"""Lessons of one calendar: eight hours a week have 272."""
THEME, SHOWN = 500, 120
_ARABIC = re.compile(r"\d{1,3}(?:\s*[-–,./(]\s*\d{1,3}\)?)?\.?")
_HOURS = re.compile(r"(\d{1,3}(?:[.,]\d)?)\s*(?:ч\b|ч\.|час)", re.IGNORECASE)
_BEGINS = re.compile(r"1(?:\.|\s*[-–,/(].*)?")
_SAYS_SOMETHING = re.compile(r"\w")
_FIGURE = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")
_TOTAL = re.compile(r"^\W*(?:итого|всего|общее кол|общее число)", re.IGNORECASE)
_OF_SECTION = re.compile(r"раздел|тем[еыу]|глав|модул|блок", re.IGNORECASE)
_OF_PART = re.compile(r"четверт|полугод|триместр", re.IGNORECASE)
_IS_PART = re.compile(r"^\W*(?:[IVХX1-4]{1,3}|перв\w+|втор\w+|трет\w+|четв[её]рт\w+)[\s-]*(?:я|ое|й)?\s*"
                      r"(?:учебн\w+\s*)?(?:четверт|полугоди|триместр)", re.IGNORECASE)  # fmt: skip
_IS_SECTION = re.compile(r"^\W*(?:раздел|глава|модуль|блок|§)", re.IGNORECASE)
_SIGNED = re.compile(
    r"^\W*(?:учител|директор|зам\w*\.?\s*директ|согласован|утвержд|рассмотрен|составил|подпис|разработ)", re.IGNORECASE
)
_SAYS: Final = (
    (Say.WEEK, re.compile(r"в\s+неделю\s*[-–—:]*\s*(\d{1,2}(?:[.,]\d)?)(?![\d/])", re.IGNORECASE)),
    (Say.WEEK, re.compile(r"(\d{1,2}(?:[.,]\d)?)\s*(?:ч\.?|час\w*)\s*в\s+неделю", re.IGNORECASE)),
    (Say.WEEKS, re.compile(r"(\d{2})\s+учебн\w+\s+недел", re.IGNORECASE)),
    (Say.YEAR, re.compile(r"(?:в|за)\s+год\s*[-–—:]*\s*(\d{2,3})(?![\d/])", re.IGNORECASE)),
    (Say.YEAR, re.compile(r"(\d{2,3})\s*(?:ч\.?|час\w*)\s*(?:в|за)\s+год", re.IGNORECASE)),
    (Say.YEAR, re.compile(r"всего\s*[-–—:]*\s*(\d{2,3})\s*(?:ч\b|час)", re.IGNORECASE)),
    (Say.CONTROLS, re.compile(r"контрольн\w+\s+(?:работ|урок)\w*\s*[-–—:]+\s*(\d{1,2})", re.IGNORECASE)),
)


def read_calendar(paper: Paper, start_year: int) -> Calendar:
    """``start_year``: the autumn of the school year, for days without a year. Neither names of sheets nor words of what
    is not taken are kept: they name classes and teachers. Raises ``Unreadable``: «no_lessons», «several»."""
    reader = _Reader(start_year)
    for block in paper.blocks:
        if isinstance(block, Grid):
            reader.grid(block)
        else:
            reader.said(block.text, block.place)
    if not reader.lessons:
        raise Unreadable("no_lessons")
    lessons, cut = reader.lessons, len(reader.lessons) > MOST_LESSONS
    while reader.sections and reader.sections[-1].first == len(lessons):  # what stands below the last lesson
        reader.left.append(Left(reader.sections.pop().place, WhyLeftOut.TEXT))
    left = [replace(one, place=unnamed(one.place), text="") for one in (*paper.left, *reader.finished())]
    if cut:
        left.append(Left(lessons[MOST_LESSONS].place, WhyLeftOut.TOO_MANY, "", len(lessons) - MOST_LESSONS))
    sections = tuple(_within(reader.sections)) if cut else tuple(reader.sections)
    return Calendar(
        tuple(lessons[:MOST_LESSONS]), sections,
        tuple(one for one in reader.totals if one.first <= MOST_LESSONS or not cut), tuple(reader.stated),
        reader.columns, tuple(left), paper.kind,
    )  # fmt: skip


def unnamed(place: Place) -> Place:
    """«Лист 2»: «Иванова 7А» is not for an act."""
    return replace(place, name="") if place.where is Where.SHEET else place


def _within(sections: Sequence[Section]) -> Iterator[Section]:
    """Of a calendar that is cut off: what a section states is held against nothing where its end is not there."""
    for at, one in enumerate(sections):
        ends = next((two.first for two in sections[at + 1 :] if two.is_part >= one.is_part), MOST_LESSONS + 1)
        if one.first < MOST_LESSONS:
            yield one if ends <= MOST_LESSONS else replace(one, stated=None)


@dataclass
class _Reader:
    start_year: int
    lessons: list[Lesson] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    columns: tuple[Column, ...] = ()
    _width: int = 0
    _section: int = -1
    _texts: list[Place] = field(default_factory=list)

    def said(self, text: str, place: Place) -> None:
        """What stands beside the tables may name people: its words are not kept, only figures of hours."""
        self._say(text, place)
        self._texts.append(place)

    def grid(self, grid: Grid) -> None:
        if not any(row.filled for row in grid.rows):
            return
        found = find_heading(grid)
        if found is None and not (self.columns and grid.width == self._width):
            for row in grid.rows:
                self._say(" ".join(joined(cell.lines) for cell in row.filled), row.place)
            first = next(row for row in grid.rows if row.filled)
            self.left.append(Left(first.place, WhyLeftOut.OTHER_TABLE, "", sum(bool(row.filled) for row in grid.rows)))
            return
        start, before = 0, len(self.lessons)
        if found is not None:
            start, columns = found
            self.columns = tuple(replace(one, title="") if names_somebody(one.title) else one for one in columns)
            self._width = grid.width
            for row in grid.rows[:start]:
                self._over(row)
        for row in grid.rows[start:]:
            if row.filled:
                self._row(replace(row, place=unnamed(row.place)))
        if found is not None and _is_another(self.lessons[:before], self.lessons[before:]):
            raise Unreadable("several")

    def _over(self, row: GridRow) -> None:
        """Rows of a sheet above its headings."""
        if row.filled and not heading_of(row):
            self._say(" ".join(joined(cell.lines) for cell in row.filled), row.place)

    def _row(self, row: GridRow) -> None:
        texts = self._read(row)
        filled = [joined(cell.lines) for cell in row.filled]
        own = [joined(cell.lines) for cell in row.filled if not cell.goes_on]
        first = next((one for one in filled if re.search(r"[^\W\d_]", one) and not _ROMAN.fullmatch(one)), "")
        if heading_of(row):
            self.left.append(Left(row.place, WhyLeftOut.HEADING))
        elif len(filled) > 2 and all(one.isdecimal() for one in filled) and _counts(filled):
            self.left.append(Left(row.place, WhyLeftOut.NUMBERS))
        elif _TOTAL.search(first) and not _ARABIC.fullmatch(texts[LessonColumn.NUMBER]):
            self._total(row, " ".join(filled), texts[LessonColumn.HOURS])
        elif (
            _SIGNED.search(first)
            and not texts[LessonColumn.HOURS]
            and not _ARABIC.fullmatch(texts[LessonColumn.NUMBER])
        ):
            self.left.append(Left(row.place, WhyLeftOut.SIGNATURE))
        elif self._is_section(texts, own, first):
            self._begin(row.place, first, texts[LessonColumn.HOURS])
        elif texts[LessonColumn.THEME]:
            self._lesson(row, texts)
        else:
            self.left.append(Left(row.place, WhyLeftOut.TEXT))

    def _is_section(self, texts: dict[LessonColumn, str], own: Sequence[str], first: str) -> bool:
        """A row of a title alone, with hours at most; one that begins with «Раздел» and has no number and no day."""
        if _ARABIC.fullmatch(texts[LessonColumn.NUMBER]) or texts[LessonColumn.DATE]:
            return False
        if _IS_PART.search(first) or _IS_SECTION.search(first):
            return True
        there = {one.meaning for one in self.columns}
        if LessonColumn.NUMBER not in there and (texts[LessonColumn.HOURS] or LessonColumn.DATE not in there):
            return False
        rest = [one for one in own if one not in (first, texts[LessonColumn.HOURS])]
        return bool(first) and all(_ROMAN.fullmatch(one) for one in rest)

    def _begin(self, place: Place, title: str, hours: str) -> None:
        in_title = _HOURS.search(title)
        stated = _number(hours) if hours else _number(in_title[1]) if in_title else None
        words = "" if not hours and names_somebody(title) else fit(title)[:THEME]
        self._add(Section(place, words, len(self.lessons), stated, _IS_PART.search(title) is not None))

    def _add(self, section: Section) -> None:
        self.sections.append(section)
        if not section.is_part:
            self._section = len(self.sections) - 1

    def _total(self, row: GridRow, text: str, hours: str) -> None:
        value = _number(hours) if hours else _only(_HOURS.findall(text)) or _only(_FIGURE.findall(text))
        if value is None:
            self.left.append(Left(row.place, WhyLeftOut.TOTAL))
            return
        scope = Scope.PART if _OF_PART.search(text) else Scope.SECTION if _OF_SECTION.search(text) else Scope.ALL
        self.totals.append(Total(row.place, value, scope, len(self.lessons)))

    def _lesson(self, row: GridRow, texts: dict[LessonColumn, str]) -> None:
        title = texts[LessonColumn.SECTION]
        if title and (self._section < 0 or self.sections[self._section].title != fit(title)[:THEME]):
            self._begin(row.place, title, "")
        when, read = self._when(texts[LessonColumn.DATE])
        hours = _number(texts[LessonColumn.HOURS]) if texts[LessonColumn.HOURS] else None
        self.lessons.append(
            Lesson(
                row.place, fit(texts[LessonColumn.THEME])[:THEME], fit(texts[LessonColumn.NUMBER])[:20], hours,
                bool(texts[LessonColumn.HOURS]) and hours is None, when, *read,
                control=fit(texts[LessonColumn.CONTROL])[:SHOWN], section=self._section,
            )
        )  # fmt: skip

    def _when(self, text: str) -> tuple[str, Days]:
        """What is no day is not kept: «Иванова на замене»."""
        if not _SAYS_SOMETHING.search(text):
            return "", Days()
        read = days_of(text, self.start_year)
        return fit(text)[:60] if read.days or read.impossible else "…", read

    def _read(self, row: GridRow) -> dict[LessonColumn, str]:
        """By the meaning of its column. The lower part of a merged cell goes on for themes and sections only: merged
        hours, numbers and days stand once."""
        texts = dict.fromkeys(LessonColumn, "")
        for cell in row.filled:
            column = _under(cell, self.columns)
            if column is None or (cell.goes_on and column.meaning not in (LessonColumn.THEME, LessonColumn.SECTION)):
                continue
            said = (
                cell.numbered if column.meaning in (LessonColumn.NUMBER, LessonColumn.HOURS) and cell.numbered else ""
            )
            texts[column.meaning] = " ".join(filter(None, [texts[column.meaning], said or joined(cell.lines)]))
        return texts

    def _say(self, text: str, place: Place) -> None:
        there = {(one.say, one.value) for one in self.stated}
        for say, pattern in _SAYS:
            found = pattern.search(text)
            value = _number(found[1]) if found else None
            if value and (say, value) not in there:
                self.stated.append(Stated(say, value, unnamed(place)))
                there.add((say, value))

    def finished(self) -> list[Left]:
        """Texts beside the tables, as one thing that is not taken."""
        if not self._texts:
            return self.left
        first, last = self._texts[0], self._texts[-1]
        spot = replace(first, last=last.row if last.number == first.number and last.row > first.row else 0)
        return [*self.left, Left(spot, WhyLeftOut.TEXT, "", len(self._texts))]


_ROMAN = re.compile(r"[IVXХ]{1,5}\.?|\W*")


def _under(cell: Cell, columns: Sequence[Column]) -> Column | None:
    """The column that has most of the cell."""
    found = [(min(cell.end, one.end) - max(cell.start, one.start), -at) for at, one in enumerate(columns)]
    width, at = max(found, default=(0, 0))
    return columns[-at] if width > 0 else None


def _only(figures: Sequence[str]) -> Decimal | None:
    """Of several figures nobody knows which is meant."""
    return _number(figures[0]) if len(set(figures)) == 1 else None


def _is_another(before: Sequence[Lesson], after: Sequence[Lesson]) -> bool:
    """A table under its own headings that begins as the one before has: the calendar of another class."""
    first, again = (next((one for one in rows if one.number or one.days), None) for rows in (before, after))
    if first is None or again is None:
        return False
    if again.number or first.number:
        return again.number == first.number or _BEGINS.fullmatch(again.number) is not None
    return again.days[0] <= first.days[0]


def _counts(texts: Sequence[str]) -> bool:
    """«1 | 2 | 3 | 4»: numbers of the columns."""
    numbers = [int(one) for one in texts]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] == 1


def _number(text: str) -> Decimal | None:
    """«1», «0,5», «2 ч»; None where it is no figure."""
    plain = text.strip().lower().removesuffix(".").removesuffix("час").removesuffix("ч").strip()
    return Decimal(plain.replace(",", ".")) if _FIGURE.fullmatch(plain) else None
