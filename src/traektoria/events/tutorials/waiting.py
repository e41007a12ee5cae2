"""A participant reads on «My day» which self-work is next and until when; who leads it, what waits to be read."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.waiting import waits
from traektoria.events.attendance.enums import EvidenceAnswer
from traektoria.events.enrolment.enums import LIVE, EnrolmentState
from traektoria.events.enrolment.models import Enrolment
from traektoria.events.event.enums import EventState
from traektoria.events.event.models import Event, EventDate, EventLeader
from traektoria.events.tutorials.enums import WorkState
from traektoria.events.tutorials.models import SelfTask, SelfWork
from traektoria.events.tutorials.policies import asked, due_of, opens_on
from traektoria.organisations.zones import zone_watch
from traektoria.people import addressees

DO, FINISH, CHECK = "events.self_work", "events.self_work_returned", "events.self_work_check"
COUNT = "events.self_work_counts"
RUNS = (EventState.ANNOUNCED, EventState.HELD)
OPEN = (WorkState.HANDED, WorkState.RETURNED)
WAITS = Q(state__in=OPEN) | Q(answer=EvidenceAnswer.ASKED)


def own_rows(enrolments: Collection[int]) -> Iterator[Wait]:
    """Of each participant what is not handed in: the first task, and those that open while it is overdue. By keys. Five
    queries, one where nobody is in a tutorial."""
    rows = _own().all(enrolments=enrolments)
    if not rows:
        return
    prefetch_related_objects(rows, "event__dates", "event__self_tasks")
    given: set[tuple[int, int]] = set()
    kept = SelfWork.objects.filter(
        task__event__in={row.event_id for row in rows}, person__in={row.person_id for row in rows}
    )
    given.update(kept.values_list("person", "task"))
    for row in rows:
        yield from _next(row, given)


@prepared
def _own() -> QuerySet[Enrolment]:
    found = Enrolment.objects.filter(
        pk__in=Numbers("enrolments"), state=EnrolmentState.IN, event__state__in=RUNS, event__tutorial__isnull=False
    )
    return found.order_by("pk").select_related("event__centre__municipality")


def _next(row: Enrolment, given: Collection[tuple[int, int]]) -> Iterator[Wait]:
    of_event: Any = row.event
    dates = list(of_event.dates.all())
    tasks = [task for task in asked(of_event.self_tasks.all(), dates) if (row.person_id, task.pk) not in given]
    if not tasks:
        return
    task, *later = sorted(tasks, key=lambda one: (due_of(one, dates, row.event), one.pk))
    facts = {
        "title": row.event.title, "task": task.title, "pk": task.pk, "event": row.event_id,
        "later": [[opens_on(one, dates, row.event).isoformat(), one.title] for one in later],
    }  # fmt: skip
    yield Wait(
        DO, addressees.person(row.person_id), row, row.event.centre_id, facts=facts,
        due=due_of(task, dates, row.event), shows_from=opens_on(task, dates, row.event),
    )  # fmt: skip


def work_rows(works: QuerySet[SelfWork]) -> Iterator[Wait]:
    """What is handed in: to each leader, but for a work of their own; what was returned: to whose it is, as long as
    they take part; what is accepted: to whose it is, whether it counts for their route. Four queries."""
    gone = Enrolment.objects.filter(event=OuterRef("task__event"), person=OuterRef("person")).exclude(state__in=LIVE)
    found = works.filter(WAITS, task__event__state__in=[*RUNS, EventState.CLOSED]).annotate(gone=Exists(gone))
    related = found.select_related("task__event__centre__municipality")
    for row in related.prefetch_related("task__event__leads", "task__event__dates"):
        event, task = row.task.event, row.task
        if row.state == WorkState.RETURNED:
            if event.state in RUNS and not row.gone:
                facts = {"title": event.title, "task": task.title, "pk": task.pk}
                due = due_of(task, event.dates.all(), event)
                yield Wait(FINISH, addressees.person(row.person_id), row, event.centre_id, facts=facts, due=due)
            continue
        if row.state == WorkState.ACCEPTED:
            facts = {"title": event.title, "task": task.title, "pk": task.pk}
            yield Wait(COUNT, addressees.person(row.person_id), row, event.centre_id, facts=facts)
            continue
        for one in event.leads.all():
            if one.person_id != row.person_id:
                facts = {"title": event.title, "event": event.pk}
                yield Wait(CHECK, addressees.person(one.person_id), row, event.centre_id, facts=facts)


def do(row: Waited) -> Words:
    """The first task by its link; where others have opened meanwhile, all of them by the whole way."""
    others = [title for opens, title in row.facts.get("later", ()) if opens <= row.today.isoformat()]
    if others:
        quoted = [_("“%(task)s”") % {"task": title} for title in (row.facts["task"], *others)]
        way = reverse("events:event_tasks", args=[row.facts["event"]])
        return Words(_("Self-work: %(tasks)s") % {"tasks": ", ".join(quoted)}, row.facts["title"], way, _("Open"))
    return Words(_("Self-work: “%(task)s”") % row.facts, row.facts["title"], _page(row), _("Do it"))


def finish(row: Waited) -> Words:
    return Words(_("Returned to be finished: “%(task)s”") % row.facts, row.facts["title"], _page(row), _("Finish it"))


def _page(row: Waited) -> str:
    return reverse("events:task_detail", args=[row.facts["pk"]])


def check(row: Waited) -> Words:
    what = ngettext("%(n)s self-work to read", "%(n)s self-works to read", row.number) % {"n": row.number}
    return Words(what, row.facts["title"], reverse("events:event_progress", args=[row.facts["event"]]), _("Read"))


def count(row: Waited) -> Words:
    what = _("Count for your route? “%(task)s”") % row.facts
    return Words(what, row.facts["title"], _page(row), _("Answer"))


def _enrolments(event: int) -> QuerySet[Enrolment, int]:
    return Enrolment.objects.filter(event=event, state=EnrolmentState.IN).values_list("pk", flat=True)


def _of_work(work: SelfWork) -> QuerySet[Enrolment, int]:
    rows = Enrolment.objects.filter(event__self_tasks=work.task_id, person=work.person_id)
    return rows.values_list("pk", flat=True)


def _works(event: int) -> QuerySet[SelfWork, int]:
    return SelfWork.objects.filter(WAITS, task__event=event).values_list("pk", flat=True)


def _works_of(one: Enrolment) -> list[int]:
    return [pk for (pk,) in _open_of_person().all(event=one.event_id, person=one.person_id)]


@prepared
def _open_of_person() -> QuerySet[SelfWork, Any]:
    rows = SelfWork.objects.filter(WAITS, task__event=Given("event"), person=Given("person"))
    return rows.order_by().values_list("pk")


def _held(rows: Collection[Enrolment]) -> list[int]:
    return [pk for (pk,) in _held_tutorials().all(events={one.event_id for one in rows})]


@prepared
def _held_tutorials() -> QuerySet[Event, Any]:
    rows = Event.objects.filter(pk__in=Numbers("events"), state=EventState.HELD, tutorial__isnull=False)
    return rows.order_by().values_list("pk")


def _nothing(_events: QuerySet[Event]) -> Iterator[Wait]:
    """When a tutorial is to be closed is told with the other events; here is only said when to ask that anew."""
    return iter(())


waits(
    WaitingSource(
        slug="events.tutorial_closing",
        order=22,
        model=Event,
        rows=_nothing,
        kinds=(),
        watches=(
            Watch(SelfWork, lambda work: [work.task.event_id], frozenset({"state"})),
            Watch(Enrolment, _held, frozenset({"state"}), many=True),
        ),
    )
)
waits(
    WaitingSource(
        slug="events.self_work",
        order=20,
        model=Enrolment,
        rows=own_rows,
        by_keys=True,
        kinds=(WaitingKind(DO, 20, DeskGroup.SOON, do, letter=gettext_lazy("Self-work of a tutorial is due")),),
        watches=(
            Watch(SelfTask, lambda task: _enrolments(task.event_id)),
            Watch(SelfWork, _of_work),
            Watch(Event, lambda event: _enrolments(event.pk), frozenset({"state", "title"})),
            Watch(EventDate, lambda date: _enrolments(date.event_id)),
            zone_watch(
                Enrolment, "event__centre__municipality", event__tutorial__isnull=False, state=EnrolmentState.IN
            ),
        ),
    )
)
waits(
    WaitingSource(
        slug="events.self_work_check",
        order=21,
        model=SelfWork,
        rows=work_rows,
        kinds=(
            WaitingKind(FINISH, 20, DeskGroup.SOON, finish, letter=gettext_lazy("Self-work of a tutorial is due")),
            WaitingKind(COUNT, 19, DeskGroup.SOON, count),
            WaitingKind(CHECK, 21, DeskGroup.SOON, check, sums=True),
        ),
        watches=(
            Watch(SelfTask, lambda task: _works(task.event_id)),
            Watch(EventDate, lambda date: _works(date.event_id)),
            Watch(Enrolment, _works_of, frozenset({"state"})),
            zone_watch(SelfWork, "task__event__centre__municipality", state=WorkState.RETURNED),
            Watch(Event, lambda event: _works(event.pk), frozenset({"state", "title"})),
            Watch(EventLeader, lambda one: _works(one.event_id)),
        ),
    )
)
