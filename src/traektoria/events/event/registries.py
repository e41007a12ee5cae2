"""What rooms and sub-rooms to the left tell an event: whom a change of it reaches, what becomes of who is in, what a
copy takes along, what goes on after its dates."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from traektoria.core.registries import Registry
from traektoria.events.event.models import Event
from traektoria.people.actor import Actor
from traektoria.people.models import Person


class News(StrEnum):
    """What has changed. ``ROOM``: how many places there are; ``NOT_HELD``: a date that is over did not take place; of
    both nobody is told."""

    ANNOUNCED = "announced"
    CANCELLED = "cancelled"
    CHANGED = "changed"
    ROOM = "room"
    NOT_HELD = "not_held"


@dataclass(frozen=True)
class EventUser:
    """Who takes part in events.

    ``told(event, dates)``: whom a change is told, of these dates or (none) of the whole event. ``taken(event)``: the
    most places that any date has taken. ``changed(event, news, dates, by)`` is called inside the transaction, with the
    event locked and written. ``came(date)``: how many are marked to have come.
    """

    slug: str
    order: int
    told: Callable[[int, Collection[int]], Sequence[Person]]
    taken: Callable[[int], int]
    changed: Callable[[Event, News, Collection[int], Actor], None]
    came: Callable[[int], int] = lambda _date: 0


@dataclass(frozen=True)
class EventPart:
    """What a sub-room to the left keeps of an event as it was configured: ``copied(source, made)`` gives it to a copy,
    in the same transaction."""

    slug: str
    order: int
    copied: Callable[[Event, Event], None]


@dataclass(frozen=True)
class EventRest:
    """What goes on in an event after its dates, kept by a sub-room to the left. ``check(event, now)`` raises
    ``Conflict`` while the event can't be closed because of it; ``last_days(events)``: event → the day until which it
    goes on, none where nobody has anything left to do, in at most five queries."""

    slug: str
    order: int
    check: Callable[[Event, datetime], None]
    last_days: Callable[[Collection[Event]], Mapping[int, date]]


event_users: Registry[EventUser] = Registry("event users")
event_parts: Registry[EventPart] = Registry("event parts")
event_rests: Registry[EventRest] = Registry("event rests")


def whom_to_tell(event: Event, dates: Collection[int] = ()) -> list[Person]:
    """Who takes part, each person once, in the order of the names."""
    people = {person.pk: person for user in event_users for person in user.told(event.pk, dates)}
    return sorted(people.values(), key=lambda person: (person.sort_name, person.pk))


def tell_users(event: Event, news: News, by: Actor, dates: Collection[int] = ()) -> None:
    for user in event_users:
        user.changed(event, news, dates, by)
