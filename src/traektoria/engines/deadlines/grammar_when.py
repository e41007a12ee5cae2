"""When in each period something is: «до 25 числа», «по вторникам», «последний четверг месяца», «в конце»."""

from enum import Enum
from typing import Any

from traektoria.engines.deadlines.combinators import NO, Parser, Tok, either, many, maybe, seq, silent, word
from traektoria.engines.deadlines.grammar_often import UNIT
from traektoria.engines.deadlines.grammar_places import (
    DASH,
    DAY_NUMBER,
    LISTED,
    NOT_LATER,
    ORDINAL,
    unit_of,
)
from traektoria.engines.deadlines.places import YEARLY, Edge, Unit
from traektoria.engines.deadlines.rhythm_model import (
    DaysBetween,
    DaysOfMonth,
    NthPiece,
    NthWeekday,
    PartOfEach,
    Weekdays,
)

_OF_EACH = seq(maybe(word("каждый")), UNIT, make=lambda unit: unit)
_EACH = maybe(_OF_EACH, None)
_AFTER_REPORT = silent(
    maybe(silent(maybe(word("каждый")), unit_of(Unit.MONTH), maybe(word(",")))),
    word("following"), word("за"),
    either(silent(word("report"), maybe(either(silent(Tok("unit")), word("период")))), silent(Tok("unit"))),
)  # fmt: skip
_LONGER = silent(unit_of(Unit.CALENDAR_QUARTER, Unit.QUARTER, Unit.TRIMESTER, Unit.HALF_YEAR))
_NEXT = either(
    silent(word("following"), unit_of(Unit.MONTH)),
    _AFTER_REPORT,
    silent(word("following"), word("за"), maybe(word("report")), _LONGER, silent(unit_of(Unit.MONTH))),
    # «Первого месяца следующего квартала».
    silent(seq(Tok("ord"), make=lambda number: number if number == 1 else NO), unit_of(Unit.MONTH), word("following"),
           _LONGER),
)  # fmt: skip
_NEXT_MONTH = seq(_NEXT, make=lambda: _Of.NEXT)
_LAST_MONTH = seq(
    Tok("last"), unit_of(Unit.MONTH), maybe(silent(maybe(word("каждый", "report")), _LONGER)), make=lambda *_: _Of.LAST
)
_THIS_MONTH = seq(maybe(word("каждый", "report", "current")), unit_of(Unit.MONTH), make=lambda _: _Of.EACH)
_LIMITED = silent(maybe(silent(word("в"), word("срок"))), either(word("до", "к"), NOT_LATER))
_LIMIT = maybe(seq(_LIMITED, make=lambda: True), False)


class _Of(Enum):
    """Whose days: of each month, of the one after the period, of the last one in it."""

    EACH = 0
    NEXT = 1
    LAST = 2


def _days(until: bool, days: tuple[int, ...], of: _Of) -> Any:
    ordered = tuple(sorted(set(days)))
    good = len(ordered) == len(days) and not (until and len(days) > 1)
    return DaysOfMonth(ordered, until, of is _Of.NEXT, of is _Of.LAST) if good else NO


def _days_between(first: int, last: int) -> Any:
    return DaysBetween(first, last) if first < last else NO


def _one(day: int) -> tuple[int, ...]:
    return (day,)


_DAY_LIST = many(DAY_NUMBER, LISTED)
_DAYS = seq(
    _LIMIT, _DAY_LIST, word("число"), maybe(either(_NEXT_MONTH, _LAST_MONTH, _THIS_MONTH), _Of.EACH), make=_days
)
#: «До 5 числа следующего месяца» alone may be said once; what follows a report returns with it.
_DAYS_OF_MONTH = seq(
    _LIMIT, _DAY_LIST, word("число"), either(seq(_AFTER_REPORT, make=lambda: _Of.NEXT), _THIS_MONTH), make=_days
)
_DAYS_FROM_TO = either(
    seq(DAY_NUMBER, DASH, DAY_NUMBER, word("число"), make=_days_between),
    seq(word("с"), DAY_NUMBER, word("по", "до"), DAY_NUMBER, word("число"), make=_days_between),
)  # fmt: skip
_BARE_DAY = seq(
    either(word("до"), NOT_LATER), seq(Tok("ord"), make=_one), make=lambda days: _days(True, days, _Of.EACH)
)


def _weekdays(days: tuple[int, ...]) -> Any:
    ordered = tuple(sorted(set(days)))
    return Weekdays(ordered) if len(ordered) == len(days) else NO


ON_WEEKDAYS = seq(
    word("по"),
    many(either(Tok("weekdays"), Tok("cut_weekday")), LISTED),
    maybe(silent(word("каждый"), unit_of(Unit.WEEK, Unit.MONTH))),
    make=_weekdays,
)
_EVERY_WEEKDAY = seq(
    maybe(word("в")),
    word("каждый"),
    many(Tok("weekday"), silent(LISTED, maybe(word("каждый")))),
    maybe(silent(unit_of(Unit.WEEK, Unit.MONTH))),
    make=_weekdays,
)
_IN_WEEKDAY = seq(maybe(word("в")), many(Tok("weekday"), LISTED), make=_weekdays)
_OF_WEEK = maybe(silent(maybe(word("каждый")), unit_of(Unit.WEEK)))


def _weekdays_between(first: int, last: int) -> Any:
    return Weekdays(tuple(range(first, last + 1))) if first < last else NO


#: «Вт., чт.», «пн. – пт.»: one alone («среда») may be any of them, several are said of each week.
_SEVERAL_WEEKDAYS = either(
    seq(maybe(word("в")), many(Tok("weekday"), LISTED, 2), _OF_WEEK, make=_weekdays),
    seq(Tok("weekday"), DASH, Tok("weekday"), _OF_WEEK, make=_weekdays_between),
    seq(word("с"), Tok("weekday"), word("по"), Tok("weekday"), _OF_WEEK, make=_weekdays_between),
)
_PIECE = either(
    seq(unit_of(Unit.WEEK, Unit.DECADE, Unit.HALF_MONTH, Unit.DAY), make=lambda unit: unit),
    seq(word("working"), unit_of(Unit.DAY), make=lambda _: Unit.WORKING_DAY),
)


def _nth_weekday(numbers: tuple[int, ...], day: int, *each: Unit | None) -> Any:
    return (NthWeekday(day, numbers), *each) if _rising(numbers) and max(numbers) <= 5 else NO


def _nth_piece(numbers: tuple[int, ...], unit: Unit, *each: Unit | None) -> Any:
    return (NthPiece(unit, numbers), *each) if _rising(numbers) else NO


def _rising(numbers: tuple[int, ...]) -> bool:
    """Each once and in order; the last one is after any."""
    keys = [number % 100 for number in numbers]
    return keys == sorted(set(keys))


_NUMBERS = many(ORDINAL, LISTED)


_INTO = maybe(either(word("в", "на"), silent(word("в"), word("течение"))))
_EDGE = either(
    seq(_INTO, Tok("edge"), make=lambda edge: PartOfEach(edge)),
    seq(word("до", "к"), Tok("edge"), make=lambda edge: PartOfEach(edge, True)),
)


def _alone(made: Any) -> Any:
    return made[0] if isinstance(made, tuple) and (len(made) < 2 or made[1] is None) else made


def _until_piece(number: int, unit: Unit, *each: Unit | None) -> Any:
    return (NthPiece(unit, (number,), until=True), *each) if unit in (Unit.DAY, Unit.WORKING_DAY) else NO


#: «Последнее число месяца» is its last day.
_LAST_NUMBER = seq(Tok("last"), word("число"), make=lambda number: (number, Unit.DAY))
_ONE_PIECE = either(seq(ORDINAL, _PIECE, make=lambda number, unit: (number, unit)), _LAST_NUMBER)


#: What may stand after «ежемесячно»: (when, of which unit or nothing).
WHEN: Parser = either(
    seq(either(_DAYS, _BARE_DAY), make=lambda on: (on, None)),
    seq(_DAYS_FROM_TO, maybe(silent(_THIS_MONTH)), make=lambda on: (on, None)),
    seq(either(ON_WEEKDAYS, _EVERY_WEEKDAY, _IN_WEEKDAY, _SEVERAL_WEEKDAYS), make=lambda on: (on, None)),
    seq(_INTO, _NUMBERS, Tok("weekday"), _EACH, make=_nth_weekday),
    seq(
        word("каждый"),
        ORDINAL,
        Tok("weekday"),
        _EACH,
        make=lambda number, day, each: _nth_weekday((number,), day, each or Unit.MONTH),
    ),
    seq(_INTO, _NUMBERS, _PIECE, _EACH, make=_nth_piece),
    seq(_LIMITED, _ONE_PIECE, _EACH, make=lambda piece, each: _until_piece(*piece, each)),
    seq(_INTO, _LAST_NUMBER, _EACH, make=lambda piece, each: (NthPiece(piece[1], (piece[0],)), each)),
    seq(_EDGE, _EACH, make=lambda on, each: (on, each)),
)
#: What says alone how often it is: «последний четверг месяца», «до 10 числа каждого месяца», «по вторникам».
BY_ITSELF: Parser = either(
    seq(maybe(word("каждый")), _DAYS_OF_MONTH, make=lambda on: (on, Unit.MONTH)),
    seq(word("каждый"), DAY_NUMBER, word("число"), make=lambda day: (DaysOfMonth((day,)), Unit.MONTH)),
    seq(_DAYS_FROM_TO, silent(_THIS_MONTH), make=lambda on: (on, Unit.MONTH)),
    # «До 5 каждого месяца»; «в первых числах месяца» is its beginning.
    seq(_LIMITED, seq(Tok("figure"), make=lambda day: (day,) if 0 < day < 32 else NO), word("каждый"),
        unit_of(Unit.MONTH), make=lambda days, _: (DaysOfMonth(days, True), Unit.MONTH)),
    seq(_INTO, ORDINAL, word("числах"), _THIS_MONTH,
        make=lambda number, _: (PartOfEach(Edge.START), Unit.MONTH) if number == 1 else NO),
    seq(either(ON_WEEKDAYS, _EVERY_WEEKDAY, _SEVERAL_WEEKDAYS), make=lambda on: (on, Unit.WEEK)),
    # «1-я и 3-я среда»: several are said of each month, one alone may be of any.
    seq(_INTO, many(ORDINAL, LISTED, 2), Tok("weekday"),
        make=lambda numbers, day: _nth_weekday(numbers, day, Unit.MONTH)),
    seq(maybe(word("в")), word("каждый"), _NUMBERS, Tok("weekday"),
        make=lambda numbers, day: _nth_weekday(numbers, day, Unit.MONTH)),
    seq(_INTO, maybe(word("каждый")), _NUMBERS, Tok("weekday"), _OF_EACH, make=_nth_weekday),
    seq(_INTO, maybe(word("каждый")), _NUMBERS, _PIECE, _OF_EACH, make=_nth_piece),
    seq(_LIMITED, _ONE_PIECE, _OF_EACH, make=lambda piece, each: _until_piece(*piece, each)),
    seq(_INTO, _LAST_NUMBER, _OF_EACH, make=lambda piece, each: (NthPiece(piece[1], (piece[0],)), each)),
    # «В конце четверти» is said of every quarter; «до конца четверти» may be said of this one.
    seq(_INTO, Tok("edge"), _OF_EACH,
        make=lambda edge, each: NO if each in YEARLY else (PartOfEach(edge), each)),
    seq(_INTO, Tok("edge"), word("каждый"), UNIT, make=lambda edge, each: (PartOfEach(edge), each)),
    seq(word("до", "к"), Tok("edge"), word("каждый"), UNIT, make=lambda edge, each: (PartOfEach(edge, True), each)),
)  # fmt: skip
