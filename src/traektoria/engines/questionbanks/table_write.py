"""The table of questions as XLSX: an empty template, and questions of the bank.

Every cell is written as a text, so that nothing a stranger wrote is ever computed by a spreadsheet.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, Final

from traektoria.engines.questionbanks.gift_marks import write_criterion
from traektoria.engines.questionbanks.model import FALSE, TRUE, WHOLE, NumericRange, Question, QuestionKind, TextFormat
from traektoria.engines.questionbanks.numbers import write_decimal, write_fraction
from traektoria.engines.questionbanks.table_answers import escape_arrows
from traektoria.engines.questionbanks.table_columns import (
    ANSWERS_IN_TEMPLATE,
    COLUMNS,
    EXAMPLE_SHEET,
    EXAMPLES,
    HINTS_SHEET,
    KINDS,
    SHEET,
    TRUE_FALSE,
)
from traektoria.engines.questionbanks.tags import NAMES, write_tag

_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_CELL_CHARACTERS: Final = 32_767  # what a cell of a workbook can hold
_WIDE: Final = frozenset({"text", "criteria", "guidance", "feedback"})
_BEFORE_ANSWERS: Final = 4  # columns up to «Формат»


def template() -> bytes:
    """An empty table, examples of every kind and hints."""
    return _workbook([], ANSWERS_IN_TEMPLATE, with_feedback=False, examples=EXAMPLES)


def write_xlsx(questions: Iterable[Question]) -> bytes:
    """The questions, one a row, in the columns of the template. Pictures are not written: a cell has no place for them.

    Raises ValueError for a text longer than a cell can hold (32 767 characters).
    """
    rows = [_row(question) for question in questions]
    answers = max([ANSWERS_IN_TEMPLATE, *(_count(row) for row in rows)])
    return _workbook(rows, answers, with_feedback=any("Пояснение к ответу" in title for row in rows for title in row))


def _count(row: dict[str, str]) -> int:
    return max((int(title.split()[1]) for title in row if title.startswith("Ответ ")), default=0)


def _titles(answers: int, *, with_feedback: bool) -> list[str]:
    fixed = [column.title for column in COLUMNS]
    numbered = [f"Ответ {number}" for number in range(1, answers + 1)]
    feedback = [f"Пояснение к ответу {number}" for number in range(1, answers + 1)] if with_feedback else []
    return [*fixed[:_BEFORE_ANSWERS], *numbered, *fixed[_BEFORE_ANSWERS:], *feedback]


def _workbook(
    rows: Sequence[dict[str, str]], answers: int, *, with_feedback: bool, examples: Sequence[dict[str, str]] = ()
) -> bytes:
    import xlsxwriter

    target = io.BytesIO()
    titles = _titles(answers, with_feedback=with_feedback)
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1, "text_wrap": True})
        body = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        _sheet(book.add_worksheet(SHEET), titles, rows, head, body)
        if examples:
            _sheet(book.add_worksheet(EXAMPLE_SHEET), titles, examples, head, body)
        hints = [{"Столбец": column.title, "Что писать": column.hint} for column in COLUMNS]
        _sheet(book.add_worksheet(HINTS_SHEET), ["Столбец", "Что писать"], hints, head, body)
    return target.getvalue()


def _sheet(sheet: Any, titles: Sequence[str], rows: Sequence[dict[str, str]], head: Any, body: Any) -> None:
    wide = {column.title for column in COLUMNS if column.key in _WIDE} | {"Что писать"}
    sheet.freeze_panes(1, 0)
    for at, title in enumerate(titles):
        sheet.set_column(at, at, 48 if title in wide else 18, body)  # text cells: 1.2 must not become a date
        sheet.write_string(0, at, title, head)
    for number, row in enumerate(rows, 1):
        for at, title in enumerate(titles):
            if text := row.get(title):
                if len(text) > _CELL_CHARACTERS:
                    raise ValueError(f"row {number + 1}: {title} is longer than a cell")
                sheet.write_string(number, at, text, body)


def _row(question: Question) -> dict[str, str]:
    """Title → text of the filled cells."""
    word = TRUE_FALSE[0] if question.true_false else KINDS[question.kind][0]
    plain = question.text_format is TextFormat.PLAIN
    row = {
        "Название": question.name,
        "Вопрос": question.text,
        "Тип": word,
        "Формат": "" if plain else str(question.text_format),
        "Верно": _key(question),
        "Баллы": write_fraction(question.max_score, places=10),
        **{column.title: _listed(question.tagged(column.key)) for column in COLUMNS if column.key in NAMES},
        "Метки": _listed(write_tag(tag) for tag in question.tags if not tag.name),
        "Критерии": "\n".join(write_criterion(criterion, " | ") for criterion in question.criteria),
        "Указания эксперту": question.guidance,
        "Пояснение": question.feedback,
        "Учитывать регистр": "да" if question.case_sensitive else "",
        "Буква в букву": "да" if question.strict else "",
        "Категория": question.category,
        "Код": question.external_id,
    }
    for number, text in enumerate(_answers(question), 1):
        row[f"Ответ {number}"] = text
    for number, each in enumerate(question.weighted, 1):
        if each.feedback:
            row[f"Пояснение к ответу {number}"] = each.feedback
    return row


def _listed(values: Iterable[str]) -> str:
    return "; ".join(value.replace(";", "\\;") for value in values)


def _answers(question: Question) -> list[str]:
    if question.true_false:
        return []
    return [
        *(option.text for option in question.options),
        *(accepted.text for accepted in question.accepted),
        *map(_range, question.numeric),
        *(f"{escape_arrows(pair.left)} -> {escape_arrows(pair.right)}" for pair in question.pairs),
        *(f"-> {escape_arrows(right)}" for right in question.distractors),
        *question.order,
    ]


def _range(numeric: NumericRange) -> str:
    if numeric.low is None or numeric.high is None:
        return "*"
    low, high = write_decimal(numeric.low), write_decimal(numeric.high)
    return low if low == high else f"{low}..{high}"


def _key(question: Question) -> str:
    if question.true_false:
        right = {option.text for option in question.options if option.fraction == WHOLE}
        return "да" if TRUE in right else "нет" if FALSE in right else ""
    weights = [each.fraction for each in question.weighted]
    if not question.options and all(weight == WHOLE for weight in weights):
        return ""
    if (
        question.kind is QuestionKind.SINGLE
        and sorted(weights)[-1] == WHOLE
        and sum(map(abs, weights), Fraction(0)) == WHOLE
    ):
        return str(weights.index(WHOLE) + 1)
    return "; ".join(f"{at}={write_fraction(weight)}%" for at, weight in enumerate(weights, 1) if weight)
