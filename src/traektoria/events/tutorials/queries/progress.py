"""Where one's own self-work stands; where everybody of a tutorial stands, for who leads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from traektoria.core.joined_rows import Joined
from traektoria.core.labels import text_of
from traektoria.core.paging import Page, replaced
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.events.attendance.enums import Word
from traektoria.events.attendance.models import Attendance
from traektoria.events.enrolment.enums import LIVE, EnrolmentState
from traektoria.events.enrolment.models import Enrolment
from traektoria.events.event.enums import PUBLIC
from traektoria.events.event.models import Event, EventDate
from traektoria.events.tutorials.enums import LOOKS, WorkState
from traektoria.events.tutorials.models import SelfTask, SelfWork, Tutorial
from traektoria.events.tutorials.policies import due_of, is_open, opens_on
from traektoria.events.tutorials.queries.participants import listed
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.models import short_name

_TUTORIAL = Joined(Tutorial, "version", "entry", "exit")
_TASKS = Joined(SelfTask)
_OWN = Joined(SelfWork, "task")


@dataclass(frozen=True)
class TaskLine:
    """A task with what the person has handed in for it. ``opens``: the day from which it is taken; None: now."""

    task: SelfTask
    due: date
    work: SelfWork | None
    opens: date | None

    @property
    def is_open(self) -> bool:
        """Something is still to be done by the participant."""
        return self.work is None or self.work.state == WorkState.RETURNED

    @property
    def look(self) -> tuple[str, str]:
        return LOOKS[self.work.state] if self.work else ("neutral", "circle")

    @property
    def state_label(self) -> str:
        return text_of(WorkState, self.work.state) if self.work else ""


@dataclass(frozen=True)
class TutorialMeeting:
    """A meeting of the tutorial with the tasks that follow it. ``said``: whether the person came, as it is marked."""

    number: int
    date: EventDate
    title: str
    steps: str
    lines: tuple[TaskLine, ...]
    said: str = ""
    came: bool = False


@dataclass(frozen=True)
class ToCheck:
    """Somebody's work that waits to be read; ``name`` is the task's."""

    pk: int
    name: str


@dataclass(frozen=True)
class PersonLine:
    """Where a participant stands: meetings that took place and to which they came, works accepted, what is to be
    read. Who takes part no longer stays as long as a work of theirs does. No figure compares people."""

    person: int
    name: str
    takes_part: bool
    came: int
    accepted: int
    to_check: tuple[ToCheck, ...]
    read: tuple[ToCheck, ...]


def tutorial_of(event: Event) -> Tutorial | None:
    """None: an event without self-work. One query."""
    found = _TUTORIAL.find("t.event_id = %s", event.pk)
    return found[0] if found else None


def tasks_of(event: Event) -> list[SelfTask]:
    """In the order of the meetings. One query."""
    return _TASKS.find("t.event_id = %s", event.pk, order="t.meeting, t.id")


def own_lines(event: Event, person: int | None, tasks: Sequence[SelfTask]) -> list[TaskLine]:
    """Reads ``dates`` of the event. One query."""
    rows = _OWN.find("task.event_id = %s AND t.person_id = %s", event.pk, person) if person else []
    works, dates = {row.task_id: row for row in rows}, list(event.dates.all())
    now = timezone.now()
    return [
        TaskLine(
            task, due_of(task, dates, event), works.get(task.pk),
            None if task.pk in works or is_open(event, task, now) else opens_on(task, dates, event),
        )
        for task in tasks
    ]  # fmt: skip


def people_page(event: Event, asked: object) -> Page[PersonLine]:
    """By name. Three queries."""
    page = listed().page(asked, event=event.pk)
    people = {person for person, *_name in page}
    came: dict[int, int] = {}
    for (person,) in _came().all(event=event.pk, people=people):
        came[person] = came.get(person, 0) + 1
    works: dict[int, list[tuple[int, str, str]]] = {}
    for person, pk, state, title in _works().all(event=event.pk, people=people):
        works.setdefault(person, []).append((pk, state, title))
    return replaced(
        page,
        [
            _line(person, (surname, given, patronymic), bool(takes), came.get(person, 0), works.get(person, []))
            for person, surname, given, patronymic, takes in page
        ],
    )


def _line(
    person: int, name: Sequence[str], takes: bool, came: int, works: Sequence[tuple[int, str, str]]
) -> PersonLine:
    waits = tuple(ToCheck(pk, title) for pk, state, title in works if state == WorkState.HANDED)
    read = tuple(ToCheck(pk, title) for pk, state, title in works if state != WorkState.HANDED)
    accepted = sum(1 for _pk, state, _title in works if state == WorkState.ACCEPTED)
    return PersonLine(person, short_name(*name), takes, came, accepted, waits, read)


@prepared
def _came() -> QuerySet[Attendance, Any]:
    rows = Attendance.objects.filter(date__event=Given("event"), person__in=Numbers("people"), said=Word.CAME)
    return rows.filter(date__held_at__isnull=False).order_by().values_list("person")


@prepared
def _works() -> QuerySet[SelfWork, Any]:
    rows = SelfWork.objects.filter(task__event=Given("event"), person__in=Numbers("people"))
    return rows.order_by("task__meeting", "task").values_list("person", "pk", "state", "task__title")


def works_seen_by(actor: Actor) -> QuerySet[SelfWork]:
    """One's own; those of tutorials that one leads or keeps; what stands as evidence in a route whose tutor one is, as
    long as it is accepted: what the teacher writes anew is not given to the route yet."""
    if actor.person_id is None:
        return SelfWork.objects.none()
    me = actor.person_id
    seen = Q(person=me) | Q(task__event__leads__person=me, task__event__centre__in=actor.centre_ids)
    seen |= Q(task__event__author=me, task__event__centre__in=actor.centres(Role.TUTOR))
    seen |= Q(task__event__centre__in=actor.centres(Role.COORDINATOR))
    in_route = {"state": WorkState.ACCEPTED, "evidence__item__route__support__tutor": me}
    seen |= Q(**in_route, evidence__item__route__support__centre__in=actor.centres(Role.TUTOR))
    rows = SelfWork.objects.filter(pk__in=SelfWork.objects.filter(seen).order_by().values("pk"))
    return rows.select_related("task__event__centre__municipality", "person").prefetch_related("task__event__leads")


def tasks_seen_by(actor: Actor) -> QuerySet[SelfTask]:
    """Of tutorials that the person takes part in, once they are announced; those that one has handed in; of tutorials
    that one leads or keeps."""
    if actor.person_id is None:
        return SelfTask.objects.none()
    me = actor.person_id
    comes = Q(event__enrolments__person=me, event__enrolments__state=EnrolmentState.IN)
    comes |= Q(event__dates__attendance__person=me, event__dates__attendance__said=Word.CAME)
    gone = Enrolment.objects.filter(person=me).exclude(state__in=LIVE).order_by().values("event")
    seen = comes & Q(event__state__in=PUBLIC, event__centre__in=actor.centre_ids) & ~Q(event__in=gone)
    seen |= Q(works__person=me, event__centre__in=actor.centre_ids)
    seen |= Q(event__leads__person=me, event__centre__in=actor.centre_ids)
    seen |= Q(event__author=me, event__centre__in=actor.centres(Role.TUTOR))
    seen |= Q(event__centre__in=actor.centres(Role.COORDINATOR))
    rows = SelfTask.objects.filter(pk__in=SelfTask.objects.filter(seen).order_by().values("pk"))
    return rows.select_related("event__centre__municipality", "event__regulation").prefetch_related(
        "event__leads", "event__dates"
    )
