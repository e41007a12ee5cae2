"""Events, for tests of the room: two weeks from Monday, 15:00 to 16:30, in the methodical room, led by ``tutor``."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.consultations.slot_factories import at, monday
from tests.factories import make_regulation
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.engines.intervals import Interval
from traektoria.events.announcements.actions import AnnouncementFacts, announce_outer
from traektoria.events.event.actions.steps import announce_event
from traektoria.events.event.actions.writing import make_event
from traektoria.events.event.facts import EventFacts
from traektoria.events.models import Announcement, Attendance, Event, EventDate
from traektoria.organisations.regulations.schema import Rules

KINDS: list[dict[str, Any]] = [
    {"slug": "master_class", "title": "Мастер-класс"},
    {"slug": "open_lesson", "title": "Открытый урок", "observation": True},
    {"slug": "conference", "title": "Конференция", "approval": True},
    {"slug": "exam_group", "title": "Группа подготовки к экзамену", "pupils": True},
    {"slug": "questionnaire", "title": "Анкета", "announced": False},
]


def rules(world: World, **changes: Any) -> None:
    """The regulation of the own centre, with kinds of events."""
    version = make_regulation(world.own, event_rules=changes)
    whole = Rules.model_validate(version.content | {"events": KINDS}).model_dump(mode="json")
    version.content["events"] = whole["events"]
    version.save(update_fields=["content"])


def hours(day: date, start: time = time(15), end: time = time(16, 30)) -> Interval:
    return Interval(at(day, start), at(day, end))


def facts(world: World, *leaders: str, **fields: Any) -> EventFacts:
    wanted = {"kind": "master_class", "title": "Проценты без страха", "place": "методкабинет", "places": 20, **fields}
    return EventFacts(leaders=tuple(person(world, one).pk for one in leaders or ("tutor",)), **wanted)


def draft(world: World, *leaders: str, days: Sequence[date] = (), by: str = "coordinator", **fields: Any) -> Event:
    dates = [hours(day) for day in days or [monday(2)]]
    return make_event(centre=world.own, facts=facts(world, *leaders, **fields), dates=dates, by=actor(world, by))


def announced(world: World, *leaders: str, by: str = "coordinator", **fields: Any) -> Event:
    return announce_event(event=draft(world, *leaders, by=by, **fields), by=actor(world, by))


def begun(event: Event, hours_ago: float = 3) -> EventDate:
    """Its first date began so many hours ago."""
    row = event.dates.order_by("start")[0]
    length = row.end - row.start
    row.start = row.original = timezone.now() - timedelta(hours=hours_ago)
    row.end = row.start + length
    row.save(update_fields=["start", "end", "original"])
    return row


def contest_over(world: World, *guests: str, **fields: Any) -> Event:
    """An own contest that began three hours ago and is over; ``guests`` came."""
    event = announced(world, **{"title": "Конкурс уроков", **fields})
    event.kind, event.kind_name, event.has_results = "contest", "Конкурс", True
    event.save(update_fields=["kind", "kind_name", "has_results"])
    begun(event, 3)
    for name in guests:
        make_attendance(world, event, name)
    return event


def pdf(text: str = "one", name: str = "Раздатка.pdf") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, b"%PDF-1.7\n" + text.encode())


def make_attendance(world: World, event: Event, name: str, said: str = "came") -> Attendance:
    """What is said of the person on the first date."""
    date = event.dates.order_by("start")[0]
    return Attendance.objects.create(date=date, person=person(world, name), said=said, at=date.start)


def outer_facts(days: int = 10, **fields: Any) -> AnnouncementFacts:
    wanted = {"kind": "conference", "title": "Учитель года", "source": "Министерство образования", **fields}
    return AnnouncementFacts(deadline=timezone.localdate() + timedelta(days=days), **wanted)


def outer(world: World, by: str = "coordinator", days: int = 10, **fields: Any) -> Announcement:
    """The announcement of an outer event."""
    return announce_outer(centre=world.own, facts=outer_facts(days, **fields), by=actor(world, by))
