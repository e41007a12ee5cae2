"""What does not agree is found with its place, each fault as itself; where all agrees, nothing is said."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.lessons.samples import YEAR, good, pasted, place
from traektoria.engines.lessons.checks import contradictions, controls_of, hours_by_section, shown
from traektoria.engines.lessons.model import Calendar, Contradiction, Odd, Say, Scope, Stated, Total
from traektoria.engines.lessons.topics import look_for

WEEK = Stated(Say.WEEK, Decimal(2))


def odd(calendar: Calendar, *said: Stated) -> list[Contradiction]:
    return list(contradictions(calendar, said, YEAR))


def kinds(calendar: Calendar, *said: Stated) -> list[Odd]:
    return [one.odd for one in odd(calendar, *said)]


def changed(calendar: Calendar, at: int, **facts: Any) -> Calendar:
    rows = list(calendar.lessons)
    rows[at] = replace(rows[at], **facts)
    return replace(calendar, lessons=tuple(rows))


@given(st.integers(2, 60))
def test_nothing_is_said_where_all_agrees(number: int) -> None:
    said = (WEEK, Stated(Say.YEAR, Decimal(number)), Stated(Say.CONTROLS, Decimal(0)))
    whole = Total(place(99), Decimal(number), Scope.ALL, number)
    assert odd(replace(good(number), totals=(whole,)), *said) == []


@given(st.integers(4, 40), st.data())
def test_each_fault_is_found_as_itself_at_its_place(number: int, data: st.DataObject) -> None:
    calendar = good(number)
    at = data.draw(st.integers(1, number - 2))
    lesson, spot = calendar.lessons[at], calendar.lessons[at].place
    assert odd(changed(calendar, at, number=str(at))) == [
        Contradiction(Odd.NUMBER_TWICE, (calendar.lessons[at - 1].place, spot), about=str(at)),
        Contradiction(Odd.NUMBER_GAP, (calendar.lessons[at + 1].place,), about=str(at + 1)),
    ]
    sunday = lesson.days[0] + timedelta(days=6 - lesson.days[0].weekday())
    assert Contradiction(Odd.DAY_OFF, (spot,), sunday.isoformat(), about="sunday") in odd(
        changed(calendar, at, days=(sunday,))
    )
    early = calendar.lessons[at - 1].days[0] - timedelta(days=1)
    assert Odd.DAY_ORDER in kinds(changed(calendar, at, days=(early,)))
    ahead = calendar.lessons[-1].days[0] + timedelta(days=1)
    assert kinds(changed(calendar, at, days=(ahead,))).count(Odd.DAY_ORDER) == 1, "said once, not of each lesson after"
    assert kinds(changed(calendar, at, days=(), when="")) == [Odd.DAY_MISSING]
    unread = Contradiction(Odd.DAY_UNREAD, (spot,), "1")
    assert odd(changed(calendar, at, days=(), when="…")) == [unread], "neither missing nor right"
    assert kinds(changed(calendar, at, hours=Decimal(2), number=f"{at + 1}")) == [Odd.SECTION_HOURS]
    assert kinds(changed(calendar, at, hours=None, unread=True)) == [Odd.SECTION_HOURS, Odd.HOURS_UNREAD]


def test_days_outside_in_holidays_and_on_public_holidays() -> None:
    calendar = good(4)
    for day, kind, about in (
        (date(2027, 6, 3), Odd.DAY_OUTSIDE, ""),
        (date(2026, 10, 27), Odd.DAY_OFF, "holidays"),
        (date(2027, 2, 23), Odd.DAY_OFF, "public"),
    ):
        found = odd(changed(calendar, 3, days=(day,)))
        assert [(one.odd, one.about, one.counted) for one in found] == [(kind, about, day.isoformat())]


def test_holidays_that_nobody_has_confirmed_are_said_to_be_so() -> None:
    year = replace(YEAR, holidays=((date(2026, 10, 24), date(2026, 11, 3), False),))
    found = contradictions(changed(good(4), 3, days=(date(2026, 10, 27),)), (), year)
    assert [one.sure for one in found] == [False]


def test_two_lessons_a_day_are_odd_only_where_they_are_no_timetable() -> None:
    calendar = good(10)
    once = changed(calendar, 5, days=calendar.lessons[4].days)
    assert kinds(once) == [Odd.DAY_TWICE]
    twice = [replace(one, days=calendar.lessons[at // 2 * 2].days) for at, one in enumerate(calendar.lessons)]
    assert kinds(replace(calendar, lessons=tuple(twice))) == []


def test_sums_by_weeks_by_the_year_and_said_twice() -> None:
    calendar = good(6)
    said = (WEEK, Stated(Say.WEEKS, Decimal(34)), Stated(Say.YEAR, Decimal(70)), Stated(Say.WEEK, Decimal(3)))
    assert [(one.odd, one.counted, one.stated) for one in odd(calendar, *said)] == [
        (Odd.STATED, "3", "2"), (Odd.YEAR_HOURS, "6", "70"), (Odd.WEEKS_HOURS, "6", "68")
    ]  # fmt: skip
    third = calendar.lessons[1].days[0] + timedelta(days=1)
    crowded = changed(changed(calendar, 2, days=(third,)), 3, days=(third + timedelta(days=5),))
    assert [(one.odd, one.counted, one.about) for one in odd(crowded, WEEK)] == [(Odd.WEEK_OVER, "3", "2026-08-31")]


def test_totals_of_sections_and_of_all() -> None:
    calendar = good(6)
    right = (Total(place(5), Decimal(3), Scope.ALL, 3), Total(place(9), Decimal(3), Scope.ALL, 6))
    assert odd(replace(calendar, totals=right)) == [], "«Итого» stands under each section"
    wrong = (Total(place(5), Decimal(4), Scope.SECTION, 3), Total(place(9), Decimal(7), Scope.ALL, 6))
    assert [(one.counted, one.stated, one.about) for one in odd(replace(calendar, totals=wrong))] == [
        ("3", "4", Scope.SECTION), ("6", "7", Scope.ALL)
    ]  # fmt: skip


def test_control_works_are_counted_by_their_names() -> None:
    rows = [
        ["1", "Контрольная работа № 1", "1", ""], ["2", "Анализ контрольной работы", "1", ""],
        ["3", "Подготовка к контрольной работе", "1", ""], ["4", "К/р по теме «Дроби»", "1", ""],
        ["5", "Контрольный диктант № 3", "1", ""], ["6", "Контрольный диктант № 3", "1", ""],
        ["7", "Контрольная работа № 1", "1", ""],
    ]  # fmt: skip
    calendar = pasted(rows)
    assert [one.number for one in controls_of(calendar)] == ["1", "4", "5", "6", "7"]
    found = odd(calendar, Stated(Say.CONTROLS, Decimal(4)))
    assert [(one.odd, one.about or one.stated) for one in found] == [
        (Odd.CONTROLS, "4"), (Odd.CONTROL_GAP, "2"), (Odd.CONTROL_TWICE, "1")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ("1 2 3", []),
        ("1 2 4", [Odd.NUMBER_GAP]),
        ("2 3", [Odd.NUMBER_GAP]),
        ("1 2–3 4", []),
        ("1.1 1.2 2.1 2.2", []),
        ("1(1) 2(2) 3(1)", []),
        ("1 2 2 3", [Odd.NUMBER_TWICE]),
    ],
)
def test_numbers_as_they_are_written(numbers: str, found: list[Odd]) -> None:
    calendar = pasted([[number, f"Тема {number}", "1", ""] for number in numbers.split()])
    assert kinds(calendar) == found


def test_numbers_may_begin_anew_with_a_section_and_skip_for_two_hours() -> None:
    rows = [["", "Раздел 1", "", ""], ["1", "Дроби", "2", ""], ["3", "Доли", "1", ""], ["", "Раздел 2", "", ""],
            ["1", "Корни", "1", ""], ["2", "Степени", "1", ""]]  # fmt: skip
    assert kinds(pasted(rows)) == []


@given(st.lists(st.integers(0, 40), min_size=1, max_size=30))
def test_hours_of_sections_are_the_hours_of_all(hours: list[int]) -> None:
    """Whatever the cells say, nothing is lost between the sections and the sum; halves are kept as they are."""
    rows = [replace(one, hours=Decimal(n) / 2) for n, one in zip(hours, good(len(hours) + 1).lessons, strict=False)]
    calendar = replace(good(len(hours) + 1), lessons=tuple(rows))
    assert sum(sum_ for _section, sum_ in hours_by_section(calendar)) == calendar.hours
    assert Decimal(shown(calendar.hours).replace(",", ".")) == calendar.hours


def words(text: str) -> list[frozenset[str]]:
    return [frozenset({one}) for one in text.split()]


def test_likely_lines_are_the_likest_first_and_none_for_nothing() -> None:
    lines = [words("корни степени"), words("сложение дробей"), words("дробей"), words("")]
    found = look_for(words("сложение вычитание дробей"), lines)
    assert [one.at for one in found] == [1, 2]
    assert look_for([], lines) == ()
    assert look_for(words("проценты"), lines) == ()
