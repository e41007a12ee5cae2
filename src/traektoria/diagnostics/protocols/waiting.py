"""A protocol that was shared waits for the teacher to read it."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.typography import short_day
from traektoria.core.waiting import waits
from traektoria.diagnostics.instruments.models import Instrument
from traektoria.diagnostics.protocols.enums import ProtocolState
from traektoria.diagnostics.protocols.models import Protocol
from traektoria.people import addressees

READ = "diagnostics.protocol"


def rows(protocols: QuerySet[Protocol]) -> Iterator[Wait]:
    """One query."""
    unread = protocols.filter(state=ProtocolState.SHARED, read_at__isnull=True).select_related("version__instrument")
    for row in unread:
        to = addressees.person(row.person_id)
        yield Wait(READ, to, row.pk, row.centre_id, about_id=row.author_id, facts=facts_of(row))


def facts_of(row: Protocol) -> dict[str, str]:
    """What a line says of a protocol; its instrument is loaded."""
    return {"title": row.version.instrument.title, "day": row.held_on.isoformat()}


def read(row: Waited) -> Words:
    return worded(row, _("Read: %(title)s, %(day)s"), _("Read"))


def worded(row: Waited, what: str, action: str) -> Words:
    """``what`` with the title and the day; the person is named beside it."""
    day = short_day(date.fromisoformat(row.facts["day"]))
    url = reverse("diagnostics:protocol_detail", args=[row.object_id])
    return Words(what % {"title": row.facts["title"], "day": day}, row.name, url, action)


waits(
    WaitingSource(
        slug="diagnostics.protocols",
        order=36,
        model=Protocol,
        rows=rows,
        kinds=(WaitingKind(READ, 36, DeskGroup.TODAY, read),),
        watches=(
            Watch(
                Instrument,
                lambda one: Protocol.objects.filter(version__instrument=one.pk).values_list("pk", flat=True),
                frozenset({"title"}),
            ),
        ),
    )
)
