"""Who is registered and enters the meeting of a date through us came; where the regulation says so."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from traektoria.events.attendance.actions import Mark, take_marks, why_aside
from traektoria.events.attendance.enums import Source, Word
from traektoria.events.attendance.models import AttendanceMark
from traektoria.events.enrolment.enums import EnrolmentState
from traektoria.events.enrolment.models import Seat
from traektoria.events.enrolment.policies import event_rules
from traektoria.events.enrolment.video import SLUG
from traektoria.events.event.locks import locked_date
from traektoria.events.event.models import EventDate
from traektoria.people.actor import Actor
from traektoria.video.registries import EntryHeard, entries_heard


@transaction.atomic
def entered(by: Actor, pk: int, now: datetime | None = None) -> None:
    """Marked once; what who leads the event has said of the person already holds, and they can correct it after. Side
    effects: as of any mark."""
    moment = now or timezone.now()
    row = locked_date(pk)
    if by.person_id is None or not _counts(row, by.person_id, moment):
        return
    mark = Mark(uuid5(UUID(int=pk), f"video {by.person_id}"), by.person_id, Word.CAME, moment)
    take_marks(row, [mark], by, moment, source=Source.VIDEO)


def _counts(date: EventDate, person: int, now: datetime) -> bool:
    if date.event.pupils_only or not event_rules(date.event).entering_counts or why_aside(date, now) or now >= date.end:
        return False
    is_in = Seat.objects.filter(date=date, enrolment__person=person, enrolment__state=EnrolmentState.IN)
    return is_in.exists() and not AttendanceMark.objects.filter(date=date, person=person).exists()


entries_heard.add(EntryHeard("events.attendance", 10, SLUG, entered))
