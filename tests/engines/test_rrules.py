"""A rule tells exactly the days that it was found for, whatever they are."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traektoria.engines.rrules import rule_of

TUESDAY = date(2026, 9, 1)
DAYS = st.sets(st.dates(date(2025, 9, 1), date(2027, 8, 31)), min_size=2, max_size=40)
WEEKS = st.builds(
    lambda start, weekdays, interval, length, gone: {
        start + timedelta(days=7 * interval * week + weekday)
        for week in range(length) for weekday in weekdays if (week, weekday) not in gone
    },
    st.dates(date(2025, 9, 1), date(2026, 9, 1)), st.sets(st.integers(0, 6), min_size=1, max_size=3),
    st.integers(1, 3), st.integers(3, 20), st.sets(st.tuples(st.integers(0, 19), st.integers(0, 6)), max_size=3),
).filter(lambda days: len(days) > 1)  # fmt: skip


@given(DAYS | WEEKS)
def test_a_rule_tells_its_days_and_no_other(days: set[date]) -> None:
    rule = rule_of(days)
    assert list(rule.days()) == sorted(days)
    assert (rule.first, rule.last) == (min(days), max(days))


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ([TUESDAY, TUESDAY + timedelta(days=7)], ("WEEKLY", 1, ["TU"], 0)),
        ([TUESDAY + timedelta(days=14 * week) for week in range(4)], ("WEEKLY", 2, ["TU"], 0)),
        ([TUESDAY, TUESDAY + timedelta(days=2), TUESDAY + timedelta(days=7)], ("WEEKLY", 1, ["TU", "TH"], 0)),
        ([date(2026, 9, 8), date(2026, 10, 13), date(2026, 12, 8)], ("MONTHLY", 1, ["2TU"], 1)),
        ([date(2026, 9, 24), date(2026, 10, 29), date(2026, 11, 26)], ("MONTHLY", 1, ["-1TH"], 0)),
        ([TUESDAY, TUESDAY + timedelta(days=21), TUESDAY + timedelta(days=35)], ("WEEKLY", 1, ["TU"], 3)),
    ],
)
def test_the_shortest_rule_is_taken(days: list[date], told: tuple[str, int, list[str], int]) -> None:
    rule = rule_of(days)
    assert (rule.frequency, rule.interval, rule.by_day, len(rule.dropped)) == told


def test_one_day_needs_no_rule() -> None:
    with pytest.raises(ValueError, match="more than one day"):
        rule_of([TUESDAY, TUESDAY])
