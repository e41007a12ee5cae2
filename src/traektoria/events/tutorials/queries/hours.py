"""Hours of accepted self-work: one place from which pages, lists and certificates take them (PEERS 2.10)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Sum

from traektoria.core.prepared_statements import Given, prepared
from traektoria.events.event.enums import EventState
from traektoria.events.event.models import Event
from traektoria.events.tutorials.enums import WorkState
from traektoria.events.tutorials.models import SelfWork
from traektoria.events.tutorials.policies import asked
from traektoria.events.tutorials.queries.progress import tasks_of
from traektoria.organisations.models import TutorCentre


def accepted_of(event: Event, tasks: Collection[int] = ()) -> dict[int, tuple[int, int]]:
    """Person → (works accepted for ``tasks``, minutes of all that are accepted). One query."""
    found: dict[int, tuple[int, int]] = {}
    for person, task, minutes in _of_event().all(event=event.pk):
        number, sum_ = found.get(person, (0, 0))
        found[person] = (number + (task in tasks), sum_ + minutes)
    return found


def tasks_asked(event: Event) -> set[int] | None:
    """Those whose meeting is not dropped; None: the event has no self-work. Reads ``dates``. One query."""
    tasks = tasks_of(event)
    return {task.pk for task in asked(tasks, event.dates.all())} if tasks else None


def own_minutes(event: Event, person: int | None) -> int:
    """One query."""
    return sum(minutes for (minutes,) in _own().all(event=event.pk, person=person or 0))


def minutes_since(person: int | None, since: datetime) -> int:
    """Of all works of the person accepted since then. One query."""
    return sum(minutes for (minutes,) in _since().all(person=person or 0, since=since))


def minutes_between(centre: TutorCentre, since: datetime, until: datetime) -> dict[int, int]:
    """Person → minutes of works accepted in the period, [since, until). One query."""
    rows = _accepted().filter(
        task__event__centre=centre, accepted_at__gte=since, accepted_at__lt=until, minutes__gt=0
    )  # fmt: skip
    return dict(rows.order_by().values("person").annotate(sum=Sum("minutes")).values_list("person", "sum"))


def _accepted() -> QuerySet[SelfWork]:
    """What was accepted before a tutorial was cancelled counts for nothing."""
    return SelfWork.objects.filter(state=WorkState.ACCEPTED).exclude(task__event__state=EventState.CANCELLED)


@prepared
def _of_event() -> QuerySet[SelfWork, Any]:
    rows = _accepted().filter(task__event=Given("event"))
    return rows.order_by().values_list("person", "task", "minutes")


@prepared
def _own() -> QuerySet[SelfWork, Any]:
    rows = _accepted().filter(task__event=Given("event"), person=Given("person"))
    return rows.order_by().values_list("minutes")


@prepared
def _since() -> QuerySet[SelfWork, Any]:
    rows = _accepted().filter(person=Given("person"))
    return rows.filter(accepted_at__gte=Given("since")).order_by().values_list("minutes")
