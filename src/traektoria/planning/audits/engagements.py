"""An audit takes the time of its auditors, and stands in the calendar of the school."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
from traektoria.organisations import zones
from traektoria.organisations.zones import zone_watch
from traektoria.people import addressees
from traektoria.planning.audits.enums import AuditState
from traektoria.planning.audits.models import Audit, AuditAuditor

AUDIT: Final = "planning.audit"
USUAL: Final = timedelta(hours=2)
"""Nobody says how long an audit takes: its end is open."""


def rows(audits: QuerySet[Audit]) -> Iterator[Engaged]:
    """Two queries. One whose hour is not said stands for its day and takes nobody's time."""
    wanted = audits.exclude(state=AuditState.CANCELLED).select_related("centre__municipality", "school")
    for audit in wanted.prefetch_related("auditors"):
        name = audit.centre.municipality.time_zone
        start = datetime.combine(audit.day, audit.start or time(), zones.zone(name))
        end = start + USUAL if audit.start else datetime.combine(audit.day + timedelta(days=1), time(), start.tzinfo)
        common: dict[str, Any] = {
            "obj": audit, "centre_id": audit.centre_id, "start": start, "end": end, "zone": name,
            "facts": {"title": audit.title[:200], "where": audit.school.name}, "open_end": bool(audit.start),
            "all_day": not audit.start, "busy": bool(audit.start), "seen": Seen.SCHOOL,
        }  # fmt: skip
        for number, one in enumerate(audit.auditors.all()):
            to = addressees.person(one.person_id)
            yield Engaged(AUDIT, to, person_id=one.person_id, main=not number, **common)
        yield Engaged(AUDIT, addressees.place("school", audit.school_id), main=False, **{**common, "busy": False})


def words(row: EngagementRead) -> EngagementWords:
    where = row.facts["where"]
    title = _("Audit: %(title)s") % row.facts
    return EngagementWords(title, where, path_of("planning:audit_detail", row.object_id))


engages(
    EngagementSource(
        slug="planning.audits",
        order=40,
        model=Audit,
        rows=rows,
        kinds=(EngagementKind(AUDIT, 40, gettext_lazy("Audits"), words),),
        watches=(
            Watch(AuditAuditor, lambda row: [row.audit_id]),
            zone_watch(Audit),
        ),
    )
)
