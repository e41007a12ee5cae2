"""«Which column is what?» for a table of questions with headings of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from traektoria.engines.questionbanks.reader import NOTHING_TOLD, is_table
from traektoria.engines.questionbanks.table_cells import Meanings, cell_text, is_header
from traektoria.engines.questionbanks.table_columns import ANSWER, COLUMNS, OPTIONS, column_key, title_of
from traektoria.engines.questionbanks.table_read import open_table, with_questions
from traektoria.engines.tables.asked_headings import AskedHeading, asked_headings
from traektoria.engines.tables.headings import find_heading, likely_heading

CHOICES: Final = (
    *((column.key, column.title) for column in COLUMNS[:2]),
    (ANSWER, "Ответ – один из нескольких столбцов с ответами"),
    (OPTIONS, "Все ответы в одной ячейке"),
    *((column.key, column.title) for column in COLUMNS[2:]),
)
"""What a column may be: its key and its title in the template."""
_LONG: Final = 12  # characters of a question on the average, where no heading names it
_LEAST_COLUMNS: Final = 2  # columns of a table that is worth a question
_ANSWER = re.compile(r"(?:[а-яa-z]|\d{1,2}|(?:вар|отв|дистр|альтерн|option|choice)\w*\W*(?:[а-яa-z]|\d{1,2})?)[.)]?")
_WORDS: Final = (  # the first that a heading has
    ("key", re.compile(r"верн|прав|ключ|эталон|correct|right")),
    ("", re.compile(r"№|номер|\bп/п")),
    ("kind", re.compile(r"\bтип|\bвид\b")),
    ("max_score", re.compile(r"балл|score|оценк")),
    ("topic", re.compile(r"\bтем|раздел")),
    ("level", re.compile(r"уров|сложн")),
    ("feedback", re.compile(r"поясн|коммент|обосн")),
    ("text", re.compile(r"вопрос|задан|формулир|содерж|услов|question")),
)
_FIGURES = re.compile(r"[\d\s.,]*")


def ask_columns(content: bytes, filename: str, told: Meanings = NOTHING_TOLD) -> tuple[AskedHeading, ...]:
    """The columns of a table, to be named by a person: the key of a column, "answer" for each answer, "" for what is
    not needed. What is understood already is the guess. None where the file is no table. Raises Unreadable."""
    if not is_table(content, filename):
        return ()
    workbook = with_questions(open_table(content, filename))
    found = find_heading(workbook, lambda cells: is_header(cells, told) or None)
    heading = found[0] if found else likely_heading(workbook, lambda text: column_key(text) is not None)
    if heading is None or sum(cell != "" for cell in heading.cells) < _LEAST_COLUMNS:
        return ()
    keys = [title_of(cell_text(cell)) for cell in heading.cells]

    def guess(title: str, samples: tuple[str, ...]) -> str:
        return told[title] if title in told else _guess(title, samples)

    asked = asked_headings(workbook, heading, keys, guess, repeated={ANSWER})
    return asked if any(one.guess == "text" for one in asked) else _with_text(asked)


def _guess(title: str, samples: tuple[str, ...]) -> str:
    """By the heading; a column of figures is no question."""
    if place := column_key(title):
        return place[0]
    if _ANSWER.fullmatch(title):
        return ANSWER
    found = next((key for key, words in _WORDS if words.search(title)), "")
    return "" if found == "text" and all(map(_FIGURES.fullmatch, samples)) else found


def _with_text(asked: tuple[AskedHeading, ...]) -> tuple[AskedHeading, ...]:
    """The column with the longest texts is probably the question, if they are long."""

    def length(one: AskedHeading) -> float:
        return sum(map(len, one.samples)) / max(len(one.samples), 1) if not one.guess else 0

    best = max(asked, key=length)
    return tuple(replace(one, guess="text") if one is best and length(one) >= _LONG else one for one in asked)
