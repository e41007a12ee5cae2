"""How places in the calendar are said, one or several that share a word: «15 октября», «1, 3 четверть»."""

from collections.abc import Callable, Iterable
from typing import Any

from traektoria.engines.deadlines.combinators import (
    NO,
    NewLine,
    Parser,
    Tok,
    Unless,
    either,
    many,
    maybe,
    seq,
    silent,
    word,
)
from traektoria.engines.deadlines.date_relations import At, Until
from traektoria.engines.deadlines.places import (
    LAST,
    Day,
    Edge,
    Exams,
    Holidays,
    Month,
    Part,
    PieceOfMonth,
    SchoolYear,
    Season,
    Unit,
    UnitOfYear,
    WeekdayOfMonth,
    Year,
)
from traektoria.engines.deadlines.tokens import is_day

DASH = word("-")
NOT_LATER = silent(word("не"), word("позднее"), maybe(silent(maybe(word(",")), word("чем"))))
LISTED = either(word(",", "и"), silent(word(","), word("и")), NewLine())
_CENTURY = 2000
_COUNTED = {Unit.QUARTER: 4, Unit.CALENDAR_QUARTER: 4, Unit.TRIMESTER: 3, Unit.HALF_YEAR: 2}


def unit_of(*units: Unit) -> Parser:
    return seq(Tok("unit"), make=lambda unit: unit if unit in units else NO)


def _within(most: int) -> Callable[[int], Any]:
    return lambda number: number if 1 <= number <= most else NO


YEAR_SIGN = maybe(either(silent(word("г"), maybe(word("г"))), silent(unit_of(Unit.YEAR))))
YEAR = either(
    seq(Tok("year"), YEAR_SIGN, make=int),
    seq(Tok("num"), word("г"), make=lambda number: number + _CENTURY if 10 <= number < 100 else NO),
)
#: «Две недели октября» are no second one: of numbers in words only «вторая» is a place in a row.
_IN_A_ROW = either(Tok("figure"), Tok("ord"))
DAY_NUMBER = seq(_IN_A_ROW, make=_within(31))
ORDINAL = either(seq(_IN_A_ROW, make=_within(12)), seq(Tok("last"), make=lambda _: LAST))


def _school_year(first: int, last: int) -> Any:
    return SchoolYear(first) if last in (first + 1, (first + 1) % 100) else NO


YEAR_WORD = either(silent(unit_of(Unit.YEAR)), word("г"))
SCHOOL_YEAR = either(
    seq(Tok("year"), either(DASH, word("/")), either(Tok("year"), Tok("num")), maybe(word("г")), word("school"),
        maybe(YEAR_WORD), make=_school_year),
    seq(Tok("year"), word("/"), either(Tok("year"), Tok("num")), maybe(YEAR_WORD), make=_school_year),
    seq(word("school"), YEAR_WORD, Tok("year"), either(DASH, word("/")), either(Tok("year"), Tok("num")),
        make=_school_year),
    seq(maybe(word("current", "весь", "whole")), word("school"), YEAR_WORD, make=SchoolYear),
)  # fmt: skip

#: «Мая текущего (учебного) года»: which year that is, the plan says, as where none is named.
_THIS_YEAR = either(
    seq(word("current"), maybe(word("school")), unit_of(Unit.YEAR), make=lambda _: None),
    seq(word("т", "с"), word("г"), make=lambda: None),
)
_OF_THE_YEAR = maybe(either(YEAR, seq(word(","), YEAR, make=int), _THIS_YEAR), None)
#: «09.2025».
_WRITTEN_MONTH = seq(Tok("monthyear"), YEAR_SIGN, make=lambda written: Month(*written))
MONTH = either(seq(Tok("month"), maybe(silent(unit_of(Unit.MONTH))), _OF_THE_YEAR, make=Month), _WRITTEN_MONTH)
#: «Октября» by itself is no date: in «10–15 сентября, октября» it is a part of one.
NAMED_MONTH = either(
    seq(Tok("named_month"), maybe(silent(unit_of(Unit.MONTH))), _OF_THE_YEAR, make=Month), _WRITTEN_MONTH
)


def day_of(day: int, month: int, year: int | None) -> Any:
    return Day(day, month, year) if is_day(day, month, year) else NO


DAY = either(
    seq(Tok("date"), YEAR_SIGN, make=lambda written: Day(*written)),
    seq(
        Tok("short"),
        maybe(either(YEAR, _THIS_YEAR), None),
        make=lambda written, year: day_of(written[0], written[1], year),
    ),
    seq(DAY_NUMBER, Tok("month"), maybe(either(YEAR, _THIS_YEAR), None), make=day_of),
)
#: «15.10.2026», «15.10».
WRITTEN = either(Tok("date"), Tok("short"))


def _units_of_year(number: int, unit: Unit, of: Any) -> Any:
    return UnitOfYear(unit, number, of) if number <= _COUNTED[unit] else NO


COUNTED = unit_of(*_COUNTED)
CALENDAR_QUARTER = unit_of(Unit.CALENDAR_QUARTER)
OF_SCHOOL_YEAR = maybe(seq(maybe(word("в")), SCHOOL_YEAR, make=lambda year: year), None)
_HALF = unit_of(Unit.HALF_YEAR)
#: «В течение 2 четвертей» is in the course of two.
_NOT_MANY = Unless("many")
UNIT_OF_YEAR = either(
    seq(ORDINAL, maybe(word("school")), _NOT_MANY, unit_of(Unit.QUARTER, Unit.TRIMESTER, Unit.HALF_YEAR),
        OF_SCHOOL_YEAR, make=_units_of_year),
    seq(ORDINAL, _NOT_MANY, CALENDAR_QUARTER, maybe(seq(YEAR, make=Year), None), make=_units_of_year),
    seq(ORDINAL, _HALF, maybe(word("calendar")), YEAR,
        make=lambda number, unit, year: _units_of_year(number, unit, Year(year))),
    seq(ORDINAL, _HALF, YEAR, make=lambda number, unit, year: _units_of_year(
        number, unit, SchoolYear(year if number == 1 else year - 1))),
)  # fmt: skip

PIECES = {Unit.WEEK: 5, Unit.DECADE: 3, Unit.HALF_MONTH: 2}
PIECE_UNIT = either(unit_of(Unit.WEEK, Unit.DECADE, Unit.HALF_MONTH), Tok("cut_decade"))


def piece_of(number: int, unit: Unit, month: Month) -> Any:
    return PieceOfMonth(unit, number, month) if number <= PIECES[unit] else NO


PIECE = seq(ORDINAL, PIECE_UNIT, MONTH, make=piece_of)


def weekday_of(number: int, day: int, month: Month) -> Any:
    return WeekdayOfMonth(day, number, month) if number <= 5 else NO


WEEKDAY = seq(ORDINAL, Tok("weekday"), MONTH, make=weekday_of)
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
WHOLE_YEAR = seq(YEAR, make=Year)
EDGED = either(MONTH, UNIT_OF_YEAR, SEASON, HOLIDAYS, SCHOOL_YEAR, WHOLE_YEAR, EXAMS)
PART = either(
    seq(Tok("edge"), either(EDGED, PIECE), make=Part),
    #: «В первых числах октября».
    seq(ORDINAL, word("числах"), MONTH, make=lambda number, of: NO if number not in (1, LAST)
        else Part(Edge.START if number == 1 else Edge.END, of)),
    seq(Tok("edge"), word("calendar"), unit_of(Unit.YEAR), make=lambda edge, _: NO if edge is Edge.MIDDLE
        else Part(edge, Month(1 if edge is Edge.START else 12))),
    # «Конец года» is that of the school year or of December.
    seq(Tok("edge"), unit_of(Unit.YEAR), make=lambda edge, _: NO if edge is Edge.MIDDLE
        else Part(edge, SchoolYear())),
    seq(Tok("edge"), unit_of(Unit.YEAR), make=lambda edge, _: NO if edge is Edge.MIDDLE
        else Part(edge, Month(1 if edge is Edge.START else 12))),
)  # fmt: skip
_NO_MONTH = either(DAY, UNIT_OF_YEAR, PIECE, WEEKDAY, SEASON, HOLIDAYS, EXAMS, PART)
SHORTER = either(NAMED_MONTH, _NO_MONTH)
PLACE = either(MONTH, _NO_MONTH, WHOLE_YEAR, SCHOOL_YEAR)


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


def units_made(numbers: tuple[int, ...], unit: Unit, of: Any) -> Any:
    made = tuple(_units_of_year(number, unit, of) for number in numbers)
    return NO if NO in made else made


def _edges(edge: Edge, places: Any) -> Any:
    return NO if places is NO else tuple(Part(edge, place) for place in places)


def pieces_made(numbers: tuple[int, ...], unit: Unit, month: Month) -> Any:
    made = tuple(piece_of(number, unit, month) for number in numbers)
    return NO if NO in made else made


_IN_EDGE = seq(maybe(word("в")), Tok("edge"), make=lambda edge: edge)
_DAY_NUMBERS = either(many(DAY_NUMBER, LISTED))  # what was found of it is kept
SEVERAL = either(
    seq(_DAY_NUMBERS, Tok("month"), maybe(YEAR, None),
        make=lambda days, month, year: _days(days, month, year) if len(days) > 1 else NO),
    seq(_DAY_NUMBERS, LISTED, WRITTEN, make=lambda days, last: _days((*days, last[0]), *last[1:])),
    seq(many(_IN_EDGE, LISTED, 2), either(SCHOOL_YEAR, MONTH, UNIT_OF_YEAR),
        make=lambda edges, of: tuple(Part(edge, of) for edge in edges) if len(set(edges)) == len(edges) else NO),
    seq(Tok("edge"), many(ORDINAL, LISTED, 2), unit_of(Unit.QUARTER, Unit.TRIMESTER, Unit.HALF_YEAR), OF_SCHOOL_YEAR,
        make=lambda edge, numbers, unit, of: _edges(edge, units_made(numbers, unit, of))),
    seq(many(ORDINAL, LISTED, 2), unit_of(Unit.QUARTER, Unit.TRIMESTER, Unit.HALF_YEAR), OF_SCHOOL_YEAR,
        make=units_made),
    seq(many(ORDINAL, LISTED, 2), CALENDAR_QUARTER, maybe(seq(YEAR, make=Year), None), make=units_made),
    seq(many(ORDINAL, LISTED, 2), PIECE_UNIT, MONTH, make=pieces_made),
    seq(many(Tok("seasonal"), LISTED, 2), Tok("holidays"),
        make=lambda seasons, _: tuple(Holidays(season) for season in seasons)),
    #: «Каникулы (осенние, весенние)».
    seq(Tok("holidays"), either(word("("), word(":")), many(either(Tok("seasonal"), Tok("season")), LISTED, 2),
        maybe(word(")")), make=lambda _, seasons: tuple(Holidays(season) for season in seasons)),
    seq(many(either(NAMED_MONTH, DAY), LISTED, 2), make=_with_year),
)  # fmt: skip
