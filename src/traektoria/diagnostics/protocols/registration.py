"""What protocols tell the rooms below: lines of the desk, words of the audit."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.registries import (
    AuditWording,
    DeskGroup,
    DeskLine,
    audit_wording,
)
from traektoria.core.typography import short_day
from traektoria.diagnostics.bank.registries import PictureReaders, picture_readers
from traektoria.diagnostics.protocols import workflow  # noqa: F401  the workflow registers itself
from traektoria.diagnostics.protocols.models import Protocol
from traektoria.diagnostics.protocols.queries import pictures_of_own_protocols, unfinished_of, unread_by
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


picture_readers.add(PictureReaders("protocols", 50, pictures_of_own_protocols))
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
