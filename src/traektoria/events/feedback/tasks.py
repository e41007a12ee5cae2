"""Work of the worker: who came to an event that has ended is asked how it was."""

from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks import task

from traektoria.events.attendance.enums import Word
from traektoria.events.attendance.models import Attendance
from traektoria.events.event.enums import STANDS
from traektoria.events.event.models import Event
from traektoria.events.feedback.actions import ask_who_came
from traektoria.events.feedback.models import EventFeedback

LATEST = timedelta(days=60)
"""No regulation asks longer."""


@task()
def ask_for_feedback() -> None:
    ask_after_events()


def ask_after_events(now: datetime | None = None) -> int:
    """How many people. Marks that come late are found at the next look."""
    moment = now or timezone.now()
    came = Attendance.objects.filter(said=Word.CAME, date__end__lte=moment, date__end__gt=moment - LATEST)
    events = Event.objects.filter(pk__in=came.values("date__event"), state__in=STANDS, pupils_only=False)
    return sum(ask_who_came(event=event, now=moment) for event in events.order_by("pk") if _somebody_new(event))


def _somebody_new(event: Event) -> bool:
    """Without a lock, so that an event of which everybody was asked keeps nobody waiting."""
    asked = EventFeedback.objects.filter(event=event).values("person")
    came = Attendance.objects.filter(date__event=event, said=Word.CAME).exclude(person__in=asked)
    return came.exclude(person__in=event.leads.values("person")).exists()
