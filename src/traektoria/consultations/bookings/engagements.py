"""A booked place takes the time of who has it; what is asked for or offered is not certain yet. The hour that was
written down for it takes its place in the calendar."""

from collections.abc import Collection, Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.consultations.bookings.booking_rows import standing
from traektoria.consultations.bookings.enums import LIVE, BookingState
from traektoria.consultations.bookings.models import Booking
from traektoria.consultations.points.models import ConsultationPoint, PointRoom
from traektoria.consultations.slots.models import HelpDate, Slot
from traektoria.core.addresses import path_of
from traektoria.core.engagements import (
    Engaged,
    EngagementKind,
    EngagementRead,
    EngagementSource,
    EngagementWords,
    Seen,
    engages,
)
from traektoria.core.registries import Watch
from traektoria.organisations.zones import zone_watch
from traektoria.people import addressees

BOOKING = "consultations.booking"
CERTAIN = (BookingState.BOOKED, BookingState.CAME)


def rows(bookings: Collection[int]) -> Iterator[Engaged]:
    """By keys. At most one query."""
    for one in standing(bookings):
        if one.state not in LIVE or one.state == BookingState.MISSED or one.written:
            continue
        yield Engaged(
            BOOKING, addressees.person(one.person), one, one.centre, one.start, one.end, one.time_zone,
            person_id=one.person, main=False, about_id=one.tutor,
            facts={"where": one.place, "slot": one.slot} | ({"school": one.school} if one.school else {}),
            tentative=one.state not in CERTAIN, seen=Seen.SCHOOL if one.school else Seen.PARTIES,
        )  # fmt: skip


def words(row: EngagementRead) -> EngagementWords:
    url = path_of("consultations:booking_detail", row.object_id)
    return EngagementWords(_("Consultation"), row.facts["where"], url)


def _live(**where: int) -> QuerySet[Booking, int]:
    return Booking.objects.filter(state__in=LIVE, **where).values_list("pk", flat=True)


engages(
    EngagementSource(
        slug="consultations.bookings",
        order=22,
        model=Booking,
        rows=rows,
        by_keys=True,
        kinds=(EngagementKind(BOOKING, 22, gettext_lazy("Booked consultation"), words),),
        watches=(
            Watch(
                Slot,
                lambda slot: slot.bookings.filter(state__in=LIVE).values_list("pk", flat=True),
                frozenset({"start", "end", "tutor"}),
            ),
            Watch(HelpDate, lambda date: _live(slot__date=date.pk), frozenset({"way", "point", "room"})),
            Watch(ConsultationPoint, lambda point: _live(slot__date__point=point.pk), frozenset({"name"})),
            Watch(PointRoom, lambda room: _live(slot__date__room=room.pk), frozenset({"name"})),
            zone_watch(Booking, "slot__centre__municipality", state__in=LIVE),
        ),
    )
)
