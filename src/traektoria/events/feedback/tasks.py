"""Work of the worker: who came to an event that has ended is asked how it was."""

from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks import task

from traektoria.events.attendance.enums import Word
from traektoria.events.attendance.models import Attendance
from traektoria.events.event.enums import STANDS
from traektoria.events.event.models import Event
from traektoria.events.feedback.actions import ask_who_came
from traektoria.events.feedback.policies import is_time
from traektoria.events.feedback.queries import to_ask

LATEST = timedelta(days=60)
"""No regulation asks longer."""


@task()
def ask_for_feedback() -> None:
    ask_after_events()


def ask_after_events(now: datetime | None = None) -> int:
    """How many people. Marks that come late are found at the next look. No event is locked of which nobody is to be
    asked, so that it keeps nobody waiting."""
    moment = now or timezone.now()
    came = Attendance.objects.filter(said=Word.CAME, date__end__lte=moment, date__end__gt=moment - LATEST)
    events = Event.objects.filter(pk__in=came.values("date__event"), state__in=STANDS, pupils_only=False)
    rows = events.select_related("centre__municipality", "regulation").prefetch_related("dates").order_by("pk")
    return sum(ask_who_came(event=event, now=moment) for event in rows if is_time(event, moment) and to_ask(event))
