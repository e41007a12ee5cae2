"""Many are told at once: each once, those who were in it then, and no reminder of what is no more (PEERS 2.8)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.events.enrolment_factories import given_back, more_teachers, registered
from tests.events.event_factories import announced, begun, rules
from tests.letters import deliver, noon
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.core.tasks.worker import do_what_is_due
from traektoria.engines.intervals import Interval
from traektoria.events.enrolment import letters
from traektoria.events.enrolment.tasks import remind_of_coming
from traektoria.events.event.actions import dating, steps
from traektoria.events.models import Enrolment, Event
from traektoria.messaging.models import Message
from traektoria.people.models import Account

pytestmark = pytest.mark.django_db
NAMES = ("teacher", "other_teacher", "third")


@pytest.fixture
def event(world: World, settings: Any) -> Event:
    """Begins in 20 hours; two have a place, the third waits. All have an address."""
    settings.ADDRESS = "https://tutor.example.org"
    rules(world)
    more_teachers(world, "third")
    found = announced(world, places=2)
    for name in NAMES:
        Account.objects.filter(person=person(world, name)).update(email=f"{name}@example.org")
        registered(world, found, name)
    deliver()
    begun(found, -20)
    return found


def cancelled(world: World, event: Event) -> None:
    steps.cancel_event(event=event, reason="Карантин", by=actor(world, "tutor"))


def moved(world: World, event: Event) -> None:
    date = event.dates.get()
    to = Interval(date.start + timedelta(days=7), date.end + timedelta(days=7))
    dating.move_dates(date=date, to=to, reason="Зал занят", by=actor(world, "tutor"))


def declined(world: World, event: Event) -> None:
    for name in NAMES[:2]:
        given_back(world, Enrolment.objects.get(event=event, person=person(world, name)), name)


def has_begun(_world: World, event: Event) -> None:
    begun(event, 0.1)


@pytest.mark.parametrize("act", [cancelled, moved, declined, has_begun])
def test_a_reminder_that_waits_goes_to_nobody_once_it_is_not_so(
    world: World, event: Event, mailoutbox: list[Any], act: Callable[[World, Event], None]
) -> None:
    """It was asked for, and not sent yet."""
    mailoutbox.clear()
    assert remind_of_coming() == 2, "who waits for a place is not reminded"
    act(world, event)
    deliver()
    assert [one.subject for one in mailoutbox if "скоро" in one.subject] == []
    waiting = Message.objects.filter(kind=letters.SOON)
    assert set(waiting.values_list("state", "reason")) == {("cancelled", "done")}


def test_a_reminder_goes_to_who_has_a_place_once(world: World, event: Event, mailoutbox: list[Any]) -> None:
    mailoutbox.clear()
    for _press in range(2):
        remind_of_coming()
        deliver()
    assert sorted(one.to[0] for one in mailoutbox) == ["other_teacher@example.org", "teacher@example.org"]


def test_many_are_told_by_the_worker_those_who_were_in_it_then(
    world: World, event: Event, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    """Told twice by the worker, and changed again within ten minutes, it is one letter an address, with what is so at
    the end."""
    monkeypatch.setattr(letters, "AT_ONCE", 1)
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        moved(world, event)
    before = Message.objects.count()
    rows = list(Enrolment.objects.filter(event=event).values_list("pk", flat=True))
    do_what_is_due()
    for _time in range(2):
        letters.tell_by_the_worker.call(enrolments=rows, what=letters.CHANGED)
    cancelled(world, event)
    do_what_is_due()
    assert Message.objects.count() == before
    deliver(noon(2))
    told = [one.to[0] for one in mailoutbox]
    assert sorted(told) == [f"{name}@example.org" for name in sorted(NAMES)]
    assert {one.subject for one in mailoutbox} == {"Мероприятие отменено"}
