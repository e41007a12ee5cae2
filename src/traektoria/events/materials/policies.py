"""Who takes part in an event, and so reads its materials (``event/readers``)."""

from traektoria.events.attendance.enums import Word
from traektoria.events.attendance.models import Attendance
from traektoria.events.enrolment.enums import EnrolmentState
from traektoria.events.enrolment.models import Enrolment
from traektoria.events.event.models import Event
from traektoria.people.actor import Actor


def takes_part(actor: Actor, event: Event) -> bool:
    """Has a place, or came. At most two queries."""
    mine = {"person": actor.person_id or 0}
    is_in = Enrolment.objects.filter(event=event.pk, state=EnrolmentState.IN, **mine)
    came = Attendance.objects.filter(date__event=event.pk, said=Word.CAME, **mine)
    return is_in.exists() or came.exists()
