"""How it was: asked of who came, changed until the term, told once and without names."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.events.enrolment_factories import more_teachers
from tests.events.event_factories import announced, begun, make_attendance, rules
from tests.letters import deliver
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.waiting import lines_for, what_differs
from tests.world import World
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.events.attendance.models import Attendance
from traektoria.events.event.queries.events import find_event
from traektoria.events.feedback import letters, tasks
from traektoria.events.feedback.actions import say_how_it_was
from traektoria.events.feedback.models import EventFeedback
from traektoria.events.feedback.personal_data import feedback_of
from traektoria.events.feedback.queries import FeedbackSummary, told
from traektoria.events.feedback.tasks import ask_after_events
from traektoria.events.models import Event
from traektoria.messaging.kinds import Told as Letter
from traektoria.messaging.kinds import Withheld, readers
from traektoria.messaging.models import Message
from traektoria.people.models import Account

pytestmark = pytest.mark.django_db
WELL = {"useful": "yes", "applies": "soon", "change": "nothing"}
BADLY = {"useful": "no", "applies": "no", "change": "level"}
GUESTS = ("teacher", "other_teacher", "third", "fourth", "fifth", "sixth")
TERM = timedelta(days=14)


@pytest.fixture
def event(world: World) -> Event:
    """Ended an hour and a half ago; six teachers came, one did not."""
    rules(world)
    more_teachers(world, "third", "fourth", "fifth", "sixth")
    event = announced(world)
    begun(event, 3)
    for name in GUESTS:
        make_attendance(world, event, name)
    make_attendance(world, event, "head", "missed")
    return event


def say(world: World, event: Event, *names: str, words: str = "", answers: dict[str, str] = WELL) -> None:
    for name in names:
        say_how_it_was(event=event, answers=answers, words=words and f"{words} {name}", by=actor(world, name))


def shown(world: World, event: Event, later: timedelta = TERM) -> FeedbackSummary | None:
    found = find_event(actor(world, "tutor"), event.pk)
    assert found is not None
    return told(found, timezone.now() + later)


def test_who_came_says_it_once_and_changes_it_until_the_term(world: World, event: Event) -> None:
    say(world, event, "teacher", answers=BADLY)
    say(world, event, "teacher", words="Больше примеров")
    row = EventFeedback.objects.get()
    assert (row.answers, row.words) == (WELL, "Больше примеров teacher")
    assert feedback_of(row.person_id)["feedback"][0]["answers"] == WELL
    for stranger in ("head", "tutor", "other_tutor", "coordinator"):
        with pytest.raises(Refused):
            say(world, event, stranger)
    for wrong in ({}, {**WELL, "useful": "soon"}, {"useful": "yes"}):
        with pytest.raises(Invalid):
            say(world, event, "third", answers=wrong)
    for moment in (timezone.now() - timedelta(hours=2), timezone.now() + TERM):
        with pytest.raises(Conflict):
            say_how_it_was(event=event, answers=WELL, by=actor(world, "third"), now=moment)
    assert EventFeedback.objects.count() == 1


def test_it_is_told_once_after_the_term_of_five_people_and_says_no_names(world: World, event: Event) -> None:
    say(world, event, *GUESTS[:4], words="Слова")
    assert shown(world, event, timedelta()) is None
    assert shown(world, event) == FeedbackSummary(0, (), ())
    say(world, event, "fifth", answers=BADLY, words="Слова")
    say(world, event, "sixth", answers=BADLY)
    first = shown(world, event)
    assert first is not None
    assert first.n == 6
    assert [[one.number for one in lines] for _title, lines in first.questions] == [
        ["4", "0–1", "2"], ["4", "0–1", "2"], ["4", "0–1", "0–1", "2"],
    ]  # fmt: skip
    assert sorted(first.words) == sorted(f"Слова {name}" for name in GUESTS[:5])
    Attendance.objects.filter(person=person(world, "fifth")).update(said="undone")
    assert shown(world, event) == first, "a mark that is changed afterwards must not tell whose answer it was"


def test_the_regulation_asks_its_own_questions_or_nothing(world: World) -> None:
    own = {"slug": "clear", "title": "Было ли понятно?", "options": ["да", "нет"]}
    rules(world, feedback=[own])
    say(world, _over(world), "teacher", answers={"clear": "2"})
    assert EventFeedback.objects.get().answers == {"clear": "2"}
    rules(world, feedback_days=0)
    with pytest.raises(Conflict):
        say(world, _over(world), "teacher")


def _over(world: World) -> Event:
    event = announced(world)
    begun(event, 3)
    make_attendance(world, event, "teacher")
    return event


def test_who_came_is_asked_on_their_day_once(world: World, event: Event) -> None:
    Attendance.objects.filter(person=person(world, "sixth")).update(said="missed")
    assert ask_after_events(timezone.now() - timedelta(hours=2)) == 0
    assert [ask_after_events() for _time in range(2)] == [5, 0]
    Attendance.objects.filter(person=person(world, "sixth")).update(said="came")
    assert ask_after_events() == 1
    assert not what_differs()
    asked = lines_for(actor(world, "teacher"))
    assert [line for line in asked if "Проценты без страха" in str(line)]
    say(world, event, "teacher")
    assert not [line for line in lines_for(actor(world, "teacher")) if "Проценты без страха" in str(line)]
    assert shown(world, event) == FeedbackSummary(0, (), ()), "who was asked has not answered"
    assert not what_differs()


def test_a_letter_asks_once_and_not_in_vain(
    world: World, event: Event, mailoutbox: list[Any], settings: Any, django_assert_max_num_queries: Any
) -> None:
    """Not who has answered, has left, was marked by mistake; nobody once the event is cancelled or the term over; who
    was asked is not asked again, whatever is marked later."""
    now, settings.ADDRESS = timezone.now(), "https://tutor.example.org"
    for name in GUESTS:
        Account.objects.filter(person=person(world, name)).update(email=f"{name}@example.org")
    ask_after_events(now)
    asked = Message.objects.filter(kind=letters.FEEDBACK)
    assert asked.count() == len(GUESTS)
    say(world, event, "teacher")
    person(world, "third").roles.update(end=timezone.localdate() - timedelta(days=1))
    Attendance.objects.filter(person=person(world, "fourth")).update(said="undone")
    deliver()
    assert {str(message.to[0]) for message in mailoutbox} == {
        f"{name}@example.org" for name in ("other_teacher", "fifth", "sixth")
    }  # fmt: skip
    letter = str(mailoutbox[0].body)
    assert f"/events/{event.pk}/feedback/" in letter
    assert "Проценты без страха" in letter
    Attendance.objects.filter(person=person(world, "fifth")).update(said="missed")
    ask_after_events(now)
    Attendance.objects.filter(person=person(world, "fifth")).update(said="came")
    ask_after_events(now)
    assert asked.count() == len(GUESTS)
    row = asked.get(person_id=person(world, "sixth").pk)
    reader = readers([row.person_id or 0])[row.person_id or 0]
    with django_assert_max_num_queries(4):
        assert isinstance(letters.to_person([row] * 3, reader).__next__(), Letter)
    Event.objects.filter(pk=event.pk).update(state="cancelled", why="Отменено")
    assert [one.reason for one in letters.to_person([row], reader) if isinstance(one, Withheld)] == ["done"]
    Event.objects.filter(pk=event.pk).update(state="closed", why="")
    event.dates.update(start=now - timedelta(days=20), end=now - timedelta(days=15), original=now - timedelta(days=20))
    assert [one.reason for one in letters.to_person([row], reader) if isinstance(one, Withheld)] == ["done"]


def test_who_reads_the_answers_or_has_left_is_not_asked(
    world: World, event: Event, as_: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Knowing the own answer, a reader would know more of the others'. An event of which nobody is left to ask, or of
    which nothing is asked, is not locked."""
    begun_by = announced(world, "third", by="other_tutor", title="С автором в зале")
    begun(begun_by, 3)
    for name in ("coordinator", "other_tutor", "fourth", "fifth"):
        make_attendance(world, begun_by, name)
    person(world, "fifth").roles.update(end=timezone.localdate() - timedelta(days=1))
    for reader in ("coordinator", "other_tutor"):
        with pytest.raises(Refused):
            say(world, begun_by, reader)
        assert '/feedback/"' not in as_(reader).get(f"/events/{begun_by.pk}/").content.decode()
    ask_after_events()
    asked = EventFeedback.objects.filter(event=begun_by).values_list("person", flat=True)
    assert list(asked) == [person(world, "fourth").pk]
    EventFeedback.objects.filter(event=event).delete()
    rules(world, feedback_days=0)
    Event.objects.update(regulation=world.own.regulations.order_by("-number")[0])
    monkeypatch.setattr(tasks, "ask_who_came", lambda **_facts: pytest.fail("was locked"))
    assert ask_after_events() == 0


def test_the_page_of_the_event_leads_there_and_the_history_tells_nothing(world: World, event: Event) -> None:
    client, address = Client(), f"/events/{event.pk}/feedback/"
    client.force_login(world.accounts["teacher"])
    assert address in client.get(f"/events/{event.pk}/").content.decode()
    assert client.post(address, {"useful": "yes"}).status_code == 422
    assert client.post(address, {**WELL, "own_words": "Про темп занятия"}).status_code == 302
    assert "checked" in client.get(address).content.decode()
    client.force_login(world.accounts["tutor"])
    page = client.get(f"/events/{event.pk}/").content.decode()
    assert f"{address}told/" in page
    assert person(world, "teacher").short_name not in page
    assert "Про темп" not in client.get(f"{address}told/").content.decode()
