"""A whole phrase: simple deadlines, and several of them."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import Any

from traektoria.engines.deadlines.combinators import NO, NewLine, Parser, either, many, maybe, seq, silent, word
from traektoria.engines.deadlines.date_relations import At, Clock, Continuous, Limited, Since
from traektoria.engines.deadlines.grammar_dates import AT, CONTINUOUS, DATED, RANGE, SEVERAL_DATED, YEAR_ALONE
from traektoria.engines.deadlines.grammar_events import BY_PLAN, COURSES, ON_REQUEST, OPEN, RELATIVE, SEVERAL_RELATIVE
from traektoria.engines.deadlines.grammar_late import LATE
from traektoria.engines.deadlines.grammar_places import (
    DAY,
    DAY_NUMBER,
    NOT_LATER,
    PART,
    WEEKDAY,
    years_agree,
)
from traektoria.engines.deadlines.grammar_rhythms import RECURRING
from traektoria.engines.deadlines.model import ByPlan, Compound, Deadline, NamedEvent, OnRequest, Simple
from traektoria.engines.deadlines.places import Day, Month, NamedPeriod, WeekdayOfMonth
from traektoria.engines.deadlines.tokens import is_day


def _limited(within: At | Continuous, last: Any) -> Any:
    place = within.place
    short = isinstance(place, Day | WeekdayOfMonth) or getattr(within, "vague", False)
    elsewhere = isinstance(place, Month) and isinstance(last, Day) and place.month != last.month
    return NO if short or elsewhere else Limited(within, last)


_BUT_UNTIL = silent(maybe(word(",")), maybe(word("но")), NOT_LATER)
_LIMITED = seq(either(AT, CONTINUOUS), _BUT_UNTIL, either(DAY, WEEKDAY, PART), make=_limited)


def _limited_in_month(within: At, last: Any) -> Any:
    """«Сентябрь (до 15 числа)», «сентябрь, до 15.09»."""
    if not isinstance(within.place, Month):
        return NO
    month, year = within.place.month, within.place.year
    day = last if isinstance(last, Day) else Day(last, month, year) if is_day(last, month, year) else None
    return NO if day is None else _limited(within, day)


_LAST_DAY = seq(
    either(word("до"), NOT_LATER),
    either(DAY, seq(DAY_NUMBER, word("число"), make=lambda day: day)),
    make=lambda last: last,
)
_LIMITED_IN_MONTH = either(
    seq(AT, word("("), _LAST_DAY, word(")"), make=_limited_in_month),
    seq(AT, maybe(word(",")), maybe(word("но")), _LAST_DAY, make=_limited_in_month),
)
_ONE: Parser = either(
    DATED, RANGE, CONTINUOUS, _LIMITED, _LIMITED_IN_MONTH, RECURRING, RELATIVE, ON_REQUEST, BY_PLAN, OPEN
)
_PARTS = either(seq(_ONE, make=lambda one: (one,)), SEVERAL_DATED, SEVERAL_RELATIVE)
_TIED: Parser = either(ON_REQUEST, BY_PLAN, OPEN, CONTINUOUS, RELATIVE)
_AND = either(
    word(",", ";", "и", "+"), NewLine(), silent(word(",", ";"), word("и")),
    silent(maybe(word(",", ";")), word("а"), word("также")), silent(maybe(word(",")), word("но"))
)  # fmt: skip
_OR = either(word("/"), silent(maybe(word(",")), word("или")))
_THEN = silent(maybe(word(",", ";", "и")), word("далее"), maybe(word("-", ":")))
_MARK = word(":", "-")
_CARRIED_OUT = word("исполнение", "проведение", "сдача")
_LABEL = maybe(either(
    silent(word("срок", "сроки"), maybe(_CARRIED_OUT), maybe(_MARK)),
    silent(word("дата", "время", "период"), either(silent(_CARRIED_OUT, maybe(_MARK)), _MARK)),
    word("-"),
))  # fmt: skip


def _flat(lists: Iterable[tuple[Simple, ...]]) -> tuple[Simple, ...]:
    return tuple(one for some in lists for one in some)


def _all(lists: tuple[tuple[Simple, ...], ...]) -> Any:
    parts = _flat(lists)
    if len(set(parts)) < len(parts) or not years_agree(parts):
        return NO
    return parts[0] if len(parts) == 1 else Compound(parts)


def _tied(lists: tuple[tuple[Simple, ...], ...], tied: tuple[Simple, ...]) -> Any:
    return _all((*lists, tied))


def _choice(parts: tuple[Simple, ...]) -> Any:
    return Compound(parts, either=True) if len(set(parts)) == len(parts) and NO not in parts else NO


def _then(lists: tuple[tuple[Simple, ...], ...], then: Simple) -> Any:
    """After what has no end nothing can follow."""
    parts = _flat(lists)
    good = len(set(parts)) == len(parts) and years_agree(parts) and not isinstance(parts[-1], Since)
    return Compound(parts, then=then) if good else NO


_LIST = many(_PARTS, _AND)
_TIES = either(
    seq(maybe(word("-")), many(_TIED, maybe(_AND)), make=lambda ties: ties),
    seq(word("("), _TIED, word(")"), make=lambda tied: (tied,)),
)
_WHOLE = either(
    YEAR_ALONE,
    seq(_LIST, make=_all),
    seq(LATE, make=lambda parts: _all((parts,))),
    seq(LATE, _TIES, make=lambda parts, tied: _all((parts, tied))),
    seq(_LIST, _TIES, make=_tied),
    #: «По мере необходимости (не реже 1 раза в месяц)», «по графику (октябрь)».
    seq(either(ON_REQUEST, BY_PLAN, OPEN), word("("), either(RECURRING, DATED), word(")"),
        make=lambda *both: Compound(both)),
    seq(many(_ONE, _OR, 2), make=_choice),
    seq(COURSES, make=_choice),
    seq(_LIST, _THEN, _ONE, make=_then),
)  # fmt: skip
PHRASE: Parser = seq(
    _LABEL,
    either(_WHOLE, seq(word("("), _WHOLE, word(")"), make=lambda deadline: deadline)),
    maybe(word(",", ";")),
    word("end"),
    make=lambda deadline: deadline,
)


def cost(found: object) -> int:
    """How much of a reading is pieces and mere names: of two readings the one that explains more is meant."""
    if isinstance(found, tuple):
        return sum(map(cost, found))
    if isinstance(found, Compound):
        return 10 * len(found.parts) + cost(found.parts) + cost(found.then)
    if isinstance(found, Clock):
        return 20 if found.doubtful else 0
    if isinstance(found, NamedEvent | NamedPeriod | OnRequest | ByPlan):
        return 1
    if is_dataclass(found):
        return sum(cost(getattr(found, field.name)) for field in fields(found))
    return 0


def cheapest(found: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """The readings that explain the most, each once; more than one is a question."""
    readings = list(dict.fromkeys(found))
    if len(readings) < 2:
        return tuple(readings)
    costs = [cost(one) for one in readings]
    return tuple(one for one, price in zip(readings, costs, strict=True) if price == min(costs))
