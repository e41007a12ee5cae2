"""A calendar whose dates are made up and all known, and deadlines of every kind that the grammar can say."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from traektoria.engines.deadlines.calendar import Period, PeriodKind, Plan, SchoolCalendar, plan_of_school_year
from traektoria.engines.deadlines.date_relations import At, Between, Clock, Continuous, Dated, Limited, Since, Until
from traektoria.engines.deadlines.model import (
    ByPlan,
    Compound,
    Deadline,
    EachUnit,
    NamedEvent,
    OnRequest,
    Open,
    Relation,
    Relative,
    Simple,
)
from traektoria.engines.deadlines.places import (
    LAST,
    SCHOOL_UNITS,
    SIZES,
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
    Seasons,
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

_PERIODS = [
    (PeriodKind.YEAR, "Учебный год", "2025-09-01", "2026-05-26"),
    (PeriodKind.QUARTER, "I четверть", "2025-09-01", "2025-10-24"),
    (PeriodKind.HOLIDAYS, "Осенние каникулы", "2025-10-25", "2025-11-04"),
    (PeriodKind.QUARTER, "II четверть", "2025-11-05", "2025-12-30"),
    (PeriodKind.HOLIDAYS, "Зимние каникулы", "2025-12-31", "2026-01-11"),
    (PeriodKind.QUARTER, "III четверть", "2026-01-12", "2026-03-27"),
    (PeriodKind.HOLIDAYS, "Дополнительные каникулы первых классов", "2026-02-16", "2026-02-22"),
    (PeriodKind.HOLIDAYS, "Весенние каникулы", "2026-03-28", "2026-04-05"),
    (PeriodKind.QUARTER, "IV четверть", "2026-04-06", "2026-05-26"),
    (PeriodKind.HOLIDAYS, "Летние каникулы", "2026-05-27", "2026-08-31"),
    (PeriodKind.EXAMS, "ЕГЭ, досрочный период", "2026-03-20", "2026-04-20"),
    (PeriodKind.EXAMS, "ЕГЭ, основной период", "2026-06-01", "2026-07-09"),
    (PeriodKind.EXAMS, "ВПР, 4–8 и 10 классы", "2026-04-20", "2026-05-20"),
]
CALENDAR = SchoolCalendar(
    2025, tuple(Period(kind, name, date.fromisoformat(a), date.fromisoformat(b)) for kind, name, a, b in _PERIODS)
)
PLAN = plan_of_school_year(CALENDAR)


def plan_from(start: date) -> Plan:
    return plan_of_school_year(CALENDAR, start)


# Places

_years = st.none() | st.integers(2010, 2035)
months = st.builds(Month, st.integers(1, 12), _years)
days = st.builds(Day, st.integers(1, 28), st.integers(1, 12), _years)
_numbers = st.integers(1, 4)
quarters = st.builds(
    UnitOfYear,
    st.just(Unit.QUARTER),
    _numbers | st.just(LAST),
    st.none() | st.builds(SchoolYear, st.integers(2015, 2030)),
)
trimesters = st.builds(UnitOfYear, st.just(Unit.TRIMESTER), st.integers(1, 3), st.none())
calendar_quarters = st.builds(
    UnitOfYear, st.just(Unit.CALENDAR_QUARTER), _numbers, st.none() | st.builds(Year, st.integers(2015, 2030))
)
halves = st.builds(
    UnitOfYear, st.just(Unit.HALF_YEAR), st.integers(1, 2),
    st.none() | st.builds(SchoolYear, st.integers(2015, 2030)) | st.builds(Year, st.integers(2015, 2030)),
)  # fmt: skip
units_of_year = quarters | trimesters | calendar_quarters | halves
pieces = st.one_of(
    st.builds(PieceOfMonth, st.just(Unit.WEEK), st.integers(1, 5) | st.just(LAST), months),
    st.builds(PieceOfMonth, st.just(Unit.DECADE), st.integers(1, 3) | st.just(LAST), months),
    st.builds(PieceOfMonth, st.just(Unit.HALF_MONTH), st.integers(1, 2), months),
)
weekdays_of_month = st.builds(WeekdayOfMonth, st.integers(1, 7), st.integers(1, 5) | st.just(LAST), months)
seasons = st.builds(Season, st.sampled_from(Seasons), _years)
holidays = st.builds(Holidays, st.none() | st.sampled_from(Seasons))
exams = st.one_of(
    st.just(Exams()),
    st.builds(Exams, st.sampled_from(["ЕГЭ", "ОГЭ", "ВПР", "ГИА"]), st.sampled_from(["", "основной", "досрочный"])),
)
parts = st.builds(Part, st.sampled_from(Edge), months | units_of_year | st.just(SchoolYear()) | holidays | exams)
shorter: st.SearchStrategy[Place] = st.one_of(
    days, months, units_of_year, pieces, weekdays_of_month, seasons, holidays, exams, parts
)


# Dates

_hours = st.tuples(st.integers(0, 23), st.integers(0, 59))
clocks = st.one_of(
    st.builds(Clock, _hours),
    st.builds(Clock, st.none(), _hours),
    st.tuples(_hours, _hours).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Clock(*pair)),
)
untils = st.builds(Until, days, clocks.filter(lambda clock: clock.start is None)) | st.builds(
    Until, days | weekdays_of_month | parts | months | units_of_year | pieces | seasons
)
limiteds = st.builds(
    Limited,
    st.builds(At, units_of_year | seasons) | st.builds(Continuous, st.just(Year()) | st.just(SchoolYear())),
    days | weekdays_of_month | parts,
)
sinces = st.builds(Since, days | months | units_of_year | pieces)
ats = st.one_of(
    st.builds(At, shorter, st.booleans()),
    st.builds(At, days | weekdays_of_month, st.just(False), clocks),
    st.builds(At, days, st.just(False), st.none() | clocks, st.integers(1, 7)),
)


def _in_order(pair: tuple[Day, Day]) -> bool:
    first, last = pair
    if first.year and last.year:
        return (first.year, first.month, first.day) < (last.year, last.month, last.day)
    return first != last


betweens = st.one_of(
    st.tuples(days, days).filter(_in_order).map(lambda pair: Between(*pair)),
    st.tuples(months, months).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: Between(*pair)),
    st.tuples(st.integers(1, 2), st.integers(3, 4)).map(
        lambda pair: Between(UnitOfYear(Unit.QUARTER, pair[0]), UnitOfYear(Unit.QUARTER, pair[1]))
    ),
)
timed_stretches = st.builds(
    lambda pair, clock: Between(*pair, clock=clock), st.tuples(days, days).filter(_in_order), clocks
)
vague_stretches = betweens.map(lambda between: replace(between, vague=True))
dateds: st.SearchStrategy[Dated] = st.one_of(ats, untils, sinces, betweens)
continuouses = st.one_of(
    st.builds(Continuous, st.builds(Year, _years) | st.builds(SchoolYear, st.none() | st.integers(2015, 2030))),
    st.builds(Continuous, st.sampled_from([NamedPeriod(""), NamedPeriod("реализации проекта")])),
)


# What returns

_SINGLE = [unit for unit in Unit if unit not in (Unit.HOUR, Unit.HALF_MONTH, Unit.WORKING_DAY)]
spans = st.builds(Span, st.integers(1, 12), st.sampled_from(_SINGLE)) | st.integers(1, 5).flatmap(
    lambda least: st.builds(Span, st.just(least), st.sampled_from(_SINGLE), st.integers(least + 1, 9))
)


def recurring_of(on: On | None, per: Span, count: int, bound: Bound, within: Dated | Continuous | None) -> Recurring:
    return Recurring(count, per, bound, None, on, within)


_limits = st.none() | st.just(Continuous(Year())) | st.just(Continuous(SchoolYear())) | st.tuples(
    st.integers(1, 12), st.integers(1, 12)
).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: Between(Month(pair[0]), Month(pair[1])))  # fmt: skip
_bounds = st.sampled_from(Bound)
_floors = st.sampled_from([Bound.EXACTLY, Bound.AT_LEAST])
_month_days = st.lists(st.integers(1, 31), min_size=1, max_size=3, unique=True).map(lambda found: tuple(sorted(found)))
_ons_of_month = st.one_of(
    st.builds(NthWeekday, st.integers(1, 7), st.sampled_from([(1,), (3,), (5,), (LAST,)])),
    st.builds(NthPiece, st.just(Unit.WEEK), st.sampled_from([(1,), (5,), (LAST,)])),
    st.builds(NthPiece, st.just(Unit.DECADE), st.integers(1, 3).map(lambda number: (number,))),
    st.builds(
        NthPiece, st.sampled_from([Unit.DAY, Unit.WORKING_DAY]), st.sampled_from([(1,), (9,), (LAST,)]), st.booleans()
    ),
    st.builds(PartOfEach, st.sampled_from(Edge), st.booleans()),
    st.builds(lambda day, following: DaysOfMonth((day,), True, following), st.integers(1, 31), st.booleans()),
)
_plain = st.builds(recurring_of, st.none(), spans, st.integers(1, 12), _bounds, _limits).filter(
    lambda one: (
        not isinstance(one.within, Between) or one.count > 1 or one.per.unit not in (Unit.YEAR, Unit.SCHOOL_YEAR)
    )
)
_ranges = st.builds(
    lambda per, count, more: Recurring(count, per, Bound.EXACTLY, count + more),
    spans,
    st.integers(1, 5),
    st.integers(1, 3),
)
_monthly = st.builds(
    recurring_of, _ons_of_month, st.just(Span(1, Unit.MONTH)), st.just(1), _floors, _limits
)  # fmt: skip
_days_monthly = st.builds(
    lambda found, within: Recurring(len(found), Span(1, Unit.MONTH), on=DaysOfMonth(found), within=within),
    _month_days, _limits,
)  # fmt: skip
_days_from_to = st.builds(
    lambda first, more, within: Recurring(1, Span(1, Unit.MONTH), on=DaysBetween(first, first + more), within=within),
    st.integers(1, 20), st.integers(1, 11), _limits,
)  # fmt: skip
_twice_monthly = st.sampled_from([NthWeekday(3, (1, 3)), NthPiece(Unit.WEEK, (2, LAST))]).map(
    lambda on: Recurring(2, Span(1, Unit.MONTH), on=on)
)
_weekly = st.builds(
    lambda found, within: Recurring(len(found), Span(1, Unit.WEEK), on=Weekdays(tuple(sorted(found))), within=within),
    st.sets(st.integers(1, 7), min_size=1, max_size=4), _limits,
)  # fmt: skip
_any_of_them = st.builds(
    lambda count, unit, found: Recurring(count, Span(1, unit), on=Weekdays(tuple(sorted(found)))),
    st.integers(1, 3), st.sampled_from([Unit.MONTH, Unit.QUARTER]), st.sets(st.integers(1, 7), min_size=1, max_size=2),
)  # fmt: skip
_quarterly = st.builds(
    recurring_of, st.builds(PartOfEach, st.sampled_from(Edge), st.booleans()),
    st.sampled_from([Span(1, unit) for unit in (Unit.QUARTER, Unit.TRIMESTER, Unit.HALF_YEAR, Unit.CALENDAR_QUARTER)]),
    st.just(1), _floors, _limits,
)  # fmt: skip
_last_month = st.builds(
    lambda day, until, unit, within: Recurring(
        1, Span(1, unit), on=DaysOfMonth((day,), until, last=True), within=within
    ),
    st.integers(1, 31), st.booleans(), st.sampled_from([Unit.QUARTER, Unit.CALENDAR_QUARTER, Unit.HALF_YEAR]), _limits,
)  # fmt: skip
_yearly = st.lists(st.builds(Month, st.integers(1, 12)), min_size=1, max_size=4, unique=True).map(
    lambda found: Recurring(len(found), Span(1, Unit.YEAR), on=Times(tuple(At(month) for month in found)))
)
_every_other = st.builds(
    lambda number, day: Recurring(1, Span(number, Unit.WEEK), on=Weekdays((day,))), st.integers(2, 4), st.integers(1, 7)
)
_half_yearly = st.builds(
    lambda first, last: Recurring(1, Span(1, Unit.HALF_YEAR), on=Times((Until(Day(first, 12)), Until(Day(last, 5))))),
    st.integers(1, 28), st.integers(1, 28),
)  # fmt: skip
_full = st.one_of(
    _plain,
    _ranges,
    _monthly,
    _days_monthly,
    _days_from_to,
    _twice_monthly,
    _weekly,
    _any_of_them,
    _quarterly,
    _last_month,
    _yearly,
    _every_other,
    _half_yearly,
)
_left_out = st.lists(
    st.builds(Holidays) | st.builds(Month, st.integers(1, 12)) | st.builds(Season, st.sampled_from(Seasons)),
    min_size=1, max_size=2, unique=True,
).map(tuple)  # fmt: skip
recurrings = st.one_of(
    st.builds(
        lambda one, clock: replace(one, clock=clock),
        st.one_of(_weekly, _days_monthly, _twice_monthly.filter(lambda one: isinstance(one.on, NthWeekday))),
        clocks,
    ),
    _full,
    st.builds(lambda one, left: replace(one, without=left), _full, _left_out),
)


# What leans on something

_event_spans = st.builds(Span, st.integers(1, 30), st.sampled_from([Unit.DAY, Unit.WORKING_DAY, Unit.WEEK, Unit.MONTH]))
_names = st.sampled_from(
    ["получения результатов", "проведения педсовета", "анализа работ в школе", "подписания приказа"]
)
_places_of_events = days | months | units_of_year | holidays | exams | parts
_events = st.builds(NamedEvent, _names) | _places_of_events | st.builds(
    EachUnit, st.sampled_from([Unit.QUARTER, Unit.MONTH, Unit.TRIMESTER, Unit.HALF_YEAR, Unit.CALENDAR_QUARTER]),
    st.sampled_from([None, Edge.START, Edge.END]),
)  # fmt: skip
_SPANNED = [
    Relation.WITHIN_AFTER, Relation.AT_AFTER, Relation.AT_BEFORE, Relation.AT_LEAST_BEFORE, Relation.NOT_EARLIER_BEFORE,
]  # fmt: skip
relatives = st.one_of(
    st.builds(Relative, st.sampled_from(_SPANNED), _event_spans, _events),
    st.builds(Relative, st.sampled_from([Relation.AFTER, Relation.ON_RESULTS]), st.none(), _events),
    st.builds(Relative, st.sampled_from([Relation.BEFORE, Relation.ON]), st.none(), st.builds(NamedEvent, _names)),
    st.sampled_from([NamedEvent("педсовету", "к"), NamedEvent("экзаменом по физике", "перед")]).map(
        lambda event: Relative(Relation.BEFORE, None, event)
    ),
    st.builds(Relative, st.just(Relation.WITHIN_AFTER), _event_spans, st.none()),
)
_said = [
    OnRequest("по запросу ОО"), OnRequest("при необходимости"), OnRequest("по мере поступления заявок"),
    ByPlan("по отдельному графику"), ByPlan("согласно плану управления образования"), Open("постоянно"),
    Open("на постоянной основе"),
]  # fmt: skip
others = st.sampled_from(_said)
simples: st.SearchStrategy[Simple] = st.one_of(
    dateds, timed_stretches, vague_stretches, limiteds, continuouses, recurrings, relatives, others
)


def _has_year(part: Simple) -> bool | None:
    place = part.place if isinstance(part, At | Until) else None
    return bool(place.year) if isinstance(place, Day | Month) else None


def _sound(parts: list[Simple]) -> bool:
    return len({_has_year(part) for part in parts} - {None}) < 2


_lists = st.lists(simples, min_size=2, max_size=4, unique=True).filter(_sound).map(tuple)
compounds = st.one_of(
    st.builds(Compound, _lists), st.builds(Compound, _lists, st.just(True)),
    st.builds(Compound, _lists.filter(lambda parts: not isinstance(parts[-1], Since)), st.just(False), simples)
)  # fmt: skip
deadlines: st.SearchStrategy[Deadline] = simples | compounds

__all__ = ["CALENDAR", "PLAN", "SCHOOL_UNITS", "SIZES", "deadlines", "plan_from", "recurrings", "simples"]
