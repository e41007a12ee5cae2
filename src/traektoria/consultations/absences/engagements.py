"""On days of an absence the tutor's time is taken: all day, without the reason. Each of their centres shows it; their
own calendar does once."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.consultations.slots.models import TutorAbsence
from traektoria.core.addresses import path_of
from traektoria.core.engagements import (
    ECHO,
    Engaged,
    EngagementKind,
    EngagementRead,
    EngagementSource,
    EngagementWords,
    Seen,
    engages,
)
from traektoria.organisations import zones
from traektoria.organisations.zones import zone_watch
from traektoria.people import addressees

AWAY = "consultations.away"


def rows(absences: QuerySet[TutorAbsence]) -> Iterator[Engaged]:
    """One query."""
    for absence in absences.filter(cancelled_at=None).select_related("centre__municipality"):
        name = absence.centre.municipality.time_zone
        zone = zones.zone(name)
        yield Engaged(
            AWAY, addressees.person(absence.tutor_id), absence, absence.centre_id,
            datetime.combine(absence.start, time(), zone),
            datetime.combine(absence.end + timedelta(days=1), time(), zone),
            name, person_id=absence.tutor_id, all_day=True, seen=Seen.CENTRE, part=ECHO if absence.source_id else "",
        )  # fmt: skip


def words(row: EngagementRead) -> EngagementWords:
    return EngagementWords(_("Receives nobody"), "", path_of("consultations:absence_detail", row.object_id))


engages(
    EngagementSource(
        slug="consultations.absences",
        order=25,
        model=TutorAbsence,
        rows=rows,
        kinds=(EngagementKind(AWAY, 25, gettext_lazy("Absence of a tutor"), words, pages=frozenset()),),
        watches=(zone_watch(TutorAbsence),),
    )
)
