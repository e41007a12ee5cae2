"""What stands between { and } of a GIFT question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final

from traektoria.engines.questionbanks.errors import Rejected
from traektoria.engines.questionbanks.findings import Findings
from traektoria.engines.questionbanks.fragments import Unifier, split_format
from traektoria.engines.questionbanks.gift_blocks import Piece, escape, unescape
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
from traektoria.engines.questionbanks.numbers import read_decimal, read_percent

_TRUTH: Final = {"T": True, "TRUE": True, "F": False, "FALSE": False}
_WEIGHT = re.compile(r"%([^%\n]{0,20})%")
_INSIDE_HTML = re.compile(
    r"""<[a-zA-Z][\w:-]{0,30}(?:\s+[\w:-]{1,40}(?:\s*=\s*(?:"[^"<>]{0,2000}"|'[^'<>]{0,2000}'))?)*+\s*/?>"""
    r"""|&\#x?[0-9a-fA-F]{1,7};"""
)
_MARKED_LINE = re.compile(r"\s*[=~]")
_LITERAL = re.compile(r"(?<=[\w)\]%])=(?=[\w(\[-])|(?<=\S) *=(?=\s+\S)")
_SQUEEZED = re.compile(r"[\w)\]]=[\w(\[]")
_ORDERING = re.compile(r">[ \t]*\d*[A-Za-z_ \t]*(?:\n|$)")  # how many are shown, how they lie and are graded


@dataclass(slots=True)
class _Answer:
    """One answer: its mark (= or ~, or "" for none), weight in percent if it has one, text and feedback."""

    mark: str
    weight: Fraction | None
    body: Piece
    feedback: Piece


def answered(question: Question, piece: Piece, unifier: Unifier, findings: Findings) -> Question:
    """The question with its kind and its answers."""
    text = piece.text
    if not text:
        return replace(question, kind=QuestionKind.EXTENDED)
    if text.startswith("#"):
        return _numeric(question, piece, unifier, findings)
    if text.startswith(">"):
        return _ordering(question, piece, unifier)
    truth = text.split("#", 1)[0].strip().upper()
    if truth in _TRUTH:
        return _true_false(question, piece, unifier, right=_TRUTH[truth])
    if piece.text.count("~") + piece.text.count("=") > 10 * findings.limits.answers:
        raise Rejected(piece.line, "too_many_answers", limit=findings.limits.answers)
    piece = _guarded(piece, findings)
    if "~" in piece.text:
        return _choice(question, piece, unifier, findings)
    if "->" in piece.text and any("->" in part.text.partition("#")[0] for mark, part in _pieces(piece, "=") if mark):
        return _matching(question, piece, unifier, findings)
    return _short(question, piece, unifier, findings)


def _part(piece: Piece, unifier: Unifier) -> str:
    source, text = split_format(piece.text)
    return unifier.text(unescape(text), piece.line, source)


def _guarded(piece: Piece, findings: Findings) -> Piece:
    """Marks inside a tag of HTML (``<img src="x">``) or a reference (``&#8211;``) are no marks of GIFT."""

    def hide(match: re.Match[str]) -> str:
        hidden = re.sub("[=#]", lambda mark: escape("\\" + mark[0]), match[0])
        if "=" in match[0]:
            findings.warn(piece.line_at(match.start()), "unescaped_mark", found=match[0])
        return hidden

    guarded = Piece(_INSIDE_HTML.sub(hide, piece.text).replace("~=", "="), piece.line)  # some programs write ~=
    if _answer_a_line(guarded.text):
        return Piece("\n".join(_literal(guarded, findings)), piece.line)
    for match in _SQUEEZED.finditer(guarded.text):
        around = guarded.text[max(0, match.start() - 10) : match.end() + 10]
        findings.warn(guarded.line_at(match.start()), "unescaped_mark", found=unescape(around))
    return guarded


def _answer_a_line(text: str) -> bool:
    """Each line begins with its mark: then = in the middle (``~F=ma``) is a part of a formula."""
    lines = [line for line in text.split("\n") if line.strip()]
    return len(lines) > 1 and all(map(_MARKED_LINE.match, lines))


def _literal(piece: Piece, findings: Findings) -> Iterator[str]:
    for number, line in enumerate(piece.text.split("\n"), piece.line):
        start = match.end() if (match := _MARKED_LINE.match(line)) else 0
        rest = _LITERAL.sub(lambda found: found[0].replace("=", escape("\\=")), line[start:])
        if rest != line[start:]:
            findings.warn(number, "unescaped_mark", found=unescape(line))
        yield line[:start] + rest


def _pieces(piece: Piece, marks: str) -> Iterator[tuple[str, Piece]]:
    """(mark, what follows it up to the next mark); what precedes the first mark has the mark ""."""
    starts = [match.start() for match in re.finditer(f"[{marks}]", piece.text)]
    before = piece.part(0, starts[0] if starts else None)
    if before.text:
        yield "", before
    line, counted = piece.line, 0
    for start, end in pairwise([*starts, len(piece.text)]):
        line += piece.text.count("\n", counted, start)
        counted = start
        yield piece.text[start], Piece(piece.text[start + 1 : end], line)


def _answers(piece: Piece, marks: str, findings: Findings) -> Iterator[_Answer]:
    for mark, part in _pieces(piece, marks):
        if not mark and not part.text.startswith("%"):
            findings.warn(part.line, "answer_without_mark", found=unescape(part.text))
        body = part.part(0)
        weight, body = _weight(body)
        separator = body.text.find("#")
        if separator < 0:
            yield _Answer(mark, weight, body, Piece("", body.line))
        else:
            yield _Answer(mark, weight, body.part(0, separator), body.part(separator + 1))


def _weight(body: Piece) -> tuple[Fraction | None, Piece]:
    match = _WEIGHT.match(body.text)
    if match is None:
        return None, body
    percent = read_percent(match[1])
    if percent is None:
        raise Rejected(body.line, "bad_weight", found=match[0])
    return percent, body.part(match.end())


def _choice(question: Question, piece: Piece, unifier: Unifier, findings: Findings) -> Question:
    options = []
    single = False
    for answer in _answers(piece, "=~", findings):
        single = single or answer.mark == "="
        text = _part(answer.body, unifier)
        if not text:
            findings.warn(answer.body.line, "empty_answer")
            continue
        default = WHOLE if answer.mark == "=" else Fraction(0)
        weight = default if answer.weight is None else answer.weight
        options.append(QuestionOption(text, weight, _part(answer.feedback, unifier)))
    single = single or question.kind is QuestionKind.SINGLE  # the comments may say so
    return replace(question, kind=QuestionKind.SINGLE if single else QuestionKind.MULTIPLE, options=tuple(options))


def _true_false(question: Question, piece: Piece, unifier: Unifier, *, right: bool) -> Question:
    """``{T#for the wrong#for the right}``."""
    bits = piece.text.split("#", 2)
    wrong, good = ((_part(Piece(bit.strip(), piece.line), unifier)) for bit in [*bits[1:], "", ""][:2])
    options = (
        QuestionOption(TRUE, WHOLE if right else Fraction(0), good if right else wrong),
        QuestionOption(FALSE, Fraction(0) if right else WHOLE, wrong if right else good),
    )
    return replace(question, kind=QuestionKind.SINGLE, true_false=True, options=options)


def _short(question: Question, piece: Piece, unifier: Unifier, findings: Findings) -> Question:
    accepted = []
    for answer in _answers(piece, "=", findings):
        _, raw = split_format(answer.body.text)
        text = unescape(raw)
        if not text:
            findings.warn(answer.body.line, "empty_answer")
            continue
        weight = WHOLE if answer.weight is None else answer.weight
        accepted.append(AcceptedAnswer(text, weight, _part(answer.feedback, unifier)))
    return replace(question, kind=QuestionKind.SHORT, accepted=tuple(accepted))


def _matching(question: Question, piece: Piece, unifier: Unifier, findings: Findings) -> Question:
    pairs, distractors = [], []
    for mark, part in _pieces(piece, "="):
        body = part.part(0)
        arrow = body.text.find("->")
        if arrow < 0:
            raise Rejected(body.line, "pair_without_arrow", found=unescape(body.text))
        if not mark:
            findings.warn(body.line, "answer_without_mark", found=unescape(body.text))
        left, right = _part(body.part(0, arrow), unifier), unescape(split_format(body.part(arrow + 2).text)[1])
        if not right:
            raise Rejected(body.line, "pair_without_arrow", found=unescape(body.text))
        if left:
            pairs.append(MatchingPair(left, right))
        else:
            distractors.append(right)
    return replace(question, kind=QuestionKind.MATCHING, pairs=tuple(pairs), distractors=tuple(distractors))


def _ordering(question: Question, piece: Piece, unifier: Unifier) -> Question:
    """``{>3 ALL VERTICAL`` and one item a line, as the plug-in «ordering» of Moodle has it."""
    match = _ORDERING.match(piece.text)
    rest = piece.part(match.end() if match else 1)
    lines = ((rest.line + at, line.strip()) for at, line in enumerate(rest.text.split("\n")))
    items = tuple(_part(Piece(line, number), unifier) for number, line in lines if line)
    return replace(question, kind=QuestionKind.ORDERING, order=items)


def _numeric(question: Question, piece: Piece, unifier: Unifier, findings: Findings) -> Question:
    """``{#3:2}``, ``{#1..5}``, ``{#=3:0 =%50%3:2 ~#feedback for anything else}``."""
    body = piece.part(1)
    wrong = body.text.find("~")
    rest = body.part(0, None if wrong < 0 else wrong)
    answers = [
        _numeric_range(answer, unifier, findings) for answer in _numeric_answers(rest, findings) if answer.body.text
    ]
    if wrong >= 0 and (feedback := body.part(wrong + 1).text.partition("#")[2].strip()):
        last = Piece(feedback, body.line_at(wrong))
        answers.append(NumericRange(None, None, Fraction(0), _part(last, unifier)))
    return replace(question, kind=QuestionKind.NUMERIC, numeric=tuple(answers))


def _numeric_answers(rest: Piece, findings: Findings) -> Iterator[_Answer]:
    """The first answer needs no ``=``."""
    if rest.text and not rest.text.startswith("="):
        rest = Piece("=" + rest.text, rest.line)
    return _answers(rest, "=", findings)


def _numeric_range(answer: _Answer, unifier: Unifier, findings: Findings) -> NumericRange:
    text = unescape(answer.body.text)
    weight = WHOLE if answer.weight is None else answer.weight
    feedback = _part(answer.feedback, unifier)
    if text == "*":
        return NumericRange(None, None, weight, feedback)
    ends = read_range(text)
    if ends is None:
        raise Rejected(answer.body.line, "not_a_number", found=text)
    low, high = ends
    if low > high:
        findings.warn(answer.body.line, "reversed_range", found=text)
        low, high = high, low
    return NumericRange(low, high, weight, feedback)


def read_range(text: str) -> tuple[Decimal, Decimal] | None:
    """``1..5``, ``3:2``, ``3 ± 2`` or ``3``: the ends as written; None for anything else."""
    low_text, dots, high_text = text.partition("..")
    if dots:
        low, high = read_decimal(low_text), read_decimal(high_text)
        return None if low is None or high is None else (low, high)
    value_text, _, tolerance_text = text.replace("±", ":").partition(":")
    value = read_decimal(value_text)
    tolerance = read_decimal(tolerance_text) if tolerance_text.strip() else Decimal(0)
    if value is None or tolerance is None:
        return None
    return value - abs(tolerance), value + abs(tolerance)
