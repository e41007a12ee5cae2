"""An hour that was given took the time of its tutor and of each teacher who was there; a withdrawn one takes none."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.consultations.bookings.engagements import BOOKING
from traektoria.consultations.hours.enums import HourWay
from traektoria.consultations.hours.models import ConsultationHour, HourTeacher
from traektoria.consultations.slots.engagements import DATE
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
from traektoria.people.enums import Subject

HOUR = "consultations.hour"
MAY_LIE_IN = (DATE, BOOKING, HOUR)
"""An hour that was given may lie in an Hour, and be the one that was booked; two of its own its form refuses."""


def rows(hours: QuerySet[ConsultationHour]) -> Iterator[Engaged]:
    """Two queries."""
    found = hours.filter(withdrawn_at__isnull=True).select_related("centre__municipality", "request")
    for hour in found.prefetch_related("teachers"):
        there = [one.person_id for one in hour.teachers.all()]
        yield _row(hour, hour.tutor_id, about=there[0] if len(there) == 1 else None, number=len(there))
        for person in there:
            yield _row(hour, person, about=hour.tutor_id, number=0)


def _row(hour: ConsultationHour, person: int, about: int | None, number: int) -> Engaged:
    """What a teacher asks alone, the head does not read; what the school asked for, it does."""
    school = hour.request.school_id if hour.request else None
    return Engaged(
        HOUR,
        addressees.person(person),
        hour,
        hour.centre_id,
        hour.start,
        hour.end,
        hour.centre.municipality.time_zone,
        person_id=person,
        main=person == hour.tutor_id,
        about_id=about,
        facts={"subject": hour.subject, "way": hour.way, "teachers": number} | ({"school": school} if school else {}),
        seen=Seen.SCHOOL if school else Seen.PARTIES,
    )


def words(row: EngagementRead) -> EngagementWords:
    title = _("Consultation: %(subject)s") % {"subject": Subject(row.facts["subject"]).label}
    url = path_of("consultations:hour_detail", row.object_id)
    return EngagementWords(title, str(HourWay(row.facts["way"]).label), url)


engages(
    EngagementSource(
        slug="consultations.hours",
        order=20,
        model=ConsultationHour,
        rows=rows,
        kinds=(EngagementKind(HOUR, 20, gettext_lazy("Consultation"), words, pages=frozenset()),),
        watches=(
            Watch(HourTeacher, lambda row: [row.hour_id], frozenset({"person"})),
            zone_watch(ConsultationHour),
        ),
    )
)
