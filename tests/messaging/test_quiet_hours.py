"""Quiet hours and digests by the reader's clock."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from traektoria.messaging.enums import Rhythm
from traektoria.messaging.forms import WishesForm
from traektoria.messaging.queries import optional
from traektoria.messaging.quiet_hours import DIGEST_HOURS, QUIET_HOURS, in_time, next_digest, quiet_until

MOSCOW, OMSK = ZoneInfo("Europe/Moscow"), ZoneInfo("Asia/Omsk")


def at(text: str, zone: ZoneInfo = MOSCOW) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("now", "hours", "until"),
    [
        ("2026-11-30T20:59", QUIET_HOURS, None),
        ("2026-11-30T21:00", QUIET_HOURS, "2026-12-01T08:00"),
        ("2026-12-31T23:59", QUIET_HOURS, "2027-01-01T08:00"),
        ("2026-12-01T07:59", QUIET_HOURS, "2026-12-01T08:00"),
        ("2026-12-01T08:00", QUIET_HOURS, None),
        ("2026-12-01T13:30", (time(13), time(14)), "2026-12-01T14:00"),
        ("2026-12-01T14:00", (time(13), time(14)), None),
        ("2026-12-01T03:00", (time(0), time(0)), None),
    ],
)
def test_quiet_hours(now: str, hours: tuple[time, time], until: str | None) -> None:
    assert quiet_until(at(now), MOSCOW, hours) == (at(until) if until else None)


def test_it_is_quiet_by_the_readers_clock() -> None:
    evening = at("2026-11-30T19:00")
    assert quiet_until(evening, MOSCOW, QUIET_HOURS) is None
    assert quiet_until(evening, OMSK, QUIET_HOURS) == at("2026-12-01T08:00", OMSK)


@pytest.mark.parametrize(
    ("rhythm", "now", "period", "due"),
    [
        (Rhythm.DAY, "2026-11-30T07:59", "day:2026-11-30", "2026-11-30T08:00"),
        (Rhythm.DAY, "2026-11-30T08:00", "day:2026-12-01", "2026-12-01T08:00"),
        (Rhythm.WEEK, "2026-11-30T07:00", "week:2026-11-30", "2026-11-30T08:00"),  # a Monday
        (Rhythm.WEEK, "2026-11-30T09:00", "week:2026-12-07", "2026-12-07T08:00"),
        (Rhythm.WEEK, "2026-12-31T12:00", "week:2027-01-04", "2027-01-04T08:00"),
    ],
)
def test_the_next_digest(rhythm: Rhythm, now: str, period: str, due: str) -> None:
    assert next_digest(rhythm, at(now), MOSCOW) == (period, at(due))


@pytest.mark.parametrize(
    ("wished", "last", "rhythm"),
    [
        (Rhythm.WEEK, "2026-12-07", Rhythm.WEEK),
        (Rhythm.WEEK, "2026-12-04", Rhythm.DAY),
        (Rhythm.WEEK, "2026-12-01", Rhythm.AT_ONCE),
        (Rhythm.DAY, "2026-12-02", Rhythm.DAY),
        (Rhythm.DAY, "2026-12-01", Rhythm.AT_ONCE),
        (Rhythm.NEVER, "2026-12-01", Rhythm.NEVER),
        (Rhythm.WEEK, None, Rhythm.WEEK),
    ],
)
def test_a_reminder_comes_before_its_day_is_over(wished: Rhythm, last: str | None, rhythm: Rhythm) -> None:
    tuesday = at("2026-12-01T12:00")
    assert in_time(wished, tuesday, MOSCOW, date.fromisoformat(last) if last else None) == rhythm


def test_no_digest_begins_in_the_usual_quiet_hours() -> None:
    for rhythm in DIGEST_HOURS:
        _name, moment = next_digest(rhythm, at("2026-12-01T12:00", MOSCOW), MOSCOW)
        assert quiet_until(moment, MOSCOW, QUIET_HOURS) is None


def test_the_form_offers_hours_that_are_not_whole() -> None:
    quiet = (time(21, 15), time(7, 30))
    wishes = {kind.slug: kind.rhythm for kind in optional()}
    form = WishesForm(wishes=wishes, quiet=quiet)
    asked = {name: form[name].value() for name in form.fields if name != "every"}
    again = WishesForm(asked, wishes=wishes, quiet=quiet)
    assert again.is_valid()
    assert again.quiet == quiet
