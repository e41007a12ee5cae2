"""What a feed says is what is fixed: two readers of RFC 5545, neither of ours, find every occurrence of two years.

``recurring-ical-events`` reads with the library that wrote the file; ``ical`` is another client, with a parser and a
timeline of its own.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import recurring_ical_events
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ical.calendar import Calendar as ForeignCalendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import EventStatus
from icalendar import Calendar

from traektoria.core.calendar_events import EventText, IcsWriter
from traektoria.core.models import Engagement, EngagementState

MOSCOW, URALS, VOLGOGRAD = "Europe/Moscow", "Asia/Yekaterinburg", "Europe/Volgograd"
Occurrence = tuple[datetime, datetime, str, str]
FIRST, LAST = date(2019, 9, 1), date(2021, 9, 30)


def writer() -> IcsWriter:
    return IcsWriter("test", lambda row: EventText(str(row.facts["title"]), str(row.facts.get("where", ""))))


def row(number: int, start: datetime, minutes: int = 45, **fields: object) -> Engagement:
    facts = {"title": "Час помощи", **fields.pop("facts", {})}  # type: ignore[dict-item]
    known = {"kind": "test.hour", "object_kind": "test", "object_id": str(number), "addressee": "person:1"}
    known |= {"changed_at": datetime(2026, 9, 1, tzinfo=UTC), "zone": MOSCOW, "state": EngagementState.FIXED}
    return Engagement(pk=number, start=start, end=start + timedelta(minutes=minutes), facts=facts, **known | fields)


@dataclass(frozen=True)
class Plan:
    """A series by the wall clock of a zone: what was done with each date."""

    zone: str
    first: date
    step: int
    hour: time
    fates: tuple[str, ...]

    def rows(self) -> list[Engagement]:
        found = []
        for number, fate in enumerate(self.fates):
            day = self.first + timedelta(days=7 * self.step * number)
            planned = datetime.combine(day, self.hour, ZoneInfo(self.zone))
            moved = {"moved": timedelta(days=1, hours=1), "earlier": timedelta(days=-2)}.get(fate, timedelta())
            wall = planned.replace(tzinfo=None) + moved
            fields: dict[str, object] = {"series": "1", "original": planned.astimezone(UTC), "zone": self.zone}
            fields["sequence"] = int(fate != "stands")
            if fate == "dropped":
                fields["state"] = EngagementState.CANCELLED
            if fate == "renamed":
                fields["facts"] = {"title": "Час помощи, другая тема"}
            if fate != "never":
                found.append(row(number + 1, wall.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC), **fields))
        return found


FATES = st.sampled_from(["stands", "stands", "stands", "dropped", "moved", "earlier", "renamed", "never"])
PLANS = st.builds(
    Plan,
    st.sampled_from([MOSCOW, URALS, VOLGOGRAD]),
    st.dates(FIRST, date(2020, 12, 1)),
    st.sampled_from([1, 1, 2, 4]),
    st.sampled_from([time(0), time(8, 30), time(15), time(23, 30)]),
    st.lists(FATES, min_size=1, max_size=30).map(tuple),
)


def expected(rows: list[Engagement]) -> list[Occurrence]:
    living = [one for one in rows if one.state != EngagementState.CANCELLED]
    return sorted((one.start, one.end, str(one.facts["title"]), one.state) for one in living)


def read(text: bytes) -> list[Occurrence]:
    """Every day of two years, asked one after another."""
    found = set()
    query = recurring_ical_events.of(Calendar.from_ical(text))
    for event in query.between(FIRST - timedelta(days=3), LAST + timedelta(days=3)):
        if event["STATUS"] != "CANCELLED":
            found.add((event.start.astimezone(UTC), event.end.astimezone(UTC), str(event["SUMMARY"]), "fixed"))
    return sorted(found)


def read_by_another(text: bytes) -> list[Occurrence]:
    """What another client shows of the whole file, once it is imported."""
    shown = imported(text).timeline_tz(UTC)
    living = [event for event in shown if event.status != EventStatus.CANCELLED]
    return sorted((_utc(one.dtstart), _utc(one.dtend), str(one.summary), "fixed") for one in living)


def imported(text: bytes) -> ForeignCalendar:
    return IcsCalendarStream.calendar_from_ics(text.decode())


def _utc(moment: object) -> datetime:
    assert isinstance(moment, datetime)
    return moment.astimezone(UTC)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(PLANS)
def test_two_readers_find_what_is_fixed(plan: Plan) -> None:
    rows = plan.rows()
    text = writer().calendar(rows).to_ical()
    assert read(text) == expected(rows)
    assert read_by_another(text) == expected(rows)


def test_every_day_of_two_years_says_what_is_fixed_on_it() -> None:
    """As a telephone asks: day by day."""
    plan = Plan(VOLGOGRAD, date(2020, 9, 1), 1, time(15), ("stands", "dropped", "moved", "renamed") * 9)
    rows, zone = plan.rows(), ZoneInfo(VOLGOGRAD)
    text = writer().calendar(rows).to_ical()
    query, timeline = recurring_ical_events.of(Calendar.from_ical(text)), imported(text).timeline_tz(zone)
    for number in range((LAST - FIRST).days):
        day = FIRST + timedelta(days=number)
        own = sorted(one.start for one in rows if one.state != "cancelled" and one.start.astimezone(zone).date() == day)
        told = sorted(event.start.astimezone(UTC) for event in query.at(day))
        assert told == own, day
        assert sorted(_utc(event.dtstart) for event in timeline.on_date(day)) == own, day


def test_the_hour_stays_on_the_wall_when_volgograd_changes_its_clock() -> None:
    """27 December 2020, 2:00: UTC+4 became UTC+3."""
    plan = Plan(VOLGOGRAD, date(2020, 12, 15), 1, time(15), ("stands",) * 4)
    text = writer().calendar(plan.rows()).to_ical()
    assert text.count(b"BEGIN:VEVENT") == 1
    told = [start.astimezone(ZoneInfo(VOLGOGRAD)) for start, *_rest in read(text)]
    assert [(one.hour, one.utcoffset()) for one in told] == [(15, timedelta(hours=hours)) for hours in (4, 4, 3, 3)]
    assert b"BEGIN:VTIMEZONE\r\nTZID:Europe/Volgograd" in text


def test_a_series_is_one_event_with_its_exceptions() -> None:
    plan = Plan(MOSCOW, date(2020, 9, 1), 1, time(15), ("stands", "dropped", "stands", "moved", "stands"))
    events = list(writer().calendar(plan.rows()).events)
    assert len({str(event["UID"]) for event in events}) == 1
    master, moved = events
    assert master["RRULE"].to_ical() == b"FREQ=WEEKLY;UNTIL=20200929T120000Z;INTERVAL=1;BYDAY=TU;WKST=MO"
    assert master["EXDATE"].to_ical() == b"20200908T150000"
    assert moved["RECURRENCE-ID"].dt == datetime(2020, 9, 22, 15, tzinfo=ZoneInfo(MOSCOW))
    assert moved.start == datetime(2020, 9, 23, 16, tzinfo=ZoneInfo(MOSCOW))
    assert moved["SEQUENCE"] > master["SEQUENCE"] > 0
    assert moved["LAST-MODIFIED"].dt == datetime(2026, 9, 1, tzinfo=UTC)


def test_what_is_cancelled_says_so() -> None:
    one = row(1, datetime(2026, 9, 7, 7, tzinfo=UTC), state=EngagementState.CANCELLED, sequence=2)
    plan = Plan(MOSCOW, date(2020, 9, 1), 1, time(15), ("dropped",) * 3)
    events = writer().calendar([one, *plan.rows()]).events
    assert [str(event["STATUS"]) for event in events] == ["CANCELLED", "CANCELLED"]
    assert events[0]["SEQUENCE"] == 2
    assert [("RRULE" in event) for event in events] == [False, False]


def test_a_text_breaks_no_line() -> None:
    hostile = "Тема; с, знаками\\\nEND:VCALENDAR\r\nX-EVIL:1 " + "длинная " * 40
    one = row(1, datetime(2026, 9, 7, 7, tzinfo=UTC), facts={"title": hostile, "where": "каб. 5; вход, справа"})
    text = writer().calendar([one]).to_ical()
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    (event,) = Calendar.from_ical(text).events
    assert str(event["SUMMARY"]).split() == hostile.split()
    assert b"\r\nX-EVIL" not in text


def test_a_whole_day_is_a_day_and_what_is_only_shown_takes_no_time() -> None:
    midnight = datetime(2026, 9, 7, tzinfo=ZoneInfo(MOSCOW))
    one = row(1, midnight, 24 * 60, all_day=True, busy=False)
    (event,) = writer().calendar([one]).events
    assert (event.start, event.end) == (date(2026, 9, 7), date(2026, 9, 8))
    assert str(event["TRANSP"]) == "TRANSPARENT"
