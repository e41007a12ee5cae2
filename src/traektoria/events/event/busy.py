"""What slots of consultations hear of events: a leader receives nobody while the event goes on."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from traektoria.consultations.slots.registries import Busy, BusyTimes, busy_times
from traektoria.core.prepared import Given, Numbers, prepared
from traektoria.engines.intervals import Interval
from traektoria.events.event.enums import STANDS, DateState
from traektoria.events.event.models import EventLeader


def led(people: Collection[int], span: Interval) -> list[Busy]:
    """One query."""
    found = _led().all(people=people, since=span.start, until=span.end) if people else ()
    return [Busy(person, Interval(start, end), kind) for person, start, end, kind in found]


@prepared
def _led() -> QuerySet[EventLeader, Any]:
    rows = EventLeader.objects.filter(
        person__in=Numbers("people"), event__state__in=STANDS, event__dates__state=DateState.STANDING,
        event__dates__start__lt=Given("until"), event__dates__end__gt=Given("since"),
    )  # fmt: skip
    return rows.order_by().values_list("person_id", "event__dates__start", "event__dates__end", "event__kind_name")


busy_times.add(BusyTimes("events", 30, led))
