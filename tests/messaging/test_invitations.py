"""A letter about a fixed time brings it as a file for the calendar: read back from a real mail server."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from icalendar import Calendar, Event

from tests.letters import deliver, noon
from tests.messaging.conftest import NEWS, post
from tests.messaging.office import Office
from tests.messaging.test_smtp import office as office
from traektoria.core.models import Engagement, EngagementState
from traektoria.messaging.kinds import Invitation, MessageKind, Reader, Told, kinds
from traektoria.messaging.models import Message
from traektoria.people import addressees
from traektoria.people.models import Account

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 9, 7, 6, tzinfo=UTC)


def tell(messages: Sequence[Message], reader: Reader) -> Iterator[Told]:
    for message in messages:
        about = Invitation("test", message.facts["word"]) if message.facts["word"] else None
        yield Told("О часе", ("Назначено.",), "/", "Открыть", about)


@pytest.fixture(autouse=True)
def _kind(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = MessageKind(NEWS, 1, "Новости", "вы участвуете.", tell, lambda: Told("", (), "/", ""))
    monkeypatch.setattr(kinds, "_items", {**kinds._items, NEWS: kind})


def fixed(account: Account, number: int = 1, **fields: Any) -> Engagement:
    facts = {"subject": "math", "way": "video", "teachers": 1}
    known: dict[str, Any] = {"kind": "consultations.hour", "object_kind": "test", "object_id": str(number)}
    known |= {"start": NINE, "end": NINE + timedelta(hours=1), "zone": "Europe/Moscow", "facts": facts}
    known |= {"addressee": addressees.person(account.person_id or 0), "person_id": account.person_id}
    return Engagement.objects.create(**known | fields)


def calendars(letter: EmailMessage) -> dict[str, list[Event]]:
    """Events by what the calendar is told to do with them."""
    found = {}
    for part in letter.iter_attachments():
        assert part.get_content_type() == "text/calendar"
        calendar = Calendar.from_ical(part.get_content())
        assert calendar["METHOD"] == part.get_param("method")
        found[str(calendar["METHOD"])] = list(calendar.events)
    return found


def test_an_hour_comes_moves_and_goes_under_one_name(office: Office, tutor: Account) -> None:
    row = fixed(tutor)
    post(NEWS, to=tutor.person_id or 0, fact="1", word="1")
    deliver()
    row.start, row.end, row.sequence = NINE + timedelta(days=1), NINE + timedelta(days=1, hours=1), 1
    row.save()
    post(NEWS, to=tutor.person_id or 0, fact="2", word="1")
    deliver(noon(2))
    row.state, row.sequence = EngagementState.CANCELLED, 2
    row.save()
    post(NEWS, to=tutor.person_id or 0, fact="3", word="1")
    deliver(noon(3))
    (first,), (moved,), (gone,) = (events for letter in office.letters for events in calendars(letter).values())
    assert [list(calendars(letter)) for letter in office.letters] == [["PUBLISH"], ["PUBLISH"], ["CANCEL"]]
    assert first["UID"] == moved["UID"] == gone["UID"]
    assert [event["SEQUENCE"] for event in (first, moved, gone)] == [0, 1, 2]
    assert (first.start, moved.start) == (NINE, NINE + timedelta(days=1))
    assert str(gone["STATUS"]) == "CANCELLED"
    assert str(first["ORGANIZER"]).startswith("mailto:")
    plain = office.letters[0].get_body(("plain",))
    assert plain is not None
    assert "Откройте вложенный файл" in plain.get_content()


def test_a_letter_about_no_time_and_about_anothers_time_brings_no_file(
    office: Office, tutor: Account, world: Any
) -> None:
    fixed(world.accounts["teacher"], 2)
    for fact, word in (("1", ""), ("2", "2"), ("3", "7")):
        post(NEWS, to=tutor.person_id or 0, fact=fact, word=word)
    deliver()
    assert [calendars(letter) for letter in office.letters] == [{}, {}, {}]


def test_of_a_date_of_a_series_the_whole_series_comes(office: Office, tutor: Account) -> None:
    for week in range(4):
        start = NINE + timedelta(days=7 * week)
        state = EngagementState.CANCELLED if week == 2 else EngagementState.FIXED
        fixed(
            tutor, week + 1, start=start, end=start + timedelta(hours=1), series="5", original=start, state=state,
        )  # fmt: skip
    post(NEWS, to=tutor.person_id or 0, fact="1", word="3")
    deliver()
    ((event,),) = calendars(office.letters[0]).values()
    assert event["RRULE"]["BYDAY"] == ["MO"]
    assert event["EXDATE"].to_ical() == b"20260921T090000"
