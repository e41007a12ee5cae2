"""Marks for answers, exactly: a `Fraction` from 0 to 1 of `max_score`, or None for what people judge.

What an answer is, by kind:

- SINGLE: the place of the chosen option, from 0; MULTIPLE: places of the chosen ones;
- SHORT, NUMERIC: the text as typed;
- MATCHING: for each pair, in the order of `pairs`, the right side that was chosen ("" for none);
- ORDERING: places in `order`, in the order that the person gave, -1 where nothing was put; [0, 1, 2 …] is right;
- EXTENDED, DESCRIPTION: anything; the mark is None.

No answer (None, "", nothing chosen) and an answer that cannot be (a place beyond the options) get 0.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final, assert_never

from traektoria.engines.questionbanks.answer_forms import forms
from traektoria.engines.questionbanks.model import NumericRange, Question, QuestionKind
from traektoria.engines.questionbanks.numbers import read_decimal

Answer = int | str | Collection[int] | Sequence[str] | None
NONE: Final = Fraction(0)
FULL: Final = Fraction(1)
_WILD = re.compile(r"(?<!\\)\*")


class MultipleRule(StrEnum):
    """Several answers: the sum of weights, or all or nothing."""

    SUM = "sum"
    EXACT = "exact"


class PartsRule(StrEnum):
    """Matching: the share of right pairs, or all or nothing. Ordering: the share of right neighbours, or the same."""

    SHARE = "share"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Rules:
    """How partly right answers are marked; the instrument says."""

    multiple: MultipleRule = MultipleRule.SUM
    matching: PartsRule = PartsRule.SHARE
    ordering: PartsRule = PartsRule.ALL


DEFAULT_RULES: Final = Rules()


def score(question: Question, answer: Answer, rules: Rules = DEFAULT_RULES) -> Fraction | None:
    """The share of `max_score` that the answer earns; None where people judge. Never raises for a strange answer."""
    match question.kind:
        case QuestionKind.EXTENDED | QuestionKind.DESCRIPTION:
            return None
        case QuestionKind.SINGLE:
            return _single(question, answer)
        case QuestionKind.MULTIPLE:
            return _multiple(question, answer, rules.multiple)
        case QuestionKind.SHORT:
            return _short(question, answer) if isinstance(answer, str) else NONE
        case QuestionKind.NUMERIC:
            return _numeric(question, answer) if isinstance(answer, str) else NONE
        case QuestionKind.MATCHING:
            return _matching(question, answer, rules.matching)
        case QuestionKind.ORDERING:
            return _ordering(question, answer, rules.ordering)
        case _:
            assert_never(question.kind)


def _share(percent: Fraction) -> Fraction:
    return min(FULL, max(NONE, percent / 100))


def _places(answer: Answer, count: int) -> list[int] | None:
    """Whole numbers below `count`, each once; None for anything else."""
    if answer is None or isinstance(answer, int | str):
        return None
    places = [each for each in answer if isinstance(each, int) and not isinstance(each, bool) and 0 <= each < count]
    return places if len(places) == len(answer) == len(set(places)) else None


def _single(question: Question, answer: Answer) -> Fraction:
    """Its weight; a negative one costs nothing more than the mark."""
    places = _places([answer] if isinstance(answer, int) else answer, len(question.options))
    return _share(question.options[places[0]].fraction) if places and len(places) == 1 else NONE


def _multiple(question: Question, answer: Answer, rule: MultipleRule) -> Fraction:
    """SUM: weights of all chosen options, not below 0 and not above the whole mark. EXACT: just the right ones."""
    places = _places(answer, len(question.options))
    if not places:
        return NONE
    if rule is MultipleRule.EXACT:
        right = {place for place, option in enumerate(question.options) if option.fraction > 0}
        return FULL if set(places) == right else NONE
    return _share(sum((question.options[place].fraction for place in places), NONE))


def _short(question: Question, answer: str) -> Fraction:
    """The first accepted form that fits decides, as in Moodle; but one that is just what was typed goes before one
    that only looks like it, so that an author may tell the Latin «H2O» from the Cyrillic one."""
    given = forms(answer, question)
    if not given[0]:
        return NONE
    alike = None
    for accepted in question.accepted:
        own = forms(accepted.text, question)
        if fits(own[0], given[0]) and (alike is None or not _WILD.search(accepted.text)):
            return _share(accepted.fraction)
        if alike is None and any(map(fits, own[1:], given[1:])):
            alike = accepted
    return _share(alike.fraction) if alike else NONE


def fits(pattern: str, text: str) -> bool:
    """Whether the text is of the pattern, where `*` is any run and `\\*` an asterisk. In linear time."""
    parts = [part.replace("\\*", "*") for part in _WILD.split(pattern)]
    if len(parts) == 1:
        return parts[0] == text
    first, *middle, last = parts
    if len(text) < len(first) + len(last) or not text.startswith(first) or not text.endswith(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in middle:
        found = text.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True


def _numeric(question: Question, answer: str) -> Fraction:
    """The first range that holds the number decides, as in Moodle. Units are not guessed: «5 м» is no number."""
    number = read_decimal(answer)
    if number is None:
        return NONE
    value = Fraction(number)
    return next((_share(each.fraction) for each in question.numeric if _holds(each, value)), NONE)


def _holds(numeric: NumericRange, value: Fraction) -> bool:
    if numeric.low is None or numeric.high is None:
        return True
    return Fraction(numeric.low) <= value <= Fraction(numeric.high)


def _matching(question: Question, answer: Answer, rule: PartsRule) -> Fraction:
    """A right side that stands for several lefts is right for each of them."""
    if answer is None or isinstance(answer, int | str) or len(answer) != len(question.pairs):
        return NONE
    right = sum(chosen == pair.right for chosen, pair in zip(answer, question.pairs, strict=True))
    return _parts(right, len(question.pairs), rule)


def _ordering(question: Question, answer: Answer, rule: PartsRule) -> Fraction:
    """SHARE: of neighbours in the right order, how many stand so in the answer. Equal items may change places."""
    count = len(question.order)
    if answer is None or isinstance(answer, int | str) or len(answer) != count or count < 2:
        return NONE
    put = _places([place for place in answer if isinstance(place, int) and place != -1], count)
    if put is None or len(put) + list(answer).count(-1) != count:
        return NONE
    given = [None if place == -1 else question.order[int(place)] for place in answer]
    if rule is PartsRule.ALL:
        return FULL if given == list(question.order) else NONE
    wanted = list(itertools.pairwise(question.order))
    for pair in itertools.pairwise(given):
        if pair in wanted:
            wanted.remove(pair)
    return _parts(count - 1 - len(wanted), count - 1, rule)


def _parts(right: int, count: int, rule: PartsRule) -> Fraction:
    if rule is PartsRule.ALL:
        return FULL if right == count else NONE
    return Fraction(right, count) if count else NONE
