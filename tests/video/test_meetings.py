"""Entering a meeting: the right, the time, one room whoever comes first, a server that is down, the link by hand."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.request import urlopen

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml.html import fromstring

from tests.consultations.request_factories import own_request, school_request, taken
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.video.doubles import BbbDouble, JitsiDouble, serving
from tests.video.factories import connected
from tests.world import World
from traektoria.consultations.models import ConsultationRequest
from traektoria.consultations.requests.actions.answering import hold_request
from traektoria.consultations.requests.video import find_meeting
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.models import AuditEvent
from traektoria.video.actions.entering import enter_meeting, give_link
from traektoria.video.models import VideoConnection, VideoEntry, VideoMeeting
from traektoria.video.personal_data import entries_of
from traektoria.video.policies import EARLY, LATE, check_open
from traektoria.video.registries import Meeting, meeting_address

KIND = "request"


@pytest.fixture
def request_(world: World) -> ConsultationRequest:
    return taken(world, school_request(world, "teacher", way="video"))


@pytest.fixture
def bbb(world: World, settings: Any) -> Iterator[BbbDouble]:
    with serving(BbbDouble()) as double:
        settings.VIDEO_HOSTS = list(double.trusted)
        connected(world, double)
        yield double


def _found(world: World, row: ConsultationRequest, who: str = "tutor") -> Meeting:
    found = find_meeting(actor(world, who), row.pk)
    assert found is not None
    return found


def _enter(world: World, row: ConsultationRequest, who: str) -> str:
    return enter_meeting(kind=KIND, meeting=_found(world, row, who), by=actor(world, who))


def _post(client: Client, what: str, row: ConsultationRequest, **data: str) -> Any:
    return client.post(reverse(f"video:{what}", args=[KIND, row.pk]), data)


def _led_to(answer: Any) -> str:
    """Where the page leads on by itself, and by its link: the same."""
    page = fromstring(answer.content.decode())
    by_itself = page.xpath("//meta[@http-equiv='refresh']/@content")[0].removeprefix("0; url=")
    assert page.xpath("//main//a[contains(@class, 'button--primary')]/@href") == [by_itself]
    return str(by_itself)


def _open(url: str) -> str:
    with urlopen(url, timeout=5) as answer:  # noqa: S310 (the double of this machine)
        return str(answer.read().decode())


def test_everybody_comes_into_one_room_in_their_part(
    world: World, as_: Any, request_: ConsultationRequest, bbb: BbbDouble
) -> None:
    for who in ("teacher", "head", "tutor", "teacher"):
        _open(_led_to(_post(as_(who), "join", request_)))
    row = VideoMeeting.objects.get()
    assert list(bbb.meetings) == [row.name]
    names = {who: person(world, who).short_name for who in ("teacher", "head", "tutor")}
    assert bbb.inside[row.name] == [
        (names["teacher"], "VIEWER"), (names["head"], "VIEWER"), (names["tutor"], "MODERATOR"),
        (names["teacher"], "VIEWER"),
    ]  # fmt: skip
    assert VideoEntry.objects.count() == 3
    assert AuditEvent.objects.filter(event="video.enter").count() == 3
    assert len(entries_of(person(world, "teacher").pk)) == 1


def test_the_topic_goes_to_no_server(world: World, bbb: BbbDouble) -> None:
    row = taken(world, own_request(world, topic="Не получается дисциплина", way="video"))
    _enter(world, row, "teacher")
    [meeting] = bbb.meetings.values()
    assert meeting["name"] == "Консультация: математика"


def test_the_page_shows_who_entered_and_asks_no_server(
    world: World, as_: Any, request_: ConsultationRequest, bbb: BbbDouble
) -> None:
    _enter(world, request_, "teacher")
    asked = len(bbb.calls)
    shown = as_("tutor").get(meeting_address(KIND, request_.pk)).content.decode()
    assert person(world, "teacher").short_name in shown
    assert len(bbb.calls) == asked
    assert bbb.secret not in shown
    assert "checksum" not in shown


@pytest.mark.parametrize("mode", ["error", "broken", "checksum", "not_unique"])
def test_a_server_that_fails_breaks_nothing_and_can_be_tried_again(
    world: World, as_: Any, request_: ConsultationRequest, bbb: BbbDouble, mode: str
) -> None:
    bbb.mode = mode
    answer = _post(as_("teacher"), "join", request_)
    assert answer.status_code == 502
    assert "Попробовать ещё раз" in answer.content.decode()
    assert VideoEntry.objects.count() == 0
    for page in (meeting_address(KIND, request_.pk), reverse("consultations:request_detail", args=[request_.pk])):
        assert as_("teacher").get(page).status_code == 200
    bbb.mode = ""
    _open(_led_to(_post(as_("teacher"), "join", request_)))


def test_a_link_by_hand_goes_before_the_server(
    world: World, as_: Any, request_: ConsultationRequest, bbb: BbbDouble
) -> None:
    bbb.mode = "error"
    link = "https://telemost.example.org/j/123?pwd=a&b=c#x"
    assert _post(as_("tutor"), "link", request_, link=link).status_code == 302
    assert _led_to(_post(as_("teacher"), "join", request_)) == link
    assert bbb.calls == []
    assert VideoEntry.objects.count() == 1
    bbb.mode = ""
    _post(as_("tutor"), "link", request_, link="")
    assert _led_to(_post(as_("teacher"), "join", request_)).startswith(bbb.address)
    assert "telemost" not in "".join(str(one.facts) for one in AuditEvent.objects.all())


@pytest.mark.parametrize(
    "link", ["http://example.org/", "javascript:alert(1)", "example.org", "https://", "https://a@b.ru/"]
)
def test_what_is_no_safe_link_is_refused(world: World, request_: ConsultationRequest, link: str) -> None:
    with pytest.raises(Invalid):
        give_link(kind=KIND, meeting=_found(world, request_), link=link, by=actor(world, "tutor"))


def test_without_server_and_link_it_is_said_who_gives_one(
    world: World, as_: Any, request_: ConsultationRequest
) -> None:
    page = meeting_address(KIND, request_.pk)
    assert "Впишите ниже ссылку" in as_("tutor").get(page).content.decode()
    assert "Тьютор её ещё не дал" in as_("teacher").get(page).content.decode()
    assert _post(as_("teacher"), "join", request_).status_code == 409
    assert VideoEntry.objects.count() == 0


def test_who_is_not_invited_stays_out(world: World, as_: Any, request_: ConsultationRequest) -> None:
    connected(world)
    assert _post(as_("coordinator"), "join", request_).status_code == 403
    assert _post(as_("other_teacher"), "join", request_).status_code == 404
    assert _post(as_("foreign_coordinator"), "join", request_).status_code == 404
    for who in ("teacher", "head"):
        with pytest.raises(Refused):
            give_link(kind=KIND, meeting=_found(world, request_, who), link="https://a.ru/", by=actor(world, who))


def test_a_request_that_is_closed_or_in_person_has_no_meeting(
    world: World, as_: Any, request_: ConsultationRequest
) -> None:
    connected(world)
    hold_request(request=request_, by=actor(world, "tutor"))
    assert _post(as_("teacher"), "join", request_).status_code == 409
    there = taken(world, own_request(world, way="in_person"))
    assert as_("teacher").get(meeting_address(KIND, there.pk)).status_code == 404


def test_the_doors_open_a_quarter_before_and_close_half_an_hour_after(
    world: World, request_: ConsultationRequest
) -> None:
    start = timezone.now().replace(microsecond=0)
    timed = replace(_found(world, request_), start=start, end=start + timedelta(minutes=45))
    assert timed.end is not None
    for inside in (start - EARLY, start, timed.end + LATE - timedelta(seconds=1)):
        check_open(timed, inside)
    for outside in (start - EARLY - timedelta(seconds=1), timed.end + LATE):
        with pytest.raises(Conflict):
            check_open(timed, outside)


def test_who_leads_ends_it_and_asks_for_the_recording(
    world: World, as_: Any, request_: ConsultationRequest, bbb: BbbDouble
) -> None:
    _open(_enter(world, request_, "tutor"))
    name = VideoMeeting.objects.get().name
    bbb.recorded[name] = [(1, "https://bbb.example.org/playback/1", True)]
    page = as_("teacher").get(reverse("video:recordings", args=[KIND, request_.pk])).content.decode()
    assert "https://bbb.example.org/playback/1" in page
    assert "ещё идёт" in page
    assert _post(as_("teacher"), "end", request_).status_code == 403
    assert _post(as_("tutor"), "end", request_).status_code == 302
    assert bbb.meetings == {}
    _open(_enter(world, request_, "teacher"))
    assert list(bbb.meetings) == [name]


@pytest.mark.parametrize("old", [False, True])
def test_a_new_secret_in_the_middle_of_a_meeting_ends_nothing(
    world: World, as_: Any, request_: ConsultationRequest, bbb: BbbDouble, old: bool
) -> None:
    """Who is inside stays; who comes, ends it or asks for the recording does so under the new secret, also on a server
    that still knows the passwords of the beginning. Until it is written down here, a sentence says what is wrong."""
    bbb.old = old
    VideoConnection.objects.update(digest="sha1" if old else "sha256")
    _open(_enter(world, request_, "tutor"))
    name = VideoMeeting.objects.get().name
    bbb.secret = "novaya-Tayna-10"
    bbb.recorded[name] = [(1, "https://bbb.example.org/playback/1", True)]
    recordings = reverse("video:recordings", args=[KIND, request_.pk])
    shown = [
        _post(as_("teacher"), "join", request_),
        _post(as_("tutor"), "end", request_),
        as_("tutor").get(recordings),
    ]
    for answer in shown:
        assert answer.status_code == 502
        assert "Секрет сервера видеосвязи сменили: новый впишет координатор центра." in answer.content.decode()
    assert list(bbb.meetings) == [name]
    connected(world, bbb)
    VideoConnection.objects.update(digest="sha1" if old else "sha256")
    assert "SUCCESS" in _open(_enter(world, request_, "teacher"))
    assert [role for _name, role in bbb.inside[name]] == ["MODERATOR", "VIEWER"]
    assert "https://bbb.example.org/playback/1" in as_("teacher").get(recordings).content.decode()
    assert _post(as_("tutor"), "end", request_).status_code == 302
    assert bbb.meetings == {}


def test_jitsi_gets_a_room_that_nobody_guesses(
    world: World, as_: Any, request_: ConsultationRequest, settings: Any
) -> None:
    with serving(JitsiDouble()) as double:
        settings.VIDEO_HOSTS = list(double.trusted)
        connected(world, double)
        urls = [_led_to(_post(as_(who), "join", request_)) for who in ("tutor", "teacher")]
        for url in urls:
            _open(url)
    assert [(room, user["moderator"]) for room, user in double.entered] == [
        (VideoMeeting.objects.get().name, True), (VideoMeeting.objects.get().name, False),
    ]  # fmt: skip
    assert re.fullmatch(r"[0-9a-f]{32}", VideoMeeting.objects.get().name)


def test_two_centres_have_two_servers(
    world: World, request_: ConsultationRequest, bbb: BbbDouble, settings: Any
) -> None:
    with serving(BbbDouble(secret="иной-секрет")) as other:
        settings.VIDEO_HOSTS = [*bbb.trusted, *other.trusted]
        connected(world, other, centre=world.foreign)
        _enter(world, request_, "teacher")
    assert other.calls == []
    assert len(bbb.calls) == 1
