"""Hours of working days: what is promised on Friday is kept on Monday, whatever the clock does in between."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traektoria.engines.days import is_working_day
from traektoria.engines.promises import answer_by

MOSCOW, YEKATERINBURG = ZoneInfo("Europe/Moscow"), ZoneInfo("Asia/Yekaterinburg")
VOLGOGRAD = ZoneInfo("Europe/Volgograd")


@pytest.mark.parametrize(
    ("asked", "hours", "answered"),
    [
        ((2026, 9, 8, 10), 24, (2026, 9, 9, 10)),  # Tuesday to Wednesday
        ((2026, 9, 11, 17), 24, (2026, 9, 14, 17)),  # Friday evening to Monday evening
        ((2026, 9, 11, 17), 48, (2026, 9, 15, 17)),
        ((2026, 9, 12, 12), 24, (2026, 9, 15, 0)),  # Saturday: counted from Monday, all of Monday is there
        ((2026, 9, 13, 23), 1, (2026, 9, 14, 1)),
        ((2026, 9, 11, 0), 24, (2026, 9, 12, 0)),  # all of Friday: until its end, not until that of Sunday
        ((2026, 9, 12, 12), 120, (2026, 9, 19, 0)),  # a whole working week: until the end of its Friday
        ((2026, 9, 12, 12), 0, (2026, 9, 14, 0)),
        ((2026, 11, 3, 15), 24, (2026, 11, 5, 15)),  # the day of national unity is no working day
        ((2026, 12, 31, 12), 24, (2027, 1, 11, 12)),  # nor are eight days of January, nor the week-end after them
    ],
)
def test_hours_of_working_days(asked: tuple[int, ...], hours: int, answered: tuple[int, ...]) -> None:
    assert answer_by(datetime(*asked, tzinfo=MOSCOW), hours, MOSCOW) == datetime(*answered, tzinfo=MOSCOW)


def test_the_clock_of_the_place_decides_which_day_it_is() -> None:
    late = datetime(2026, 9, 11, 23, tzinfo=MOSCOW)  # Saturday already in Yekaterinburg
    assert answer_by(late, 2, MOSCOW) == datetime(2026, 9, 14, 1, tzinfo=MOSCOW)
    assert answer_by(late, 2, YEKATERINBURG) == datetime(2026, 9, 14, 2, tzinfo=YEKATERINBURG)


def test_a_day_with_a_change_of_the_clock_has_its_own_length() -> None:
    """Volgograd went from UTC+4 to UTC+3 on 27 December 2020, a Sunday; here Sundays work."""
    asked = datetime(2020, 12, 26, 12, tzinfo=VOLGOGRAD)
    assert answer_by(asked, 24, VOLGOGRAD, lambda day: True) - asked.astimezone(UTC) == timedelta(hours=24)


def test_a_place_that_never_works_promises_nothing() -> None:
    with pytest.raises(ValueError, match="no day works"):
        answer_by(datetime(2026, 9, 8, tzinfo=MOSCOW), 1, MOSCOW, lambda day: False)


moments = st.datetimes(datetime(2015, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@given(asked=moments, hours=st.integers(1, 200), zone=st.sampled_from([MOSCOW, YEKATERINBURG, VOLGOGRAD]))
def test_exactly_so_many_working_hours_pass(asked: datetime, hours: int, zone: ZoneInfo) -> None:
    due = answer_by(asked, hours, zone)
    passed, at = timedelta(), asked
    while at < due:
        day: date = at.astimezone(zone).date()
        end = datetime.combine(day + timedelta(days=1), datetime.min.time(), zone).astimezone(UTC)
        if is_working_day(day):
            passed += min(end, due) - at
        at = min(end, due)
    assert passed == timedelta(hours=hours)
    assert answer_by(asked, hours + 1, zone) > due
