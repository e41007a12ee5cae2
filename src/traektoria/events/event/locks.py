"""In which order acts on events wait for each other: people, room, event, its dates, then who takes part."""

from typing import Final

from traektoria.core.joined_rows import Joined
from traektoria.events.event.models import Event, EventDate
from traektoria.events.event.queries.events import with_people_and_dates

_EVENT: Final = Joined(Event, "centre__municipality", "room")


def locked_event(pk: int) -> Event:
    """Nobody else changes it, takes a place or gives one back meanwhile. Three queries."""
    return with_people_and_dates(_EVENT.get(pk, lock=True))


def locked_date(pk: int) -> EventDate:
    """With its event, which is locked first."""
    event = locked_event(EventDate.objects.values_list("event_id", flat=True).get(pk=pk))
    list(EventDate.objects.select_for_update(no_key=True).filter(pk=pk).values_list("pk"))
    return next(one for one in event.dates.all() if one.pk == pk)
