"""A slot by video has a meeting of its own: its tutors lead it, who is booked comes in; what is only asked for or
offered does not open it. A tutor who came instead of another leads it as the slot's own."""

from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.consultations.bookings.enums import BookingState
from traektoria.consultations.bookings.models import Booking
from traektoria.consultations.bookings.permissions import keeps, receives
from traektoria.consultations.slots.enums import SlotWay
from traektoria.consultations.slots.models import Slot
from traektoria.people.actor import Actor
from traektoria.video.enums import Part
from traektoria.video.registries import Meeting, MeetingKind, meeting_address, meeting_kinds

SLUG = "slot"
COMES_IN = (BookingState.BOOKED, BookingState.CAME)


def find_meeting(actor: Actor, pk: int) -> Meeting | None:
    """For who receives or is booked; the coordinator looks. Three queries."""
    rows = Slot.objects.filter(pk=pk, date__way=SlotWay.VIDEO)
    whole = ("date__hour", "centre__municipality", "centre__video_connection")
    slot = rows.select_related(*whole).prefetch_related("date__receives").first()
    if slot is None:
        return None
    booking = Booking.objects.filter(slot=slot, person=actor.person_id or 0, state__in=COMES_IN).first()
    if booking is None and not keeps(actor, slot):
        return None
    return _meeting(slot, booking, receives_it=receives(actor, slot))


def address_of(slot: Slot) -> str:
    """Where the meeting of a slot by video is; empty where there is none. No query."""
    return meeting_address(SLUG, slot.pk) if slot.date.way == SlotWay.VIDEO and slot.is_open else ""


def opens_to(booking: Booking) -> str:
    """The same for who is booked."""
    return address_of(booking.slot) if booking.state in COMES_IN else ""


def _meeting(slot: Slot, booking: Booking | None, *, receives_it: bool) -> Meeting:
    part = Part.MODERATOR if receives_it else Part.GUEST if booking is not None else None
    if booking is not None and not receives_it:
        page, called = reverse("consultations:booking_detail", args=[booking.pk]), _("My booking")
    else:
        page, called = reverse("consultations:slot_bookings", args=[slot.pk]), _("Who is booked")
    off = "" if slot.is_open else _("This consultation does not take place.")
    return Meeting(slot.pk, slot.centre, _("Consultation"), part, page, called, slot.start, slot.end, off)


meeting_kinds.add(MeetingKind(SLUG, 20, find_meeting))
