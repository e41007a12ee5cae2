"""Options of a choice with shares of the points: in files of questions, in keys, among the texts of an item."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, Final

from django.utils.translation import gettext as _

from traektoria.diagnostics.items.pieces.content import Option
from traektoria.diagnostics.items.pieces.key import KeyLine, KeyTexts
from traektoria.engines import questionbanks as q

_MOST_DENOMINATOR: Final = 999


def truth_words() -> dict[str, str]:
    """How the two options of a true/false question read."""
    return {q.TRUE: _("True"), q.FALSE: _("False")}


def as_options(options: Sequence[Option]) -> tuple[q.QuestionOption, ...]:
    return tuple(q.QuestionOption(one.text, Fraction(one.weight), one.feedback) for one in options)


def from_options(question: q.Question) -> list[dict[str, Any]]:
    words = truth_words() if question.true_false else {}
    return [
        {"text": words.get(one.text, one.text), "weight": weight_of(one.fraction), "feedback": one.feedback}
        for one in question.options
    ]


def weight_of(number: Fraction) -> str:
    """A share of a file as a weight."""
    return str(number.limit_denominator(_MOST_DENOMINATOR))


def key_lines(options: Sequence[Option], key: KeyTexts) -> Iterator[KeyLine]:
    for place, one in enumerate(options):
        yield key.weighted(key.html(one.text), one.weight, one.feedback, place)


def texts(options: Sequence[Option]) -> Iterator[tuple[str, str]]:
    for at, one in enumerate(options):
        yield f"options-{at}-text", one.text
        yield f"options-{at}-feedback", one.feedback
