"""How places in the calendar are said, and the dates made of them: «с 5 по 25 марта», «II–III четверть», «до 1 мая»."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from traektoria.engines.deadlines.combinators import (
    NO,
    Free,
    NewLine,
    Parser,
    Tok,
    either,
    many,
    maybe,
    seq,
    silent,
    word,
    words,
)
from traektoria.engines.deadlines.grammar_clock import CLOCK, CLOCKED, DOUBTFUL, PLAIN
from traektoria.engines.deadlines.model import At, Between, Clock, Continuous, Dated, Since, Until
from traektoria.engines.deadlines.places import (
    LAST,
    Day,
    Edge,
    Exams,
    Holidays,
    Month,
    NamedPeriod,
    Part,
    PieceOfMonth,
    Place,
    SchoolYear,
    Season,
    Unit,
    UnitOfYear,
    WeekdayOfMonth,
    Year,
)
from traektoria.engines.deadlines.tokens import is_day

DASH = word("-")
LISTED = either(word(",", "и"), silent(word(","), word("и")), NewLine())
_CENTURY = 2000
_COUNTED = {Unit.QUARTER: 4, Unit.CALENDAR_QUARTER: 4, Unit.TRIMESTER: 3, Unit.HALF_YEAR: 2}


def unit_of(*units: Unit) -> Parser:
    return seq(Tok("unit"), make=lambda unit: unit if unit in units else NO)


def _within(most: int) -> Callable[[int], Any]:
    return lambda number: number if 1 <= number <= most else NO


_GG = maybe(either(silent(word("г"), maybe(word("г"))), silent(unit_of(Unit.YEAR))))
YEAR = either(
    seq(Tok("year"), _GG, make=int),
    seq(Tok("num"), word("г"), make=lambda number: number + _CENTURY if 10 <= number < 100 else NO),
)
DAY_NUMBER = seq(either(Tok("num"), Tok("ord")), make=_within(31))
ORDINAL = either(
    seq(either(Tok("num"), Tok("ord")), make=_within(12)), seq(Tok("last"), make=lambda _: LAST)
)  # fmt: skip


def _school_year(first: int, last: int) -> Any:
    return SchoolYear(first) if last in (first + 1, (first + 1) % 100) else NO


_YEAR_WORD = either(silent(unit_of(Unit.YEAR)), word("г"))
SCHOOL_YEAR = either(
    seq(Tok("year"), either(DASH, word("/")), either(Tok("year"), Tok("num")), maybe(word("г")), word("school"),
        maybe(_YEAR_WORD), make=_school_year),
    seq(Tok("year"), word("/"), either(Tok("year"), Tok("num")), maybe(_YEAR_WORD), make=_school_year),
    seq(maybe(word("current", "весь", "whole")), word("school"), _YEAR_WORD, make=SchoolYear),
)  # fmt: skip

#: «Мая текущего (учебного) года»: which year that is, the plan says, as where none is named.
_THIS_YEAR = seq(word("current"), maybe(word("school")), unit_of(Unit.YEAR), make=lambda _: None)
_OF_THE_YEAR = maybe(either(YEAR, seq(word(","), YEAR, make=int), _THIS_YEAR), None)
MONTH = seq(Tok("month"), maybe(silent(unit_of(Unit.MONTH))), _OF_THE_YEAR, make=Month)
#: «Октября» by itself is no date: in «10–15 сентября, октября» it is a part of one.
_NAMED_MONTH = seq(Tok("named_month"), maybe(silent(unit_of(Unit.MONTH))), _OF_THE_YEAR, make=Month)


def day_of(day: int, month: int, year: int | None) -> Any:
    return Day(day, month, year) if is_day(day, month, year) else NO


DAY = either(
    seq(Tok("date"), _GG, make=lambda written: Day(*written)),
    seq(Tok("short"), maybe(YEAR, None), make=lambda written, year: day_of(written[0], written[1], year)),
    seq(DAY_NUMBER, Tok("month"), maybe(either(YEAR, _THIS_YEAR), None), make=day_of),
)
#: «15.10.2026», «15.10».
_WRITTEN = either(Tok("date"), Tok("short"))


def _units_of_year(number: int, unit: Unit, of: Any) -> Any:
    return UnitOfYear(unit, number, of) if number <= _COUNTED[unit] else NO


COUNTED = unit_of(*_COUNTED)
_CALENDAR = unit_of(Unit.CALENDAR_QUARTER)
_OF_SCHOOL_YEAR = maybe(seq(maybe(word("в")), SCHOOL_YEAR, make=lambda year: year), None)
_HALF = unit_of(Unit.HALF_YEAR)
UNIT_OF_YEAR = either(
    seq(ORDINAL, maybe(word("school")), unit_of(Unit.QUARTER, Unit.TRIMESTER, Unit.HALF_YEAR), _OF_SCHOOL_YEAR,
        make=_units_of_year),
    seq(ORDINAL, _CALENDAR, maybe(seq(YEAR, make=Year), None), make=_units_of_year),
    seq(ORDINAL, _HALF, maybe(word("calendar")), YEAR,
        make=lambda number, unit, year: _units_of_year(number, unit, Year(year))),
    seq(ORDINAL, _HALF, YEAR, make=lambda number, unit, year: _units_of_year(
        number, unit, SchoolYear(year if number == 1 else year - 1))),
)  # fmt: skip

PIECES = {Unit.WEEK: 5, Unit.DECADE: 3, Unit.HALF_MONTH: 2}
_PIECE = unit_of(Unit.WEEK, Unit.DECADE, Unit.HALF_MONTH)


def _piece(number: int, unit: Unit, month: Month) -> Any:
    return PieceOfMonth(unit, number, month) if number <= PIECES[unit] else NO


PIECE = either(
    seq(ORDINAL, _PIECE, MONTH, make=_piece),
    #: «Октябрь (2-я неделя)», «февраль, последняя неделя».
    seq(MONTH, word("("), ORDINAL, _PIECE, word(")"), make=lambda month, number, unit: _piece(number, unit, month)),
    seq(MONTH, word(","), ORDINAL, _PIECE, make=lambda month, number, unit: _piece(number, unit, month)),
)
WEEKDAY = seq(ORDINAL, Tok("weekday"), MONTH, make=lambda number, day, month: WeekdayOfMonth(day, number, month)
              if number <= 5 else NO)  # fmt: skip
SEASON = either(
    seq(Tok("season"), maybe(YEAR, None), make=Season),
    seq(Tok("seasonal"), either(word("период", "время"), silent(unit_of(Unit.MONTH))), maybe(YEAR, None), make=Season),
)
HOLIDAYS = seq(maybe(word("school", "pupils")), maybe(Tok("seasonal"), None), maybe(word("school")), Tok("holidays"),
               maybe(word("период", "время")), make=lambda season, _: Holidays(season))  # fmt: skip
EXAMS = either(
    seq(maybe(Tok("stage"), ""), maybe(word("период")), maybe(word("проведение", "сдача")), Tok("exam"),
        make=lambda stage, name: Exams(name, stage)),
    seq(word("экзаменационный"), word("период"), make=Exams),
)  # fmt: skip
_WHOLE_YEAR = seq(YEAR, make=Year)
_EDGED = either(MONTH, UNIT_OF_YEAR, SEASON, HOLIDAYS, SCHOOL_YEAR, _WHOLE_YEAR, EXAMS)
PART = either(
    seq(Tok("edge"), _EDGED, make=Part),
    seq(_EDGED, word("("), Tok("edge"), word(")"), make=lambda of, edge: Part(edge, of)),
    seq(Tok("edge"), word("calendar"), unit_of(Unit.YEAR), make=lambda edge, _: NO if edge is Edge.MIDDLE
        else Part(edge, Month(1 if edge is Edge.START else 12))),
    # «Конец года» is that of the school year or of December.
    seq(Tok("edge"), unit_of(Unit.YEAR), make=lambda edge, _: NO if edge is Edge.MIDDLE
        else Part(edge, SchoolYear())),
    seq(Tok("edge"), unit_of(Unit.YEAR), make=lambda edge, _: NO if edge is Edge.MIDDLE
        else Part(edge, Month(1 if edge is Edge.START else 12))),
)  # fmt: skip
_NO_MONTH = either(DAY, UNIT_OF_YEAR, PIECE, WEEKDAY, SEASON, HOLIDAYS, EXAMS, PART)
_SHORTER = either(_NAMED_MONTH, _NO_MONTH)
PLACE = either(MONTH, _NO_MONTH, _WHOLE_YEAR, SCHOOL_YEAR)


# Several places that share a word: «10 и 20 октября», «1, 3 четверть», «осенние и весенние каникулы».


def _with_year(places: tuple[Any, ...]) -> Any:
    """«Октябрь, ноябрь 2020 года»: the year at the end is that of all, if they go on in one year."""
    *others, last = places
    if last.year is None or any(place.year for place in others):
        return NO
    keys = [(place.month, place.day if isinstance(place, Day) else 0) for place in places]
    return NO if keys != sorted(keys) else (*(_dated(place, last.year) for place in others), last)


def years_agree(dates: Iterable[object]) -> bool:
    """Whether months and days of a list have all a year or none: whose year is it otherwise?"""
    places = [one.place for one in dates if isinstance(one, At | Until)]
    return len({bool(place.year) for place in places if isinstance(place, Day | Month)}) < 2


def _dated(place: Day | Month, year: int) -> Day | Month:
    return Month(place.month, year) if isinstance(place, Month) else Day(place.day, place.month, year)


def _days(days: tuple[int, ...], month: int, year: int | None) -> Any:
    return tuple(Day(day, month, year) for day in days) if all(is_day(day, month, year) for day in days) else NO


def _units(numbers: tuple[int, ...], unit: Unit, of: Any) -> Any:
    made = tuple(_units_of_year(number, unit, of) for number in numbers)
    return NO if NO in made else made


def _edges(edge: Edge, places: Any) -> Any:
    return NO if places is NO else tuple(Part(edge, place) for place in places)


def _pieces(numbers: tuple[int, ...], unit: Unit, month: Month) -> Any:
    made = tuple(_piece(number, unit, month) for number in numbers)
    return NO if NO in made else made


_IN_EDGE = seq(maybe(word("в")), Tok("edge"), make=lambda edge: edge)
_DAY_NUMBERS = either(many(DAY_NUMBER, LISTED))  # what was found of it is kept
SEVERAL = either(
    seq(_DAY_NUMBERS, Tok("month"), maybe(YEAR, None),
        make=lambda days, month, year: _days(days, month, year) if len(days) > 1 else NO),
    seq(_DAY_NUMBERS, LISTED, _WRITTEN, make=lambda days, last: _days((*days, last[0]), *last[1:])),
    seq(many(_IN_EDGE, LISTED, 2), either(SCHOOL_YEAR, MONTH, UNIT_OF_YEAR),
        make=lambda edges, of: tuple(Part(edge, of) for edge in edges) if len(set(edges)) == len(edges) else NO),
    seq(Tok("edge"), many(ORDINAL, LISTED, 2), unit_of(Unit.QUARTER, Unit.TRIMESTER, Unit.HALF_YEAR), _OF_SCHOOL_YEAR,
        make=lambda edge, numbers, unit, of: _edges(edge, _units(numbers, unit, of))),
    seq(many(ORDINAL, LISTED, 2), unit_of(Unit.QUARTER, Unit.TRIMESTER, Unit.HALF_YEAR), _OF_SCHOOL_YEAR, make=_units),
    seq(many(ORDINAL, LISTED, 2), _CALENDAR, maybe(seq(YEAR, make=Year), None), make=_units),
    seq(many(ORDINAL, LISTED, 2), _PIECE, MONTH, make=_pieces),
    seq(many(Tok("seasonal"), LISTED, 2), Tok("holidays"),
        make=lambda seasons, _: tuple(Holidays(season) for season in seasons)),
    seq(many(either(_NAMED_MONTH, DAY), LISTED, 2), make=_with_year),
)  # fmt: skip


# Dates


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
    made = _units((first, last), unit, of)
    return made if made is NO else Between(*made)


def _pieces_between(first: int, last: int, unit: Unit, month: Month) -> Any:
    made = _pieces((first, last), unit, month)
    return NO if made is NO or not 0 < first < last else Between(*made)


_COURSE = silent(word("в", "на"), word("течение", "протяжение"))
_FROM = either(word("с", "от"), silent(word("начиная"), word("с")))
_TO = either(word("по"), silent(DASH, word("по")))
_BEFORE = word("до")
NOT_LATER = silent(word("не"), word("позднее"), maybe(word("чем")))
_SINCE_DAY = either(word("с"), silent(word("не"), word("ранее"), maybe(word("чем")), maybe(word("с"))))
_SHARED_UNIT = either(unit_of(Unit.QUARTER, Unit.TRIMESTER, Unit.HALF_YEAR), _CALENDAR)
_OF_ANY_YEAR = either(_OF_SCHOOL_YEAR, seq(YEAR, make=Year))
BETWEEN = either(
    seq(either(_SHORTER, _WHOLE_YEAR), DASH, either(_SHORTER, _WHOLE_YEAR), make=_between),
    seq(_FROM, PLACE, maybe(word(",")), _TO, PLACE, make=_between),
    # «С сентября до мая»: is May in it? Of days nobody doubts it.
    seq(_FROM, DAY, maybe(word(",")), _BEFORE, DAY, make=_between),
    seq(_FROM, PLACE, _BEFORE, PART, make=_between),
    seq(_FROM, PART, _BEFORE, DAY, make=_between),
    seq(_SINCE_DAY, DAY, maybe(word(",")), maybe(word("и", "но")), NOT_LATER, DAY, make=_between),
    seq(_SINCE_DAY, DAY_NUMBER, maybe(word(",")), maybe(word("и", "но")), NOT_LATER, DAY_NUMBER, Tok("month"),
        maybe(YEAR, None), make=_days_between),
    seq(DAY_NUMBER, DASH, DAY_NUMBER, Tok("month"), maybe(YEAR, None), make=_days_between),
    seq(_FROM, DAY_NUMBER, either(_TO, _BEFORE), DAY_NUMBER, Tok("month"), maybe(YEAR, None), make=_days_between),
    seq(DAY_NUMBER, DASH, _WRITTEN, make=lambda first, last: _days_between(first, *last)),
    seq(_FROM, DAY_NUMBER, either(_TO, _BEFORE), _WRITTEN, make=lambda first, last: _days_between(first, *last)),
    #: «В течение сентября – октября»; «в течение сентября и октября» are one stretch, if they follow each other.
    seq(_COURSE, MONTH, DASH, MONTH, make=_between),
    seq(_COURSE, MONTH, word("и"), MONTH, make=lambda first, last: _between(first, last)
        if (last.month - first.month) % 12 == 1 else NO),
    seq(maybe(_FROM), ORDINAL, either(DASH, _TO), ORDINAL, _SHARED_UNIT, _OF_ANY_YEAR, make=_units_between),
    seq(maybe(_FROM), ORDINAL, either(DASH, _TO), ORDINAL, _PIECE, MONTH, make=_pieces_between),
    seq(Tok("year"), DASH, Tok("year"), either(_YEAR_WORD, silent(word("г"), word("г"))),
        make=lambda first, last: Between(Year(first), Year(last)) if first < last else NO),
)  # fmt: skip

_IN = maybe(either(
    word("в", "на"), words("по", "состоянию", "на"), silent(word("в", "на"), word("течение", "протяжение")),
    silent(maybe(word("в", "на", "за")), word("период", "время", "день"), maybe(word("проведение"))),
))  # fmt: skip
INCLUSIVE = maybe(either(word("включительно"), silent(word("("), word("включительно"), word(")"))))
_UNTIL_DAY = silent(
    maybe(either(silent(word("в"), word("срок")), silent(word("срок"), maybe(word("-", ":")))))
    , either(word("до"), NOT_LATER, silent(NOT_LATER, word("до")), word("к"))
)  # fmt: skip


def _until_time(day: Any, clock: Clock) -> Any:
    """«До 15 октября, 12.00»: by then. «До 1.10, до 1.03» are two days."""
    if clock.end and clock.doubtful:
        return NO
    return Until(day, clock if clock.end else Clock(None, clock.start, clock.doubtful))


_UNIT_OR_MONTH = either(MONTH, UNIT_OF_YEAR, PIECE, SEASON, HOLIDAYS, SCHOOL_YEAR, _WHOLE_YEAR)
UNTIL = either(
    seq(_UNTIL_DAY, either(DAY, WEEKDAY), INCLUSIVE, make=Until),
    seq(word("по"), DAY, INCLUSIVE, make=Until),
    seq(_UNTIL_DAY, either(DAY, WEEKDAY), INCLUSIVE, CLOCKED, make=_until_time),
    seq(word("до"), PLAIN, maybe(word(",")), DAY, make=lambda clock, day: _until_time(day, clock)),
    seq(either(word("до"), word("к"), NOT_LATER), PART, make=Until),
    seq(NOT_LATER, _UNIT_OR_MONTH, make=Until),
    seq(word("до"), _UNIT_OR_MONTH, word("включительно"), make=Until),
    # «До мая» is before May begins or until it ends: both are given, so that a person is asked.
    seq(word("до"), either(MONTH, UNIT_OF_YEAR, SEASON), make=Until),
    seq(word("перед"), PART, make=Until),
    seq(word("перед"), either(HOLIDAYS, EXAMS), make=lambda place: Until(Part(Edge.START, place))),
    seq(word("до", "к"), either(MONTH, UNIT_OF_YEAR, SEASON, HOLIDAYS, SCHOOL_YEAR, _WHOLE_YEAR, EXAMS),
        make=lambda place: Until(Part(Edge.START, place))),
)  # fmt: skip
SINCE = either(
    seq(either(word("с"), silent(word("начиная"), word("с"))), PLACE, make=Since),
    seq(word("не"), word("ранее"), maybe(word("чем")), maybe(word("с")), PLACE, make=Since),
)
_VAGUE = maybe(seq(word("примерно"), make=lambda: True), False)
_CUSTOM = maybe(word("обычно"))
AT = either(
    seq(
        _CUSTOM,
        _VAGUE,
        either(seq(_IN, _SHORTER, make=lambda place: place), seq(_COURSE, MONTH, make=lambda place: place)),
        make=lambda vague, place: At(place, vague),
    )
)
#: «15 октября (среда)», «среда, 15 октября».
_ITS_WEEKDAY = seq(word("("), Tok("weekday"), word(")"), make=lambda day: day)
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
DATED = either(
    seq(_IN_PERIOD, BETWEEN, INCLUSIVE, make=lambda found: found), UNTIL, SINCE, AT, ON_DAY
)  # fmt: skip


def _at_each(places: tuple[Place, ...]) -> tuple[Dated, ...]:
    return tuple(At(place) for place in places)


def _each_at(places: tuple[Place, ...], clock: Clock) -> Any:
    days = all(isinstance(place, Day) for place in places)
    return tuple(At(place, clock=clock) for place in places) if days else NO


SEVERAL_DATED = either(
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
YEAR_ALONE = seq(either(SCHOOL_YEAR, _WHOLE_YEAR), make=Continuous)
_DURING = silent(word("в", "на"), word("течение", "протяжение"))
CONTINUOUS = either(
    seq(either(silent(_DURING, maybe(word("весь", "whole"))), word("весь", "на")), _PLAN_YEAR, make=Continuous),
    seq(either(silent(_DURING, maybe(word("весь"))), word("в", "на", "весь")), either(SCHOOL_YEAR, _WHOLE_YEAR),
        make=Continuous),
    seq(word("круглогодично"), make=lambda: Continuous(Year())),
    seq(maybe(either(_DURING, word("в", "на"))), maybe(word("весь")), _PERIOD, _OF_PERIOD, make=Continuous),
    seq(maybe(either(_DURING, word("в", "на"))), word("весь"), _PERIOD, make=lambda: Continuous(NamedPeriod(""))),
)  # fmt: skip
