"""How often something is: «не реже одного раза в два месяца», «ежемесячно», «10 рабочих дней»."""

from typing import Any

from traektoria.engines.deadlines.combinators import NO, Tok, either, maybe, seq, silent, word, words
from traektoria.engines.deadlines.grammar_places import (
    DASH,
    unit_of,
)
from traektoria.engines.deadlines.places import Unit
from traektoria.engines.deadlines.rhythm_model import Bound, Recurring, Span

# Spans: «два месяца», «10 рабочих дней», «3–4 недели»


def span_of(number: int, most: int | None, working: bool, unit: Unit) -> Any:
    if number < 1 or (most is not None and most <= number) or (working and unit is not Unit.DAY):
        return NO
    if unit is Unit.HALF_MONTH:
        return NO
    return Span(number, Unit.WORKING_DAY if working else unit, most)


UNIT = either(
    seq(word("school"), unit_of(Unit.YEAR), make=lambda _: Unit.SCHOOL_YEAR),
    seq(maybe(word("school")), unit_of(Unit.QUARTER), make=lambda unit: unit),
    seq(maybe(word("calendar")), Tok("unit"), make=lambda unit: unit),
)
WORKING = maybe(seq(word("working"), make=lambda: True), False)
_NUMBER = Tok("num")
SPAN = seq(maybe(_NUMBER, 1), maybe(seq(DASH, _NUMBER, make=int), None), WORKING, UNIT, make=span_of)


# How often

_THAN = maybe(silent(maybe(word(",")), word("чем")))
_AT_LEAST = either(
    seq(word("не"), word("реже", "менее"), _THAN, make=lambda: Bound.AT_LEAST),
    seq(either(word("минимум"), words("как", "минимум"), words("хотя", "бы")), make=lambda: Bound.AT_LEAST),
)
_AT_MOST = either(
    seq(word("не"), word("чаще", "более"), _THAN, make=lambda: Bound.AT_MOST),
    seq(word("максимум"), make=lambda: Bound.AT_MOST),
)
_WORKDAY = silent(either(word("working"), word("school")), unit_of(Unit.DAY))
_BOUND = either(_AT_LEAST, _AT_MOST)
_COUNT = either(
    seq(either(_NUMBER, Tok("ord")), maybe(seq(DASH, _NUMBER, make=int), None), make=lambda count, most: (count, most)),
)
_TIMES = either(
    seq(_COUNT, Tok("times"), make=lambda count, _: count),
    seq(Tok("times"), make=lambda _: (1, None)),
    seq(Tok("fold"), make=lambda count: (count, None)),
)
_IN = either(word("в", "за", "на"), silent(word("в"), word("течение")))
_PER = seq(either(_IN, word("/")), SPAN, make=lambda span: span)
_EVERY = either(
    seq(maybe(word("в", "на")), word("каждый"), maybe(_NUMBER, 1), UNIT,
        make=lambda number, unit: Span(number, unit) if number > 0 else NO),
    seq(Tok("often"), make=lambda unit: Span(1, unit)),
    # «По рабочим дням», «каждый учебный день», «по будням»: days without lessons are left out by themselves.
    seq(either(silent(word("каждый", "по", "в"), _WORKDAY), silent(word("по", "в"), word("будням"))),
        make=lambda: Span(1, Unit.DAY)),
    seq(word("по"), Tok("units"), make=lambda unit: Span(1, unit)),
    # «Через неделю» is every other week, or a week from now.
    seq(word("через"), unit_of(Unit.DAY), make=lambda unit: Span(2, unit)),
)  # fmt: skip


def _often(bound: Bound, count: tuple[int, int | None], per: Span) -> Any:
    number, most = count
    if number < 1 or (most is not None and (most <= number or bound is not Bound.EXACTLY)):
        return NO
    return Recurring(number, per, bound, most)


def _unsaid(per: Span) -> Recurring:
    """«Ежемесячно»: how many times is not said; what follows may say it («1 и 15 числа»)."""
    return Recurring(0, per)


_ONE_OF = seq(_COUNT, make=lambda count: count)
OFTEN = either(
    seq(
        word("в"), SPAN, maybe(_BOUND, Bound.EXACTLY), _TIMES, make=lambda per, bound, count: _often(bound, count, per)
    ),
    seq(maybe(_BOUND, Bound.EXACTLY), maybe(word("по")), _TIMES, _PER, make=_often),
    seq(_BOUND, _ONE_OF, _PER, make=_often),
    #: «До 2 раз в месяц», «от 1 до 3 раз в год».
    seq(word("до"), _TIMES, _PER, make=lambda count, per: _often(Bound.AT_MOST, count, per)),
    seq(word("от"), _NUMBER, word("до"), _NUMBER, Tok("times"), _PER,
        make=lambda least, most, _, per: _often(Bound.EXACTLY, (least, most), per)),
    seq(maybe(_BOUND, Bound.EXACTLY), _TIMES, _EVERY, make=_often),
    seq(_EVERY, maybe(word(",")), maybe(_BOUND, Bound.EXACTLY), _TIMES,
        make=lambda per, bound, count: _often(bound, count, per)),
    seq(_EVERY, make=_unsaid),
)  # fmt: skip
