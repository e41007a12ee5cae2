"""What served an item of the route waits for the teacher's yes."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.waiting import waits
from traektoria.events.attendance.enums import EvidenceAnswer
from traektoria.events.attendance.models import Attendance
from traektoria.events.event.models import EventDate
from traektoria.people import addressees

EVIDENCE = "events.evidence"


def rows(attendance: QuerySet[Attendance]) -> Iterator[Wait]:
    """One query."""
    asked = attendance.filter(answer=EvidenceAnswer.ASKED, date__held_at__isnull=False)
    for row in asked.select_related("date__event"):
        event = row.date.event
        facts = {"title": event.title, "event": event.pk}
        yield Wait(EVIDENCE, addressees.person(row.person_id), row, event.centre_id, facts=facts)


def evidence(row: Waited) -> Words:
    what = _("Count for your route? “%(title)s”") % row.facts
    return Words(what, "", reverse("events:event_detail", args=[row.facts["event"]]), _("Answer"))


def _of_date(date: EventDate) -> QuerySet[Attendance, int]:
    """Nothing is asked of a meeting that has not been."""
    return Attendance.objects.filter(date=date.pk, answer=EvidenceAnswer.ASKED).values_list("pk", flat=True)


waits(
    WaitingSource(
        slug="events.attendance", order=19, model=Attendance, rows=rows,
        kinds=(WaitingKind(EVIDENCE, 19, DeskGroup.SOON, evidence),),
        watches=(Watch(EventDate, _of_date, frozenset({"held_at"})),),
    )
)  # fmt: skip
