"""Long work: certificates of a hall are given out, and taken as one archive or one file to print."""

from collections.abc import Iterable
from typing import Any, Final

from django.http import Http404
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.errands import Doing, Made, Shown
from traektoria.core.errors import Refused
from traektoria.core.files import zipped
from traektoria.core.registries import ErrandKind, errand_kinds
from traektoria.core.typography import counted
from traektoria.engines.certificates import file_stem
from traektoria.events.certificates.actions.issuing import issue_certificates
from traektoria.events.certificates.issue_files import files_of, hall_of, printed, seal
from traektoria.events.certificates.models import CertificateBackground
from traektoria.events.certificates.permissions import check_issue
from traektoria.events.certificates.policies import Signed
from traektoria.events.certificates.queries.certificates import valid_of
from traektoria.events.event.models import Event
from traektoria.events.event.queries.events import find_event
from traektoria.people.access_log import log_people
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose

ISSUE: Final = "events.certificates_issue"
TAKE: Final = "events.certificates"
LIGHT: Final = 5
"""A certificate is drawn in some 25 ms of processor time."""
ZIP, PDF = "zip", "pdf"


def kept_event(actor: Actor, facts: dict[str, Any]) -> Event:
    """The event, where the person keeps it. Raises ``Http404``, ``Refused``."""
    event = find_event(actor, facts["event"])
    if event is None:
        raise Http404
    check_issue(actor, event)
    return event


def check(actor: Actor, facts: dict[str, Any]) -> None:
    kept_event(actor, facts)


def run_issue(doing: Doing) -> Shown:
    """Done a second time it goes on where the first one was cut off."""
    event, facts = kept_event(doing.actor, doing.facts), doing.facts
    background = CertificateBackground.objects.filter(pk=facts["background"] or 0).first()
    signed = Signed(facts["post"], facts["name"])
    made = issue_certificates(
        event=event, signed=signed, site=facts["site"], by=doing.actor, background=background
    )  # fmt: skip
    left = list(valid_of(event).filter(file_sha256=""))
    with translation.override("ru"):
        seal(left, doing.progress)
    return Shown(reverse("events:certificate_list", args=[event.pk]), issued_words(len(made)))


def issued_words(number: int) -> str:
    if not number:
        return _("Nobody is without a certificate: nothing was given out.")
    return counted(
        number, "%(n)s certificate is given out; the person is told.",
        "%(n)s certificates are given out; everybody is told once.",
    )  # fmt: skip


def run_take(doing: Doing) -> Made:
    """A file a person in one archive, or one file to print; of one person there is nothing to pack."""
    event = kept_event(doing.actor, doing.facts)
    rows = list(valid_of(event))
    if not rows:
        raise Refused(_("No certificate of this event is in force."), code="no_certificates")
    of = tuple(row.pk for row in rows)
    with translation.override("ru"):
        if doing.facts["form"] == PDF:
            halls = hall_of(rows)
            if len(halls) == 1:
                return Made(halls[0], _("certificates.pdf"), "application/pdf", len(rows), of)
            return Made(zipped(_parts(halls)), _("certificates.zip"), "application/zip", len(rows), of)
        files = doing.each(files_of(rows), len(rows))
        if len(rows) == 1:
            [(row, content)] = files
            return Made(content, f"{file_stem(printed(row))}.pdf", "application/pdf", 1, of)
        packed = zipped((f"{file_stem(printed(row))}.pdf", content) for row, content in files)
    return Made(packed, _("certificates.zip"), "application/zip", len(rows), of)


def _parts(halls: list[bytes]) -> Iterable[tuple[str, bytes]]:
    return ((f"certificates-{number}.pdf", content) for number, content in enumerate(halls, 1))


def fetched(actor: Actor, facts: dict[str, Any]) -> None:
    """Each one in it must be in force still. Whose they are is written into the access log."""
    event = kept_event(actor, facts)
    people = dict(valid_of(event).values_list("pk", "person"))
    if set(facts.get("made_of", ())) - people.keys():
        raise Refused(_("A certificate in it was made anew or revoked since. Make it again."), code="outdated")
    log_people(
        by=actor, purpose=Purpose.EXPORT, kind="certificates", subject_id=event.pk, people=set(people.values()),
        centre_id=event.centre_id,
    )  # fmt: skip


errand_kinds.add(ErrandKind(ISSUE, 55, gettext_lazy("Giving out certificates"), LIGHT, check, run_issue))
errand_kinds.add(ErrandKind(TAKE, 56, gettext_lazy("Certificates of an event"), LIGHT, check, run_take, fetched))
