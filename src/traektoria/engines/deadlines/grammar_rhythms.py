"""How something that returns is said as a whole: how often, when in each period, from when to when, but for what."""

from dataclasses import replace
from typing import Any

from traektoria.engines.deadlines.combinators import NO, Tok, either, many, maybe, seq, silent, word, words
from traektoria.engines.deadlines.date_relations import Clock
from traektoria.engines.deadlines.grammar_clock import CLOCK, CLOCKED
from traektoria.engines.deadlines.grammar_dates import CONTINUOUS, DATED, SEVERAL_DATED
from traektoria.engines.deadlines.grammar_often import OFTEN
from traektoria.engines.deadlines.grammar_places import (
    HOLIDAYS,
    LISTED,
    MONTH,
    ORDINAL,
    SEASON,
    UNIT_OF_YEAR,
    unit_of,
)
from traektoria.engines.deadlines.grammar_together import with_on, with_times
from traektoria.engines.deadlines.grammar_when import BY_ITSELF, ON_WEEKDAYS, WHEN
from traektoria.engines.deadlines.places import (
    Place,
    Season,
    Unit,
)
from traektoria.engines.deadlines.rhythm_model import (
    DaysOfMonth,
    NthPiece,
    NthWeekday,
    On,
    Recurring,
    Span,
    Weekdays,
)

_ANY_DATED = either(
    seq(DATED, make=lambda dated: (dated,)), SEVERAL_DATED, seq(CONTINUOUS, make=lambda dated: (dated,))
)  # fmt: skip
_TIMES_LIST = seq(many(_ANY_DATED, LISTED), make=lambda lists: tuple(one for some in lists for one in some))
_MODIFIER = either(WHEN, seq(_TIMES_LIST, make=lambda times: times))
_MARKED = either(
    seq(maybe(either(word(",", ":", "-"), silent(maybe(word(",")), word("но")))), _MODIFIER, make=lambda found: found),
    seq(word("("), _MODIFIER, word(")"), make=lambda found: found),
)


def _with_all(often: Recurring, *modifiers: Any) -> Any:
    made: Any = often
    for modifier in modifiers:
        made = with_on(made, *modifier) if isinstance(modifier[0], On) else with_times(made, modifier)
        if made is NO:
            return NO
    return replace(made, count=made.count or 1)


def _alone_with(on: tuple[On, Unit], *modifiers: Any) -> Any:
    made = with_on(Recurring(0, Span(1, on[1])), on[0], None)
    return made if made is NO else _with_all(made, *modifiers)


def _every_other(number: int, day: int) -> Any:
    """«Каждую вторую среду»: the second of the month or every other one; the phrase does not say."""
    return Recurring(1, Span(number, Unit.WEEK), on=Weekdays((day,))) if 1 < number < 5 else NO


def _every_other_week(days: Weekdays) -> Any:
    return Recurring(1, Span(2, Unit.WEEK), on=days) if len(days.days) == 1 else NO


def _every_nth(number: int, unit: Unit) -> Any:
    return Recurring(1, Span(number, unit)) if 1 < number < 5 else NO


def _on_before(on: tuple[On, Unit | None], often: Recurring) -> Any:
    """«До 25 числа ежемесячно», «среда, еженедельно»."""
    return _with_all(often, on)


_EVERY_OTHER_WEEK = silent(word("через"), unit_of(Unit.WEEK))
_BEFORE = seq(_TIMES_LIST, maybe(word(",", "-", ":")), make=lambda times: times)
_RHYTHM = either(
    seq(OFTEN, make=_with_all),
    seq(OFTEN, _MARKED, make=_with_all),
    seq(OFTEN, _MARKED, _MARKED, make=_with_all),
    seq(_BEFORE, OFTEN, make=lambda times, often: _with_all(often, times)),
    seq(_TIMES_LIST, word("("), OFTEN, word(")"), make=lambda times, often: _with_all(often, times)),
    seq(_BEFORE, OFTEN, _MARKED, make=lambda times, often, other: _with_all(often, times, other)),
    seq(_TIMES_LIST, word("("), BY_ITSELF, word(")"), make=lambda times, on: _alone_with(on, times)),
    seq(BY_ITSELF, make=_alone_with),
    seq(BY_ITSELF, _MARKED, make=_alone_with),
    seq(_BEFORE, BY_ITSELF, make=lambda times, on: _alone_with(on, times)),
    # «Через неделю по средам»; alone it may be a week from now.
    seq(_EVERY_OTHER_WEEK, maybe(word(",")), ON_WEEKDAYS, make=_every_other_week),
    seq(ON_WEEKDAYS, maybe(word(",")), _EVERY_OTHER_WEEK, make=_every_other_week),
    seq(ON_WEEKDAYS, word("("), _EVERY_OTHER_WEEK, word(")"), make=_every_other_week),
    seq(maybe(word("в")), word("каждый"), ORDINAL, Tok("weekday"), make=_every_other),
    seq(maybe(word("в")), word("каждый"), ORDINAL, unit_of(Unit.WEEK, Unit.MONTH), make=_every_nth),
    seq(WHEN, maybe(word(",", "-")), OFTEN, make=_on_before),
    seq(WHEN, word("("), OFTEN, word(")"), make=_on_before),
)


# «Кроме каникул»

_BUT = either(word("кроме"), words("за", "исключением"))
_LEFT_OUT = either(
    HOLIDAYS, MONTH, UNIT_OF_YEAR, SEASON,
    seq(Tok("seasonal"), either(silent(unit_of(Unit.MONTH)), word("период", "время")), make=Season),
)  # fmt: skip
#: Days off are left out of «ежедневно» and «еженедельно» by themselves.
_DAYS_OFF = either(
    seq(either(word("off"), silent(word("off"), word("и"), word("off"))), maybe(silent(unit_of(Unit.DAY))),
        make=lambda: None),
    seq(Tok("weekday"), make=lambda day: None if day > 5 else NO),
)  # fmt: skip


def _leave_out(often: Recurring, places: tuple[Place | None, ...]) -> Any:
    if None in places and often.per.unit not in (Unit.DAY, Unit.WEEK):
        return NO
    named = tuple(place for place in places if place is not None)
    return replace(often, without=named) if len(set(named)) == len(named) else NO


_LEFT = many(either(_LEFT_OUT, _DAYS_OFF), LISTED)
_WITHOUT = either(
    seq(maybe(word(",")), _BUT, _LEFT, make=lambda places: places),
    seq(word("("), _BUT, _LEFT, word(")"), make=lambda places: places),
)
_OFTEN = either(seq(_RHYTHM, maybe(_WITHOUT, ()), make=_leave_out))


def _at_time(often: Recurring, clock: Clock) -> Any:
    """Of what has days a time of day can be said."""
    by_day = isinstance(often.on, Weekdays | NthWeekday | DaysOfMonth) or often.per.unit is Unit.DAY
    by_day = by_day or (isinstance(often.on, NthPiece) and often.on.unit in (Unit.DAY, Unit.WORKING_DAY))
    return replace(often, clock=clock) if by_day else NO


_TIMED = either(
    seq(_OFTEN, CLOCKED, make=_at_time),
    seq(_OFTEN, word("("), CLOCK, word(")"), make=_at_time),
    seq(CLOCK, maybe(word(",")), _OFTEN, make=lambda clock, often: _at_time(often, clock)),
)
RECURRING = either(
    _OFTEN,
    _TIMED,
    # «По средам в 15.00, с октября по май», «… , кроме каникул»
    seq(_TIMED, _MARKED, make=_with_all),
    seq(_TIMED, _WITHOUT, make=_leave_out),
)
