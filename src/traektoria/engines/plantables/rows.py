"""A grid → rows of a plan: sections and dates that span the table hold for what stands below, rows that only go on are
joined to theirs, and whatever is no measure is named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from traektoria.engines.plantables.cells import RowTexts, people, texts_of
from traektoria.engines.plantables.columns import heading_of, is_number, is_term, two_storeys
from traektoria.engines.plantables.joined_lines import joined
from traektoria.engines.plantables.model import (
    Column,
    Doubt,
    Grid,
    GridRow,
    Left,
    Place,
    PlanColumn,
    ProposedRow,
    WhyLeftOut,
)
from traektoria.engines.plantables.terms import are_times, date_of, is_time, looks_like_time, without_time

_SHOWN: Final = 120
_TIME: Final = "Время"
_TOTAL = re.compile(r"(?:итого|всего)\b.*", re.IGNORECASE | re.DOTALL)
_SIGNATURE = re.compile(
    r".*_{3,}.*|м\. ?п\.|(?:и\. ?о\. ?)?(?:директор|начальник|руководитель|составил\w*|исполнитель|утвержд\w+"
    r"|председатель|методист)\b.{0,80}[А-ЯЁ]\. ?[А-ЯЁ]\. ?[А-ЯЁ][а-яё]+|согласовано.{0,40}",
    re.IGNORECASE | re.DOTALL,
)
_SECTION = re.compile(r"(?:раздел|блок|направление|этап|модуль|часть|глава)\b.+", re.IGNORECASE | re.DOTALL)
_ROMAN = re.compile(r"[IVXІХ]{1,5}[.)]?")
_ROMAN_FIRST = re.compile(r"[IVXІХ]{1,5}[.)] ?\S.*", re.DOTALL)
_NUMBER_BEFORE = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})*[.)])\s+(?P<rest>\S.*)", re.DOTALL)
_FIELDS: Final = (
    PlanColumn.CONTENT,
    PlanColumn.TERM,
    PlanColumn.RESPONSIBLE,
    PlanColumn.DIRECTION,
    PlanColumn.PRODUCT,
    PlanColumn.NOTE,
)
_OF_THE_TERM: Final = frozenset(
    {Doubt.NO_TERM, Doubt.TERM_NOT_UNDERSTOOD, Doubt.TIME_NOT_DATE, Doubt.TERM_FROM_ABOVE, Doubt.NO_CONTENT}
)


@dataclass
class Held:
    """What holds for the rows below: the section, and the date that stands in a row of its own. ``outer``: the date
    stood over a section, so that it goes on when the section changes. ``fresh``: no row came since."""

    section: str = ""
    term: str = ""
    term_place: Place | None = None
    outer: bool = False
    fresh: bool = False

    def hold(self, text: str, place: Place) -> None:
        if date := date_of(text):
            self.term, self.term_place, self.fresh = date, place, True
            self.section = "" if self.outer else self.section
            return
        if self.term and self.fresh:
            self.outer = True
        elif not self.outer:
            self.term, self.term_place = "", None
        self.section = text


@dataclass
class GridReader:
    """Reads a grid with its columns; ``rows`` and ``left`` are what it found. One reader goes on over the pages of a
    table."""

    columns: tuple[Column, ...]
    held: Held = field(default_factory=Held)
    rows: list[ProposedRow] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    _open: bool = False
    _times: bool = False
    _inside: bool = False
    _grid: Grid = field(default_factory=lambda: Grid((), 0))

    def read(self, grid: Grid, start: int) -> None:
        """Rows from ``start`` on."""
        self._grid = grid
        body = [row for row in grid.rows[start:] if row.filled]
        terms = [self._texts(row)[PlanColumn.TERM] for row in body]
        self._times = are_times(terms)
        self._inside = self._has_numbers_inside(body)
        skip, fresh = False, True
        for at, row in enumerate(body):
            below = body[at + 1] if at + 1 < len(body) else None
            if skip or (why := self._why_not(row, below, fresh=fresh)):
                why = WhyLeftOut.HEADING if skip else why
                skip = why is WhyLeftOut.HEADING and not skip and self._has_two_storeys(row, below)
                self._leave(row, why)
                fresh = why in {WhyLeftOut.HEADING, WhyLeftOut.NUMBERS}
                continue
            self._take(row, body[at + 1 :])
            fresh = False

    def _has_numbers_inside(self, body: Sequence[GridRow]) -> bool:
        """Whether most contents begin with a number, and no column is one of numbers."""
        if any(column.meaning is PlanColumn.NUMBER for column in self.columns):
            return False
        contents = [text for row in body if (text := self._texts(row)[PlanColumn.CONTENT])]
        return sum(map(bool, map(_NUMBER_BEFORE.fullmatch, contents))) * 3 > len(contents) * 2

    # What is no row

    def _why_not(self, row: GridRow, below: GridRow | None, *, fresh: bool) -> WhyLeftOut | None:
        texts = [joined(cell.lines) for cell in row.filled]
        if self._is_heading(row, below):
            return WhyLeftOut.HEADING
        if (
            fresh
            and len(texts) > 2
            and [text.strip("().") for text in texts] == [str(at + 1) for at in range(len(texts))]
        ):
            return WhyLeftOut.NUMBERS
        if any(_TOTAL.fullmatch(text) for text in texts[:2]) and not is_number(texts[0]):
            return WhyLeftOut.TOTAL
        return WhyLeftOut.SIGNATURE if len(texts) < 4 and _SIGNATURE.fullmatch(" ".join(texts)) else None

    def _is_heading(self, row: GridRow, below: GridRow | None) -> bool:
        """The same headings on another page; others say what stands where from here on."""
        columns = heading_of(row)
        if columns is None:
            return False
        both = two_storeys(row, below) if below else None
        columns = (heading_of(both) if both else None) or columns
        if [column.title for column in columns] != [column.title for column in self.columns if column.title]:
            self.columns = columns
        return True

    def _has_two_storeys(self, row: GridRow, below: GridRow | None) -> bool:
        both = two_storeys(row, below) if below else None
        return both is not None and heading_of(both) is not None

    def _leave(self, row: GridRow, why: WhyLeftOut | None) -> None:
        text = " | ".join(joined(cell.lines) for cell in row.filled)
        self.left.append(Left(row.place, why or WhyLeftOut.HEADING, text[:_SHOWN]))

    # What is one

    def _texts(self, row: GridRow) -> RowTexts:
        return texts_of(row, self.columns, spans=self._grid.spans)

    def _take(self, row: GridRow, below: Sequence[GridRow]) -> None:
        if text := self._spanning(row):
            self._hold(text, row.place)
            return
        texts = self._texts(row)
        if self._is_section(texts, below):
            number, content = texts[PlanColumn.NUMBER], texts[PlanColumn.CONTENT]
            self._hold(" ".join(filter(None, (number, content))), row.place)
        elif self._open and self._only_goes_on(texts):
            self._go_on(row.place, texts)
        else:
            self._add(row.place, texts)

    def _hold(self, text: str, place: Place) -> None:
        self.held.hold(text, place)
        self._open = False

    def _spanning(self, row: GridRow) -> str:
        """The text of a row that spans the table: one cell, or a number and one cell."""
        own = [cell for cell in row.filled if not cell.goes_on]
        wide = own[-1] if own else None
        if wide is None or len(own) > 2 or len(own) < len(row.filled):
            return ""
        covered = sum(wide.start < column.end and column.start < wide.end for column in self.columns)
        first = joined(own[0].lines)
        if covered * 2 >= len(self.columns) and covered > 1 and (len(own) == 1 or is_number(first)):
            return " ".join(joined(cell.lines) for cell in own)
        is_first = len(own) == 1 and self._meaning_at(wide.start) is not PlanColumn.CONTENT and wide.start == 0
        return first if is_first and not is_number(first) and len(self.columns) > 2 else ""

    def _meaning_at(self, start: int) -> PlanColumn:
        return next((one.meaning for one in self.columns if one.start <= start < one.end), PlanColumn.OTHER)

    def _is_section(self, texts: RowTexts, below: Sequence[GridRow]) -> bool:
        """A title over the rows below that nobody merged over the columns."""
        content, number = texts[PlanColumn.CONTENT], texts[PlanColumn.NUMBER].strip()
        if not content or not texts.only(PlanColumn.NUMBER, PlanColumn.CONTENT) or PlanColumn.CONTENT in texts.repeats:
            return False
        following = self._texts(below[0]) if below else None
        next_number = following[PlanColumn.NUMBER].strip() if following else ""
        if number:
            is_upper = _ROMAN.fullmatch(number) and not _ROMAN.fullmatch(next_number or "I")
            return bool(is_upper) or next_number.startswith(number.rstrip(".)") + ".") or content.isupper()
        if date_of(content) or _SECTION.fullmatch(content) or _ROMAN_FIRST.fullmatch(content) or content.isupper():
            return True
        return is_number(next_number) and not content[0].islower() and not content.endswith((".", ";"))

    def _only_goes_on(self, texts: RowTexts) -> bool:
        """The rest of the row above, cut off by a page or by somebody who made two rows of it."""
        content, term = texts[PlanColumn.CONTENT], texts[PlanColumn.TERM]
        last = self.rows[-1]
        if PlanColumn.CONTENT in texts.repeats:
            return term in {"", last.term} or PlanColumn.TERM in texts.repeats
        if texts[PlanColumn.NUMBER]:
            return False
        if not content:
            return not (term and last.term and is_term(term) and is_term(last.term))
        if content[0].isupper() or (term and last.term and is_term(term) and is_term(last.term)):
            return False
        return bool(last.number) or (not term and last.content[:1].isupper())

    def _go_on(self, place: Place, texts: RowTexts) -> None:
        """Join what is new in this row to the row above."""
        last = self.rows[-1]
        new = {meaning: text for meaning in _FIELDS if (text := texts[meaning]) and meaning not in texts.repeats}
        if new.get(PlanColumn.RESPONSIBLE) == last.responsible:
            new.pop(PlanColumn.RESPONSIBLE, None)
        if not new and not texts.others:
            return
        whole: dict[str, Any] = {
            meaning.value: joined(people([old, text]) if meaning is PlanColumn.RESPONSIBLE else [old, text])
            for meaning, text in new.items()
            for old in [getattr(last, meaning.value)]
        }
        kept = [doubt for doubt in last.doubts if doubt not in _OF_THE_TERM and doubt is not Doubt.CONTINUED]
        row = replace(last, **whole, others=(*last.others, *texts.others), also=(*last.also, place))
        doubts = (*kept, *_about_term(row), Doubt.CONTINUED)
        self.rows[-1] = replace(row, doubts=doubts)

    def _add(self, place: Place, texts: RowTexts) -> None:
        last = self.rows[-1] if self._open and self.rows else None
        content, number = self._numbered(texts[PlanColumn.CONTENT], texts[PlanColumn.NUMBER])
        doubts = []
        if not content and last is not None:
            content, number = last.content, number or last.number
        if last is not None and content == last.content and content and number == last.number:
            doubts.append(Doubt.REPEATED)
        term, time = self._term(texts[PlanColumn.TERM])
        others = (*texts.others, *([(_TIME, time)] if time else []))
        row = ProposedRow(
            place, number, self.held.section, content, term, texts[PlanColumn.RESPONSIBLE], texts[PlanColumn.DIRECTION],
            texts[PlanColumn.PRODUCT], texts[PlanColumn.NOTE], others,
        )  # fmt: skip
        if not term and self.held.term:
            row = replace(row, term=self.held.term, term_place=self.held.term_place)
        elif self.held.term and not row.section:
            row = replace(row, section=self.held.term)
        doubts += [
            doubt
            for doubt, is_so in (
                (Doubt.SHIFTED, texts.shifted), (Doubt.WORD_JOINED, not texts.sure), (Doubt.DAMAGED, texts.damaged),
                (Doubt.FROM_MARKS, texts.marked),
            )
            if is_so
        ]  # fmt: skip
        self.rows.append(replace(row, doubts=(*_about_term(row), *doubts)))
        self.held.fresh, self._open = False, True

    def _numbered(self, content: str, number: str) -> tuple[str, str]:
        """The number may be written before the content, where no column has it."""
        match = _NUMBER_BEFORE.fullmatch(content) if self._inside and not number else None
        return (match["rest"], match["number"]) if match else (content, number)

    def _term(self, text: str) -> tuple[str, str]:
        """The term and the hours of a cell."""
        if is_time(text) or (self._times and looks_like_time(text)):
            return "", text
        return without_time(text)


def _about_term(row: ProposedRow) -> list[Doubt]:
    """What a person should look at in the content and the term of a row."""
    found = [] if row.content else [Doubt.NO_CONTENT]
    if row.term_place is not None:
        return [*found, Doubt.TERM_FROM_ABOVE]
    if not row.term:
        has_time = any(title == _TIME for title, _ in row.others)
        return [*found, Doubt.TIME_NOT_DATE if has_time else Doubt.NO_TERM]
    return found if is_term(row.term) else [*found, Doubt.TERM_NOT_UNDERSTOOD]


def doubts_of(row: ProposedRow) -> tuple[Doubt, ...]:
    """The doubts of a row after somebody changed it: those of its content and term anew, the others as they were."""
    kept = [doubt for doubt in row.doubts if doubt not in _OF_THE_TERM]
    return (*_about_term(row), *kept)
