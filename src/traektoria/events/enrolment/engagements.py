"""A date of an event takes the time of who is registered; who waits for a place is free."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from traektoria.consultations.points.models import ConsultationPoint, PointRoom
from traektoria.core.engagements import Engaged, EngagementKind, EngagementSource, Seen, engages
from traektoria.core.registries import Watch
from traektoria.events.enrolment.enums import EnrolmentState
from traektoria.events.enrolment.letters import dates_of
from traektoria.events.enrolment.models import Enrolment, Seat
from traektoria.events.event.engagements import told_of, words
from traektoria.events.event.enums import STANDS
from traektoria.events.event.models import Event, EventDate
from traektoria.organisations.models import Municipality
from traektoria.people import addressees

PART = "events.part"


def rows(enrolments: QuerySet[Enrolment]) -> Iterator[Engaged]:
    """Three queries."""
    found = enrolments.filter(state=EnrolmentState.IN, event__state__in=STANDS)
    of_event = ("event__centre__municipality", "event__point", "event__room", "event__school")
    for row in found.select_related(*of_event).prefetch_related("event__dates", "seats"):
        for date in dates_of(row):
            if date.stands:
                date.event = row.event
                yield _row(row, date)


def _row(row: Enrolment, date: EventDate) -> Engaged:
    said = told_of(date)
    school = {"school": row.school_id} if row.school_id else {}
    return Engaged(
        PART, addressees.person(row.person_id), row, row.event.centre_id, date.start, date.end,
        row.event.centre.municipality.time_zone, person_id=row.person_id, main=False, part=str(date.pk),
        seen=Seen.SCHOOL if row.school_id else Seen.PARTIES, facts=said["facts"] | school, series=said["series"],
        original=said["original"],
    )  # fmt: skip


def _live(**where: int) -> QuerySet[Enrolment, int]:
    return Enrolment.objects.filter(state=EnrolmentState.IN, **where).values_list("pk", flat=True)


engages(
    EngagementSource(
        slug="events.enrolments",
        order=27,
        model=Enrolment,
        rows=rows,
        kinds=(EngagementKind(PART, 27, gettext_lazy("Event where one takes part"), words),),
        watches=(
            Watch(Seat, lambda seat: [seat.enrolment_id]),
            Watch(Event, lambda event: _live(event=event.pk)),
            Watch(EventDate, lambda date: _live(event=date.event_id)),
            Watch(ConsultationPoint, lambda point: _live(event__point=point.pk), frozenset({"name"})),
            Watch(PointRoom, lambda room: _live(event__room=room.pk), frozenset({"name"})),
            Watch(Municipality, lambda one: _live(event__centre__municipality=one.pk), frozenset({"time_zone"})),
        ),
    )
)
