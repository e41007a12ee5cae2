"""Models of the room, by sub-room; inside the room each is imported from its own."""

from traektoria.events.enrolment.models import Enrolment, EventLine, Seat
from traektoria.events.event.models import (
    Event,
    EventDate,
    EventDateChange,
    EventLeader,
    EventMaterial,
    EventSchool,
)

__all__ = [
    "Enrolment",
    "Event",
    "EventDate",
    "EventDateChange",
    "EventLeader",
    "EventLine",
    "EventMaterial",
    "EventSchool",
    "Seat",
]
