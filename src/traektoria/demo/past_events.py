"""A year of events that is over: every kind the regulation announces, of a school, the municipality and the region."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db.models import F

from traektoria.core.models import AuditEvent
from traektoria.demo.stage import Stage
from traektoria.engines.recurrence import interval_on
from traektoria.events.announcements.actions import AnnouncementFacts, announce_outer, withdraw_announcement
from traektoria.events.attendance.actions import Mark, mark_people
from traektoria.events.certificates.actions.issuing import issue_certificates
from traektoria.events.certificates.policies import Signed
from traektoria.events.enrolment.actions import enrolling
from traektoria.events.event.actions import dating, steps, writing
from traektoria.events.event.facts import EventFacts
from traektoria.events.models import Announcement, Enrolment, Event, EventDate
from traektoria.messaging.models import Message
from traektoria.organisations import zones

AHEAD = 3
"""Days from today on which each is announced at first: what has begun can't be announced."""
BEFORE = timedelta(days=20)
FIRST = ("event.begin", "event.propose", "event.approve", "event.announce", "enrolment.enrol")
OUTER = (
    ("Сезонная школа словесников", "Институт развития образования", "training_seminar", "regional"),
    ("Учитель для всей страны", "Профессиональная ассоциация", "contest", "national"),
    ("День открытых уроков", "Управление образования", "open_lesson", "municipal"),
)


@dataclass(frozen=True)
class Past:
    """``ago``: days before today, of each date; ``came``: which teachers were there, by their place in the
    list of the demo; who missed it."""

    kind: str
    title: str
    leader: str
    ago: Sequence[int]
    subjects: tuple[str, ...]
    came: Sequence[int]
    missed: Sequence[int] = ()
    level: str = "municipal"
    given: bool = False
    pupils: int = 0


YEAR = (
    Past("round_table", "Как мы оцениваем устный ответ", "tutor3", (318,), ("history",), range(4, 8)),
    Past("conference", "Педагогические чтения района", "koordinator", (282,), (), range(4, 11), (26,), "regional"),
    Past("training", "Разговор с родителями без обид", "tutor2", (255,), (), range(10, 14), (20,)),
    Past("contest", "Лучшая карточка для слабого ученика", "koordinator", (230,), (), range(30, 34)),
    Past("peer_visit", "Урок биологии в двух школах", "tutor3", (214, 207), ("biology",), range(5, 7), (), "school"),
    Past("supervision", "Трудный случай: класс, который молчит", "tutor2", (198,), (), range(12, 15)),
    Past("internship", "День в кабинете физики лицея", "tutor3", (184,), ("physics",), range(40, 42), (44,)),
    Past("exam_group", "Группа подготовки к ОГЭ: география", "tutor2", (240, 233, 226), ("geography",), (), pupils=14),
    Past("webinar", "Программа по истории: что изменилось", "tutor3", (88,), ("history",), range(4, 8), (16,)),
    Past("master_class", "Опыт по химии без лаборатории", "tutor2", (61,), ("chemistry",), range(20, 24), (29,)),
    Past(
        "workshop", "Критериальное оценивание: два занятия", "tutor3", (47, 33), ("english",), range(31, 34), (39,),
        given=True,
    ),
)  # fmt: skip


def past_events(stage: Stage) -> None:
    """Held by the rooms' own actions, then laid back into their time; what was written of them was read long ago."""
    for past in YEAR:
        letters, audits = _last(Message), _last(AuditEvent)
        event = _announced(stage, past)
        back = timedelta(days=AHEAD + max(past.ago))
        EventDate.objects.filter(event=event).update(**{name: F(name) - back for name in ("start", "end", "original")})
        _held(stage, past, event)
        steps.close_event(event=event, by=stage.actor(past.leader))
        _laid_back(event, timedelta(days=min(past.ago)), audits)
        Message.objects.filter(pk__gt=letters).delete()
        if past.given:
            signed = Signed("Координатор центра", stage.person("koordinator").short_name)
            site = settings.ADDRESS or "https://centre.example.org"
            issue_certificates(event=event, signed=signed, site=site, by=stage.actor(past.leader))
    _outer(stage)


def _announced(stage: Stage, past: Past) -> Event:
    """As long before it as such things are announced, with who registered."""
    centre, by = stage.population.centre, stage.actor("koordinator")
    zone = zones.zone(centre.municipality.time_zone)
    days = [stage.day(AHEAD + max(past.ago) - ago) for ago in sorted(past.ago, reverse=True)]
    facts = EventFacts(
        past.kind, past.title, (stage.person(past.leader).pk,), place="методкабинет центра", level=past.level,
        subjects=past.subjects,
    )  # fmt: skip
    event = writing.make_event(
        centre=centre, facts=facts, dates=[interval_on(day, time(15), time(16, 30), zone) for day in days], by=by
    )
    if event.approval:
        event = steps.approve_event(event=steps.propose_event(event=event, by=by), by=by)
    else:
        event = steps.announce_event(event=event, by=by)
    if not past.pupils:
        enrolling.enrol(event=event, people=_people(stage, [*past.came, *past.missed]), by=by)
    return event


def _held(stage: Stage, past: Past, event: Event) -> None:
    by = stage.actor(past.leader)
    for row in EventDate.objects.filter(event=event).order_by("start"):
        if past.pupils:
            dating.hold_date(date=row, by=by, pupils=past.pupils)
        else:
            words = dict.fromkeys(_people(stage, past.came), "came")
            words |= dict.fromkeys(_people(stage, past.missed), "missed")
            mark_people(date=row, marks=[Mark(uuid4(), one, said, row.end) for one, said in words.items()], by=by)


def _people(stage: Stage, numbers: Sequence[int]) -> list[int]:
    teachers = [person for login, person in stage.population.persons.items() if login.startswith("uchitel")]
    return [teachers[number].pk for number in numbers]


def _last(model: Any) -> int:
    return model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _laid_back(event: Event, back: timedelta, audits: int) -> None:
    """What the acts wrote as of today."""
    Event.objects.filter(pk=event.pk).update(
        announced_at=F("announced_at") - back - BEFORE, created_at=F("created_at") - back - BEFORE,
        closed_at=F("closed_at") - back,
    )  # fmt: skip
    Enrolment.objects.filter(event=event).update(since=F("since") - back - BEFORE)
    AuditEvent.objects.filter(pk__gt=audits, event__in=FIRST).update(at=F("at") - back - BEFORE)
    AuditEvent.objects.filter(pk__gt=audits).exclude(event__in=FIRST).update(at=F("at") - back)


def _outer(stage: Stage) -> None:
    """Two that have ended, of the region and of the country; one was withdrawn."""
    centre, by = stage.population.centre, stage.actor("koordinator")
    for title, source, kind, level in OUTER:
        facts = AnnouncementFacts(kind, title, source, stage.day(40), "https://example.org/outer", level=level)
        row = announce_outer(centre=centre, facts=facts, by=by)
        if level != "municipal":
            Announcement.objects.filter(pk=row.pk).update(deadline=stage.day(-70))
        if level == "municipal":
            withdraw_announcement(row=row, reason="Организатор перенёс на следующий год.", by=by)
