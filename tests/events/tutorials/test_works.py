"""Self-work: handed in, returned, accepted; what it counts for; who reads it."""

import html
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.events.certificate_factories import issued
from tests.events.enrolment_factories import given_back, more_teachers, registered
from tests.events.event_factories import begun, rules
from tests.events.tutorial_factories import accepted, handed, held, tasks, tutorial
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.waiting import lines_for, what_differs
from tests.world import World
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.typography import ru_day
from traektoria.core.waiting import renew
from traektoria.events.attendance.queries import minutes_since
from traektoria.events.certificates.queries.earners import earning_of
from traektoria.events.event.actions.dating import drop_date
from traektoria.events.event.actions.steps import cancel_event, close_event, reopen_event
from traektoria.events.exports.rows import people_of, teachers_of
from traektoria.events.models import Enrolment, Event, SelfWork, WorkTurn
from traektoria.events.tutorials.actions.works import accept_work, hand_in, reconsider_work, return_work
from traektoria.events.tutorials.policies import due_of
from traektoria.events.tutorials.queries import hours
from traektoria.people.models import AccessRecord

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _rules(world: World) -> None:
    rules(world)


@pytest.fixture
def event(world: World) -> Event:
    return tutorial(world, "teacher", "other_teacher")


def closed(world: World, event: Event) -> Event:
    """When the last term is over."""
    later = timezone.now() + 30 * DAY
    return close_event(event=Event.objects.get(pk=event.pk), by=actor(world, "coordinator"), now=later)


def desk(world: World, name: str, day: Any = None) -> list[str]:
    return [line.what for line in lines_for(actor(world, name), today=day, kinds="events.self")]


def test_the_way_of_a_work(world: World, event: Event) -> None:
    """Handed in, returned with a word, handed in again, accepted; each twice is once, and nothing is overwritten."""
    task, by = tasks(event)[0], actor(world, "tutor")
    for _press in range(2):
        work = handed(world, task)
    assert WorkTurn.objects.count() == 1
    with pytest.raises(Invalid):
        return_work(work=work, word=" ", by=by)
    for _press in range(2):
        return_work(work=work, word="Добавьте ответы", by=by)
    again = handed(world, task, text="Пять задач с ответами")
    with pytest.raises(Conflict):
        accept_work(work=again, word="", by=by, edition=1)
    for _press in range(2):
        done = accept_work(work=again, word="Хорошо", by=by, edition=again.edition)
    assert [turn.said for turn in done.turns.all()] == ["handed", "returned", "handed", "accepted"]
    assert done.minutes == 120
    with pytest.raises(Conflict):
        handed(world, task, text="Ещё одна мысль")
    for _press in range(2):
        back = reconsider_work(work=done, by=by)
    assert (back.state, back.minutes, back.accepted_at) == ("handed", 0, None)
    assert what_differs() == []


def test_who_hands_in_and_who_reads(world: World, event: Event) -> None:
    task = tasks(event)[0]
    work = handed(world, task)
    for stranger in ("other_tutor", "head", "foreign_tutor", "other_teacher", "teacher"):
        with pytest.raises(Refused):
            accept_work(work=work, word="", by=actor(world, stranger))
    for outsider in ("foreign_teacher", "tutor", "other_tutor"):
        with pytest.raises(Refused):
            handed(world, task, outsider)
    given_back(world, Enrolment.objects.get(event=event, person=person(world, "other_teacher")), "other_teacher")
    with pytest.raises(Refused):
        handed(world, task, "other_teacher")
    cancel_event(event=event, reason="Карантин", by=actor(world, "coordinator"))
    with pytest.raises(Conflict):
        hand_in(task=task, text="Позже", link="", by=actor(world, "teacher"))
    assert SelfWork.objects.count() == 1


def test_my_day_says_what_is_next(world: World, event: Event) -> None:
    """From the day of the meeting on; the leader reads one line for all works."""
    first, second = event.dates.order_by("start")
    day = timezone.localdate(first.start)
    assert desk(world, "teacher") == []
    assert desk(world, "teacher", day) == ["Самостоятельная работа: «Подобрать пять задач»"]
    works = [handed(world, tasks(event)[0], name) for name in ("teacher", "other_teacher")]
    assert desk(world, "teacher", day) == []
    assert desk(world, "tutor") == ["2 самостоятельные работы ждут проверки"]
    return_work(work=works[0], word="Добавьте ответы", by=actor(world, "tutor"))
    assert desk(world, "teacher", day) == ["Возвращено на доработку: «Подобрать пять задач»"]
    accept_work(work=works[1], word="", by=actor(world, "tutor"))
    assert desk(world, "tutor") == []
    later = timezone.localdate(second.start)
    assert desk(world, "other_teacher", later) == ["Самостоятельная работа: «Провести урок»"]
    assert what_differs() == []


def test_hours_are_the_same_everywhere_and_the_certificate_asks_for_the_work(world: World, event: Event) -> None:
    """Meetings by attendance, self-work by what was accepted; who did not finish reads why."""
    first, second = tasks(event)
    for task in (first, second):
        accepted(world, task)
    accepted(world, first, "other_teacher")
    held(world, event, "teacher", "other_teacher")
    minutes = sum(one.minutes for one in event.dates.all()) + 165
    done = closed(world, event)
    teacher, other = person(world, "teacher"), person(world, "other_teacher")
    earning = earning_of(done)
    assert [(one.person, one.why) for one in earning.without] == [
        (other.pk, "принято самостоятельных работ: 1 из 2, по положению нужно 100 %")
    ]
    rows = {row.person_id: row.minutes for row in issued(world, done) if row.kind == "participant"}
    assert rows == {teacher.pk: minutes}
    assert {line.person: line.minutes for line in people_of(done)}[teacher.pk] == minutes
    today = timezone.localdate()
    lines = teachers_of(world.own, today - 400 * DAY, today + DAY)
    since = timezone.now() - 400 * DAY
    assert {line.person: line.minutes for line in lines}[teacher.pk] == minutes
    assert minutes_since(teacher.pk, since) + hours.minutes_since(teacher.pk, since) == minutes
    done = reopen_event(event=done, by=actor(world, "coordinator"))
    reconsider_work(work=SelfWork.objects.get(person=teacher, task=second), by=actor(world, "tutor"))
    assert list(earning_of(done).differs.values()) == ["по нынешним отметкам не положен"]


def test_it_is_closed_when_the_last_work_is_read(world: World, as_: As, event: Event) -> None:
    """Until the last term somebody may hand in; what is handed in is read; a closed one asks nothing anew."""
    work = handed(world, tasks(event)[1])
    done = accepted(world, tasks(event)[0])
    held(world, event, "teacher")
    event = Event.objects.get(pk=event.pk)
    last = max(due_of(task, event.dates.all(), event) for task in tasks(event))
    with pytest.raises(Conflict) as refused:
        close_event(event=event, by=actor(world, "tutor"))
    assert (refused.value.code, ru_day(last) in refused.value.sentence) == ("term", True)
    page = as_("tutor").get(f"/events/{event.pk}/").content.decode()
    assert refused.value.sentence in html.unescape(page)
    assert 'value="close"' not in page
    lines = [lines_for(actor(world, "tutor"), today=day, kinds="events.to_close") for day in (last, last + DAY)]
    assert [len(one) for one in lines] == [0, 1]
    with pytest.raises(Conflict) as refused:
        closed(world, event)
    assert refused.value.code == "unread"
    accept_work(work=work, word="", by=actor(world, "tutor"))
    closed(world, event)
    with pytest.raises(Conflict):
        return_work(work=done, word="Ещё", by=actor(world, "tutor"))
    with pytest.raises(Conflict):
        reconsider_work(work=done, by=actor(world, "tutor"))
    assert "reconsider" not in as_("tutor").get(f"/events/works/{done.pk}/").content.decode()
    assert what_differs() == []


def test_who_came_once_and_was_taken_off_takes_part_no_longer(world: World, as_: As, event: Event) -> None:
    """Nor does who is of the centre no longer; who came without a place does."""
    held(world, event, "teacher", "other_teacher", times=1)
    task, gone = tasks(event)[1], actor(world, "teacher")
    mine = Enrolment.objects.get(event=event, person=person(world, "other_teacher"))
    mine.state = "removed"
    mine.save(update_fields=["state"])
    with pytest.raises(Refused):
        handed(world, task, "other_teacher")
    assert as_("other_teacher").get(f"/events/tasks/{task.pk}/").status_code == 404
    Enrolment.objects.filter(event=event, person=person(world, "teacher")).delete()
    assert handed(world, task).person_id == person(world, "teacher").pk
    with pytest.raises(Refused):
        hand_in(task=task, text="Из другого центра", link="", by=replace(gone, grants=()))


def test_the_desk_names_what_has_opened_and_who_only_came(world: World, event: Event) -> None:
    """An overdue task hides no later one; a walk-in reads what was returned, who was taken off does not."""
    begun(event, 30)
    second = event.dates.order_by("start").last()
    day = timezone.localdate(second.start)
    assert desk(world, "teacher", day) == ["Самостоятельная работа: «Подобрать пять задач», «Провести урок»"]
    mine = Enrolment.objects.get(event=event, person=person(world, "teacher"))
    held(world, event, "teacher", times=1)
    work = return_work(work=handed(world, tasks(event)[0]), word="Добавьте ответы", by=actor(world, "tutor"))
    mine.delete()
    renew(work)
    assert desk(world, "teacher", day) == ["Возвращено на доработку: «Подобрать пять задач»"]
    other = Enrolment.objects.get(event=event, person=person(world, "other_teacher"))
    return_work(work=handed(world, tasks(event)[0], "other_teacher"), word="Ещё", by=actor(world, "tutor"))
    given_back(world, other, "other_teacher")
    assert desk(world, "other_teacher", day) == []
    assert what_differs() == []


def test_a_work_of_who_has_left_stands_where_the_leader_reads(world: World, as_: As, event: Event) -> None:
    work = handed(world, tasks(event)[0], "other_teacher")
    given_back(world, Enrolment.objects.get(event=event, person=person(world, "other_teacher")), "other_teacher")
    page = as_("tutor").get(f"/events/{event.pk}/progress/").content.decode()
    assert page.count("сейчас не участвует") == 1
    assert f"/events/works/{work.pk}/" in page


def test_nothing_is_asked_of_a_dropped_meeting_nor_counted_of_a_cancelled_tutorial(world: World, event: Event) -> None:
    """Minutes of what was accepted stay; the certificate asks for the other works alone."""
    first, second = tasks(event)
    accepted(world, first)
    accepted(world, first, "other_teacher")
    accepted(world, second, "other_teacher")
    drop_date(date=event.dates.order_by("start").last(), reason="Карантин", by=actor(world, "tutor"))
    held(world, event, "teacher", "other_teacher", times=1)
    earned = {one.person: one.minutes for one in earning_of(Event.objects.get(pk=event.pk)).fresh}
    met = Event.objects.get(pk=event.pk).dates.order_by("start")[0].minutes
    teacher, other = (person(world, name).pk for name in ("teacher", "other_teacher"))
    assert (earned[teacher], earned[other]) == (met + 120, met + 165)
    assert desk(world, "teacher", timezone.localdate() + 60 * DAY) == []
    again = tutorial(world, "teacher")
    accepted(world, tasks(again)[0])
    since = timezone.now() - DAY
    before = hours.minutes_since(teacher, since)
    cancel_event(event=again, reason="Карантин", by=actor(world, "coordinator"))
    assert (before, hours.minutes_since(teacher, since)) == (240, 120)
    assert hours.minutes_between(world.own, since, timezone.now() + DAY)[teacher] == 120


@pytest.mark.parametrize(("rule", "minutes", "earns"), [
    ({"self_work_share": 50}, 120, True),
    ({"self_work_share": 0, "self_work_counts": False}, 0, True),
    ({"self_work_share": 51}, 120, False),
])  # fmt: skip
def test_the_regulation_says_how_much(world: World, rule: dict[str, Any], minutes: int, earns: bool) -> None:
    rules(world, **rule)
    event = tutorial(world, "teacher")
    work = accepted(world, tasks(event)[0])
    held(world, event, "teacher")
    assert work.minutes == minutes
    teacher = person(world, "teacher").pk
    fresh = {one.person for one in earning_of(Event.objects.get(pk=event.pk)).fresh}
    assert (teacher in fresh) == earns


def test_pages_of_the_participant_and_the_leader(world: World, as_: As, event: Event) -> None:
    task = tasks(event)[0]
    page = as_("teacher").get(f"/events/{event.pk}/tasks/").content.decode()
    assert "Что дальше" in page
    answer = as_("teacher").post(f"/events/tasks/{task.pk}/", {"text": "Пять задач", "link": ""})
    assert answer.status_code == 302
    assert as_("teacher").post(f"/events/tasks/{task.pk}/", {"text": "", "link": ""}).status_code == 422
    work = SelfWork.objects.get()
    address = f"/events/works/{work.pk}/"
    assert "Пять задач" in as_("tutor").get(address).content.decode()
    assert AccessRecord.objects.filter(subject_kind="self_work", person_id=work.person_id).exists()
    assert as_("other_teacher").get(address).status_code == 404
    assert as_("teacher").get(address).status_code == 302
    assert as_("tutor").post(address, {"act": "return", "word": "", "edition": 1}).status_code == 422
    assert as_("tutor").post(address, {"act": "accept", "word": "Хорошо", "edition": 1}).status_code == 302
    assert "Хорошо" in as_("teacher").get(f"/events/tasks/{task.pk}/").content.decode()


def test_progress_is_by_name_and_costs_the_same_for_three(world: World, as_: As) -> None:
    event = tutorial(world, "teacher")
    handed(world, tasks(event)[0])
    client, address = as_("tutor"), f"/events/{event.pk}/progress/"
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    more_teachers(world, "third", "fourth")
    for name in ("third", "fourth"):
        registered(world, event, name)
        handed(world, tasks(event)[1], name)
    client.get(address)
    with CaptureQueriesContext(connection) as three:
        page = client.get(address).content.decode()
    assert len(three) == len(one)
    names = sorted(person(world, name).short_name for name in ("teacher", "third", "fourth"))
    assert all(name in page for name in names)


def test_it_is_closed_early_once_nobody_has_anything_left_to_do(world: World, event: Event) -> None:
    """Who gave the place back holds nothing up, whatever they have handed in; who was let in late does."""
    for task in tasks(event):
        accepted(world, task)
    left = return_work(work=handed(world, tasks(event)[0], "other_teacher"), word="Ещё", by=actor(world, "tutor"))
    held(world, event, "teacher")
    by, today = actor(world, "tutor"), timezone.localdate()
    assert lines_for(by, today=today, kinds="events.to_close") == []
    with pytest.raises(Conflict):
        close_event(event=Event.objects.get(pk=event.pk), by=by)
    mine = Enrolment.objects.get(event=event, person=left.person)
    mine.state = "removed"
    mine.save(update_fields=["state"])
    assert len(lines_for(by, today=today, kinds="events.to_close")) == 1
    work = reconsider_work(work=SelfWork.objects.get(task=tasks(event)[0], person=person(world, "teacher")), by=by)
    assert lines_for(by, today=today, kinds="events.to_close") == []
    accept_work(work=work, word="", by=by)
    assert what_differs() == []
    assert close_event(event=Event.objects.get(pk=event.pk), by=by).state == "closed"
