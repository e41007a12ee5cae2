"""A date of an event takes the time of who is registered; who waits for a place is free."""

from collections.abc import Collection, Iterator
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from traektoria.consultations.points.models import ConsultationPoint, PointRoom
from traektoria.core.engagements import Engaged, EngagementKind, EngagementSource, Seen, engages
from traektoria.core.joined_rows import Joined
from traektoria.core.registries import Watch
from traektoria.events.enrolment.enrolment_dates import DateOfOne, dates_of
from traektoria.events.enrolment.enums import EnrolmentState
from traektoria.events.enrolment.models import Enrolment, Seat
from traektoria.events.event.engagements import told_of, words
from traektoria.events.event.models import Event, EventDate
from traektoria.organisations.zones import zone_watch
from traektoria.people import addressees

PART = "events.part"


_EVENTS: Final = Joined(Event, "centre__municipality", "point", "room", "school")


def rows(enrolments: Collection[int]) -> Iterator[Engaged]:
    """By keys. Two queries, one where nobody comes: the events are read once for all who come."""
    found = [one for one in dates_of(enrolments) if one.state == EnrolmentState.IN]
    events = {one.pk: one for one in _EVENTS.among("t.id", {row.event for row in found})}
    for row in found:
        yield _row(row, events[row.event])


def _row(row: DateOfOne, event: Event) -> Engaged:
    said = told_of(event, row.original)
    school = {"school": row.school} if row.school else {}
    return Engaged(
        PART, addressees.person(row.person), row.pk, event.centre_id, row.start, row.end,
        event.centre.municipality.time_zone, person_id=row.person, main=False, part=str(row.date),
        seen=Seen.SCHOOL if row.school else Seen.PARTIES, facts=said["facts"] | school, series=said["series"],
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
        by_keys=True,
        kinds=(EngagementKind(PART, 27, gettext_lazy("Event where one takes part"), words),),
        watches=(
            Watch(Seat, lambda seat: [seat.enrolment_id]),
            Watch(Event, lambda event: _live(event=event.pk)),
            Watch(EventDate, lambda date: _live(event=date.event_id)),
            Watch(ConsultationPoint, lambda point: _live(event__point=point.pk), frozenset({"name"})),
            Watch(PointRoom, lambda room: _live(event__room=room.pk), frozenset({"name"})),
            zone_watch(Enrolment, "event__centre__municipality", state=EnrolmentState.IN),
        ),
    )
)
