"""Work of the worker: who has a place at an event soon is reminded."""

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from traektoria.events.enrolment.enums import EnrolmentState
from traektoria.events.enrolment.letters import remind
from traektoria.events.enrolment.models import Seat
from traektoria.events.event.enums import DateState, EventState
from traektoria.messaging import lead_time


@task()
def tend_events() -> None:
    remind_of_coming()


def remind_of_coming(now: datetime | None = None) -> int:
    """Who has a place on a date that begins soon (``messaging.lead_time``); how many. Run again nobody is told
    twice."""
    number = 0
    for window in lead_time.windows(now or timezone.now(), lead_time.EVENTS):
        near = Seat.objects.filter(
            enrolment__state=EnrolmentState.IN, enrolment__event__state=EventState.ANNOUNCED,
            date__state=DateState.STANDING, date__start__gt=window.since, date__start__lte=window.until,
        )  # fmt: skip
        rows = list(near.select_related("date", "enrolment").order_by("pk"))
        remind(rows, window.days)
        number += len(rows)
    return number
