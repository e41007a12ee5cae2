"""The code on the wall: of one date, for its hour, for oneself; tickets; who guesses waits."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.events.door_factories import press, send
from tests.events.enrolment_factories import more_teachers, registered
from tests.events.event_factories import announced, begun, rules
from tests.routes.need_factories import person
from tests.world import World
from traektoria.core.errors import Conflict
from traektoria.engines.doorcodes import LONG, SHORT, step_of, ticket_code, wall_code
from traektoria.events.door.policies import check_hour
from traektoria.events.door.secrets import secret_of
from traektoria.events.models import Attendance, AttendanceMark, Event, EventDate
from traektoria.organisations.models import Municipality

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _rules(world: World) -> None:
    rules(world)
    more_teachers(world, "third")


@pytest.fixture
def date(world: World) -> EventDate:
    """Of an event of two places that began an hour ago, where ``teacher`` is registered."""
    event = announced(world, places=2)
    registered(world, event)
    return begun(event, 1)


def shown(date: EventDate, length: int = LONG, ago: int = 0) -> str:
    return wall_code(secret_of(date), step_of(timezone.now()) - ago, length)


def said(client: Client, date: EventDate | None, code: str) -> tuple[int, str]:
    """Status and page of a press on «I am here»; where it led on, the page to which it led."""
    reply = client.post(f"/events/here/{date.pk}/{code}/" if date else "/events/here/", {"code": code})
    return reply.status_code, reply.text or client.get(reply.headers["Location"]).text


def test_one_marks_oneself_once_by_the_scanned_or_the_typed_code(world: World, date: EventDate, as_: As) -> None:
    teacher = as_("teacher")
    code = shown(date)
    assert teacher.get(f"/events/here/{date.pk}/{code}/").status_code == 200
    assert not Attendance.objects.exists(), "reading marks nobody"
    for way in (date, None):
        short = shown(date, SHORT)
        status, page = said(teacher, way, code if way else f"{short[:4].lower()}-{short[4:]}")
        assert status == 302
        assert "Отмечено: вы пришли" in page
    mark = AttendanceMark.objects.get()
    assert (mark.person, mark.source) == (person(world, "teacher"), "code")
    status, page = said(as_("third"), date, shown(date))
    assert "без записи" in page
    status, page = said(as_("other_teacher"), date, shown(date))
    assert status == 409
    assert "Все места заняты" in page
    assert said(as_("tutor"), date, shown(date))[0] == 409, "leads it"


def test_a_code_opens_no_other_date_and_lives_two_minutes(world: World, date: EventDate, as_: As) -> None:
    other = begun(announced(world, "other_tutor", place="зал"), 1)
    teacher = as_("teacher")
    assert said(teacher, other, shown(date))[0] == 422
    assert said(teacher, date, shown(date, ago=5))[0] == 422
    assert "каждые 30 секунд" in said(teacher, None, "22222222")[1]
    assert said(as_("foreign_teacher"), date, shown(date))[0] == 404
    assert said(as_("foreign_teacher"), None, shown(date, SHORT))[0] == 422
    assert not Attendance.objects.exists()


def test_who_comes_early_reads_when_it_opens_and_late_whom_to_tell(world: World, date: EventDate, as_: As) -> None:
    now = timezone.now()
    for start, words in ((now + timedelta(hours=1), "Откроется в"), (now - timedelta(hours=4), "скажите ведущему")):
        EventDate.objects.filter(pk=date.pk).update(start=start, end=start + timedelta(hours=1))
        status, page = said(as_("teacher"), date, shown(date))
        assert (status, words in page) == (409, True)


def test_when_it_opens_is_said_by_the_clock_of_the_place(world: World, date: EventDate) -> None:
    """Whoever reads: at eleven in the evening of Moscow it is the day of the date already in Yekaterinburg."""
    Municipality.objects.filter(pk=world.own.municipality_id).update(time_zone="Asia/Yekaterinburg")
    start = datetime(2026, 12, 3, 8, tzinfo=UTC)
    EventDate.objects.filter(pk=date.pk).update(start=start, end=start + timedelta(hours=1))
    date = EventDate.objects.select_related("event__centre__municipality").get(pk=date.pk)
    for hours, words in ((12, "Откроется в 12:30"), (14, "Откроется 3 декабря, 12:30")):
        with timezone.override("Europe/Moscow"), pytest.raises(Conflict) as caught:
            check_hour(date, start - timedelta(hours=hours))
        assert words in str(caught.value).replace("\N{NO-BREAK SPACE}", " ")


def test_what_who_leads_has_said_later_holds(world: World, date: EventDate, as_: As) -> None:
    me = person(world, "teacher").pk
    said(as_("teacher"), date, shown(date))
    send(as_("tutor"), date, [press(me, "undone", at=timezone.now() + timedelta(seconds=1))])
    status, page = said(as_("teacher"), date, shown(date))
    assert (status, "Ведущий отметил иначе" in page) == (409, True)
    assert Attendance.objects.get().said == "undone"


def test_who_guesses_waits(world: World, date: EventDate, as_: As) -> None:
    teacher = as_("teacher")
    statuses = [said(teacher, None, f"2222222{number}")[0] for number in range(2, 10)]
    assert statuses[:6] == [422] * 6
    assert statuses[-1] == 429
    assert said(as_("third"), date, shown(date))[0] == 302, "others do not wait for it"


def test_the_wall_is_given_codes_ahead_and_no_secret(world: World, date: EventDate, as_: As) -> None:
    client, page = as_("tutor"), f"/events/dates/{date.pk}/wall/"
    wall = client.get(page)
    assert wall.headers["X-Offline"] == "keep"
    assert secret_of(date).hex() not in wall.text
    codes = client.get(f"{page}codes/").json()["codes"]
    assert len(codes) == 20
    assert shown(date, SHORT) in {short.replace(" ", "") for *_rest, short in codes[:3]}
    last = step_of(date.end)
    assert [one[0] for one in client.get(f"{page}codes/?since={last}").json()["codes"]] == [last]
    assert client.get(f"{page}codes/?since={last + 1}").json()["codes"] == []


def test_a_ticket_is_ones_own_and_found_at_the_door(world: World, date: EventDate, as_: As) -> None:
    code = ticket_code(secret_of(date), person(world, "teacher").pk)
    ticket = f"/events/dates/{date.pk}/ticket/"
    assert code in as_("teacher").get(ticket).text
    assert as_("third").get(ticket).status_code == 404
    assert f'data-code="{code}"' in as_("tutor").get(f"/events/dates/{date.pk}/door/").text
    assert ticket in as_("teacher").get(f"/events/{date.event_id}/").text
    Event.objects.update(state="cancelled", why="Карантин")
    assert as_("teacher").get(ticket).status_code == 409
