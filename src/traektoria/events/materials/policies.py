"""Which materials of an event somebody reads, and when."""

from collections.abc import Iterable
from datetime import datetime

from traektoria.events.attendance.enums import Word
from traektoria.events.attendance.models import Attendance
from traektoria.events.enrolment.enums import EnrolmentState
from traektoria.events.enrolment.models import Enrolment
from traektoria.events.event.enums import MaterialTime, Readers
from traektoria.events.event.models import Event, EventMaterial
from traektoria.events.event.permissions import can_lead
from traektoria.people.actor import Actor


def takes_part(actor: Actor, event: Event) -> bool:
    """Has a place, or came. At most two queries."""
    mine = {"person": actor.person_id or 0}
    is_in = Enrolment.objects.filter(event=event.pk, state=EnrolmentState.IN, **mine)
    came = Attendance.objects.filter(date__event=event.pk, said=Word.CAME, **mine)
    return is_in.exists() or came.exists()


def is_over_once(event: Event, now: datetime) -> bool:
    """One date has ended: what is taken away is there. Reads ``dates``."""
    return any(one.stands and one.end <= now for one in event.dates.all())


def read_by(
    rows: Iterable[EventMaterial], actor: Actor, event: Event, now: datetime, *, part: bool
) -> list[EventMaterial]:
    """Who leads reads all; who takes part what is for before, then the rest; others what is for the whole centre."""
    if can_lead(actor, event):
        return list(rows)
    after = is_over_once(event, now)
    mine = (one for one in rows if part or one.readers == Readers.CENTRE)
    return [one for one in mine if after or one.time == MaterialTime.BEFORE]
