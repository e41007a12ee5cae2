"""Occurrences of any deadline in any plan: in the plan, in order, from what the phrase or the calendar says."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.deadlines.samples import CALENDAR, PLAN, dateds, deadlines, plan_from, recurrings
from tests.thoroughness import rounds
from traektoria.engines.deadlines.calendar import Plan, SchoolCalendar, plan_of_calendar_year, plan_of_school_year
from traektoria.engines.deadlines.date_relations import Dated
from traektoria.engines.deadlines.floors import Gap, gaps
from traektoria.engines.deadlines.model import Deadline
from traektoria.engines.deadlines.occurrence import Occurrence, said
from traektoria.engines.deadlines.places import Day, Month, Season, Unit, UnitOfYear, Year
from traektoria.engines.deadlines.plan_occurrences import occurrences
from traektoria.engines.deadlines.reader import parse
from traektoria.engines.deadlines.reasons import Reason
from traektoria.engines.deadlines.rhythm_model import Bound, Recurring, Span, Times, Weekdays

ONE_DAY = timedelta(days=1)
plans = st.one_of(
    st.just(PLAN),
    st.dates(date(2025, 8, 1), date(2026, 8, 31)).map(plan_from),
    st.just(plan_of_school_year(SchoolCalendar(2025, ()))),
    st.integers(2025, 2027).map(lambda year: plan_of_calendar_year(year, (CALENDAR,))),
)


def read(phrase: str) -> Deadline:
    deadline = parse(phrase).deadline
    assert deadline is not None, phrase
    return deadline


def when(phrase: str, plan: Plan = PLAN) -> list[str]:
    """The dates of a phrase that is understood."""
    return [said(one) for one in occurrences(read(phrase), plan).occurrences]


def why(phrase: str, plan: Plan = PLAN) -> tuple[str, ...]:
    found = occurrences(read(phrase), plan)
    assert not found.occurrences
    return tuple(one.sentence for one in found.why)


@settings(max_examples=rounds(60, 300), deadline=None)
@given(deadlines, plans)
def test_occurrences_lie_in_the_plan_in_order_or_it_is_said_why_not(deadline: Deadline, plan: Plan) -> None:
    found = occurrences(deadline, plan)
    assert found.occurrences or found.why
    assert all(one.sentence for one in found.why)
    ends = [one.end or one.start for one in found.occurrences]
    assert ends == sorted(ends, key=lambda day: day or date.max)
    for one in found.occurrences:
        assert one.start or one.end
        assert all(plan.earliest <= day <= plan.latest for day in (one.start, one.end) if day)
        assert not (one.start and one.end) or one.start <= one.end
        assert 1 <= one.number <= one.of


def _inside(found: Any) -> Iterator[Any]:
    """All parts of a deadline."""
    yield found
    if isinstance(found, tuple):
        for one in found:
            yield from _inside(one)
    if is_dataclass(found):
        for field in fields(found):
            yield from _inside(getattr(found, field.name))


def _known_days(plan: Plan) -> set[date]:
    """Days that the calendar names, and those beside them."""
    days = {plan.first, plan.last, plan.earliest, plan.latest}
    for calendar in plan.calendars:
        days |= {day for period in calendar.periods for day in (period.start, period.end)}
    return days | {day + ONE_DAY for day in days} | {day - ONE_DAY for day in days}


def _named_months(deadline: Deadline) -> set[int]:
    """Months that are named, or of which something named consists."""
    months: set[int] = set()
    for one in _inside(deadline):
        if isinstance(one, Month):
            months.add(one.month)
        elif isinstance(one, Season):
            months |= {int(one.season), (one.season + 1) % 12 + 1}
        elif isinstance(one, UnitOfYear) and isinstance(one.of, Year | None):
            size = 6 if one.unit is Unit.HALF_YEAR else 3
            number = 12 // size if one.number < 0 else one.number
            months |= {number * size, number * size - size + 1}
        elif isinstance(one, Year):
            months |= {1, 12}
    return months


@settings(max_examples=rounds(60, 300), deadline=None)
@given(dateds, plans)
def test_no_date_is_invented(deadline: Dated, plan: Plan) -> None:
    days = {(one.month, one.day) for one in _inside(deadline) if isinstance(one, Day)}
    years = {one.year for one in _inside(deadline) if isinstance(one, Day | Month | Season) and one.year}
    for one in occurrences(deadline, plan).occurrences:
        for day in filter(None, (one.start, one.end)):
            near = {(near.month, near.day) for near in (day, day + ONE_DAY)}
            named = bool(near & days) or {day.month, (day + ONE_DAY).month} & _named_months(deadline)
            assert named or day in _known_days(plan)
            assert not years or min(years) - 1 <= day.year <= max(years) + 1


@settings(max_examples=rounds(24, 120), deadline=None)
@given(recurrings, plans)
def test_no_lesson_day_is_in_the_holidays(deadline: Recurring, plan: Plan) -> None:
    weekly = isinstance(deadline.on, Weekdays) and deadline.per == Span(1, Unit.WEEK)
    if weekly or deadline.per == Span(1, Unit.DAY):
        for one in occurrences(deadline, plan).occurrences:
            assert one.start == one.end
            assert one.start is not None
            assert plan.is_lesson_day(one.start) or (_names_weekend(deadline, one.start) and plan.is_in_term(one.start))


def _names_weekend(deadline: Recurring, day: date) -> bool:
    """A Saturday or a Sunday that is named is meant (rule 8 of docs/deadlines.md)."""
    return isinstance(deadline.on, Weekdays) and day.isoweekday() in {6, 7} & set(deadline.on.days)


@settings(max_examples=rounds(24, 120), deadline=None)
@given(recurrings, plans)
def test_a_floor_holds_if_each_occurrence_is_done_on_its_last_day(deadline: Recurring, plan: Plan) -> None:
    floor = Recurring(deadline.count, deadline.per, Bound.AT_LEAST)
    found = occurrences(floor, plan)
    days = [one.end for one in found.occurrences if one.end]
    if days:
        assert gaps(floor, days, plan) == []


@settings(max_examples=rounds(24, 120), deadline=None)
@given(recurrings)
def test_so_many_times_in_each_period(deadline: Recurring) -> None:
    if deadline.on is None and deadline.within is None:
        found: dict[tuple[date | None, date | None], list[Occurrence]] = {}
        for one in occurrences(deadline, PLAN).occurrences:
            found.setdefault((one.start, one.end), []).append(one)
        assert all(len(some) == deadline.count for some in found.values())


def test_a_floor_is_measured_between_deeds_not_between_months() -> None:
    floor = parse("не реже одного раза в два месяца").deadline
    assert isinstance(floor, Recurring)
    early_and_late = [date(2025, 9, 1), date(2025, 12, 31), date(2026, 2, 28), date(2026, 4, 30)]
    assert gaps(floor, early_and_late, PLAN) == [Gap(date(2025, 9, 1), date(2025, 11, 1), date(2025, 12, 31))]
    assert gaps(floor, [], PLAN) == [Gap(date(2025, 9, 1), date(2025, 11, 1), None)]


def test_a_floor_over_quarters_asks_for_each_quarter() -> None:
    floor = parse("не менее 2 раз в четверть").deadline
    assert isinstance(floor, Recurring)
    done = [
        date(2025, 9, 3),
        date(2025, 9, 4),
        date(2025, 11, 6),
        date(2026, 1, 14),
        date(2026, 1, 15),
        date(2026, 4, 7),
    ]
    assert [(gap.after, gap.came) for gap in gaps(floor, done, PLAN)] == [
        (date(2025, 11, 5), date(2026, 1, 14)),
        (date(2026, 4, 6), None),
    ]


@pytest.mark.parametrize(
    ("phrase", "start", "expected"),
    [
        ("август", "2025-10-01", ["01.08.2026–31.08.2026"]),
        ("август", "2025-09-01", []),
        ("август", "2025-08-15", []),
        ("в течение 10 рабочих дней", "2025-09-01", ["01.09.2025–12.09.2025"]),
        ("в течение 3–4 недель", "2025-09-01", ["01.09.2025–28.09.2025"]),
        ("август – сентябрь", "2025-09-01", ["01.09.2025–30.09.2025"]),
        ("1 раз в месяц", "2026-03-10", ["10.03.2026–31.03.2026", "01.04.2026–30.04.2026", "01.05.2026–26.05.2026"]),
        ("до 5 числа каждого месяца", "2026-03-10", ["до 05.04.2026", "до 05.05.2026"]),
    ],
)
def test_a_plan_that_begins_on_a_day(phrase: str, start: str, expected: list[str]) -> None:
    assert when(phrase, plan_from(date.fromisoformat(start))) == expected


def test_a_list_that_begins_in_august_begins_before_the_school_year() -> None:
    assert when("август, сентябрь") == ["01.08.2025–31.08.2025", "01.09.2025–30.09.2025"]
    assert when("июнь, август") == ["01.06.2026–30.06.2026", "01.08.2026–31.08.2026"]
    assert why("август") == ("Что имеется в виду – август 2025 года или август 2026 года?",)


def test_a_plan_for_a_calendar_year_has_its_own_halves_and_years() -> None:
    plan = plan_of_calendar_year(2026, (CALENDAR,))
    assert when("в течение года", plan) == ["01.01.2026–31.12.2026"]
    assert when("1 раз в квартал", plan)[-1] == "01.10.2026–31.12.2026"
    assert when("III четверть", plan) == ["12.01.2026–27.03.2026"]
    assert when("сентябрь", plan) == ["01.09.2026–30.09.2026"]
    assert why("1 раз в полугодие", plan) == ("Полугодие чего – учебного или календарного года?",)


def test_what_the_calendar_lacks_is_named() -> None:
    bare = plan_of_school_year(SchoolCalendar(2025, ()))
    assert why("раз в четверть", bare) == ("В календаре нет дат: четверть.",)
    assert why("III триместр") == ("В календаре нет дат: III триместр.",)
    assert why("за 10 дней до ОГЭ") == ("В календаре нет дат: ОГЭ.",)


def test_of_several_periods_of_an_exam_one_is_asked_for() -> None:
    assert why("за 10 дней до ЕГЭ") == ("Что имеется в виду – ЕГЭ, досрочный период или ЕГЭ, основной период?",)
    assert when("за 10 дней до основного периода ЕГЭ") == ["22.05.2026"]


def test_times_that_are_named_must_be_as_many_as_is_said() -> None:
    assert when("2 раза в год (сентябрь, май)") == ["01.09.2025–30.09.2025", "01.05.2026–31.05.2026"]
    assert when("1 раз в четверть: октябрь, декабрь, март, май")[0] == "01.10.2025–31.10.2025"
    assert why("1 раз в четверть: октябрь, декабрь") == ("Названо сроков: 2, а должно быть: 4.",)
    assert parse("2 раза в год: октябрь, декабрь, март").deadline != parse("октябрь, декабрь, март").deadline


def test_how_often_and_a_date_beside_it_are_asked_about() -> None:
    found = occurrences(read("ежемесячно; октябрь"), PLAN)
    assert [one.reason for one in found.why] == [Reason.CONFLICT]


def test_proposed_dates_of_a_calendar_are_said_to_be_so() -> None:
    periods = tuple(replace(period, confirmed=False) for period in CALENDAR.periods)
    found = occurrences(read("1 раз в четверть"), plan_of_school_year(SchoolCalendar(2025, periods)))
    assert found.assumptions == ("Даты календаря предложены, не подтверждены.",)


def test_times_of_a_rhythm_are_not_lost() -> None:
    deadline = parse("ежегодно в августе – сентябре").deadline
    assert isinstance(deadline, Recurring)
    assert isinstance(deadline.on, Times)
    assert when("ежегодно в августе – сентябре") == ["01.08.2025–30.09.2025"]
