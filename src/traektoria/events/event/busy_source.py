"""What slots of consultations hear of events: a leader receives nobody while the event goes on."""

from django.db.models import QuerySet

from traektoria.consultations.slots.registries import BusyTimes, busy_times
from traektoria.core.prepared_statements import Given, Numbers
from traektoria.events.event.enums import STANDS, DateState
from traektoria.events.event.models import EventLeader


def led() -> QuerySet[EventLeader]:
    """In the words of the event's kind."""
    return EventLeader.objects.filter(
        person__in=Numbers("people"), event__state__in=STANDS, event__dates__state=DateState.STANDING,
        event__dates__start__lt=Given("until"), event__dates__end__gt=Given("since"),
    )  # fmt: skip


_COLUMNS = ("person_id", "event__dates__start", "event__dates__end", "event__kind_name")
busy_times.add(BusyTimes("events", 30, led, _COLUMNS))
