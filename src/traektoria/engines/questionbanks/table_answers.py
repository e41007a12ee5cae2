"""Answers of one row of the table, and the key in «Верно»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final, assert_never

from traektoria.engines.questionbanks.errors import Rejected
from traektoria.engines.questionbanks.findings import Findings
from traektoria.engines.questionbanks.gift_answers import read_range
from traektoria.engines.questionbanks.model import (
    FALSE,
    TRUE,
    WHOLE,
    AcceptedAnswer,
    MatchingPair,
    NumericRange,
    Question,
    QuestionKind,
    QuestionOption,
)
from traektoria.engines.questionbanks.numbers import read_percent
from traektoria.engines.questionbanks.table_cells import Row
from traektoria.engines.questionbanks.table_columns import (
    ANSWER,
    ANSWER_FEEDBACK,
    KIND_BY_WORD,
    NO,
    TRUE_FALSE,
    YES,
    letter_number,
)

Answers = list[tuple[int, str]]  # (number from 1, text)
_KEY = re.compile(r"\s*(\d{1,3}|[а-яёa-z])\s*[.)]?\s*(?:[=:]\s*(-?\d{1,3}(?:[.,]\d{1,10})?)\s*%?)?\s*", re.IGNORECASE)
_ARROW: Final = re.compile(r"\s*(?<!\\)(?:->|→|⟶|=>)\s*")
_ESCAPED_ARROW: Final = re.compile(r"\\(?=->|→|⟶|=>)")
_RANGE_WORDS = re.compile(r"от\s+(\S+)\s+до\s+(\S+)", re.IGNORECASE)
_ANY_NUMBER: Final = ("*", "любое")


def escape_arrows(text: str) -> str:
    """A side of a pair with an arrow of its own, as `_matching` reads it back."""
    return re.sub("(->|→|⟶|=>)", r"\\\1", text)


def kind_of(row: Row, findings: Findings) -> tuple[QuestionKind, bool]:
    """What «Тип» says, or what the answers look like; and whether it is a true/false."""
    raw = " ".join(row.text("kind").lower().replace("ё", "е").split())
    if raw in TRUE_FALSE:
        return QuestionKind.SINGLE, True
    if raw:
        kind = KIND_BY_WORD.get(raw)
        if kind is None:
            raise Rejected(row.number, "unknown_kind", column=row.letter("kind"), found=row.text("kind"))
        return kind, False
    kind, true_false = _guess(row)
    findings.warn(row.number, "kind_guessed", column=row.letter("kind"), kind=str(kind))
    return kind, true_false


def _guess(row: Row) -> tuple[QuestionKind, bool]:
    answers, key = row.numbered(ANSWER), row.text("key")
    if not answers:
        if key.lower() in YES | NO and not key.isdigit():
            return QuestionKind.SINGLE, True
        if not key or row.text("criteria"):
            return QuestionKind.EXTENDED, False
        return (QuestionKind.NUMERIC if read_range(key) else QuestionKind.SHORT), False
    if all(_ARROW.search(text) for _, text in answers):
        return QuestionKind.MATCHING, False
    if key:
        return (QuestionKind.MULTIPLE if len(_split(key)) > 1 else QuestionKind.SINGLE), False
    return (QuestionKind.NUMERIC if all(read_range(text) for _, text in answers) else QuestionKind.SHORT), False


def answered(question: Question, row: Row, findings: Findings) -> Question:
    """The question with its answers. Raises Rejected with the column."""
    answers = row.numbered(ANSWER)
    match question.kind:
        case QuestionKind.SINGLE | QuestionKind.MULTIPLE:
            return _true_false(question, row) if question.true_false else _choice(question, answers, row, findings)
        case QuestionKind.SHORT:
            return replace(question, accepted=tuple(_accepted(answers, row)))
        case QuestionKind.NUMERIC:
            return replace(question, numeric=tuple(_numeric(answers, row, findings)))
        case QuestionKind.MATCHING:
            return _matching(question, answers, row)
        case QuestionKind.ORDERING:
            return replace(question, order=tuple(_order(answers, row)))
        case QuestionKind.EXTENDED | QuestionKind.DESCRIPTION:
            return question
        case _:
            assert_never(question.kind)


def _bad_key(row: Row) -> Rejected:
    return Rejected(row.number, "bad_key", column=row.letter("key"), found=row.text("key"))


def _split(key: str) -> list[str]:
    """``1; 3`` or ``1,3`` or ``1.3`` or ``1 3``; a comma between digits of a weight is a decimal one."""
    if re.fullmatch(r"\d{1,2}(?:\.\d{1,2})+", key):
        return key.split(".")
    if ";" in key or "\n" in key:
        parts = re.split(r"[;\n]", key)
    else:
        parts = re.split(r",\s+|\s+и\s+|,", key) if "%" not in key else re.split(r",\s+|(?<=%),", key)
        parts = re.split(r"\s+", key) if len(parts) == 1 and re.fullmatch(r"\d+(\s+\d+)+", key.strip()) else parts
    return [part for part in parts if part.strip()]


def _weights(row: Row, answers: Answers, *, shared: bool) -> dict[int, Fraction]:
    """Number of an answer → weight. `shared`: answers without weights make the whole together."""
    found: list[tuple[int, Fraction | None]] = []
    for part in _split(row.text("key")):
        match = _KEY.fullmatch(part)
        number = _number(match[1]) if match else _by_text(part, answers)
        weight = read_percent(match[2]) if match and match[2] else None
        if not number or number not in dict(answers) or (match and match[2] and weight is None):
            raise _bad_key(row)
        found.append((number, weight))
    plain = sum(weight is None for _, weight in found)
    default = WHOLE / plain if shared and plain else WHOLE
    return {number: default if weight is None else weight for number, weight in found}


def _run(key: str, answers: Answers) -> str:
    """«13» with three answers is 1 and 3, as keys of the state exams are written; "" where it is no such run."""
    numbers = dict(answers)
    if not key.isdecimal() or len(key) < 2 or int(key) in numbers or any(text == key for text in numbers.values()):
        return ""
    return "; ".join(key) if len(set(key)) == len(key) and all(int(figure) in numbers for figure in key) else ""


def _number(raw: str) -> int:
    return int(raw) if raw.isdigit() else letter_number(raw.lower())


def _by_text(part: str, answers: Answers) -> int:
    """The key may repeat the answer itself."""
    return next((number for number, text in answers if text.casefold() == part.strip().casefold()), 0)


def _choice(question: Question, answers: Answers, row: Row, findings: Findings) -> Question:
    if not row.text("key"):
        raise _bad_key(row)
    whole = _by_text(row.text("key"), answers)
    if question.kind is QuestionKind.MULTIPLE and (run := _run(row.text("key"), answers)):
        findings.warn(row.number, "key_run", column=row.letter("key"), found=row.text("key"))
        row.cells["key", 0] = run
    literal = bool(whole) and _KEY.fullmatch(row.text("key")) is None
    weights = {whole: WHOLE} if literal else _weights(row, answers, shared=question.kind is QuestionKind.MULTIPLE)
    options = tuple(
        QuestionOption(text, weights.get(number, Fraction(0)), row.text(ANSWER_FEEDBACK, number))
        for number, text in answers
    )
    return replace(question, options=options)


def _true_false(question: Question, row: Row) -> Question:
    key = row.text("key").lower()
    if key not in YES | NO:
        raise _bad_key(row)
    right = key in YES
    weights = (WHOLE, Fraction(0)) if right else (Fraction(0), WHOLE)
    options = tuple(
        QuestionOption(text, weight, row.text(ANSWER_FEEDBACK, number))
        for number, (text, weight) in enumerate(zip((TRUE, FALSE), weights, strict=True), 1)
    )
    return replace(question, options=options)


def _forms(answers: Answers, row: Row) -> tuple[Answers, dict[int, Fraction]]:
    """Accepted forms and their weights; where only «Верно» is filled, it holds the forms themselves."""
    key = row.text("key")
    if not answers:
        return list(enumerate((part.strip() for part in re.split(r"[;\n]", key) if part.strip()), 1)), {}
    return answers, _weights(row, answers, shared=False) if key else {}


def _accepted(answers: Answers, row: Row) -> Sequence[AcceptedAnswer]:
    forms, weights = _forms(answers, row)
    default = Fraction(0) if weights else WHOLE
    return [
        AcceptedAnswer(text, weights.get(number, default), row.text(ANSWER_FEEDBACK, number)) for number, text in forms
    ]


def _numeric(answers: Answers, row: Row, findings: Findings) -> Sequence[NumericRange]:
    forms, weights = _forms(answers, row)
    default = Fraction(0) if weights else WHOLE
    return [
        _range(text, weights.get(number, default), number if answers else 0, row, findings) for number, text in forms
    ]


def _range(text: str, weight: Fraction, number: int, row: Row, findings: Findings) -> NumericRange:
    feedback = row.text(ANSWER_FEEDBACK, number) if number else ""
    if text.lower() in _ANY_NUMBER:
        return NumericRange(None, None, weight, feedback)
    column = row.letter(ANSWER, number) if number else row.letter("key")
    words = _RANGE_WORDS.fullmatch(text)
    ends = read_range(f"{words[1]}..{words[2]}" if words else text)
    if ends is None:
        raise Rejected(row.number, "not_a_number", column=column, found=text)
    low, high = ends
    if low > high:
        findings.warn(row.number, "reversed_range", column=column, found=text)
        low, high = high, low
    return NumericRange(low, high, weight, feedback)


def _matching(question: Question, answers: Answers, row: Row) -> Question:
    pairs, distractors = [], []
    for number, text in answers:
        left, *rights = (_ESCAPED_ARROW.sub("", side) for side in _ARROW.split(text, maxsplit=1))
        if not rights or not rights[0].strip():
            raise Rejected(row.number, "bad_pair", column=row.letter(ANSWER, number), found=text)
        if left.strip():
            pairs.append(MatchingPair(left.strip(), rights[0].strip()))
        else:
            distractors.append(rights[0].strip())
    return replace(question, pairs=tuple(pairs), distractors=tuple(distractors))


def _order(answers: Answers, row: Row) -> Sequence[str]:
    """In the order of the answers, or in that of «Верно»: 3, 1, 2."""
    texts = dict(answers)
    if not row.text("key"):
        return list(texts.values())
    numbers = [int(part) if part.strip().isdigit() else 0 for part in _split(row.text("key"))]
    if sorted(numbers) != sorted(texts):
        raise _bad_key(row)
    return [texts[number] for number in numbers]
