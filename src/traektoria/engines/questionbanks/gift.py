"""GIFT: text files of Moodle, written by hand.

Read as Moodle reads them (docs: «GIFT format») and kinder where it would give up: an empty line inside {…}, no empty
line between questions, marks inside HTML. Everything read differently from Moodle is told of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from traektoria.engines.questionbanks.checks import checked
from traektoria.engines.questionbanks.errors import Rejected
from traektoria.engines.questionbanks.findings import Findings, Full
from traektoria.engines.questionbanks.fragments import Unifier, split_format
from traektoria.engines.questionbanks.gift_answers import answered
from traektoria.engines.questionbanks.gift_blocks import Block, Cutter, Piece, unescape
from traektoria.engines.questionbanks.gift_marks import Marks, read_marks
from traektoria.engines.questionbanks.model import Question, QuestionKind, TextFormat
from traektoria.engines.questionbanks.pictures import Album

BLANK: Final = "_____"
_FORMATS = re.compile(r"(?:[=~#%]|->)\s*\[(html|plain|moodle|markdown)\]")
_CATEGORY_ROOT = re.compile(r"\$\w+\$/(?:top/)?")


def read_gift(text: str, findings: Findings) -> None:
    """Read a whole file into `findings`."""
    spent = 0
    try:
        for block in Cutter(text):
            with findings.question(block.piece.line) as found:
                question = _question(block, findings, spent)
                spent += sum(len(picture.data) for picture in question.pictures)
                found(question)
    except Full:
        return


@dataclass(slots=True)
class _Parts:
    """A block taken apart; `answers` is None for a description."""

    name: str
    stem: Piece
    answers: Piece | None
    feedback: Piece


def _question(block: Block, findings: Findings, spent: int) -> Question:
    marks = read_marks(block.comments, findings)
    findings.name(unescape(block.piece.text))
    parts = _parts(block.piece, findings)
    findings.name(parts.name or unescape(parts.stem.text))
    for line, code in block.notices:
        findings.warn(line, code)
    source, stem = split_format(parts.stem.text.strip())
    others = (TextFormat(name) for name in _FORMATS.findall(block.piece.text))
    unifier = Unifier(source or TextFormat.MOODLE, others, findings)
    question = Question(
        kind=QuestionKind.DESCRIPTION,
        name=parts.name,
        text=unifier.text(unescape(stem), parts.stem.line),
        text_format=unifier.target,
        feedback=fragment(parts.feedback, unifier),
        category=_CATEGORY_ROOT.sub("", block.category, count=1),
        number_line=block.piece.line,
    )
    question = _marked(question, marks)
    if parts.answers is None:
        question = replace(question, kind=QuestionKind.DESCRIPTION, max_score=marks.max_score or Fraction(0))
    else:
        question = answered(question, parts.answers, unifier, findings)
    question = Album(findings, spent).gather(question)
    return checked(question, findings, answers_line=parts.answers.line if parts.answers else 0)


def fragment(piece: Piece, unifier: Unifier) -> str:
    """A part of a question in the format of the whole."""
    source, text = split_format(piece.text)
    return unifier.text(unescape(text), piece.line, source)


def _marked(question: Question, marks: Marks) -> Question:
    return replace(
        question,
        tags=marks.tags,
        external_id=marks.external_id,
        criteria=marks.criteria,
        kind=QuestionKind.SINGLE if marks.single else question.kind,
        case_sensitive=marks.case_sensitive,
        strict=marks.strict,
        guidance=marks.guidance,
        feedback=question.feedback or marks.feedback,
        max_score=Fraction(1) if marks.max_score is None else marks.max_score,
    )


def _parts(piece: Piece, findings: Findings) -> _Parts:
    name, body = _name(piece, findings)
    start, end = _braces(body)
    if start < 0:
        return _Parts(name, body, None, Piece("", body.line))
    tail = body.text[end + 1 :]
    blank = f" {BLANK}" if start and not body.text[start - 1].isspace() else BLANK
    stem = Piece(body.text[:start].rstrip() if not tail.strip() else body.text[:start] + blank + tail, body.line)
    answers = body.part(start + 1, end)
    if not answers.text:
        answers = Piece("", body.line_at(start))
    separator = answers.text.rfind("####")
    if separator < 0:
        return _Parts(name, stem, answers, Piece("", answers.line))
    feedback = answers.part(separator + 4)
    return _Parts(name, stem, Piece(answers.text[:separator].strip(), answers.line), feedback)


def _name(piece: Piece, findings: Findings) -> tuple[str, Piece]:
    if not piece.text.startswith("::"):
        return "", piece
    end = piece.text.find("::", 2)
    if end < 0 or "{" in piece.text[:end]:
        findings.warn(piece.line, "unclosed_name")
        return "", piece.part(2)
    return " ".join(unescape(piece.text[2:end]).split()), piece.part(end + 2)


def _braces(body: Piece) -> tuple[int, int]:
    """Where the answers begin and end; (-1, -1) without any."""
    start, end = body.text.find("{"), body.text.find("}")
    if start < 0 and end < 0:
        return -1, -1
    if start < 0 or 0 <= end < start:
        raise Rejected(body.line_at(end), "unopened_brace")
    if end < 0:
        raise Rejected(body.line_at(start), "unclosed_brace")
    second = body.text.find("{", start + 1)
    if second >= 0:
        raise Rejected(body.line_at(second), "several_answer_blocks" if second > end else "unclosed_brace")
    if (extra := body.text.find("}", end + 1)) >= 0:
        raise Rejected(body.line_at(extra), "unopened_brace")
    return start, end
