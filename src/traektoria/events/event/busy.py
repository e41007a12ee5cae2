"""What slots of consultations hear of events: a leader receives nobody while the event goes on."""

from collections.abc import Collection

from traektoria.consultations.slots.registries import Busy, BusyTimes, busy_times
from traektoria.engines.intervals import Interval
from traektoria.events.event.enums import STANDS, DateState
from traektoria.events.event.models import EventLeader


def led(people: Collection[int], span: Interval) -> list[Busy]:
    """One query."""
    rows = EventLeader.objects.filter(
        person__in=people, event__state__in=STANDS, event__dates__state=DateState.STANDING,
        event__dates__start__lt=span.end, event__dates__end__gt=span.start,
    )  # fmt: skip
    found = rows.order_by().values_list("person_id", "event__dates__start", "event__dates__end", "event__kind_name")
    return [Busy(person, Interval(start, end), kind) for person, start, end, kind in found]


busy_times.add(BusyTimes("events", 30, led))
