"""A bank of questions for the terminal: lines of text, and plain data for JSON (docs/questionbanks.md describes it)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from traektoria.core.figures import figure
from traektoria.diagnostics.items.question_problems import FORMATS, KINDS, encoding_words, place_words, problem_sentence
from traektoria.engines.questionbanks import (
    AcceptedAnswer,
    Bank,
    NumericRange,
    Problem,
    Question,
    QuestionKind,
    QuestionOption,
)
from traektoria.engines.questionbanks.numbers import write_decimal

SCHEMA = 1
_PLACES = 5  # of a weight in percent

Data = dict[str, Any]


def report_lines(bank: Bank) -> Iterator[str]:
    """The format, counts by kind, then what is lost and what is to be looked at, each in the order of the file."""
    yield _("Format: %(format)s") % {"format": _format_words(bank)}
    yield _("Questions read: %(n)s") % {"n": figure(len(bank.questions))}
    kinds = _by_kind(bank)
    yield from (f"  {KINDS[kind]}: {figure(kinds[kind])}{_truths(bank, kind)}" for kind in QuestionKind if kinds[kind])
    lost = [problem for problem in bank.problems if problem.fatal]
    doubtful = [problem for problem in bank.problems if not problem.fatal]
    if lost:
        yield _("Not read: %(n)s") % {"n": figure(len(lost))}
        yield from map(_problem_line, lost)
    if doubtful:
        yield _("Read, but have a look: %(n)s") % {"n": figure(len(doubtful))}
        yield from map(_problem_line, doubtful)
    if not bank.problems:
        yield _("There are no problems.")


def bank_data(bank: Bank) -> Data:
    """Everything that was read and everything that was not, as values of JSON."""
    fatal = sum(problem.fatal for problem in bank.problems)
    kinds = _by_kind(bank)
    return {
        "format": str(bank.format),
        "encoding": bank.encoding,
        "counts": {
            "questions": len(bank.questions),
            "kinds": {str(kind): kinds[kind] for kind in QuestionKind},
            "true_false": _true_false(bank),
            "errors": fatal,
            "warnings": len(bank.problems) - fatal,
        },
        "problems": [_problem_data(problem) for problem in bank.problems],
        "questions": [_question_data(question) for question in bank.questions],
    }


def _format_words(bank: Bank) -> str:
    name = str(FORMATS[bank.format])
    encoding = encoding_words(bank.encoding)
    return _("%(format)s, encoding %(encoding)s") % {"format": name, "encoding": encoding} if encoding else name


def _by_kind(bank: Bank) -> Counter[QuestionKind]:
    return Counter(question.kind for question in bank.questions)


def _true_false(bank: Bank) -> int:
    return sum(question.true_false for question in bank.questions)


def _truths(bank: Bank, kind: QuestionKind) -> str:
    count = _true_false(bank)
    if kind is not QuestionKind.SINGLE or not count:
        return ""
    return ", " + _("of them true or false: %(n)s") % {"n": figure(count)}


def _problem_line(problem: Problem) -> str:
    return "  " + ": ".join(filter(None, (place_words(problem), problem_sentence(problem))))


def _problem_data(problem: Problem) -> Data:
    names = ("line", "column", "number", "question", "fatal", "code")
    return {
        **{name: getattr(problem, name) for name in names},
        "params": dict(problem.params),
        "place": place_words(problem),
        "text": problem_sentence(problem),
    }


def _question_data(question: Question) -> Data:
    names = (
        "name",
        "text",
        "true_false",
        "case_sensitive",
        "strict",
        "guidance",
        "feedback",
        "category",
        "external_id",
    )
    return {
        "line": question.number_line,
        "kind": str(question.kind),
        "text_format": str(question.text_format),
        **{name: getattr(question, name) for name in names},
        "max_score": _number(question.max_score),
        "options": [_weighted(each) for each in question.options],
        "accepted": [_weighted(each) for each in question.accepted],
        "numeric": [_range(each) for each in question.numeric],
        "pairs": [{"left": pair.left, "right": pair.right} for pair in question.pairs],
        "distractors": list(question.distractors),
        "order": list(question.order),
        "criteria": [
            {"code": each.code, "title": each.title, "max_score": _number(each.max_score)} for each in question.criteria
        ],
        "tags": [{"name": tag.name, "value": tag.value} for tag in question.tags],
        "pictures": [
            {"name": each.name, "media_type": each.media_type, "bytes": len(each.data)} for each in question.pictures
        ],
    }


def _weighted(answer: QuestionOption | AcceptedAnswer) -> Data:
    return {"text": answer.text, "weight": _number(answer.fraction), "feedback": answer.feedback}


def _range(answer: NumericRange) -> Mapping[str, Any]:
    """Ends are texts: a number of JSON could lose digits."""
    ends = {"low": _decimal(answer.low), "high": _decimal(answer.high)}
    return {**ends, "weight": _number(answer.fraction), "feedback": answer.feedback}


def _decimal(number: Decimal | None) -> str | None:
    return None if number is None else write_decimal(number)


def _number(number: Fraction) -> float | int:
    return int(number) if number.denominator == 1 else round(float(number), _PLACES)
