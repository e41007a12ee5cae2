"""What comes again comes by the clock on the wall, also where that clock is changed."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from traektoria.engines.intervals import Interval
from traektoria.engines.recurrence import LAST, Repeat, Rule, days_of, interval_on, meetings, nth_of

MOSCOW, YEKATERINBURG, VOLGOGRAD = (
    ZoneInfo(name) for name in ("Europe/Moscow", "Asia/Yekaterinburg", "Europe/Volgograd")
)
ZONES = st.sampled_from(
    ["Europe/Moscow", "Asia/Yekaterinburg", "Europe/Volgograd", "Asia/Magadan", "Europe/Berlin", "America/New_York"]
).map(ZoneInfo)
DAYS = st.dates(date(2009, 1, 1), date(2031, 12, 31))
CLOCK = st.times(max_value=time(23, 0)).map(lambda one: one.replace(second=0, microsecond=0))


def _rule(repeat: Repeat, first: date, weeks: int) -> Rule:
    return Rule(repeat, first, first + timedelta(weeks=weeks))


def test_every_week_and_every_second_one() -> None:
    monday = date(2026, 9, 7)
    assert days_of(_rule(Repeat.WEEKLY, monday, 2)) == [monday, date(2026, 9, 14), date(2026, 9, 21)]
    assert days_of(_rule(Repeat.FORTNIGHTLY, monday, 3)) == [monday, date(2026, 9, 21)]


def test_the_same_weekday_of_each_month_and_the_fifth_is_the_last() -> None:
    second = days_of(Rule(Repeat.MONTHLY, date(2026, 9, 9), date(2026, 12, 31)))
    assert second == [date(2026, 9, 9), date(2026, 10, 14), date(2026, 11, 11), date(2026, 12, 9)]
    last = days_of(Rule(Repeat.MONTHLY, date(2026, 9, 30), date(2027, 1, 31)))
    assert last == [date(2026, 9, 30), date(2026, 10, 28), date(2026, 11, 25), date(2026, 12, 30), date(2027, 1, 27)]


def test_dates_by_hand_stand_once_in_their_order_within_the_span() -> None:
    days = (date(2026, 9, 20), date(2026, 9, 2), date(2026, 9, 20), date(2027, 9, 2))
    found = days_of(Rule(Repeat.BY_HAND, date(2026, 9, 1), date(2026, 12, 31), days))
    assert found == [date(2026, 9, 2), date(2026, 9, 20)]


@given(DAYS, st.sampled_from([Repeat.WEEKLY, Repeat.FORTNIGHTLY, Repeat.MONTHLY]), st.integers(0, 60))
def test_days_begin_with_the_first_are_of_its_weekday_and_stay_within(first: date, repeat: Repeat, weeks: int) -> None:
    rule = _rule(repeat, first, weeks)
    found = days_of(rule)
    assert found[0] == first
    assert found == sorted(set(found))
    assert {day.weekday() for day in found} == {first.weekday()}
    assert found[-1] <= rule.last
    if repeat is Repeat.MONTHLY:
        assert len({(day.year, day.month) for day in found}) == len(found)
        assert {nth_of(day) for day in found} <= {4, 5} if nth_of(first) == LAST else {nth_of(first)}


def test_volgograd_on_27_december_2020_keeps_three_in_the_afternoon() -> None:
    """The town changed from UTC+4 to UTC+3 that night: by an offset the Hour would be at two."""
    before, after = (interval_on(date(2020, 12, day), time(15), time(16), VOLGOGRAD) for day in (20, 27))
    assert before.start == datetime(2020, 12, 20, 11, tzinfo=UTC)
    assert after.start == datetime(2020, 12, 27, 12, tzinfo=UTC)
    assert after.start.astimezone(VOLGOGRAD).time() == time(15)


def test_volgograd_the_hour_that_came_twice_is_the_first_and_not_longer() -> None:
    found = interval_on(date(2020, 12, 27), time(1, 30), time(2, 30), VOLGOGRAD)
    assert (found.start, found.length) == (datetime(2020, 12, 26, 21, 30, tzinfo=UTC), timedelta(hours=1))


def test_a_webinar_of_two_zones_is_one_moment() -> None:
    """15:00 in Yekaterinburg is 13:00 in Moscow, every week of the year."""
    for day in days_of(Rule(Repeat.WEEKLY, date(2026, 9, 1), date(2027, 5, 31))):
        there, here = (
            interval_on(day, time(hour), time(hour + 1), zone) for hour, zone in ((15, YEKATERINBURG), (13, MOSCOW))
        )
        assert there == here


def test_an_hour_that_the_clock_left_out_begins_as_much_later() -> None:
    """Berlin, 29 March 2026: from 2:00 to 3:00 there is nothing."""
    found = interval_on(date(2026, 3, 29), time(2, 30), time(3), ZoneInfo("Europe/Berlin"))
    assert found == Interval(datetime(2026, 3, 29, 1, 30, tzinfo=UTC), datetime(2026, 3, 29, 2, tzinfo=UTC))


@given(DAYS, CLOCK, st.integers(1, 59), ZONES)
def test_the_clock_on_the_wall_stays(day: date, start: time, minutes: int, zone: ZoneInfo) -> None:
    """By the clock of the place it begins when it was said to, but for the hour a year that is left out; never longer
    or shorter than was said."""
    end = (datetime.combine(day, start) + timedelta(minutes=minutes)).time()
    found = interval_on(day, start, end, zone)
    assert found.length == timedelta(minutes=minutes)
    shown = found.start.astimezone(zone)
    left_out = datetime.combine(day, start, zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    assert (shown.date(), shown.time()) == (day, start) or shown.replace(tzinfo=None) == left_out > datetime.combine(
        day, start
    )


@given(st.integers(1, 480), st.integers(1, 240), st.integers(0, 60))
def test_meetings_fill_the_hour_and_never_clash(total: int, minutes: int, pause: int) -> None:
    start = datetime(2026, 9, 7, 12, tzinfo=UTC)
    hour = Interval(start, start + timedelta(minutes=total))
    found = meetings(hour, minutes, pause)
    assert all(hour.start <= one.start and one.end <= hour.end for one in found)
    assert all(one.length == timedelta(minutes=minutes) for one in found)
    assert all(not one.clashes(other) for one in found for other in found if one is not other)
    assert all(later.start - one.end == timedelta(minutes=pause) for one, later in pairwise(found))
    left = total - sum(minutes + pause for _one in found)
    assert left < minutes
