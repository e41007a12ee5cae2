"""The table of questions (XLSX or CSV), one question a row: our template or any table with such headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any, Final

from traektoria.engines.questionbanks.checks import checked
from traektoria.engines.questionbanks.errors import Rejected, Unreadable
from traektoria.engines.questionbanks.findings import Findings, Full
from traektoria.engines.questionbanks.fragments import format_named
from traektoria.engines.questionbanks.gift_marks import read_criterion, read_score
from traektoria.engines.questionbanks.model import Criterion, Kind, Question, Tag, TextFormat
from traektoria.engines.questionbanks.table_answers import answered, kind_of
from traektoria.engines.questionbanks.table_cells import Row, headings, is_header, row_of
from traektoria.engines.questionbanks.table_columns import EXAMPLE_SHEET, HINTS_SHEET, YES
from traektoria.engines.questionbanks.tags import NAMES, read_tag
from traektoria.engines.results import errors as table_errors
from traektoria.engines.results.reading import read_workbook

_SAME_CODES: Final = frozenset({"empty", "too_large", "zip_bomb", "damaged", "encrypted", "old_excel"})
_HEADER_ROWS: Final = 20


def read_table(content: bytes, filename: str, findings: Findings) -> None:
    """Read every sheet that has the headings. Raises Unreadable."""
    try:
        workbook = read_workbook(content, filename)
    except table_errors.ImportRefused as error:
        if error.code in _SAME_CODES:
            raise Unreadable(error.code) from error
        raise Unreadable("unsupported_workbook", reason=error.code) from error
    sheets = [sheet.rows for sheet in workbook.sheets if sheet.name not in (HINTS_SHEET, EXAMPLE_SHEET)]
    starts = [(rows, start) for rows in sheets if (start := _header(rows)) is not None]
    if not starts:
        raise Unreadable("no_header")
    try:
        for rows, start in starts:
            _read_sheet(rows, start, findings)
    except Full:
        return


def _header(rows: list[list[Any]]) -> int | None:
    return next((number for number, row in enumerate(rows[:_HEADER_ROWS]) if is_header(row)), None)


def _read_sheet(rows: list[list[Any]], start: int, findings: Findings) -> None:
    places = headings(rows[start], start + 1, findings)
    for number, cells in enumerate(rows[start + 1 :], start + 2):
        if not any(cell not in ("", None) for cell in cells):
            continue
        with findings.question(number) as found:
            found(_question(row_of(cells, number, places, findings), findings))


def _question(row: Row, findings: Findings) -> Question:
    findings.name(row.text("name") or row.text("text"))
    text = row.text("text")
    if not text and not row.text("name"):
        raise Rejected(row.number, "no_text", column=row.letter("text"))
    kind, true_false = kind_of(row, findings)
    question = Question(
        kind=kind,
        text=text,
        name=row.text("name"),
        text_format=_format(row, findings),
        true_false=true_false,
        case_sensitive=row.text("case").lower() in YES,
        criteria=tuple(_criteria(row)),
        guidance=row.text("guidance"),
        max_score=Fraction(0),
        feedback=row.text("feedback"),
        tags=tuple(dict.fromkeys(_tags(row))),
        category=row.text("category"),
        external_id=row.text("external_id"),
        number_line=row.number,
    )
    question = replace(question, max_score=_max_score(question, row))
    return checked(answered(question, row, findings), findings)


def _format(row: Row, findings: Findings) -> TextFormat:
    raw = row.text("format")
    found = format_named(raw) if raw else TextFormat.PLAIN
    if found is None:
        findings.warn(row.number, "mixed_formats", column=row.letter("format"), format=raw)
    return found or TextFormat.PLAIN


def _max_score(question: Question, row: Row) -> Fraction:
    raw = row.text("max_score")
    if raw:
        score = read_score(raw)
        if score is None:
            raise Rejected(row.number, "bad_score", column=row.letter("max_score"), found=raw)
        return score
    if question.kind is Kind.DESCRIPTION:
        return Fraction(0)
    return sum((each.max_score for each in question.criteria), Fraction(0)) or Fraction(1)


def _criteria(row: Row) -> Iterator[Criterion]:
    for line in filter(str.strip, row.text("criteria").split("\n")):
        criterion = read_criterion(line)
        if criterion is None:
            raise Rejected(row.number, "bad_criterion", column=row.letter("criteria"), found=line)
        yield criterion


def _tags(row: Row) -> Iterator[Tag]:
    for name in NAMES:
        for value in _listed(row.text(name)):
            yield Tag(name, value)
    for raw in _listed(row.text("tags")):
        if tag := read_tag(raw):
            yield tag


def _listed(text: str) -> Iterator[str]:
    """Values between semicolons; ``\\;`` is one inside a value."""
    for part in re.split(r"(?<!\\)[;\n]", text):
        if value := " ".join(part.replace("\\;", ";").split()):
            yield value
