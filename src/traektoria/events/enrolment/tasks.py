"""Work of the worker: who has a place at an event soon is reminded."""

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from traektoria.events.enrolment.enums import EnrolmentState
from traektoria.events.enrolment.letters import remind
from traektoria.events.enrolment.models import Seat
from traektoria.events.event.enums import DateState, EventState
from traektoria.messaging.lead_time import AHEAD, LEAST


@task()
def tend_events() -> None:
    remind_of_coming()


def remind_of_coming(now: datetime | None = None) -> int:
    """Who has a place on a date that begins soon (``messaging.lead_time``); how many. Run again it tells nobody."""
    moment = now or timezone.now()
    near = Seat.objects.filter(
        enrolment__state=EnrolmentState.IN, enrolment__event__state=EventState.ANNOUNCED,
        date__state=DateState.STANDING, date__start__gt=moment + LEAST, date__start__lte=moment + AHEAD,
    )  # fmt: skip
    rows = list(near.select_related("date", "enrolment").order_by("pk"))
    remind(rows)
    return len(rows)
