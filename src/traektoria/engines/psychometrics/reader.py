"""From the text of responses.csv to answers. All that is wrong with the cells is named at once, by row and column.

A header of column names, then one row a person; an empty cell (or NA) is a missing answer. Comma, semicolon or tab;
UTF-8 or Windows-1251. Rows are numbered as a spreadsheet shows them: the header is row 1.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

import numpy as np

from traektoria.engines.tables.delimited import delimiter_of
from traektoria.engines.tables.encodings import decode
from traektoria.engines.tables.errors import Unreadable

from .answer_table import Responses
from .errors import FitCode, FitProblem, FitRefused, Note, NoteCode, refused

PERSON_NAMES = ("person", "id")
PEOPLE = re.compile(
    r"(код|номер|логин|шифр|id|ид)?\s*(участник|учени|учащ|обучающ|учител|педагог|респондент|тестируем|слушател)\w*"
    r"(\s*\(?(код|номер|фио)\)?)?|код|логин|шифр|фио|ф\.\s*и\.\s*о\.?|фамилия.*|имя|ид|№(\s*п\s*/?\s*п)?\.?|n|номер|п/п"
    r"|name|student|participant|respondent|login|code|number|no\.?"
)
NOT_ITEMS = re.compile(
    r"класс|школа|оо|пол|возраст|вариант|дата|время|отметка времени|предмет|муниципалитет|район|регион"
    r"|комментари\w*|примечани\w*"
    r"|(общ\w+\s+|первичн\w+\s+|тестов\w+\s+)?(балл|сумма|итог)\w*(\s+балл\w*)?|всего(\s+балл\w*)?|отметка|оценка|процент.*|%.*"
    r"|class|school|sex|gender|age|variant|date|time|timestamp|total|sum|score|grade|mark|comment"
)
"""Columns about people, and others that no task is called by; both are left out with a note, or taken by --items."""
GROUP_NAMES = ("group", "группа")
LEAST_PEOPLE, LEAST_CODE = 5, 100
ABSENT = {"", "NA"}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
MOST_PROBLEMS = 50


@dataclass(frozen=True)
class Columns:
    """Which columns are what. Without names, `person`/`id` and `group` are looked for. `items` are names or patterns
    (gq6_*), empty for all the rest; `ignore` is left out. `missing`: values that stand for no answer (9, 99, –);
    `reverse`: items whose values are turned round.
    """

    person: str | None = None
    group: str | None = None
    weights: str | None = None
    items: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    reverse: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """The file as text: `rows` hold the line number and the cells, as many as there are columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def column(self, name: str) -> tuple[str, ...]:
        place = self.columns.index(name)
        return tuple(cells[place] for _, cells in self.rows)


@dataclass(frozen=True)
class Layout:
    """Columns found in a sheet, and what is to be said of those that were left out."""

    items: tuple[str, ...]
    person: str | None
    group: str | None
    weights: str | None
    notes: tuple[Note, ...] = ()


def read_sheet(content: bytes) -> Sheet:
    """Raises EMPTY_FILE, UNREADABLE_TEXT, UNNAMED_COLUMN, DUPLICATE_COLUMN, RAGGED_ROW."""
    lines = [(number, cells) for number, cells in lines_of(content) if any(cells)]
    if len(lines) < 2:
        raise refused(FitCode.EMPTY_FILE)
    header, *rows = lines
    columns = header[1]
    problems = _header_problems(columns)
    for number, cells in rows:
        if len(cells) != len(columns):
            problems.append(
                FitProblem(FitCode.RAGGED_ROW, {"row": number, "cells": len(cells), "needed": len(columns)})
            )
    if problems:
        raise FitRefused(problems[:MOST_PROBLEMS])
    return Sheet(columns, tuple(rows))


def lines_of(content: bytes) -> list[tuple[int, tuple[str, ...]]]:
    try:
        text, _encoding = decode(content)
    except Unreadable as error:
        raise refused(FitCode.UNREADABLE_TEXT) from error
    if _CONTROL.search(text):
        raise refused(FitCode.UNREADABLE_TEXT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    try:
        return [(reader.line_num, tuple(cell.strip() for cell in cells)) for cells in reader]
    except csv.Error as error:
        raise refused(FitCode.UNREADABLE_TEXT) from error


def _header_problems(columns: Sequence[str]) -> list[FitProblem]:
    repeated = [name for name, number in Counter(columns).items() if number > 1 and name]
    problems = [FitProblem(FitCode.DUPLICATE_COLUMN, {"column": name}) for name in repeated]
    nameless = (place for place, name in enumerate(columns, start=1) if not name)
    return problems + [FitProblem(FitCode.UNNAMED_COLUMN, {"place": place}) for place in nameless]


def lay_out(sheet: Sheet, asked: Columns) -> Layout:
    """Raises MISSING_COLUMN for a name that is asked for and not there, NO_ITEMS."""
    for name in filter(None, (asked.person, asked.group, asked.weights)):
        if name not in sheet.columns:
            raise refused(FitCode.MISSING_COLUMN, column=name)
    free = [name for name in sheet.columns if not asked.items or not _matches(name, asked.items)]
    person = asked.person or _first(free, PERSON_NAMES) or _people(sheet, free)
    group = asked.group or _first(free, GROUP_NAMES)
    taken = {person, group, asked.weights}
    items = tuple(name for name in sheet.columns if name not in taken and not _matches(name, asked.ignore))
    notes = []
    if person and not asked.person and person.casefold() not in PERSON_NAMES:
        notes.append(Note(NoteCode.PERSON_COLUMN_FOUND, {"column": person}))
    if asked.items:
        items = chosen(items, asked.items)
    else:
        others = tuple(name for name in items if _is_no_item(sheet, name))
        items = tuple(name for name in items if name not in others)
        notes += [Note(NoteCode.NOT_ITEMS_LEFT_OUT, {"columns": others})] if others else []
    if not items:
        raise refused(FitCode.NO_ITEMS)
    return Layout(items, person, group, asked.weights, tuple(notes))


def _people(sheet: Sheet, free: Sequence[str]) -> str | None:
    """The first column, where its name or what stands in it says that it names people."""
    first = sheet.columns[0]
    if first not in free:
        return None
    return first if _is(PEOPLE, first) or _is_of_people(sheet, first) else None


def _is_of_people(sheet: Sheet, name: str) -> bool:
    """Everybody has another value, and they are no points: names, codes from a hundred on, or 1, 2, 3 …"""
    cells = [cell for cell in sheet.column(name) if cell not in ABSENT]
    if len(cells) < LEAST_PEOPLE or len(set(cells)) < 0.9 * len(cells):
        return False
    numbers = [number_of(cell) for cell in cells]
    known = sorted(number for number in numbers if number is not None)
    if len(known) < len(cells) / 2:
        return True
    whole = all(number == int(number) for number in known)
    different = len(set(known)) == len(known)
    return whole and different and (known[0] >= LEAST_CODE or known[-1] - known[0] == len(known) - 1)


def _is_no_item(sheet: Sheet, name: str) -> bool:
    return _is(NOT_ITEMS, name) or (_is(PEOPLE, name) and _is_of_people(sheet, name))


def _is(pattern: re.Pattern[str], name: str) -> bool:
    return pattern.fullmatch(" ".join(name.casefold().split())) is not None


def _first(columns: Sequence[str], names: Sequence[str]) -> str | None:
    return next((column for column in columns if column.casefold() in names), None)


def _matches(name: str, patterns: Sequence[str]) -> bool:
    return any(name == pattern or fnmatchcase(name, pattern) for pattern in patterns)


def chosen(items: tuple[str, ...], patterns: tuple[str, ...]) -> tuple[str, ...]:
    for pattern in patterns:
        if not any(_matches(name, [pattern]) for name in items):
            raise refused(FitCode.MISSING_COLUMN, column=pattern)
    return tuple(name for name in items if _matches(name, patterns))


def take(sheet: Sheet, layout: Layout, scored: Mapping[str, Sequence[float]] | None = None) -> Responses:
    """Answers as numbers; `scored` replaces the cells of items that a key has scored already.

    Raises NOT_A_NUMBER and BAD_WEIGHT with all the cells.
    """
    problems: list[FitProblem] = []
    numbers = [row for row, _ in sheet.rows]
    columns = [
        scored[name] if scored is not None else _numbers(sheet, name, numbers, problems) for name in layout.items
    ]
    weights = _weights(sheet, layout, numbers, problems)
    persons = sheet.column(layout.person) if layout.person else tuple(str(n) for n in range(1, len(numbers) + 1))
    if problems:
        problems.sort(key=lambda problem: int(problem.parameters["row"]))  # type: ignore[arg-type]
        raise FitRefused(problems[:MOST_PROBLEMS])
    groups = sheet.column(layout.group) if layout.group else None
    values = np.array(columns, dtype=np.float64).T
    return Responses(layout.items, values, persons, tuple(numbers), np.array(weights, dtype=np.float64), groups)


def _numbers(sheet: Sheet, name: str, rows: Sequence[int], problems: list[FitProblem]) -> list[float]:
    column = sheet.column(name)
    known = {cell: number_of(cell) for cell in set(column)}
    wrong = {cell for cell, number in known.items() if number is None}
    if wrong:
        cells = zip(rows, column, strict=True)
        problems += [
            FitProblem(FitCode.NOT_A_NUMBER, {"row": row, "column": name, "value": cell})
            for row, cell in cells
            if cell in wrong
        ]
    return [known[cell] or 0.0 for cell in column]


def number_of(cell: str) -> float | None:
    """The number of a cell, NaN for an empty one, None for anything else; a decimal comma is understood."""
    if cell in ABSENT:
        return float("nan")
    try:
        number = float(cell.replace(",", "."))
    except ValueError:
        return None
    return number if np.isfinite(number) else None


def _weights(sheet: Sheet, layout: Layout, rows: Sequence[int], problems: list[FitProblem]) -> list[float]:
    if layout.weights is None:
        return [1.0] * len(rows)
    result = []
    for row, cell in zip(rows, sheet.column(layout.weights), strict=True):
        number = number_of(cell)
        if number is None or not number > 0:
            problems.append(FitProblem(FitCode.BAD_WEIGHT, {"row": row, "column": layout.weights, "value": cell}))
        result.append(number or 0.0)
    return result
