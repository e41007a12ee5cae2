"""Length of service on days that are easy to get wrong."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traektoria.engines.criteria import Length, WorkInterval, service

DAYS = st.dates(date(1980, 1, 1), date(2026, 12, 31))
INTERVALS = st.lists(st.tuples(DAYS, st.none() | st.integers(0, 4000)), max_size=6).map(
    lambda rows: [WorkInterval(start, None if days is None else start + timedelta(days=days)) for start, days in rows]
)


def length(until: date, *pairs: tuple[date, date | None]) -> tuple[int, int, int]:
    found = service([WorkInterval(*pair) for pair in pairs], until)
    return found.years, found.months, found.days


SINCE = (date(2020, 9, 1), None)


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        (date(2020, 8, 1), (0, 0, 0)),
        (date(2020, 9, 1), (0, 0, 0)),
        (date(2020, 9, 2), (0, 0, 1)),
        (date(2023, 8, 31), (2, 11, 30)),
        (date(2023, 9, 1), (3, 0, 0)),
        (date(2024, 2, 29), (3, 5, 28)),
    ],
)
def test_a_year_is_reached_on_its_anniversary(until: date, expected: tuple[int, int, int]) -> None:
    assert length(until, SINCE) == expected


def test_the_last_day_of_work_is_worked() -> None:
    assert length(date(2026, 1, 1), (date(2020, 9, 1), date(2023, 8, 31))) == (3, 0, 0)
    assert length(date(2026, 1, 1), (date(2020, 9, 1), date(2023, 8, 30))) == (2, 11, 30)


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        (date(2021, 2, 27), (0, 11, 29)),
        (date(2021, 2, 28), (1, 0, 0)),
        (date(2024, 2, 29), (4, 0, 0)),
    ],
)
def test_from_the_29th_of_february(until: date, expected: tuple[int, int, int]) -> None:
    assert length(until, (date(2020, 2, 29), None)) == expected


def test_overlaps_count_once_and_touching_work_is_unbroken() -> None:
    overlapping = [(date(2018, 9, 1), date(2020, 8, 31)), (date(2019, 1, 1), date(2021, 8, 31))]
    assert length(date(2026, 1, 1), *overlapping) == (3, 0, 0)
    touching = [(date(2018, 9, 1), date(2019, 1, 15)), (date(2019, 1, 16), date(2021, 8, 31))]
    assert length(date(2026, 1, 1), *touching) == (3, 0, 0)


def test_gaps_are_not_counted_and_thirty_days_make_a_month() -> None:
    broken = [(date(2018, 9, 1), date(2019, 8, 31)), (date(2020, 9, 1), date(2022, 8, 31))]
    assert length(date(2026, 1, 1), *broken) == (3, 0, 0)
    days = [(date(2020, 1, 1), date(2020, 1, 20)), (date(2020, 3, 1), date(2020, 3, 15))]
    assert length(date(2026, 1, 1), *days) == (0, 1, 5)


def test_nothing_worked() -> None:
    assert service([], date(2026, 1, 1)) == Length()


@given(INTERVALS, DAYS)
def test_more_work_is_never_shorter(intervals: list[WorkInterval], until: date) -> None:
    assert service(intervals, until).years <= (until.year - 1979)
    whole = service([*intervals, WorkInterval(date(1980, 1, 1))], until)
    assert whole == service([WorkInterval(date(1980, 1, 1))], until)


@given(INTERVALS, DAYS)
def test_order_and_repeats_do_not_matter(intervals: list[WorkInterval], until: date) -> None:
    assert service([*reversed(intervals), *intervals], until) == service(intervals, until)


@given(DAYS, DAYS)
def test_a_day_later_is_longer(start: date, until: date) -> None:
    now, tomorrow = (service([WorkInterval(start)], day) for day in (until, until + timedelta(days=1)))
    assert tomorrow >= now
    assert tomorrow.in_years >= now.in_years


def test_in_years_never_rounds_up() -> None:
    assert [str(Length(*one).in_years) for one in [(2, 11, 30), (3, 0, 0), (0, 4, 0)]] == ["2.91", "3.00", "0.33"]
