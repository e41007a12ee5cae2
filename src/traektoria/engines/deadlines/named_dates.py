"""Dates that a phrase names → occurrences: «до 1 мая», «сентябрь–май», «осенние каникулы»."""

from dataclasses import replace
from datetime import date
from itertools import pairwise, product
from math import prod
from typing import assert_never

from traektoria.engines.days import is_public_holiday
from traektoria.engines.deadlines.calendar import ONE_DAY, Stretch
from traektoria.engines.deadlines.date_relations import At, Between, Clock, Dated, Since, Until
from traektoria.engines.deadlines.forms import WEEKDAYS
from traektoria.engines.deadlines.occurrence import Occurrence, Work, days_said
from traektoria.engines.deadlines.paraphrases import clock_said, paraphrase, place_said
from traektoria.engines.deadlines.place_days import candidates, inside, only, with_year, year_of
from traektoria.engines.deadlines.places import (
    SCHOOL_UNITS,
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
from traektoria.engines.deadlines.reasons import Reason, Unplaced

A_YEAR = 366
MANY = 64
"""So many ways to give years to a list are tried."""
PROPOSED = "Даты календаря предложены, не подтверждены."
WIDER = "Срок шире плана: взято то, что в нём."
NOT_MOVED = "Переносы выходных, кроме праздников по закону, не учтены."
WEEK_BY_THURSDAY = "Неделя – того месяца, на который приходится её четверг."


def named_dates(work: Work, dated: Dated) -> list[Occurrence]:
    found = _named_dates(work, dated)
    return timed(found, dated.clock) if isinstance(dated, At | Until | Between) else found


def timed(found: list[Occurrence], clock: Clock | None) -> list[Occurrence]:
    """With the time of day, which their labels say too."""
    if clock is None:
        return found
    said = clock_said(clock)
    return [
        replace(one, clock=clock, label=one.label if said in one.label else f"{one.label}, {said}") for one in found
    ]


def _named_dates(work: Work, dated: Dated) -> list[Occurrence]:
    match dated:
        case At(Holidays(None) as place, vague):
            return [at(work, place, one, vague) for one in inside(candidates(place, work.plan), work.plan)]
        case At(place, vague):
            return [at(work, place, _on_weekday(dated, placed(work, place)), vague)]
        case Until(Part(Edge.START, Holidays(None) as place)):
            ends = [one.first - ONE_DAY for one in inside(candidates(place, work.plan), work.plan)]
            return [Occurrence(None, end, paraphrase(dated)) for end in ends]
        case Until(place):
            return [in_plan(work, Occurrence(None, last_day(work, place), paraphrase(dated)), paraphrase(dated))]
        case Since(place):
            return [in_plan(work, Occurrence(first_day(work, place), None, paraphrase(dated)), paraphrase(dated))]
        case Between(first, last):
            return [between(work, dated, first, last)]


def at(work: Work, place: Place, found: Stretch, vague: bool) -> Occurrence:
    days = cut(work, found, place_said(place))
    if days.first > found.first or days.last < found.last:
        work.assume(WIDER)
    start, end = near(place.edge, days, _is_long(place.of)) if isinstance(place, Part) else (days.first, days.last)
    approximate = vague or isinstance(place, Part | Season)
    return Occurrence(start, end, _said(place, found), approximate=approximate, note=note(work, days))


def _on_weekday(dated: At, found: Stretch) -> Stretch:
    """Raises ``Unplaced`` where the weekday beside the day is another one."""
    if dated.weekday not in (None, found.first.isoweekday()):
        said = f"{with_year(dated.place, found)} – {WEEKDAYS[found.first.weekday()].nom}"
        raise Unplaced(Reason.WEEKDAY, said, (WEEKDAYS[(dated.weekday or 1) - 1].nom,))
    return found


def near(edge: Edge, days: Stretch, long: bool) -> tuple[date | None, date | None]:
    """About the beginning or the end of so many days: where the stretch is long, its other end says nothing."""
    if not long or edge is Edge.MIDDLE:
        return days.first, days.last
    return (days.first, None) if edge is Edge.START else (None, days.last)


def _is_long(of: Place) -> bool:
    return not isinstance(of, Month | PieceOfMonth)


def _said(place: Place, found: Stretch) -> str:
    return with_year(place, found) if _has_year(place) else place_said(place)


def _has_year(place: Place) -> bool:
    """Whether it is one of many, a year's own, so that its year is said with it."""
    match place:
        case Day() | Month() | UnitOfYear() | PieceOfMonth() | WeekdayOfMonth() | Season() | Part():
            return True
        case Year() | SchoolYear() | Holidays() | Exams() | NamedPeriod():
            return False
        case _:
            assert_never(place)


def note(work: Work, days: Stretch) -> str:
    if days.first != days.last:
        return ""
    if is_public_holiday(days.first) or days.first.weekday() > 4:
        return "Это выходной или праздничный день."
    return "" if not any(one.first <= days.first <= one.last for one in work.plan.holidays()) else "Это каникулы."


def placed(work: Work, place: Place) -> Stretch:
    """The one stretch that is meant; that its year is assumed, is noted."""
    found = only(place, candidates(place, work.plan), work.plan)
    assume_year(work, place, found)
    return found


def assume_year(work: Work, place: Place, found: Stretch) -> None:
    if not found.confirmed:
        work.assume(PROPOSED)
    bare = place.of if isinstance(place, Part) else place
    if isinstance(bare, PieceOfMonth) and bare.unit is Unit.WEEK:
        work.assume(WEEK_BY_THURSDAY)
    of_school_year = isinstance(bare, UnitOfYear) and bare.unit is not Unit.CALENDAR_QUARTER
    if not of_school_year and _has_year(bare) and year_of(bare) is None:
        work.assume(f"Год не назван: по плану на {work.plan.name} это {with_year(bare, found)}.")


def cut(work: Work, found: Stretch, said: str) -> Stretch:
    days = found.cut(work.plan.earliest, work.plan.latest)
    if days is None:
        raise Unplaced(Reason.OUTSIDE, said, (work.plan.name,))
    return days


def in_plan(work: Work, one: Occurrence, said: str) -> Occurrence:
    if any(day and not work.plan.earliest <= day <= work.plan.latest for day in (one.start, one.end)):
        raise Unplaced(Reason.OUTSIDE, said, (work.plan.name,))
    return one


def last_day(work: Work, place: Place) -> date:
    """The last day of what ends with the place; before something begins, the day before."""
    match place:
        case Part(Edge.MIDDLE):
            raise Unplaced(Reason.VAGUE, place_said(place))
        case Part(Edge.START, of):
            return placed(work, of).first - ONE_DAY
        case Part(Edge.END, of):
            return placed(work, of).last
    return placed(work, place).last


def first_day(work: Work, place: Place) -> date:
    match place:
        case Part(Edge.START, of):
            return placed(work, of).first
        case Part():
            raise Unplaced(Reason.VAGUE, place_said(place))
    return placed(work, place).first


def between(work: Work, dated: Between, first: Place, last: Place) -> Occurrence:
    found = pair(work, first, last)
    days = cut(work, found, paraphrase(dated))
    if days.first > found.first or days.last < found.last:
        days = days.cut(work.plan.first, work.plan.latest) or days
        work.assume(WIDER)
    return Occurrence(days.first, days.last, paraphrase(dated), approximate=dated.kind == "approximate")


def pair(work: Work, first: Place, last: Place) -> Stretch:
    """From the one to the other within a year; a year that one lacks follows from the other."""
    named = [year_of(place) for place in (first, last)]
    given = [year for year in named if year]
    years = range(given[0] - 1, given[0] + 2) if given else None
    pairs = [
        Stretch(start.first, end.last, start.confirmed and end.confirmed)
        for start, end in product(candidates(first, work.plan, years), candidates(last, work.plan, years))
        if start.first <= end.last and start.first <= end.first
        and (all(named) or (end.last - start.first).days < A_YEAR)
    ]  # fmt: skip
    found = inside(pairs, work.plan)
    said = paraphrase(Between(first, last))
    if not found:
        raise Unplaced(Reason.OUTSIDE, said, (work.plan.name,))
    if len(found) > 1:
        raise Unplaced(Reason.WHICH, said, tuple(days_said(one) for one in found))
    if not given and not (isinstance(first, UnitOfYear) and first.unit in SCHOOL_UNITS):
        work.assume(f"Год не назван: по плану на {work.plan.name} это {days_said(found[0])}.")
    if not found[0].confirmed:
        work.assume(PROPOSED)
    return found[0]


def together(work: Work, parts: tuple[Dated, ...]) -> list[Occurrence]:
    """Dates of one list. Raises ``Unplaced`` where one lies within another («II полугодие, апрель»): is it a narrower
    date, or one more?"""
    found = _in_order(work, parts)
    whole = [Stretch(one.start, one.end) for one in found if one.start and one.end]
    if any(one != other and one.first <= other.first and other.last <= one.last for one in whole for other in whole):
        raise Unplaced(Reason.CONFLICT)
    return found


def _in_order(work: Work, parts: tuple[Dated, ...]) -> list[Occurrence]:
    """A year that one lacks follows from the others, where only one way puts them in order."""
    dated = [part for part in parts if isinstance(part, At) and not isinstance(part.place, Holidays | Exams)]
    places = [part.place for part in dated]
    options = [inside(candidates(place, work.plan), work.plan) for place in places]
    ways: list[tuple[Stretch, ...]] = []
    if len(places) == len(parts) and 1 < prod(map(len, options)) <= MANY:
        ways = [way for way in product(*options) if all(one.first <= other.first for one, other in pairwise(way))]
    if len(ways) != 1:
        return [found for part in parts for found in named_dates(work, part)]
    for place, stretch in zip(places, ways[0], strict=True):
        assume_year(work, place, stretch)
    return [
        one
        for part, stretch in zip(dated, ways[0], strict=True)
        for one in timed([at(work, part.place, _on_weekday(part, stretch), False)], part.clock)
    ]
