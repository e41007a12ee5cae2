"""A date of an event by video has a meeting of its own: its leaders lead it, who is registered comes in."""

from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.events.enrolment.enums import EnrolmentState
from traektoria.events.enrolment.models import Seat
from traektoria.events.event.enums import STANDS, Way
from traektoria.events.event.models import EventDate
from traektoria.events.event.permissions import keeps, leads
from traektoria.people.actor import Actor
from traektoria.video.enums import Part
from traektoria.video.registries import Meeting, MeetingKind, meeting_address, meeting_kinds

SLUG = "event"


def find_meeting(actor: Actor, pk: int) -> Meeting | None:
    """For who leads or is registered; the coordinator looks. Three queries."""
    rows = EventDate.objects.filter(pk=pk, event__way=Way.VIDEO, event__state__in=STANDS)
    whole = ("event__centre__municipality", "event__centre__video_connection")
    date = rows.select_related(*whole).prefetch_related("event__leads").first()
    if date is None:
        return None
    is_in = Seat.objects.filter(date=date, enrolment__person=actor.person_id or 0, enrolment__state=EnrolmentState.IN)
    part = Part.MODERATOR if leads(actor, date.event) else Part.GUEST if is_in.exists() else None
    if part is None and not keeps(actor, date.event):
        return None
    off = "" if date.stands else _("This date does not take place.")
    page = reverse("events:event_detail", args=[date.event_id])
    return Meeting(
        date.pk, date.event.centre, date.event.kind_name, part, page, _("The event"), date.start, date.end, off,
    )  # fmt: skip


def address_of(date: EventDate) -> str:
    """Where the meeting of a date is; empty where there is none. No query."""
    event = date.event
    return meeting_address(SLUG, date.pk) if event.by_video and event.state in STANDS and date.stands else ""


meeting_kinds.add(MeetingKind(SLUG, 30, find_meeting))
