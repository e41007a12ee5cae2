"""A person is told of certificates of an event: one message a person and event, news when one is made anew or
revoked."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.events.certificates.enums import CertificateState
from traektoria.events.certificates.models import Certificate
from traektoria.events.event.letters import SETTLES
from traektoria.events.event.where import called
from traektoria.messaging.enums import Reason
from traektoria.messaging.kinds import MessageKind, Reader, Told, Withheld, kinds
from traektoria.messaging.models import Message
from traektoria.messaging.posting import Post, post_change, post_many

CERTIFICATE: Final = "events.certificate"


def tell(rows: Iterable[Certificate]) -> None:
    """Of what was just issued, made anew or revoked."""
    found = {row.person_id: row for row in rows}
    first = [row for row in found.values() if row.revision == 1 and row.is_valid]
    if first:
        post_many(CERTIFICATE, [Post(row.person_id, str(row.event_id), {"event": row.event_id}) for row in first])
    for row in found.values():
        if row not in first:
            post_change(
                CERTIFICATE, to=row.person_id, fact=str(row.event_id), event=row.event_id, number=row.full_number
            )


def to_person(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    """One query. Told is what is so now: a certificate in force, or that it was revoked."""
    rows = Certificate.objects.filter(event__in={one.facts["event"] for one in messages}, person=reader.person_id)
    newest: dict[int, Certificate] = {}
    for row in rows.exclude(state=CertificateState.REPLACED).select_related("event").order_by("pk"):
        newest[row.event_id] = row
    for message in messages:
        found = newest.get(message.facts["event"])
        yield letter(found.state, called(found.event), found.revision > 1) if found else Withheld(Reason.DONE)


def letter(state: str, what: str, is_new: bool) -> Told:
    path = reverse("events:my_certificates")
    if state == CertificateState.REVOKED:
        sentence = _("%(what)s: the certificate is not in force. The reason stands on its page.") % {"what": what}
        return Told(_("A certificate is revoked"), (sentence,), path, _("Open my certificates"))
    if is_new:
        sentence = _("%(what)s: the certificate was made anew, the number before is not in force.") % {"what": what}
        return Told(_("Your certificate was made anew"), (sentence,), path, _("Open my certificates"))
    sentence = _("%(what)s: your certificate is ready. Download it or show its address to who asks.") % {"what": what}
    return Told(_("Your certificate"), (sentence,), path, _("Open my certificates"))


kinds.add(
    MessageKind(
        slug=CERTIFICATE, order=61, label=gettext_lazy("Certificates of events"),
        why=gettext_lazy("you were given a certificate."), tell=to_person,
        sample=lambda: letter(CertificateState.VALID, _("Master class “Percentages”"), is_new=False), settle=SETTLES,
    )
)  # fmt: skip
