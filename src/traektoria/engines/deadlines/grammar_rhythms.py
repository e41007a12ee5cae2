"""How something that returns is said: «не реже одного раза в два месяца», «ежемесячно до 25 числа», «по вторникам»."""

from dataclasses import replace
from typing import Any

from traektoria.engines.deadlines.combinators import NO, Parser, Tok, either, many, maybe, seq, silent, word, words
from traektoria.engines.deadlines.grammar_places import (
    CONTINUOUS,
    DASH,
    DATED,
    DAY_NUMBER,
    HOLIDAYS,
    LISTED,
    MONTH,
    NOT_LATER,
    ORDINAL,
    PIECES,
    SEASON,
    SEVERAL_DATED,
    UNIT_OF_YEAR,
    unit_of,
    years_agree,
)
from traektoria.engines.deadlines.model import (
    SIZES,
    At,
    Bound,
    Continuous,
    Dated,
    Day,
    DaysBetween,
    DaysOfMonth,
    Exams,
    Holidays,
    Month,
    NamedPeriod,
    NthPiece,
    NthWeekday,
    On,
    Part,
    PartOfEach,
    PieceOfMonth,
    Place,
    Recurring,
    SchoolYear,
    Season,
    Since,
    Span,
    Times,
    Unit,
    UnitOfYear,
    WeekdayOfMonth,
    Weekdays,
    Year,
)

_YEARLY = (Unit.YEAR, Unit.SCHOOL_YEAR)


# Spans: «два месяца», «10 рабочих дней», «3–4 недели»


def span_of(number: int, most: int | None, working: bool, unit: Unit) -> Any:
    if number < 1 or (most is not None and most <= number) or (working and unit is not Unit.DAY):
        return NO
    if unit is Unit.HALF_MONTH:
        return NO
    return Span(number, Unit.WORKING_DAY if working else unit, most)


_UNIT = either(
    seq(word("school"), unit_of(Unit.YEAR), make=lambda _: Unit.SCHOOL_YEAR),
    seq(maybe(word("school")), unit_of(Unit.QUARTER), make=lambda unit: unit),
    seq(maybe(word("calendar")), Tok("unit"), make=lambda unit: unit),
)
_WORKING = maybe(seq(word("working"), make=lambda: True), False)
_NUMBER = Tok("num")
SPAN = seq(maybe(_NUMBER, 1), maybe(seq(DASH, _NUMBER, make=int), None), _WORKING, _UNIT, make=span_of)


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
    seq(maybe(word("в", "на")), word("каждый"), maybe(_NUMBER, 1), _UNIT,
        make=lambda number, unit: Span(number, unit) if number > 0 else NO),
    seq(Tok("often"), make=lambda unit: Span(1, unit)),
    seq(word("по"), Tok("units"), make=lambda unit: Span(1, unit)),
    seq(word("через"), _UNIT, make=lambda unit: Span(2, unit)),
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
    seq(maybe(_BOUND, Bound.EXACTLY), maybe(word("по")), _TIMES, _PER, make=_often),
    seq(_BOUND, _ONE_OF, _PER, make=_often),
    seq(maybe(_BOUND, Bound.EXACTLY), _TIMES, _EVERY, make=_often),
    seq(_EVERY, maybe(_BOUND, Bound.EXACTLY), _TIMES, make=lambda per, bound, count: _often(bound, count, per)),
    seq(_EVERY, make=_unsaid),
)


# When in each period

_OF_EACH = seq(maybe(word("каждый")), _UNIT, make=lambda unit: unit)
_EACH = maybe(_OF_EACH, None)
_AFTER_REPORT = silent(
    maybe(silent(maybe(word("каждый")), unit_of(Unit.MONTH), maybe(word(",")))),
    word("following"), word("за"), word("report"),
    maybe(either(silent(Tok("unit")), word("период"))),
)  # fmt: skip
_NEXT = either(silent(word("following"), unit_of(Unit.MONTH)), _AFTER_REPORT)
_NEXT_MONTH = seq(_NEXT, make=lambda: True)
_THIS_MONTH = seq(maybe(either(word("каждый"), word("report"))), unit_of(Unit.MONTH), make=lambda _: False)
_LIMIT = maybe(seq(either(word("до", "к"), NOT_LATER), make=lambda: True), False)


def _days(until: bool, days: tuple[int, ...], following: bool) -> Any:
    ordered = tuple(sorted(set(days)))
    return NO if len(ordered) < len(days) or (until and len(days) > 1) else DaysOfMonth(ordered, until, following)


def _days_between(first: int, last: int) -> Any:
    return DaysBetween(first, last) if first < last else NO


def _one(day: int) -> tuple[int, ...]:
    return (day,)


_DAY_LIST = many(DAY_NUMBER, LISTED)
_DAYS = seq(_LIMIT, _DAY_LIST, word("число"), maybe(either(_NEXT_MONTH, _THIS_MONTH), False), make=_days)
#: «До 5 числа следующего месяца» alone may be said once; what follows a report returns with it.
_DAYS_OF_MONTH = seq(
    _LIMIT, _DAY_LIST, word("число"), either(seq(_AFTER_REPORT, make=lambda: True), _THIS_MONTH), make=_days
)
_DAYS_FROM_TO = either(
    seq(DAY_NUMBER, DASH, DAY_NUMBER, word("число"), make=_days_between),
    seq(word("с"), DAY_NUMBER, word("по", "до"), DAY_NUMBER, word("число"), make=_days_between),
)  # fmt: skip
_BARE_DAY = seq(either(word("до"), NOT_LATER), seq(Tok("ord"), make=_one), make=lambda days: _days(True, days, False))


def _weekdays(days: tuple[int, ...]) -> Any:
    ordered = tuple(sorted(set(days)))
    return Weekdays(ordered) if len(ordered) == len(days) else NO


_ON_WEEKDAYS = seq(
    word("по"),
    many(Tok("weekdays"), LISTED),
    maybe(silent(word("каждый"), unit_of(Unit.WEEK, Unit.MONTH))),
    make=_weekdays,
)
_EVERY_WEEKDAY = seq(
    maybe(word("в")),
    word("каждый"),
    many(Tok("weekday"), LISTED),
    maybe(silent(unit_of(Unit.WEEK, Unit.MONTH))),
    make=_weekdays,
)
_IN_WEEKDAY = seq(maybe(word("в")), many(Tok("weekday"), LISTED), make=_weekdays)
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


_INTO = maybe(word("в", "на"))
_EDGE = either(
    seq(_INTO, Tok("edge"), make=lambda edge: PartOfEach(edge)),
    seq(word("до", "к"), Tok("edge"), make=lambda edge: PartOfEach(edge, True)),
)


def _alone(made: Any) -> Any:
    return made[0] if isinstance(made, tuple) and (len(made) < 2 or made[1] is None) else made


#: What may stand after «ежемесячно»: (when, of which unit or nothing).
_ON: Parser = either(
    seq(either(_DAYS, _BARE_DAY), make=lambda on: (on, None)),
    seq(_DAYS_FROM_TO, maybe(silent(_THIS_MONTH)), make=lambda on: (on, None)),
    seq(either(_ON_WEEKDAYS, _EVERY_WEEKDAY, _IN_WEEKDAY), make=lambda on: (on, None)),
    seq(_INTO, _NUMBERS, Tok("weekday"), _EACH, make=_nth_weekday),
    seq(_INTO, _NUMBERS, _PIECE, _EACH, make=_nth_piece),
    seq(_EDGE, _EACH, make=lambda on, each: (on, each)),
)
#: What says alone how often it is: «последний четверг месяца», «до 10 числа каждого месяца», «по вторникам».
_BY_ITSELF: Parser = either(
    seq(maybe(word("каждый")), _DAYS_OF_MONTH, make=lambda on: (on, Unit.MONTH)),
    seq(_DAYS_FROM_TO, silent(_THIS_MONTH), make=lambda on: (on, Unit.MONTH)),
    seq(either(_ON_WEEKDAYS, _EVERY_WEEKDAY), make=lambda on: (on, Unit.WEEK)),
    seq(maybe(word("в")), word("каждый"), _NUMBERS, Tok("weekday"),
        make=lambda numbers, day: _nth_weekday(numbers, day, Unit.MONTH)),
    seq(_INTO, maybe(word("каждый")), _NUMBERS, Tok("weekday"), _OF_EACH, make=_nth_weekday),
    seq(_INTO, maybe(word("каждый")), _NUMBERS, _PIECE, _OF_EACH, make=_nth_piece),
    # «В конце четверти» is said of every quarter; «до конца четверти» may be said of this one.
    seq(_INTO, Tok("edge"), _OF_EACH,
        make=lambda edge, each: NO if each in _YEARLY else (PartOfEach(edge), each)),
    seq(_INTO, Tok("edge"), word("каждый"), _UNIT, make=lambda edge, each: (PartOfEach(edge), each)),
    seq(word("до", "к"), Tok("edge"), word("каждый"), _UNIT, make=lambda edge, each: (PartOfEach(edge, True), each)),
)  # fmt: skip


# Put together

_PLACE_SIZES: dict[type, int] = {
    Day: SIZES[Unit.DAY], WeekdayOfMonth: SIZES[Unit.DAY], Month: SIZES[Unit.MONTH], Year: SIZES[Unit.YEAR],
    SchoolYear: SIZES[Unit.YEAR], Season: SIZES[Unit.QUARTER], Holidays: SIZES[Unit.DECADE],
    Exams: SIZES[Unit.QUARTER], NamedPeriod: SIZES[Unit.YEAR] + 1,
}  # fmt: skip


def size(place: Place) -> int:
    """How long a place is, in the order of ``SIZES``."""
    if isinstance(place, UnitOfYear | PieceOfMonth):
        return SIZES[place.unit]
    if isinstance(place, Part):
        return size(place.of) - 1
    return _PLACE_SIZES[type(place)]


def _limits(dated: Dated | Continuous, often: Recurring) -> bool:
    """Whether it says from when to when something returns, and not when it is done in each period."""
    if isinstance(dated, At):
        return size(dated.place) > SIZES[often.per.unit]
    yearly = often.per.unit in _YEARLY and often.per.number == 1 and often.per.most is None
    once = often.count < 2 and often.most is None
    return isinstance(dated, Continuous | Since) or not (yearly and once)


def with_on(often: Recurring, on: On, each: Unit | None) -> Any:
    """Say when in each period; «no» where that does not go with how often it is."""
    unit, count = often.per.unit, _count_of(on)
    if often.on is not None or (each is not None and each is not unit) or not _fits(on, often.per):
        return NO
    if count is not None and often.count not in (0, count):
        return NO
    if count is not None and (often.most is not None or often.bound is Bound.AT_MOST):
        return NO
    return replace(often, on=on, count=often.count or count or 1)


def _count_of(on: On) -> int | None:
    if isinstance(on, DaysOfMonth | Weekdays):
        return len(on.days)
    return len(on.numbers) if isinstance(on, NthWeekday | NthPiece) else None


def _fits(on: On, per: Span) -> bool:
    unit = per.unit
    if isinstance(on, Weekdays):
        return unit is Unit.WEEK and (per.number == 1 or len(on.days) == 1)
    if isinstance(on, DaysOfMonth):
        return per.number == 1 and (
            unit is Unit.MONTH or (SIZES[unit] > SIZES[Unit.MONTH] and on.next and len(on.days) == 1)
        )
    if isinstance(on, DaysBetween):
        return unit is Unit.MONTH and per.number == 1
    if isinstance(on, NthWeekday):
        return SIZES[unit] >= SIZES[Unit.MONTH] and per.number == 1
    if isinstance(on, NthPiece):
        in_month = unit is Unit.MONTH or on.unit not in PIECES or on.unit is Unit.WEEK
        few = max(on.numbers) <= PIECES.get(on.unit, 31)
        return SIZES[unit] > SIZES[on.unit] and SIZES[unit] >= SIZES[Unit.WEEK] and per.number == 1 and in_month and few
    return not isinstance(on, PartOfEach) or (SIZES[unit] >= SIZES[Unit.WEEK] and per.number == 1)


def with_times(often: Recurring, times: tuple[Dated | Continuous, ...]) -> Any:
    """Dates beside «2 раза в год»: the times themselves, or from when to when."""
    if len(times) == 1 and _limits(times[0], often):
        return replace(often, within=times[0], count=often.count or 1) if often.within is None else NO
    if often.on is not None or SIZES[often.per.unit] < SIZES[Unit.QUARTER] or often.per.number > 1:
        return NO
    if not years_agree(times) or any(
        isinstance(one, Continuous | Since) or ((len(times) == 1 or isinstance(one, At)) and _limits(one, often))
        for one in times
    ):
        return NO
    if any(isinstance(one, At) and size(one.place) == SIZES[often.per.unit] for one in times):
        return NO
    if often.most is not None or often.bound is Bound.AT_MOST:
        return NO
    yearly = often.per.unit in _YEARLY
    on = Times(tuple(one for one in times if not isinstance(one, Continuous)))
    return replace(often, on=on, count=often.count or (len(times) if yearly else 1))


_ANY_DATED = either(
    seq(DATED, make=lambda dated: (dated,)), SEVERAL_DATED, seq(CONTINUOUS, make=lambda dated: (dated,))
)  # fmt: skip
_TIMES_LIST = seq(many(_ANY_DATED, LISTED), make=lambda lists: tuple(one for some in lists for one in some))
_MODIFIER = either(_ON, seq(_TIMES_LIST, make=lambda times: times))
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


def _every_nth(number: int, unit: Unit) -> Any:
    return Recurring(1, Span(number, unit)) if 1 < number < 5 else NO


def _on_before(on: tuple[On, Unit | None], often: Recurring) -> Any:
    """«До 25 числа ежемесячно», «среда, еженедельно»."""
    return _with_all(often, on)


_BEFORE = seq(_TIMES_LIST, maybe(word(",", "-", ":")), make=lambda times: times)
_RHYTHM = either(
    seq(OFTEN, make=_with_all),
    seq(OFTEN, _MARKED, make=_with_all),
    seq(OFTEN, _MARKED, _MARKED, make=_with_all),
    seq(_BEFORE, OFTEN, make=lambda times, often: _with_all(often, times)),
    seq(_TIMES_LIST, word("("), OFTEN, word(")"), make=lambda times, often: _with_all(often, times)),
    seq(_BEFORE, OFTEN, _MARKED, make=lambda times, often, other: _with_all(often, times, other)),
    seq(_BY_ITSELF, make=_alone_with),
    seq(_BY_ITSELF, _MARKED, make=_alone_with),
    seq(_BEFORE, _BY_ITSELF, make=lambda times, on: _alone_with(on, times)),
    seq(maybe(word("в")), word("каждый"), ORDINAL, Tok("weekday"), make=_every_other),
    seq(maybe(word("в")), word("каждый"), ORDINAL, unit_of(Unit.WEEK, Unit.MONTH), make=_every_nth),
    seq(_ON, maybe(word(",", "-")), OFTEN, make=_on_before),
    seq(_ON, word("("), OFTEN, word(")"), make=_on_before),
)


# «Кроме каникул»

_BUT = either(word("кроме"), words("за", "исключением"))
_LEFT_OUT = either(
    HOLIDAYS, MONTH, UNIT_OF_YEAR, SEASON,
    seq(Tok("seasonal"), either(silent(unit_of(Unit.MONTH)), word("период", "время")), make=Season),
)  # fmt: skip
#: Days off are left out of «ежедневно» and «еженедельно» by themselves.
_DAYS_OFF = seq(
    either(word("off"), silent(word("off"), word("и"), word("off"))), maybe(silent(unit_of(Unit.DAY))),
    make=lambda: None,
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
RECURRING = either(seq(_RHYTHM, maybe(_WITHOUT, ()), make=_leave_out))
