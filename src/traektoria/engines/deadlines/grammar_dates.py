"""Dates made of places in the calendar: «с 5 по 25 марта», «до 1 мая», «15 октября в 14.00», «в течение года»."""

from dataclasses import replace
from typing import Any

from traektoria.engines.deadlines.combinators import (
    NO,
    Free,
    Tok,
    either,
    many,
    maybe,
    seq,
    silent,
    word,
    words,
)
from traektoria.engines.deadlines.date_relations import At, Between, Clock, Continuous, Dated, Since, Until
from traektoria.engines.deadlines.grammar_clock import CLOCK, CLOCKED, DOUBTFUL, PLAIN
from traektoria.engines.deadlines.grammar_places import (
    CALENDAR_QUARTER,
    DASH,
    DAY,
    DAY_NUMBER,
    EXAMS,
    HOLIDAYS,
    LISTED,
    MONTH,
    NOT_LATER,
    OF_SCHOOL_YEAR,
    ORDINAL,
    PART,
    PIECE,
    PIECE_UNIT,
    PLACE,
    SCHOOL_YEAR,
    SEASON,
    SEVERAL,
    SHORTER,
    UNIT_OF_YEAR,
    WEEKDAY,
    WHOLE_YEAR,
    WRITTEN,
    YEAR,
    YEAR_SIGN,
    YEAR_WORD,
    day_of,
    pieces_made,
    unit_of,
    units_made,
)
from traektoria.engines.deadlines.places import (
    Day,
    Edge,
    Month,
    NamedPeriod,
    Part,
    Place,
    SchoolYear,
    Unit,
    UnitOfYear,
    Year,
)
from traektoria.engines.deadlines.tokens import is_day

_OF_YEARS = Year | SchoolYear | UnitOfYear


def _between(first: Place, last: Place) -> Any:
    """Two places of one sort or within months; a range of years says which years."""
    if (isinstance(first, _OF_YEARS) or isinstance(last, _OF_YEARS)) and type(first) is not type(last):
        return NO
    if isinstance(first, Day) and isinstance(last, Day) and None not in (first.year, last.year):
        backwards = (first.year, first.month, first.day) > (last.year, last.month, last.day)
        return NO if backwards else Between(first, last)
    if isinstance(first, UnitOfYear) and isinstance(last, UnitOfYear):
        backwards = first.of == last.of and first.number > last.number
        return NO if first.unit is not last.unit or backwards else Between(first, last)
    return Between(first, last) if first != last else NO


def _days_between(first: int, last: int, month: int, year: int | None) -> Any:
    good = first < last and is_day(first, month, year) and is_day(last, month, year)
    return Between(Day(first, month, year), Day(last, month, year)) if good else NO


def _units_between(first: int, last: int, unit: Unit, of: Any) -> Any:
    if not 0 < first < last or (of is not None and not isinstance(of, Year | SchoolYear)):
        return NO
    made = units_made((first, last), unit, of)
    return made if made is NO else Between(*made)


def _pieces_between(first: int, last: int, unit: Unit, month: Month) -> Any:
    made = pieces_made((first, last), unit, month)
    return NO if made is NO or not 0 < first < last else Between(*made)


_COURSE = silent(word("в", "на"), word("течение", "протяжение"))
_FROM = either(word("с", "от"), silent(word("начиная"), word("с")))
_TO = either(word("по"), silent(DASH, word("по")))
_BEFORE = word("до")
_SINCE_DAY = either(word("с"), silent(word("не"), word("ранее"), maybe(word("чем")), maybe(word("с"))))
_SHARED_UNIT = either(unit_of(Unit.QUARTER, Unit.TRIMESTER, Unit.HALF_YEAR), CALENDAR_QUARTER)
_OF_ANY_YEAR = either(OF_SCHOOL_YEAR, seq(YEAR, make=Year))
BETWEEN = either(
    seq(either(SHORTER, WHOLE_YEAR), DASH, either(SHORTER, WHOLE_YEAR), make=_between),
    seq(_FROM, PLACE, maybe(word(",")), _TO, PLACE, make=_between),
    # «С сентября до мая»: is May in it? Of days nobody doubts it.
    seq(_FROM, DAY, maybe(word(",")), _BEFORE, DAY, make=_between),
    seq(_FROM, DAY, DASH, DAY, make=_between),
    seq(_FROM, PLACE, _BEFORE, PART, make=_between),
    seq(_FROM, PART, _BEFORE, DAY, make=_between),
    seq(_SINCE_DAY, DAY, maybe(word(",")), maybe(word("и", "но")), NOT_LATER, DAY, make=_between),
    seq(_SINCE_DAY, DAY_NUMBER, maybe(word(",")), maybe(word("и", "но")), NOT_LATER, DAY_NUMBER, Tok("month"),
        maybe(YEAR, None), make=_days_between),
    seq(DAY_NUMBER, DASH, DAY_NUMBER, Tok("month"), maybe(YEAR, None), make=_days_between),
    seq(_FROM, DAY_NUMBER, either(_TO, _BEFORE), DAY_NUMBER, Tok("month"), maybe(YEAR, None), make=_days_between),
    #: «1 по 15 октября».
    seq(DAY_NUMBER, word("по"), DAY_NUMBER, Tok("month"), maybe(YEAR, None), make=_days_between),
    seq(DAY_NUMBER, DASH, WRITTEN, YEAR_SIGN, make=lambda first, last: _days_between(first, *last)),
    seq(_FROM, DAY_NUMBER, either(_TO, _BEFORE), WRITTEN, YEAR_SIGN,
        make=lambda first, last: _days_between(first, *last)),
    #: «В течение сентября – октября»; «в течение сентября и октября» are one stretch, if they follow each other.
    seq(_COURSE, MONTH, DASH, MONTH, make=_between),
    seq(_COURSE, MONTH, word("и"), MONTH, make=lambda first, last: _between(first, last)
        if (last.month - first.month) % 12 == 1 else NO),
    seq(maybe(_FROM), ORDINAL, either(DASH, _TO), ORDINAL, _SHARED_UNIT, _OF_ANY_YEAR, make=_units_between),
    seq(maybe(_FROM), ORDINAL, either(DASH, _TO), ORDINAL, PIECE_UNIT, MONTH, make=_pieces_between),
    seq(Tok("year"), DASH, Tok("year"), either(YEAR_WORD, silent(word("г"), word("г"))),
        make=lambda first, last: Between(Year(first), Year(last)) if first < last else NO),
)  # fmt: skip

_IN = maybe(either(
    word("в", "на"), words("по", "состоянию", "на"), silent(word("в", "на"), word("течение", "протяжение")),
    silent(maybe(word("в", "на", "за")), word("период", "время", "день", "сроки"), maybe(word("проведение"))),
))  # fmt: skip
INCLUSIVE = maybe(either(word("включительно"), silent(word("("), word("включительно"), word(")"))))
_UNTIL_DAY = silent(
    maybe(either(silent(word("в"), word("срок")), silent(word("срок"), maybe(word("-", ":"))))),
    either(word("до"), NOT_LATER, silent(NOT_LATER, word("до")), word("к"))
)  # fmt: skip


def _until_time(day: Any, clock: Clock) -> Any:
    """«До 15 октября, 12.00»: by then. «До 1.10, до 1.03» are two days."""
    if clock.end and clock.doubtful:
        return NO
    return Until(day, clock if clock.end else Clock(None, clock.start, clock.doubtful))


_UNIT_OR_MONTH = either(MONTH, UNIT_OF_YEAR, PIECE, SEASON, HOLIDAYS, SCHOOL_YEAR, WHOLE_YEAR)
UNTIL = either(
    seq(_UNTIL_DAY, either(DAY, WEEKDAY), INCLUSIVE, make=Until),
    seq(maybe(words("в", "срок")), word("по"), DAY, INCLUSIVE, make=Until),
    seq(_UNTIL_DAY, either(DAY, WEEKDAY), INCLUSIVE, CLOCKED, make=_until_time),
    seq(word("до"), PLAIN, maybe(word(",")), DAY, make=lambda clock, day: _until_time(day, clock)),
    seq(either(word("до"), word("к"), NOT_LATER), PART, make=Until),
    seq(NOT_LATER, _UNIT_OR_MONTH, make=Until),
    seq(word("до"), _UNIT_OR_MONTH, word("включительно"), make=Until),
    # «До мая» is before May begins or until it ends: both are given, so that a person is asked.
    seq(word("до"), either(MONTH, UNIT_OF_YEAR, SEASON), make=Until),
    seq(word("перед"), PART, make=Until),
    seq(word("перед"), either(HOLIDAYS, EXAMS), make=lambda place: Until(Part(Edge.START, place))),
    seq(word("до", "к"), either(MONTH, UNIT_OF_YEAR, SEASON, HOLIDAYS, SCHOOL_YEAR, WHOLE_YEAR, EXAMS),
        make=lambda place: Until(Part(Edge.START, place))),
)  # fmt: skip
SINCE = either(
    seq(either(word("с"), silent(word("начиная"), word("с"))), PLACE, make=Since),
    seq(word("не"), word("ранее"), maybe(word("чем")), maybe(word("с")), PLACE, make=Since),
)
_ABOUT = silent(word("примерно"), maybe(word("-", ":")))
_VAGUE = maybe(seq(_ABOUT, make=lambda: True), False)
_CUSTOM = maybe(word("обычно"))
AT = either(
    seq(
        _CUSTOM,
        _VAGUE,
        either(seq(_IN, SHORTER, make=lambda place: place), seq(_COURSE, MONTH, make=lambda place: place)),
        make=lambda vague, place: At(place, vague),
    )
)
#: «15 октября (среда)», «среда, 15 октября».
_ITS_WEEKDAY = either(
    seq(word("("), Tok("weekday"), word(")"), make=lambda day: day), seq(word(","), Tok("weekday"), make=int)
)
_DAY_OF_WEEK = either(
    seq(DAY, _ITS_WEEKDAY, make=lambda day, weekday: (day, weekday)),
    seq(Tok("weekday"), maybe(word(",")), DAY, make=lambda weekday, day: (day, weekday)),
)
_AT_DAY = either(
    seq(_IN, _DAY_OF_WEEK, make=lambda found: At(found[0], weekday=found[1])),
    seq(_IN, either(DAY, WEEKDAY), make=At),
)
_IN_WORDS = seq(DAY_NUMBER, Tok("month"), maybe(YEAR, None), make=day_of)


def with_clock(dated: Any, clock: Clock) -> Any:
    return replace(dated, clock=clock)


ON_DAY = either(
    seq(_IN, _DAY_OF_WEEK, make=lambda found: At(found[0], weekday=found[1])),
    seq(_AT_DAY, CLOCKED, make=with_clock),
    # «15 октября, 12.10»: at that time, or on 12 October as well?
    seq(_IN_WORDS, word(","), DOUBTFUL, make=lambda day, clock: At(day, clock=clock)),
    seq(CLOCK, maybe(word(",")), _AT_DAY, make=lambda clock, dated: with_clock(dated, clock) if clock.start else NO),
)
_IN_PERIOD = maybe(
    words("в", "срок")
    | silent(word("в", "на", "за"), maybe(word("период", "течение")))
    | word("период")
    | words("срок", "-")
)


def _about(dated: Any) -> Any:
    return NO if getattr(dated, "vague", False) else replace(dated, vague=True)


def _by_day(between: Any, clock: Clock) -> Any:
    days = isinstance(between, Between) and isinstance(between.first, Day) and isinstance(between.last, Day)
    return replace(between, clock=clock) if days else NO


_ABOUT_THAT = either(silent(maybe(word(",")), word("примерно")), words("(", "примерно", ")"))
_STRETCH = seq(_IN_PERIOD, BETWEEN, INCLUSIVE, make=lambda found: found)
DATED = either(_STRETCH, UNTIL, SINCE, AT, ON_DAY)
#: What stands by itself, not beside «ежемесячно»: «15–17 октября, 10.00–15.00», «октябрь – ноябрь (ориентировочно)».
RANGE = either(
    seq(_STRETCH, either(CLOCKED, seq(word("("), CLOCK, word(")"), make=lambda clock: clock)), make=_by_day),
    seq(_ABOUT, BETWEEN, make=_about),
    seq(AT, _ABOUT_THAT, make=_about),
    seq(BETWEEN, _ABOUT_THAT, make=_about),
)


def _at_each(places: tuple[Place, ...]) -> tuple[Dated, ...]:
    return tuple(At(place) for place in places)


def _each_at(places: tuple[Place, ...], clock: Clock) -> Any:
    days = all(isinstance(place, Day) for place in places)
    return tuple(At(place, clock=clock) for place in places) if days else NO


def _stretches(days: tuple[tuple[int, int], ...], month: int, year: int | None) -> Any:
    found = tuple(_days_between(*some, month, year) for some in days)
    return NO if NO in found else found


_DAYS = seq(DAY_NUMBER, DASH, DAY_NUMBER, make=lambda first, last: (first, last))
SEVERAL_DATED = either(
    #: «20–21, 25–26 октября».
    seq(many(_DAYS, LISTED, 2), Tok("month"), maybe(YEAR, None), make=_stretches),
    seq(_CUSTOM, _IN, SEVERAL, make=_at_each),
    #: «22 и 23 октября, 10.00»: at that time on both.
    seq(_IN, SEVERAL, CLOCKED, make=_each_at),
    #: «До 20 декабря и 20 мая»: is the second a last day too? Both readings are given, so that a person is asked.
    seq(_UNTIL_DAY, many(DAY, LISTED, 2), make=lambda days: tuple(map(Until, days))),
)

_OF_PERIOD = Free(NamedPeriod)
_PERIOD = word("период")
_PLAN_YEAR = seq(maybe(word("current", "весь", "whole", "planned")), unit_of(Unit.YEAR), make=lambda _: Year())
#: «2025/26 учебный год» is a deadline by itself; in a list it may belong to what stands before it.
YEAR_ALONE = seq(either(SCHOOL_YEAR, WHOLE_YEAR), make=Continuous)
_DURING = silent(word("в", "на"), word("течение", "протяжение"))
CONTINUOUS = either(
    seq(either(silent(_DURING, maybe(word("весь", "whole"))), word("весь", "на")), _PLAN_YEAR, make=Continuous),
    seq(either(silent(_DURING, maybe(word("весь"))), word("в", "на", "весь")), either(SCHOOL_YEAR, WHOLE_YEAR),
        make=Continuous),
    seq(word("круглогодично"), make=lambda: Continuous(Year())),
    seq(maybe(either(_DURING, word("в", "на"))), maybe(word("весь")), _PERIOD, _OF_PERIOD, make=Continuous),
    seq(maybe(either(_DURING, word("в", "на"))), word("весь"), _PERIOD, make=lambda: Continuous(NamedPeriod(""))),
)  # fmt: skip
