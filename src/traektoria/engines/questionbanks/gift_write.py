"""Questions as GIFT, so that Moodle and `read_gift` read them back the same.

What GIFT has no place for (scores, criteria, tags) goes into marks in comments (`gift_marks`), pictures into the texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final

from traektoria.engines.questionbanks.fragments import split_format
from traektoria.engines.questionbanks.gift_marks import marked, write_criterion
from traektoria.engines.questionbanks.model import (
    TRUE,
    WHOLE,
    NumericRange,
    Question,
    QuestionKind,
    QuestionOption,
    TextFormat,
)
from traektoria.engines.questionbanks.numbers import write_decimal, write_fraction
from traektoria.engines.questionbanks.pictures import embedded
from traektoria.engines.questionbanks.tags import write_tag

_SPECIAL = re.compile(r"[\\:#={}~]")
_NEEDS_FORMAT: Final = ("[", "/", "$")


def write_gift(questions: Iterable[Question]) -> str:
    """The text of a file, lines end with ``\\n``."""
    blocks = []
    category = ""
    for question in questions:
        if question.category != category:
            category = question.category
            blocks.append(f"$CATEGORY: $course$/{category}\n")
        blocks.append(_block(embedded(question)))
    return "\n".join(blocks)


def _block(question: Question) -> str:
    marks = " ".join(_marks(question))
    comment = f"// {marks}\n" if marks else ""
    name = f"::{_escaped(' '.join(question.name.split()))}::" if question.name else ""
    return f"{comment}{name}{_stem(question)}{_braces(question)}\n"


def _marks(question: Question) -> Iterator[str]:
    description = question.kind is QuestionKind.DESCRIPTION
    if question.external_id:
        yield marked("id", question.external_id)
    yield from (marked("tag", write_tag(tag)) for tag in question.tags)
    if question.max_score != (0 if description else 1):
        yield marked("score", write_fraction(question.max_score, 10))
    for criterion in question.criteria:
        yield marked("criterion", write_criterion(criterion))
    if question.case_sensitive:
        yield marked("case", "1")
    if question.strict:
        yield marked("strict", "1")
    if question.kind is QuestionKind.SINGLE and all(option.fraction != WHOLE for option in question.options):
        yield marked("kind", "single")
    if question.guidance:
        yield marked("guidance", question.guidance)
    if description and question.feedback:
        yield marked("feedback", question.feedback)


def _stem(question: Question) -> str:
    plain = question.text_format is TextFormat.MOODLE and not question.text.startswith(_NEEDS_FORMAT)
    return ("" if plain else f"[{question.text_format}]") + _escaped(question.text)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text.replace("\r", "")).replace("\n", r"\n")


def _part(question: Question, text: str) -> str:
    """A part in the format of the question; a text that looks like a mark of a format gets a real one before it."""
    mark = f"[{question.text_format}]" if split_format(text)[0] else ""
    return mark + _escaped(text)


def _bare(text: str) -> str:
    """A text outside formats; its arrows are no arrows of a matching."""
    mark = "[plain]" if split_format(text)[0] else ""
    return mark + _escaped(text).replace("->", r"\->")


def _braces(question: Question) -> str:
    if question.kind is QuestionKind.DESCRIPTION:
        return ""
    general = f"####{_part(question, question.feedback)}" if question.feedback else ""
    if question.kind is QuestionKind.EXTENDED:
        return f" {{{general}}}"
    if question.true_false:
        return f" {{{_truth(question)}{general}}}"
    opening = {QuestionKind.NUMERIC: "#", QuestionKind.ORDERING: f">{len(question.order)} ALL VERTICAL"}.get(
        question.kind, ""
    )
    lines = "".join(f"\t{line}\n" for line in (*_lines(question), general) if line)
    return f" {{{opening}\n{lines}}}"


def _truth(question: Question) -> str:
    right, wrong = sorted(question.options, key=lambda option: -option.fraction)
    mark = "TRUE" if right.text == TRUE else "FALSE"
    feedback = (f"#{_part(question, wrong.feedback)}" if wrong.feedback else "#") if right.feedback else ""
    if right.feedback:
        return f"{mark}{feedback}#{_part(question, right.feedback)}"
    return f"{mark}#{_part(question, wrong.feedback)}" if wrong.feedback else mark


def _lines(question: Question) -> Iterator[str]:
    for option in question.options:
        yield _option(question, option) + _feedback(question, option.feedback)
    for accepted in question.accepted:
        text = _bare(accepted.text)
        yield f"={_weight(accepted.fraction, text)}{text}" + _feedback(question, accepted.feedback)
    for numeric in question.numeric:
        yield f"={_weight(numeric.fraction, '')}{_range(numeric)}" + _feedback(question, numeric.feedback)
    for pair in question.pairs:
        left = _part(question, pair.left).replace("->", r"\->")
        yield f"={left} -> {_bare(pair.right)}"
    yield from (f"= -> {_bare(right)}" for right in question.distractors)
    yield from (_item(question, item) for item in question.order)


def _item(question: Question, text: str) -> str:
    """An item on a line of its own, which must not look like a comment."""
    return f"[{question.text_format}]{_escaped(text)}" if text.startswith("//") else _part(question, text)


def _option(question: Question, option: QuestionOption) -> str:
    text = _part(question, option.text)
    if question.kind is QuestionKind.SINGLE and option.fraction == WHOLE:
        return f"={_weight(WHOLE, text)}{text}"
    if option.fraction == 0 and not text.startswith("%"):
        return f"~{text}"
    return f"~%{write_fraction(option.fraction)}%{text}"


def _weight(fraction: Fraction, text: str) -> str:
    """Nothing for the whole mark, unless the text would be taken for a weight."""
    return "" if fraction == WHOLE and not text.startswith("%") else f"%{write_fraction(fraction)}%"


def _feedback(question: Question, feedback: str) -> str:
    return f" #{_part(question, feedback)}" if feedback else ""


def _range(numeric: NumericRange) -> str:
    if numeric.low is None or numeric.high is None:
        return "*"
    low, high = write_decimal(numeric.low), write_decimal(numeric.high)
    return low if low == high else f"{low}..{high}"
