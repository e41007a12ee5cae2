"""A participant reads on «My day» which self-work is next and until when; who leads it, what waits to be read."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.waiting import waits
from traektoria.events.enrolment.enums import EnrolmentState
from traektoria.events.enrolment.models import Enrolment
from traektoria.events.event.enums import EventState
from traektoria.events.event.models import Event, EventDate, EventLeader
from traektoria.events.tutorials.enums import WorkState
from traektoria.events.tutorials.models import SelfTask, SelfWork
from traektoria.events.tutorials.policies import due_of, opens_on
from traektoria.organisations.models import Municipality
from traektoria.people import addressees

DO, FINISH, CHECK = "events.self_work", "events.self_work_returned", "events.self_work_check"
RUNS = (EventState.ANNOUNCED, EventState.HELD)


def own_rows(enrolments: QuerySet[Enrolment]) -> Iterator[Wait]:
    """Of each participant the next thing to do: what was returned, else the first task. Five queries."""
    found = enrolments.filter(state=EnrolmentState.IN, event__state__in=RUNS, event__tutorial__isnull=False)
    related = found.select_related("event__centre__municipality")
    rows = list(related.prefetch_related("event__dates", "event__self_tasks"))
    works: dict[tuple[int, int], str] = {}
    kept = SelfWork.objects.filter(
        task__event__in={row.event_id for row in rows}, person__in={row.person_id for row in rows}
    )
    for task, person, state in kept.values_list("task", "person", "state") if rows else ():
        works[person, task] = state
    for row in rows:
        yield from _next(row, works)


def _next(row: Enrolment, works: dict[tuple[int, int], str]) -> Iterator[Wait]:
    of_event: Any = row.event
    dates = list(of_event.dates.all())
    tasks = sorted(of_event.self_tasks.all(), key=lambda one: (due_of(one, dates, row.event), one.pk)) if dates else ()
    said = {task.pk: works.get((row.person_id, task.pk), "") for task in tasks}
    returned = next((task for task in tasks if said[task.pk] == WorkState.RETURNED), None)
    task = returned or next((task for task in tasks if not said[task.pk]), None)
    if task is None:
        return
    facts = {"title": row.event.title, "task": task.title, "pk": task.pk}
    yield Wait(
        FINISH if returned else DO, addressees.person(row.person_id), row, row.event.centre_id, facts=facts,
        due=due_of(task, dates, row.event), shows_from=opens_on(task, dates, row.event),
    )  # fmt: skip


def work_rows(works: QuerySet[SelfWork]) -> Iterator[Wait]:
    """To each leader, but for a work of their own. Three queries."""
    found = works.filter(state=WorkState.HANDED, task__event__state__in=[*RUNS, EventState.CLOSED])
    for row in found.select_related("task__event").prefetch_related("task__event__leads"):
        event = row.task.event
        for one in event.leads.all():
            if one.person_id != row.person_id:
                facts = {"title": event.title, "event": event.pk}
                yield Wait(CHECK, addressees.person(one.person_id), row, event.centre_id, facts=facts)


def do(row: Waited) -> Words:
    return Words(_("Self-work: “%(task)s”") % row.facts, row.facts["title"], _page(row), _("Do it"))


def finish(row: Waited) -> Words:
    return Words(_("Returned to be finished: “%(task)s”") % row.facts, row.facts["title"], _page(row), _("Finish it"))


def _page(row: Waited) -> str:
    return reverse("events:task_detail", args=[row.facts["pk"]])


def check(row: Waited) -> Words:
    what = ngettext("%(n)s self-work to read", "%(n)s self-works to read", row.number) % {"n": row.number}
    return Words(what, row.facts["title"], reverse("events:event_tasks", args=[row.facts["event"]]), _("Read"))


def _enrolments(event: int) -> QuerySet[Enrolment, int]:
    return Enrolment.objects.filter(event=event, state=EnrolmentState.IN).values_list("pk", flat=True)


def _of_municipality(municipality: Municipality) -> QuerySet[Enrolment, int]:
    """The day of a term is one of the clock there."""
    rows = Enrolment.objects.filter(event__centre__municipality=municipality.pk, event__tutorial__isnull=False)
    return rows.filter(state=EnrolmentState.IN).values_list("pk", flat=True)


def _of_work(work: SelfWork) -> QuerySet[Enrolment, int]:
    rows = Enrolment.objects.filter(event__self_tasks=work.task_id, person=work.person_id)
    return rows.values_list("pk", flat=True)


def _works(event: int) -> QuerySet[SelfWork, int]:
    return SelfWork.objects.filter(task__event=event, state=WorkState.HANDED).values_list("pk", flat=True)


waits(
    WaitingSource(
        slug="events.self_work",
        order=20,
        model=Enrolment,
        rows=own_rows,
        kinds=(
            WaitingKind(DO, 20, DeskGroup.SOON, do, letter=gettext_lazy("Self-work of a tutorial is due")),
            WaitingKind(FINISH, 20, DeskGroup.SOON, finish, letter=gettext_lazy("Self-work of a tutorial is due")),
        ),
        watches=(
            Watch(SelfTask, lambda task: _enrolments(task.event_id)),
            Watch(SelfWork, _of_work),
            Watch(Event, lambda event: _enrolments(event.pk), frozenset({"state", "title"})),
            Watch(EventDate, lambda date: _enrolments(date.event_id)),
            Watch(Municipality, _of_municipality, frozenset({"time_zone"})),
        ),
    )
)
waits(
    WaitingSource(
        slug="events.self_work_check",
        order=21,
        model=SelfWork,
        rows=work_rows,
        kinds=(WaitingKind(CHECK, 21, DeskGroup.SOON, check, sums=True),),
        watches=(
            Watch(Event, lambda event: _works(event.pk), frozenset({"state", "title"})),
            Watch(EventLeader, lambda one: _works(one.event_id)),
        ),
    )
)
