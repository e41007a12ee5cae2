"""Results of contests: said once, by oneself or by who keeps them, with a scan that proves them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.events.enrolment_factories import more_teachers
from tests.events.event_factories import announced, begun, make_attendance, outer, pdf, rules
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.events.event.actions.steps import cancel_event
from traektoria.events.models import Announcement, ContestResult
from traektoria.events.results.actions import Result, say_result
from traektoria.events.results.personal_data import results_of_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest(world: World) -> Announcement:
    rules(world)
    more_teachers(world, "third")
    return outer(world, by="tutor", level="regional")


def won(place: str = "winner", **facts: Any) -> Result:
    return Result(place, timezone.localdate() - timedelta(days=1), **facts)


def test_a_teacher_says_it_once_and_corrects_it(world: World, contest: Announcement, as_: Any) -> None:
    client, address = as_("teacher"), f"/events/outer/{contest.pk}/result/"
    assert address in client.get(f"/events/outer/{contest.pk}/").content.decode()
    day = timezone.localdate().isoformat()
    for place, file in (("prize", pdf("one")), ("winner", pdf("two", "Диплом.pdf"))):
        assert client.post(address, {"place": place, "day": day, "words": "Мой урок", "file": file}).status_code == 302
    row = ContestResult.objects.get()
    assert (row.place, row.level, row.title, row.file_name) == ("winner", "regional", "Учитель года", "Диплом.pdf")
    assert "Мой урок" in client.get("/events/results/").content.decode()
    for name, status in (("teacher", 200), ("tutor", 200), ("coordinator", 200), ("third", 404), ("head", 404)):
        assert as_(name).get(f"/events/results/{row.pk}/file/").status_code == status, name
    assert results_of_person(row.person_id)["contest_results"][0]["place"] == "winner"
    Announcement.objects.filter(pk=contest.pk).update(title="Другое название")
    assert ContestResult.objects.get().title == "Учитель года"
    assert client.post(f"/events/results/{row.pk}/remove/").status_code == 302
    assert not ContestResult.objects.exists()


def test_who_keeps_the_results_writes_them_down_for_several(world: World, contest: Announcement) -> None:
    both = [person(world, "teacher").pk, person(world, "third").pk]
    say_result(contest=contest, people=both, result=won("finalist"), by=actor(world, "tutor"))
    assert ContestResult.objects.filter(place="finalist").count() == 2
    with pytest.raises(Refused):
        say_result(contest=contest, people=both, result=won(), by=actor(world, "teacher"))
    with pytest.raises(Refused):
        say_result(contest=contest, people=both, result=won(), by=actor(world, "other_tutor"))
    by, me = actor(world, "teacher"), [person(world, "teacher").pk]
    tomorrow = Result("winner", timezone.localdate() + timedelta(days=2))
    for people, result in (
        ([], won()), (me, tomorrow), (me, won("king")), (me, won(file=SimpleUploadedFile("x.pdf", b"MZ"))),
        (me, won(file=SimpleUploadedFile("x.mp4", b"0000ftyp"))),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            say_result(contest=contest, people=people, result=result, by=by)
    foreign = [person(world, "foreign_teacher").pk]
    with pytest.raises(Invalid):
        say_result(contest=contest, people=foreign, result=won(), by=actor(world, "coordinator"))
    assert set(ContestResult.objects.values_list("place", flat=True)) == {"finalist"}


def test_of_an_own_event_who_came_says_it(world: World, contest: Announcement, as_: Any) -> None:
    event = announced(world, title="Конкурс уроков")
    begun(event, 3)
    make_attendance(world, event, "teacher")
    say_result(contest=event, people=[person(world, "teacher").pk], result=won("diploma"), by=actor(world, "teacher"))
    assert ContestResult.objects.get().event == event
    with pytest.raises(Refused):
        say_result(contest=event, people=[person(world, "third").pk], result=won(), by=actor(world, "third"))
    page = as_("tutor").get(f"/events/{event.pk}/result/").content.decode()
    assert person(world, "teacher").short_name in page
    gone = announced(world, title="Отменён")
    cancel_event(event=gone, reason="Болезнь", by=actor(world, "tutor"))
    with pytest.raises(Conflict):
        say_result(contest=gone, people=[person(world, "teacher").pk], result=won(), by=actor(world, "tutor"))


def test_my_results_ask_the_same_of_one_and_of_three(
    world: World, contest: Announcement, as_: Any, django_assert_num_queries: Any
) -> None:
    me, by, client = [person(world, "teacher").pk], actor(world, "teacher"), as_("teacher")
    say_result(contest=contest, people=me, result=won(), by=by)
    client.get("/events/results/")
    with CaptureQueriesContext(connection) as one:
        client.get("/events/results/")
    for number in range(2):
        say_result(contest=outer(world, title=f"Ещё {number}"), people=me, result=won(), by=by)
    with django_assert_num_queries(len(one)):
        client.get("/events/results/")
