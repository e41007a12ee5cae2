"""Work of the worker: a date that has begun, and to which somebody came before it did, took place; names of guests are
kept no longer than they are asked for."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django_tasks import task

from traektoria.events.attendance.actions import took_place, why_aside
from traektoria.events.attendance.enums import Word
from traektoria.events.attendance.models import Attendance, DoorGuest
from traektoria.events.event.enums import DateState, EventState
from traektoria.events.event.locks import locked_date
from traektoria.events.event.models import EventDate

GUESTS_KEPT = timedelta(days=90)
"""After the end of the date: lists and reports of the event are made by then."""


@task()
def hold_dates() -> None:
    hold_begun()


def hold_begun(now: datetime | None = None) -> int:
    """How many dates. Run again it changes nothing."""
    moment = now or timezone.now()
    people, guests = (model.objects.filter(date=OuterRef("pk"), said=Word.CAME) for model in (Attendance, DoorGuest))
    rows = EventDate.objects.filter(
        Exists(people) | Exists(guests),
        state=DateState.STANDING, held_at=None, start__lte=moment, event__state=EventState.ANNOUNCED,
    )  # fmt: skip
    numbers = list(rows.order_by("pk").values_list("pk", flat=True))
    for pk in numbers:
        with transaction.atomic():
            date = locked_date(pk)
            if date.held_at is None and not why_aside(date, moment):
                took_place(date, None, moment)
    return len(numbers)


@task()
def forget_guests() -> None:
    forget_names()


def forget_names(now: datetime | None = None) -> int:
    """Of whom names and schools are emptied; that somebody came stays. Run again it changes nothing."""
    until = (now or timezone.now()) - GUESTS_KEPT
    rows = DoorGuest.objects.filter(date__end__lte=until).exclude(name="")
    nobody = Concat(Value("forgotten "), Cast(F("pk"), CharField()))
    return rows.update(name="", work="", same=nobody)
