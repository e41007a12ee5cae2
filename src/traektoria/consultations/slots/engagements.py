"""A date of an Hour takes the time of each tutor who receives on it, and its room; one that does not stand takes none.

Everybody of the centre reads what it is: an Hour is published.
"""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.consultations.points.models import ConsultationPoint, PointRoom
from traektoria.consultations.slots.enums import DateState
from traektoria.consultations.slots.models import HelpDate, HelpDateTutor
from traektoria.consultations.slots.wording import moment_by_rule
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
from traektoria.people import addressees

DATE = "consultations.help"


def rows(dates: QuerySet[HelpDate]) -> Iterator[Engaged]:
    """Two queries."""
    found = dates.filter(state=DateState.STANDING).select_related("hour", "point", "room")
    for date in found.prefetch_related("receives"):
        for one in date.receives.all():
            if one.live:
                yield _row(date, addressees.person(one.tutor_id), one.tutor_id, main=True)
        if date.point_id:
            yield _row(date, addressees.place("point", date.point_id), None, main=False)


def _row(date: HelpDate, to: str, tutor: int | None, *, main: bool) -> Engaged:
    """A point of several rooms can have several dates at once: its time is shown and not taken."""
    point = date.point.name if date.point else ""
    where = ", ".join(filter(None, [point, date.room.name if date.room else ""]))
    return Engaged(
        DATE, to, date, date.centre_id, date.start, date.end, date.hour.zone, person_id=tutor, main=main,
        facts={"where": where}, busy=tutor is not None, seen=Seen.CENTRE, series=f"help-{date.hour_id}",
        original=moment_by_rule(date),
    )  # fmt: skip


def words(row: EngagementRead) -> EngagementWords:
    url = path_of("consultations:date_detail", row.object_id)
    return EngagementWords(_("Hour of methodical help"), row.facts["where"] or _("by video"), url)


engages(
    EngagementSource(
        slug="consultations.help",
        order=22,
        model=HelpDate,
        rows=rows,
        kinds=(EngagementKind(DATE, 22, gettext_lazy("Hour of methodical help"), words),),
        watches=(
            Watch(HelpDateTutor, lambda row: [row.date_id]),
            Watch(ConsultationPoint, lambda point: point.dates.values_list("pk", flat=True), frozenset({"name"})),
            Watch(PointRoom, lambda room: room.dates.values_list("pk", flat=True), frozenset({"name"})),
        ),
    )
)
