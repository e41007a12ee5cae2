"""A person is told of each certificate by a letter of its own: given out, made anew; and that it is revoked."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.events.certificates.enums import CertificateState
from traektoria.events.certificates.models import Certificate
from traektoria.events.event.letters import SETTLES
from traektoria.events.event.time_and_place import called
from traektoria.messaging.enums import UnsentReason
from traektoria.messaging.kinds import MessageKind, Reader, Told, Withheld, kinds
from traektoria.messaging.models import Message
from traektoria.messaging.outbox import Post, post_change, post_many

CERTIFICATE: Final = "events.certificate"


def tell(rows: Sequence[Certificate]) -> None:
    """Of what was just given out or made anew; who was told of one is told of it no more."""
    post_many(CERTIFICATE, [Post(row.person_id, _fact(row), {"certificate": row.pk}) for row in rows])


def tell_revoked(row: Certificate) -> None:
    """News of the letter of this one: unread once more, and sent again if it went."""
    post_change(CERTIFICATE, to=row.person_id, fact=_fact(row), certificate=row.pk, revoked=True)


def _fact(row: Certificate) -> str:
    return f"certificate-{row.pk}"


def to_person(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    """One query. Of the certificate that is news, as it is now; of one that was replaced the newer one tells."""
    rows = Certificate.objects.filter(person=reader.person_id).select_related("event")
    found = rows.in_bulk({one.facts.get("certificate", 0) for one in messages})
    for message in messages:
        row = found.get(message.facts.get("certificate", 0))
        if row is None or row.state == CertificateState.REPLACED:
            yield Withheld(UnsentReason.DONE)
        else:
            yield letter(row.state, called(row.event), row.revision > 1)


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
