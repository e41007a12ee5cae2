"""Hours of accepted self-work: one place from which pages, lists and certificates take them (PEERS 2.10)."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Sum

from traektoria.core.prepared import Given, prepared
from traektoria.events.event.models import Event
from traektoria.events.tutorials.enums import WorkState
from traektoria.events.tutorials.models import SelfTask, SelfWork
from traektoria.organisations.models import TutorCentre


def accepted_of(event: Event) -> dict[int, tuple[int, int]]:
    """Person → (works accepted, their minutes). One query."""
    found: dict[int, tuple[int, int]] = {}
    for person, minutes in _of_event().all(event=event.pk):
        number, sum_ = found.get(person, (0, 0))
        found[person] = (number + 1, sum_ + minutes)
    return found


def tasks_number(event: Event) -> int:
    """One query."""
    return len(_tasks().all(event=event.pk))


def own_minutes(event: Event, person: int | None) -> int:
    """One query."""
    return sum(minutes for (minutes,) in _own().all(event=event.pk, person=person or 0))


def minutes_since(person: int | None, since: datetime) -> int:
    """Of all works of the person accepted since then. One query."""
    return sum(minutes for (minutes,) in _since().all(person=person or 0, since=since))


def minutes_between(centre: TutorCentre, since: datetime, until: datetime) -> dict[int, int]:
    """Person → minutes of works accepted in the period, [since, until). One query."""
    rows = SelfWork.objects.filter(
        task__event__centre=centre,
        state=WorkState.ACCEPTED,
        accepted_at__gte=since,
        accepted_at__lt=until,
        minutes__gt=0,
    )
    return dict(rows.order_by().values("person").annotate(sum=Sum("minutes")).values_list("person", "sum"))


@prepared
def _tasks() -> QuerySet[SelfTask, Any]:
    return SelfTask.objects.filter(event=Given("event")).order_by().values_list("pk")


@prepared
def _of_event() -> QuerySet[SelfWork, Any]:
    rows = SelfWork.objects.filter(task__event=Given("event"), state=WorkState.ACCEPTED)
    return rows.order_by().values_list("person", "minutes")


@prepared
def _own() -> QuerySet[SelfWork, Any]:
    rows = SelfWork.objects.filter(task__event=Given("event"), person=Given("person"), state=WorkState.ACCEPTED)
    return rows.order_by().values_list("minutes")


@prepared
def _since() -> QuerySet[SelfWork, Any]:
    rows = SelfWork.objects.filter(person=Given("person"), state=WorkState.ACCEPTED)
    return rows.filter(accepted_at__gte=Given("since")).order_by().values_list("minutes")
