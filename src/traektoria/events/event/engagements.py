"""A date of an event takes the time of who leads it, and shows at its point; one that does not stand takes none.

Everybody of the centre reads what it is: an event is announced.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from traektoria.consultations.points.models import ConsultationPoint, PointRoom
from traektoria.core.addresses import path_of
from traektoria.core.engagements import (
    Engaged,
    EngagementKind,
    EngagementRead,
    EngagementSource,
    EngagementWords,
    Seen,
    engages,
)
from traektoria.core.registries import Watch
from traektoria.events.event.enums import STANDS, DateState
from traektoria.events.event.models import Event, EventDate, EventLeader
from traektoria.events.event.time_and_place import place
from traektoria.organisations.zones import zone_watch
from traektoria.people import addressees

DATE = "events.date"


def rows(dates: QuerySet[EventDate]) -> Iterator[Engaged]:
    """Two queries."""
    found = dates.filter(state=DateState.STANDING, event__state__in=STANDS)
    of_event = ("event__centre__municipality", "event__point", "event__room", "event__school")
    for date in found.select_related(*of_event).prefetch_related("event__leads"):
        for number, one in enumerate(date.event.leads.all()):
            yield _row(date, addressees.person(one.person_id), one.person_id, main=not number)
        if date.event.point_id:
            yield _row(date, addressees.place("point", date.event.point_id), None, main=False)


def _row(date: EventDate, to: str, person: int | None, *, main: bool) -> Engaged:
    return Engaged(
        DATE, to, date, date.event.centre_id, date.start, date.end, date.event.centre.municipality.time_zone,
        person_id=person, main=main, busy=person is not None, seen=Seen.CENTRE,
        **told_of(date.event, date.original),
    )  # fmt: skip


def told_of(event: Event, original: datetime) -> dict[str, Any]:
    """What the calendar says of a date, whoever it is told to: kind and place, no names. One series an event."""
    facts = {"kind": event.kind_name, "where": place(event), "event": event.pk}
    return {"facts": facts, "series": f"event-{event.pk}", "original": original}


def words(row: EngagementRead) -> EngagementWords:
    url = path_of("events:event_detail", row.facts["event"])
    return EngagementWords(row.facts["kind"], row.facts["where"], url)


def dates_of(event: Event) -> QuerySet[EventDate, int]:
    return event.dates.values_list("pk", flat=True)


def _dates(**where: int) -> QuerySet[EventDate, int]:
    return EventDate.objects.filter(**where).values_list("pk", flat=True)


engages(
    EngagementSource(
        slug="events.dates",
        order=26,
        model=EventDate,
        rows=rows,
        kinds=(EngagementKind(DATE, 26, gettext_lazy("Event"), words),),
        watches=(
            Watch(Event, dates_of),
            Watch(EventLeader, lambda one: _dates(event=one.event_id)),
            Watch(ConsultationPoint, lambda point: _dates(event__point=point.pk), frozenset({"name"})),
            Watch(PointRoom, lambda room: _dates(event__room=room.pk), frozenset({"name"})),
            zone_watch(EventDate, "event__centre__municipality"),
        ),
    )
)
