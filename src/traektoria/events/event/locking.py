"""In which order acts on events wait for each other: people, room, event, its dates, then who takes part."""

from traektoria.events.event.models import Event, EventDate


def locked_event(pk: int) -> Event:
    """Nobody else changes it, takes a place or gives one back meanwhile."""
    rows = Event.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("centre__municipality", "room").prefetch_related("leads", "dates").get(pk=pk)


def locked_date(pk: int) -> EventDate:
    """With its event, which is locked first."""
    event = locked_event(EventDate.objects.values_list("event_id", flat=True).get(pk=pk))
    list(EventDate.objects.select_for_update(no_key=True).filter(pk=pk).values_list("pk"))
    return next(one for one in event.dates.all() if one.pk == pk)
