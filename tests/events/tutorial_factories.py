"""Tutorials, for tests of the room: a programme of two meetings with self-work that is taken before them too, held by
``tutor`` for ``teacher``."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.consultations.slot_factories import monday
from tests.events.enrolment_factories import registered
from tests.events.event_factories import begun, facts, hours
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.events.attendance.actions import Mark, mark_people
from traektoria.events.event.actions.dating import hold_date
from traektoria.events.event.actions.steps import announce_event
from traektoria.events.models import Event, SelfTask, SelfWork, TutorialProgramme, TutorialVersion
from traektoria.events.tutorials.actions.holding import hold_programme
from traektoria.events.tutorials.actions.programmes import (
    ProgrammeFacts,
    make_programme,
    release_programme,
    write_module,
)
from traektoria.events.tutorials.actions.works import accept_work, hand_in
from traektoria.events.tutorials.content import Module
from traektoria.events.tutorials.exchange_file import packed

MODULES = (
    Module(
        "Часть числа",
        90,
        "Разбор работ",
        "Подобрать пять задач",
        "По одной на каждый приём",
        days=7,
        effort=120,
        early=True,
    ),
    Module("Число по его части", 60, task="Провести урок", days=5, effort=45, early=True),
)


def programme(world: World, by: str = "tutor", modules: Sequence[Module] = MODULES, **fields: Any) -> TutorialProgramme:
    wanted = {"title": "Доли и проценты", "materials": "Сборник задач https://example.org/book", **fields}
    row = make_programme(centre=world.own, facts=ProgrammeFacts(**wanted), by=actor(world, by))
    for place, module in enumerate(modules, 1):
        row = write_module(programme=row, place=place, module=module, by=actor(world, by))
    return row


def released(world: World, by: str = "tutor", **fields: Any) -> TutorialVersion:
    return release_programme(programme=programme(world, by, **fields), by=actor(world, by))


def programme_file(world: World, content: bytes = b"") -> SimpleUploadedFile:
    """The programme of the world as a browser sends its file."""
    sent = content or packed(world.things["programme"].versions.select_related("programme__centre")[0])
    return SimpleUploadedFile("Программа.json", sent, "application/json")


def tutorial(
    world: World, *people: str, version: TutorialVersion | None = None, leader: str = "tutor", **fields: Any
) -> Event:  # fmt: skip
    """Announced, its meetings in two and in four weeks; the people are registered."""
    dates = [hours(monday(week)) for week in (2, 4)]
    event = hold_programme(
        version=version or released(world), facts=facts(world, leader, **{"title": "Тьюториал", **fields}), dates=dates,
        by=actor(world, leader),
    )  # fmt: skip
    event = announce_event(event=event, by=actor(world, "coordinator"))
    for name in people:
        registered(world, event, name)
    return event


def tasks(event: Event) -> list[SelfTask]:
    return list(SelfTask.objects.filter(event=event).order_by("meeting"))


def handed(world: World, task: SelfTask, name: str = "teacher", text: str = "Пять задач", **more: Any) -> SelfWork:
    return hand_in(task=task, text=text, link="", by=actor(world, name), **more)


def accepted(world: World, task: SelfTask, name: str = "teacher") -> SelfWork:
    return accept_work(work=handed(world, task, name), word="Хорошо", by=actor(world, "tutor"))


def held(world: World, event: Event, *came: str, times: int = 2) -> None:
    """Its first dates were held some hours ago, and the people came to each."""
    for number in range(times):
        row = begun(event, 30 - 10 * number) if number == 0 else _second(event)
        marks = [Mark(uuid4(), person(world, name).pk, "came", timezone.now()) for name in came]
        if marks:
            mark_people(date=row, marks=marks, by=actor(world, "coordinator"))
        else:
            hold_date(date=row, by=actor(world, "coordinator"))


def _second(event: Event) -> Any:
    row = event.dates.order_by("-start")[0]
    length = row.end - row.start
    row.start = row.original = timezone.now() - timedelta(hours=5)
    row.end = row.start + length
    row.save(update_fields=["start", "end", "original"])
    return row
