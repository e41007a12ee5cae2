"""Who was at an event, and when it was over."""

from datetime import datetime

from traektoria.events.attendance.enums import Word
from traektoria.events.attendance.models import Attendance
from traektoria.events.event.models import Event
from traektoria.people.actor import Actor


def ended_at(event: Event) -> datetime | None:
    """The end of the last date that stands. Reads ``dates``."""
    return max((one.end for one in event.dates.all() if one.stands), default=None)


def came(actor: Actor, event: Event) -> bool:
    """Was there, and did not lead it. One query. Reads ``leads``."""
    if any(one.person_id == actor.person_id for one in event.leads.all()):
        return False
    return Attendance.objects.filter(date__event=event.pk, person=actor.person_id or 0, said=Word.CAME).exists()
