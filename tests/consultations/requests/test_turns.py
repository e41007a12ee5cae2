"""Whose turn it is, in words."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from traektoria.consultations.requests.turns import age, day_of, turn, until

MOSCOW, YEKATERINBURG = ZoneInfo("Europe/Moscow"), ZoneInfo("Asia/Yekaterinburg")
DUE = datetime(2026, 9, 7, 14, 5, tzinfo=MOSCOW)


@pytest.fixture(autouse=True)
def in_moscow() -> Iterator[None]:
    with translation.override("ru"), timezone.override(MOSCOW):
        yield


def test_the_turn_says_who_and_until_when() -> None:
    before, after = DUE - timedelta(minutes=1), DUE
    assert turn("asked", "", DUE, before, MOSCOW).startswith("очередь координатора: ответ обещан до")
    assert turn("asked", "", DUE, before, MOSCOW).endswith("14:05")
    assert turn("assigned", "Иванова М. П.", DUE, after, MOSCOW).endswith("срок прошёл")
    assert turn("taken", "Иванова М. П.", DUE, after, MOSCOW) == "консультацию проведёт Иванова М. П."
    assert turn("declined", "", DUE, after, MOSCOW) == ""


def test_midnight_is_the_end_of_the_day_before() -> None:
    assert "конца 6" in until(datetime(2026, 9, 7, tzinfo=MOSCOW), MOSCOW)


def test_the_clock_of_the_centre_says_it_whoever_reads() -> None:
    """Midnight in Yekaterinburg is 22:00 in Moscow, where the reader sits."""
    ends = datetime(2026, 12, 1, tzinfo=YEKATERINBURG)
    assert "конца 30" in until(ends, YEKATERINBURG)
    assert day_of(ends, YEKATERINBURG) == date(2026, 11, 30)
    assert until(DUE, YEKATERINBURG).endswith("16:05")


def test_the_age_is_said_in_hours_for_two_days() -> None:
    said = [age(DUE - timedelta(hours=hours), DUE) for hours in (0, 1, 47, 48, 120)]
    assert [one.replace("\xa0", " ") for one in said] == ["меньше часа", "1 час", "47 часов", "2 дня", "5 дней"]
