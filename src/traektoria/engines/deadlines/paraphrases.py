"""A deadline said in Russian from its structure alone. Read again, it is the same deadline."""

from typing import assert_never

from traektoria.engines.deadlines.date_relations import At, Between, Clock, Continuous, Limited, Since, Until
from traektoria.engines.deadlines.forms import (
    EDGES,
    MONTHS,
    MONTHS_OF,
    ROMAN,
    SEASONS,
    UNITS,
    WEEKDAYS,
    Noun,
    counted,
    counted_of,
    ordinal,
)
from traektoria.engines.deadlines.model import (
    ByPlan,
    Compound,
    Deadline,
    EachUnit,
    Event,
    NamedEvent,
    OnRequest,
    Open,
    Relation,
    Relative,
    Simple,
)
from traektoria.engines.deadlines.places import (
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
from traektoria.engines.deadlines.rhythm_model import (
    Bound,
    DaysBetween,
    DaysOfMonth,
    NthPiece,
    NthWeekday,
    On,
    PartOfEach,
    Recurring,
    Span,
    Times,
    Weekdays,
)


def paraphrase(deadline: Deadline) -> str:
    if not isinstance(deadline, Compound):
        return _simple(deadline)
    said = (" или " if deadline.either else "; ").join(map(_simple, deadline.parts))
    return f"{said}; далее {_simple(deadline.then)}" if deadline.then else said


def _simple(one: Simple) -> str:
    match one:
        case At(place, vague, clock, weekday):
            said = f"{place_said(place)} ({WEEKDAYS[weekday - 1].nom})" if weekday else place_said(place)
            return f"{'ориентировочно ' if vague else ''}{said}{f' {clock_said(clock)}' if clock else ''}"
        case Until(Day() | WeekdayOfMonth() | Part() as place, clock):
            return f"до {_case(place, 'gen')}{f', {clock_said(clock)}' if clock else ''}"
        case Until(place):
            return f"не позднее {_case(place, 'gen')}"
        case Since(place):
            since = _case(place, "gen")
            return f"{'со' if since.startswith('втор') else 'с'} {since}"
        case Between(first, last, vague, clock):
            since = _case(first, "gen")
            said = f"{'со' if since.startswith('втор') else 'с'} {since} по {_case(last, 'acc')}"
            return f"{'ориентировочно ' if vague else ''}{said}{f', {clock_said(clock)}' if clock else ''}"
        case Continuous(NamedPeriod(name)):
            return f"в течение периода {name}" if name else "весь период"
        case Continuous(place):
            return f"в течение {_case(place, 'gen')}"
        case Limited(within, last):
            return f"{_simple(within)}, но не позднее {_case(last, 'gen')}"
        case Open(word):
            return word
        case Recurring():
            return _recurring(one)
        case Relative():
            return _relative(one)
        case OnRequest(said) | ByPlan(said):
            return said


def clock_said(clock: Clock) -> str:
    """«В 14:00», «с 14:00 до 15:30», «до 12:00»."""
    start, end = (f"{one[0]}:{one[1]:02}" if one else "" for one in (clock.start, clock.end))
    if not start:
        return f"до {end}"
    return f"с {start} до {end}" if end else f"в {start}"


# Places


def place_said(place: Place) -> str:
    """«II четверть», «последняя неделя октября», «начало мая»."""
    return _case(place, "nom")


def _case(place: Place, case: str) -> str:
    """In the nominative (``nom``), genitive (``gen``) or accusative (``acc``)."""
    match place:
        case Day(day, month, year):
            return f"{day} {MONTHS_OF[month - 1]}{_of_year(year)}"
        case Month(month, year):
            return (MONTHS_OF if case == "gen" else MONTHS)[month - 1] + _of_year(year)
        case Year(year):
            return (
                f"{year} года" if year and case == "gen" else f"{year} год" if year else _noun(UNITS[Unit.YEAR], case)
            )
        case SchoolYear(start):
            year_said = _noun(UNITS[Unit.SCHOOL_YEAR], case)
            return f"{start}/{(start + 1) % 100:02} {year_said}" if start else year_said
        case UnitOfYear(unit, number, of):
            return _unit_of_year(unit, number, of, case)
        case PieceOfMonth(unit, number, month):
            noun = UNITS[unit]
            return f"{ordinal(number, noun.gender, case)} {_noun(noun, case)} {_case(month, 'gen')}"
        case WeekdayOfMonth(weekday, number, month):
            noun = WEEKDAYS[weekday - 1]
            return f"{ordinal(number, noun.gender, case)} {_noun(noun, case)} {_case(month, 'gen')}"
        case Season(season, year):
            forms = SEASONS[season]
            said = forms[1] if case == "gen" else "весну" if case == "acc" and forms[0] == "весна" else forms[0]
            return ("зиму" if case == "acc" and said == "зима" else said) + _of_year(year)
        case Holidays(season):
            forms = SEASONS[season] if season else ("", "", "", "")
            return f"{forms[3]} каникул".strip() if case == "gen" else f"{forms[2]} каникулы".strip()
        case Exams(name, stage):
            return _exams(name, stage, case)
        case NamedPeriod(name):
            return f"{'периода' if case == 'gen' else 'период'} {name}".strip()
        case Part(edge, of):
            nom, gen, _ = EDGES[edge]
            word = gen if case == "gen" else "середину" if case == "acc" and edge is Edge.MIDDLE else nom
            return f"{word} {_case(of, 'gen')}"
        case _:
            assert_never(place)


def _of_year(year: int | None) -> str:
    return f" {year} года" if year else ""


def _noun(noun: Noun, case: str) -> str:
    return noun.gen if case == "gen" else noun.acc if case == "acc" else noun.nom


def _unit_of_year(unit: Unit, number: int, of: Year | SchoolYear | None, case: str) -> str:
    said = ordinal(number, UNITS[unit].gender, case) if number < 0 else ROMAN[number]
    said = f"{said} {_noun(UNITS[unit], case)}"
    if of is None:
        return said
    calendar = "календарного " if unit is Unit.HALF_YEAR and isinstance(of, Year) else ""
    return f"{said} {calendar}{_case(of, 'gen')}"


def _exams(name: str, stage: str, case: str) -> str:
    if not name:
        return "экзаменационного периода" if case == "gen" else "экзаменационный период"
    if not stage:
        return name
    return f"{stage[:-2]}ого периода {name}" if case == "gen" else f"{stage} период {name}"


# What returns

_BOUNDS = {Bound.EXACTLY: "", Bound.AT_LEAST: "не реже ", Bound.AT_MOST: "не чаще "}


def _recurring(one: Recurring) -> str:
    often = f"{_BOUNDS[one.bound]}{_times(one.count, one.most, one.bound)} в {span_in(one.per)}"
    if one.on is not None:
        often += f" ({on_said(one.on)})" if isinstance(one.on, Times) else f", {on_said(one.on)}"
    said = f"{often}, {_simple(one.within)}" if one.within is not None else often
    if one.without:
        said = f"{said}, кроме {_list([_case(place, 'gen') for place in one.without])}"
    return f"{said}, {clock_said(one.clock)}" if one.clock else said


def _times(count: int, most: int | None, bound: Bound) -> str:
    last = most or count
    few = last % 10 in (2, 3, 4) and last % 100 not in (12, 13, 14)
    one = count % 10 == 1 and count % 100 != 11 and most is None
    form = ("раза" if one else "раз") if bound is not Bound.EXACTLY else ("раза" if few else "раз")
    return f"{count}{f'–{most}' if most else ''} {form}"


def span_in(span: Span) -> str:
    """«Месяц», «2 недели»: after «раз в»."""
    noun = UNITS[span.unit]
    if span.most:
        return f"{span.number}–{counted(span.most, noun)}"
    return noun.acc if span.number == 1 else counted(span.number, noun)


def span_of(span: Span) -> str:
    """«Месяца», «2 недель»: after «в течение»."""
    noun = UNITS[span.unit]
    if span.most:
        return f"{span.number}–{counted_of(span.most, noun)}"
    return noun.gen if span.number == 1 else counted_of(span.number, noun)


def on_said(on: On) -> str:
    match on:
        case DaysOfMonth(days, until, following, closing):
            said = f"{'до ' if until else ''}{_list([str(day) for day in days])} числа"
            return f"{said} {'следующего' if following else 'последнего'} месяца" if following or closing else said
        case DaysBetween(first, last):
            return f"с {first} по {last} число"
        case Weekdays(days):
            return f"по {_list([WEEKDAYS[day - 1].of_many for day in days])}"
        case NthWeekday(weekday, numbers):
            noun = WEEKDAYS[weekday - 1]
            return _into(f"{_list([ordinal(number, noun.gender, 'acc') for number in numbers])} {noun.acc}")
        case NthPiece(unit, (number,), True):
            noun = UNITS[unit]
            return f"до {ordinal(number, noun.gender, 'gen')} {noun.gen}"
        case NthPiece(unit, numbers):
            noun = UNITS[unit]
            return _into(f"{_list([ordinal(number, noun.gender, 'acc') for number in numbers])} {noun.acc}")
        case PartOfEach(edge, until):
            return f"до {EDGES[edge][1]}" if until else f"в {EDGES[edge][2]}"
        case Times(times):
            return ", ".join(map(_simple, times))


def _into(said: str) -> str:
    return f"{'во' if said.startswith('вт') else 'в'} {said}"


def _list(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} и {words[-1]}"


# What leans on an event


def event_said(event: Event) -> str:
    """In the genitive: «после …», «до …»."""
    if isinstance(event, NamedEvent):
        return event.name
    if isinstance(event, EachUnit):
        noun = UNITS[event.unit]
        each = f"{'каждой' if noun.gender == 'f' else 'каждого'} {noun.gen}"
        return f"{EDGES[event.edge][1]} {each}" if event.edge else each
    return _case(event, "gen")


def _relative(one: Relative) -> str:
    event = event_said(one.event) if one.event is not None else ""
    before = (one.event.before if isinstance(one.event, NamedEvent) else "") or "до"
    if one.span is None:
        return {
            Relation.BEFORE: f"{before} {event}", Relation.ON: f"в день {event}",
            Relation.ON_RESULTS: f"по итогам {event}",
        }.get(one.relation, f"после {event}")  # fmt: skip
    if one.event is None:
        return f"в течение {span_of(one.span)}"
    return {
        Relation.WITHIN_AFTER: f"в течение {span_of(one.span)} после {event}",
        Relation.AT_AFTER: f"через {span_in(one.span)} после {event}",
        Relation.AT_BEFORE: f"за {span_in(one.span)} до {event}",
        Relation.AT_LEAST_BEFORE: f"не позднее чем за {span_in(one.span)} до {event}",
        Relation.NOT_EARLIER_BEFORE: f"не ранее чем за {span_in(one.span)} до {event}",
    }[one.relation]
