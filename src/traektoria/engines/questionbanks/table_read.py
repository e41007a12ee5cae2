"""The table of questions (XLSX or CSV), one question a row: our template or any table with such headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, Final

from traektoria.engines.questionbanks.checks import checked
from traektoria.engines.questionbanks.errors import Rejected, UnreadableBank
from traektoria.engines.questionbanks.findings import Findings, Full
from traektoria.engines.questionbanks.fragments import format_named
from traektoria.engines.questionbanks.gift_marks import read_criterion, read_score
from traektoria.engines.questionbanks.model import MarkingCriterion, Question, QuestionKind, Tag, TextFormat
from traektoria.engines.questionbanks.table_answers import answered, kind_of
from traektoria.engines.questionbanks.table_cells import FORMULA, Meanings, Row, cell_text, headings, is_header, row_of
from traektoria.engines.questionbanks.table_columns import ANSWER, EXAMPLE_SHEET, HINTS_SHEET, YES
from traektoria.engines.questionbanks.tags import NAMES, read_tag
from traektoria.engines.tables import errors as table_errors
from traektoria.engines.tables.cells import Fault
from traektoria.engines.tables.headings import Table, find_heading, is_example, table_at
from traektoria.engines.tables.workbook import Sheet, Workbook, read_workbook

_SAME_CODES: Final = frozenset({"empty", "too_large", "zip_bomb", "damaged", "encrypted", "old_excel"})
_OURS: Final = frozenset({HINTS_SHEET, EXAMPLE_SHEET})  # sheets of the template that hold no questions
_NEEDED: Final = frozenset(
    {"name", "text", "kind", "format", "key", "max_score", "criteria", "case", "strict", "external_id", ANSWER}
)
_TOTAL = re.compile(r"(?:итого|всего)\b(?:\W*(?:вопрос|задани|балл|пункт)\w*|[\W\d]+)*", re.IGNORECASE)  # of all rows
_ERROR_WORDS = re.compile(r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|Н/Д|ССЫЛКА!|ДЕЛ/0!|ЗНАЧ!|ИМЯ\?|ЧИСЛО!|ПУСТО!)")


def read_table(content: bytes, filename: str, findings: Findings, told: Meanings) -> None:
    """Read every sheet that has the headings; sheets that are left out are told of. Raises Unreadable."""
    workbook = open_table(content, filename)
    tables = list(_tables(workbook, told))
    read = [table for sheet, table in tables if table]
    if not read:
        raise UnreadableBank("no_header")
    for sheet, table in tables:
        if table is None:
            findings.warn(0, "sheet_hidden" if sheet.hidden else "sheet_left_out", found=sheet.name)
    try:
        for table in read:
            findings.sheet = table.sheet if len(read) > 1 else ""
            _read_lines(table, findings, told)
    except Full:
        return
    finally:
        findings.sheet = ""


def open_table(content: bytes, filename: str) -> Workbook:
    """The workbook of a file. Raises Unreadable."""
    try:
        return read_workbook(content, filename)
    except table_errors.ImportRefused as error:
        if error.code in _SAME_CODES:
            raise UnreadableBank(error.code) from error
        raise UnreadableBank("unsupported_workbook", reason=error.code, **_plain(error.params)) from error


def _plain(params: Mapping[str, Any]) -> dict[str, str | int]:
    return {
        name: value if isinstance(value, str | int) else ", ".join(map(str, value)) for name, value in params.items()
    }


def with_questions(workbook: Workbook) -> Workbook:
    """The sheets that may hold questions; those of the template that explain it are passed by."""
    sheets = [sheet for sheet in workbook.sheets if (sheet.rows or sheet.hidden) and sheet.name not in _OURS]
    without = [sheet for sheet in sheets if not is_example(sheet.name)]
    return Workbook(workbook.filename, tuple(without or sheets))


def _tables(workbook: Workbook, told: Meanings) -> Iterator[tuple[Sheet, Table | None]]:
    """Each sheet with its table, None for one without."""
    for sheet in with_questions(workbook).sheets:
        alone = Workbook(workbook.filename, (sheet,))
        found = find_heading(alone, lambda cells: is_header(cells, told) or None)
        yield sheet, table_at(alone, found[0], totals=False) if found else None


def _read_lines(table: Table, findings: Findings, told: Meanings) -> None:
    places = headings(table.heading, table.number, findings, told)
    for line in table.lines:
        if total := _total_of(line.cells):
            findings.warn(line.number, "total_row", found=total)
            continue
        with findings.question(line.number) as found:
            found(_question(row_of(line.cells, line.number, places, findings), findings))


def _total_of(cells: Sequence[Any]) -> str:
    """«Итого: 12 вопросов» in a row that holds but that and figures, else ""; «Всего?» with answers is a question."""
    texts = [text for cell in cells if not isinstance(cell, Fault) and (text := cell_text(cell))]
    words = [text for text in texts if not re.fullmatch(r"[\d\s.,%]+", text)]
    return texts[0] if words == texts[:1] and _TOTAL.fullmatch(texts[0]) else ""


def _question(row: Row, findings: Findings) -> Question:
    findings.name(row.text("name") or row.text("text"))
    _look_for_faults(row, findings)
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
        strict=row.text("strict").lower() in YES,
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


def _look_for_faults(row: Row, findings: Findings) -> None:
    """A cell without a value is named with what stands there; where the question needs it, the question is not read."""
    for code in ("formula_in_cell", "error_in_cell"):
        needed = [place for place in row.faults if place[0] in _NEEDED and _fault_code(row.faults[place]) == code]
        if needed:
            columns = ", ".join(row.letter(*place) for place in needed)
            raise Rejected(row.number, code, column=columns, found=row.faults[needed[0]])
    for place, fault in row.faults.items():
        findings.warn(row.number, _fault_code(fault), column=row.letter(*place), found=fault)
    for place, text in row.cells.items():
        if _ERROR_WORDS.fullmatch(text):
            findings.warn(row.number, "error_word", column=row.letter(*place), found=text)


def _fault_code(fault: str) -> str:
    return "formula_in_cell" if fault == FORMULA else "error_in_cell"


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
    if question.kind is QuestionKind.DESCRIPTION:
        return Fraction(0)
    return sum((each.max_score for each in question.criteria), Fraction(0)) or Fraction(1)


def _criteria(row: Row) -> Iterator[MarkingCriterion]:
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
