"""What protocols tell the rooms below: lines of the desk, words of the audit, what is kept about a person."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.registries import (
    AuditWording,
    DeskGroup,
    DeskLine,
    PersonalData,
    audit_wording,
    personal_data,
)
from traektoria.core.typography import short_day
from traektoria.diagnostics.protocols import workflow  # noqa: F401  the workflow registers itself
from traektoria.diagnostics.protocols.enums import ProtocolState
from traektoria.diagnostics.protocols.models import Protocol
from traektoria.diagnostics.protocols.page import said_in
from traektoria.diagnostics.protocols.queries import unfinished_of, unread_by
from traektoria.people.actor import Actor

MOST = 5


def lines_to_read(actor: Actor) -> Iterable[DeskLine]:
    """Protocols that a tutor has shared with the teacher. One query."""
    for row in unread_by(actor)[:MOST]:
        yield _line(row, DeskGroup.TODAY, _("Read: %(title)s, %(day)s"), row.author.short_name, _("Read"))


def lines_to_finish(actor: Actor) -> Iterable[DeskLine]:
    """The tutor's own drafts. One query."""
    for row in unfinished_of(actor)[:MOST]:
        yield _line(row, DeskGroup.SOON, _("Finish and share: %(title)s, %(day)s"), row.person.short_name, _("Open"))


def _line(row: Protocol, group: DeskGroup, what: str, who: str, action: str) -> DeskLine:
    facts = {"title": row.version.instrument.title, "day": short_day(row.held_on)}
    return DeskLine(group, what % facts, who, reverse("diagnostics:protocol_detail", args=[row.pk]), action)


def portrait(person_id: int) -> list[dict[str, Any]]:
    """Protocols about the person that were shared with them, with what is written down."""
    rows = Protocol.objects.filter(person=person_id, state=ProtocolState.SHARED)
    return [_kept(row) for row in rows.select_related("author", "version__instrument")]


def _kept(row: Protocol) -> dict[str, Any]:
    said = {one.presented.row.excerpt: list(one.words) for one in said_in(row, for_tutor=False) if one.words}
    return {
        "title": row.version.instrument.title,
        "author": row.author.short_name,
        "held_on": row.held_on,
        "about": row.about,
        "answers": said,
        "conclusion": row.conclusion,
        "shared_at": row.shared_at,
        "read_at": row.read_at,
    }


personal_data.add(
    PersonalData(
        "diagnostics_protocols", 24, gettext_lazy("protocols of interviews and lessons shared with you"), portrait
    )
)
_WORDS = {
    "protocol.begin": gettext_lazy("protocol begun"),
    "protocol.share": gettext_lazy("protocol shared with the teacher"),
    "protocol.take_back": gettext_lazy("protocol taken back"),
    "protocol.read": gettext_lazy("protocol read by the teacher"),
    "protocol.discard": gettext_lazy("draft of a protocol thrown away"),
    "access.diagnostics.protocol": gettext_lazy("a protocol of an interview or a lesson of yours"),
}
for number, (slug, sentence) in enumerate(_WORDS.items()):
    audit_wording.add(AuditWording(slug, 260 + number, sentence))
