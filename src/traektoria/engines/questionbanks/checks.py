"""What every question must have, whatever format it came in; said with the line where it stands."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Final

from traektoria.engines.figures import shortest
from traektoria.engines.questionbanks.errors import Rejected
from traektoria.engines.questionbanks.findings import Findings
from traektoria.engines.questionbanks.limits import LIMITS, Limits
from traektoria.engines.questionbanks.model import WHOLE, Problem, Question, QuestionKind

_LEAST_ANSWERS: Final = {
    QuestionKind.SINGLE: 2,
    QuestionKind.MULTIPLE: 2,
    QuestionKind.SHORT: 1,
    QuestionKind.NUMERIC: 1,
    QuestionKind.MATCHING: 2,
    QuestionKind.ORDERING: 2,
    QuestionKind.EXTENDED: 0,
    QuestionKind.DESCRIPTION: 0,
}
_ROUNDING: Final = Fraction(1)  # 33 + 33 + 33 is meant as a whole


def checked(question: Question, findings: Findings, *, answers_line: int = 0) -> Question:
    """The question, if it can be asked and marked; raises Rejected, warns of what looks like a slip."""
    line = answers_line or question.number_line
    question = _with_text(question, findings)
    _check_size(question, findings, line)
    question = _degenerate(question, findings, line)
    _check_key(question, findings, line)
    return question


def look_over(question: Question, limits: Limits = LIMITS) -> tuple[Problem, ...]:
    """What is wrong with a question that does not come from a file, and what looks like a slip."""
    findings = Findings(limits)
    with findings.question(0) as keep:
        keep(checked(question, findings))
    return tuple(findings.problems)


def _with_text(question: Question, findings: Findings) -> Question:
    if question.text.strip():
        return question
    if not question.name or question.kind is QuestionKind.DESCRIPTION:
        raise Rejected(question.number_line, "no_text")
    findings.warn(question.number_line, "text_from_name")
    return replace(question, text=question.name)


def _check_size(question: Question, findings: Findings, line: int) -> None:
    limits = findings.limits
    answers = _answers(question)
    if len(answers) > limits.answers:
        raise Rejected(line, "too_many_answers", limit=limits.answers)
    if len(question.text) + sum(map(len, answers)) > limits.question_characters:
        raise Rejected(line, "too_long", limit=limits.question_characters)
    count = len(question.pairs) if question.kind is QuestionKind.MATCHING else len(answers)
    if count < _LEAST_ANSWERS[question.kind]:
        raise Rejected(line, "too_few_answers", count=count, needed=_LEAST_ANSWERS[question.kind])


def _answers(question: Question) -> list[str]:
    return [
        *(option.text for option in question.options),
        *(pair.left + pair.right for pair in question.pairs),
        *question.distractors,
        *question.order,
        *(accepted.text for accepted in question.accepted),
        *("" for _ in question.numeric),
    ]


def _degenerate(question: Question, findings: Findings, line: int) -> Question:
    """«Several answers» with one at 100 % and the rest at 0 %: whoever ticks all would get the whole mark."""
    weights = sorted(option.fraction for option in question.options)
    if question.kind is not QuestionKind.MULTIPLE or weights[-1] != WHOLE or any(weights[:-1]):
        return question
    findings.warn(line, "read_as_single")
    return replace(question, kind=QuestionKind.SINGLE)


def _check_key(question: Question, findings: Findings, line: int) -> None:
    if not question.weighted:
        return
    right = [each.fraction for each in question.weighted if each.fraction > 0]
    if not right:
        raise Rejected(line, "no_right_answer")
    if question.kind is QuestionKind.SINGLE and right.count(WHOLE) > 1:
        findings.warn(line, "several_right", count=right.count(WHOLE))
    _check_sum(question, right, findings, line)
    _check_repeats(question, findings, line)


def _check_sum(question: Question, right: list[Fraction], findings: Findings, line: int) -> None:
    best = sum(right, Fraction(0)) if question.kind is QuestionKind.MULTIPLE else max(right)
    if abs(best - WHOLE) > (_ROUNDING if question.kind is QuestionKind.MULTIPLE else 0):
        findings.warn(line, "weights_not_whole", sum=shortest(best, 3, "."))


def _check_repeats(question: Question, findings: Findings, line: int) -> None:
    seen: set[str] = set()
    for option in question.options:
        if option.text in seen:
            findings.warn(line, "repeated_answer", found=option.text)
        seen.add(option.text)
