"""Who sees which events; one of them, whole."""

from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from traektoria.core.audit import trail
from traektoria.core.joined_rows import Joined, hold
from traektoria.core.prepared_statements import Given, prepared
from traektoria.events.event.enums import PUBLIC, EventState
from traektoria.events.event.models import (
    Event,
    EventDate,
    EventDateChange,
    EventLeader,
    EventMaterial,
    EventSchool,
)
from traektoria.events.event.permissions import reads
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.people.history import HistoryLine, history_lines

WHOLE = ("centre__municipality", "point", "room", "school", "author", "source")
_LEADS = Joined(EventLeader, "person")
_DATES = Joined(EventDate)
_SCHOOLS = Joined(EventSchool, "school")
_MATERIALS = Joined(EventMaterial)
_CHANGES = Joined(EventDateChange)
MOST_AGAIN = 10
READERS = (Role.TEACHER, *HEADS, Role.TUTOR, Role.COORDINATOR)


class Again(NamedTuple):
    """What may be held again."""

    pk: int
    title: str
    kind_name: str


def visible_to(actor: Actor) -> QuerySet[Event]:
    """What is announced in the centres of the person; drafts that the person wrote or leads, those of the
    coordinator's centre, and of the school whose own centre the person heads."""
    if actor.person_id is None:
        return Event.objects.none()
    led = EventLeader.objects.filter(person=actor.person_id).order_by().values("event")
    own = Q(author=actor.person_id) | Q(pk__in=led)
    seen = Q(centre__in=actor.centres(*READERS)) & (Q(state__in=PUBLIC) | own)
    if actor.is_coordinator:
        seen |= Q(centre__in=actor.centres(Role.COORDINATOR))
    if Role.HEAD in actor.roles:
        seen |= Q(centre__in=actor.centres(Role.HEAD), centre__school__in=actor.schools(Role.HEAD))
    return Event.objects.filter(seen)


def find_to_register(actor: Actor, pk: int) -> Event | None:
    """What the actor may read, with its dates alone: for a press, which a crowd makes at once. Two queries of what is
    announced."""
    found: Event | None = _event().first(pk=pk)
    if found is None or found.centre_id not in actor.centre_ids:
        return None
    _with_dates(found)
    return found if reads(actor, found) else None


def find_event(actor: Actor, pk: int) -> Event | None:
    """What the actor may read, with its leaders, dates, schools and materials. At most five queries."""
    found: Event | None = _event().first(pk=pk)
    if found is None or found.centre_id not in actor.centre_ids:
        return None
    with_people_and_dates(found)
    if not reads(actor, found):
        return None
    hold([found], "answers", {pk: _SCHOOLS.find("t.event_id = %s", pk, order="t.id")})
    hold([found], "materials", {pk: _MATERIALS.find("t.event_id = %s", pk, order="t.time DESC, t.id")})
    return found


def with_people_and_dates(event: Event) -> Event:
    """Two queries."""
    hold([event], "leads", {event.pk: _LEADS.find("t.event_id = %s", event.pk, order="t.id")})
    _with_dates(event)
    return event


def _with_dates(event: Event) -> None:
    dates = _DATES.find("t.event_id = %s", event.pk, order="t.start, t.id")
    for one in dates:
        one.event = event
    hold([event], "dates", {event.pk: dates})


@prepared
def _event() -> QuerySet[Event, Any]:
    return Event.objects.filter(pk=Given("pk")).select_related(*WHOLE)


def find_date(actor: Actor, pk: int) -> EventDate | None:
    """A date of what the actor may read, with its event. At most six queries."""
    rows = _DATES.find("t.id = %s", pk)
    event = find_event(actor, rows[0].event_id) if rows else None
    return next((one for one in event.dates.all() if one.pk == pk), None) if event else None


def changes_of(event: Event) -> dict[int, list[EventDateChange]]:
    """By date, the first first. One query, none where nothing was moved."""
    dates = [one.pk for one in event.dates.all()]
    found: dict[int, list[EventDateChange]] = {}
    for row in _CHANGES.among("date_id", dates, order="t.id") if dates else ():
        found.setdefault(row.date_id, []).append(row)
    return found


def held_lately(centre_id: int) -> list[Again]:
    """The last of the centre that were held: what may be held again. One query."""
    return [Again(*row) for row in _held().all(limit=MOST_AGAIN, centre=centre_id)]


@prepared
def _held() -> QuerySet[Event, Any]:
    rows = Event.objects.filter(centre=Given("centre"), state__in=[EventState.HELD, EventState.CLOSED])
    return rows.order_by("-announced_at", "-pk").values_list("pk", "title", "kind_name")


def history_of(event: Event) -> list[HistoryLine]:
    return history_lines(trail(event))
