"""Results of contests: said once, by oneself or by who keeps them, with a scan that proves them."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.events.enrolment_factories import more_teachers
from tests.events.event_factories import announced, begun, contest_over, make_attendance, outer, pdf, rules
from tests.factories import make_member
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.models import AuditEvent
from traektoria.events.announcements.actions import withdraw_announcement
from traektoria.events.event.actions.steps import cancel_event
from traektoria.events.models import Announcement, ContestResult, Event
from traektoria.events.results import actions
from traektoria.events.results.actions import Result, say_result, take_result_back
from traektoria.events.results.personal_data import results_of_person
from traektoria.people.enums import Role

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
    by, me = actor(world, "other_teacher"), [person(world, "other_teacher").pk]
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
    event = contest_over(world, "teacher", "coordinator")
    say_result(contest=event, people=[person(world, "teacher").pk], result=won("diploma"), by=actor(world, "teacher"))
    assert ContestResult.objects.get().event == event
    with pytest.raises(Refused):
        say_result(contest=event, people=[person(world, "third").pk], result=won(), by=actor(world, "third"))
    page = as_("tutor").get(f"/events/{event.pk}/result/").content.decode()
    assert person(world, "teacher").short_name in page
    with pytest.raises(Refused):
        say_result(contest=event, people=[person(world, "tutor").pk], result=won(), by=actor(world, "tutor"))
    say_result(contest=event, people=[person(world, "coordinator").pk], result=won(), by=actor(world, "coordinator"))


def test_only_contests_that_were_held_have_results(world: World, contest: Announcement, as_: Any) -> None:
    """A seminar, a contest that goes on, one that was cancelled, an outer one that was withdrawn."""
    by, teacher = actor(world, "tutor"), person(world, "teacher")
    seminar = announced(world, title="Семинар")
    begun(seminar, 3)
    make_attendance(world, seminar, "teacher")
    going, gone = (announced(world, title=title) for title in ("Идёт", "Отменён"))
    Event.objects.filter(pk__in=[going.pk, gone.pk]).update(has_results=True)
    begun(going, 0.5)
    cancel_event(event=gone, reason="Болезнь", by=by)
    withdraw_announcement(row=contest, reason="Перенесён", by=by)
    sent = {"place": "winner", "day": timezone.localdate().isoformat()}
    for row in (seminar, going, gone, contest):
        with pytest.raises(Conflict):
            say_result(contest=row, people=[teacher.pk], result=won(), by=by)
    for address in (f"/events/{seminar.pk}/result/", f"/events/outer/{contest.pk}/result/"):
        assert as_("teacher").post(address, sent).status_code == 409
        assert 'name="place"' not in as_("teacher").get(address).content.decode()
    assert "/result/" not in as_("teacher").get(f"/events/{seminar.pk}/").content.decode()
    assert not ContestResult.objects.exists()


def test_who_keeps_them_has_the_last_word_and_takes_back_only_their_own(
    world: World, contest: Announcement, as_: Any
) -> None:
    """A scan proves the result that it came with, and counts for who brought it."""
    teacher, third = person(world, "teacher"), person(world, "third")
    by, me = actor(world, "teacher"), [teacher.pk]
    [row] = say_result(contest=contest, people=me, result=won(file=pdf()), by=by)
    with pytest.raises(Refused):
        take_result_back(row=row, reason="Ошибка", by=actor(world, "tutor"))
    with pytest.raises(Invalid, match=teacher.short_name):
        say_result(contest=contest, people=[*me, third.pk], result=won(), by=actor(world, "tutor"))
    [row] = say_result(contest=contest, people=me, result=won(words="Урок"), by=actor(world, "tutor"))
    assert (bool(row.file), row.is_kept, row.file_by_id) == (True, True, teacher.pk), "words alone are a word too"
    [row] = say_result(contest=contest, people=me, result=won("finalist"), by=actor(world, "tutor"))
    assert (bool(row.file), row.file_name, row.by_id) == (False, "", person(world, "tutor").pk)
    for act in (
        lambda: say_result(contest=contest, people=me, result=won(), by=by),
        lambda: take_result_back(row=row, by=by),
    ):
        with pytest.raises(Refused):
            act()
    client, address = as_("tutor"), f"/events/results/{row.pk}/remove/"
    assert address in client.get(f"/events/outer/{contest.pk}/result/").content.decode()
    assert client.post(address).status_code == 422
    assert client.post(address, {"reason": "Протокол жюри исправлен"}).status_code == 302
    assert AuditEvent.objects.get(event="event.result_off").facts["reason"] == "Протокол жюри исправлен"
    assert not ContestResult.objects.exists()


def test_who_keeps_them_says_whose_they_are_and_tells_namesakes_apart(
    world: World, contest: Announcement, as_: Any
) -> None:
    client, address, teacher = as_("tutor"), f"/events/outer/{contest.pk}/result/", person(world, "teacher")
    same = person(world, "third")
    same.surname, same.given, same.patronymic = teacher.surname, teacher.given, teacher.patronymic
    same.save()
    sent = {"place": "prize", "day": timezone.localdate().isoformat()}
    assert client.post(address, sent).status_code == 422
    refused = client.post(address, sent | {"others": teacher.surname})
    assert refused.status_code == 422
    assert f'value="{same.pk}"' in refused.content.decode()
    assert client.post(address, sent | {"others": teacher.surname, "meant": [same.pk]}).status_code == 302
    assert client.post(address, sent | {"own": "on"}).status_code == 302
    assert set(ContestResult.objects.values_list("person", flat=True)) == {same.pk, person(world, "tutor").pk}


def test_whose_it_is_may_be_anybody_of_the_centre(world: World, contest: Announcement, as_: Any) -> None:
    """Heads, tutors and the coordinator take part too; a form that wants a name does not call it optional."""
    client, address = as_("tutor"), f"/events/outer/{contest.pk}/result/"
    assert re.search(r'name="others"[^>]*required', client.get(address).content.decode())
    sent = {"place": "prize", "day": timezone.localdate().isoformat()}
    who = [person(world, name) for name in ("head", "coordinator", "other_tutor")]
    assert client.post(address, sent | {"others": ", ".join(str(one) for one in who)}).status_code == 302
    assert set(ContestResult.objects.values_list("person", flat=True)) == {one.pk for one in who}
    refused = client.post(address, sent | {"others": str(person(world, "foreign_teacher"))})
    assert "В центре никого не зовут" in refused.content.decode()


def test_who_keeps_them_reads_them_and_nobody_who_has_left(world: World, contest: Announcement, as_: Any) -> None:
    event = contest_over(world, "teacher", by="other_tutor", title="Общий")
    event.leads.create(person=person(world, "head"))
    file = f"/events/results/{_said(world, event)}/file/"
    for name, status in (("head", 200), ("other_tutor", 200), ("third", 404)):
        assert as_(name).get(file).status_code == status, name
    author = person(world, "other_tutor")
    author.roles.update(end=timezone.localdate() - timedelta(days=1))
    make_member(world.own, Role.TEACHER, world.school, person=author)
    assert as_("other_tutor").get(file).status_code == 404


def _said(world: World, event: Event) -> int:
    facts = won(file=pdf())
    return say_result(contest=event, people=[person(world, "teacher").pk], result=facts, by=actor(world, "teacher"))[
        0
    ].pk


def test_a_result_is_taken_back_under_the_lock_of_its_contest(
    world: World, contest: Announcement, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a correction that was under way writes it anew, without its file."""
    [row] = say_result(contest=contest, people=[person(world, "teacher").pk], result=won(), by=actor(world, "teacher"))
    there = []
    locked = actions._locked

    def looked(said: Any) -> Any:
        there.append(ContestResult.objects.filter(pk=row.pk).exists())
        return locked(said)

    monkeypatch.setattr(actions, "_locked", looked)
    for _time in range(2):
        take_result_back(row=row, by=actor(world, "teacher"))
    assert there == [True, False]


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
