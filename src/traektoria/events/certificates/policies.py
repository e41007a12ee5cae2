"""When certificates can be given out, made anew and revoked; what must be said for it."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict, Invalid, twin
from traektoria.core.kept_files import FileRule
from traektoria.events.certificates.enums import CertificateState
from traektoria.events.certificates.models import Certificate
from traektoria.events.event.enums import EventState
from traektoria.events.event.models import Event
from traektoria.events.event.rules import rules_of_event

SHEETS: Final = FileRule(("png", "jpg", "pdf"), limit=15_000_000)
"""Backgrounds: a picture, or the one page of a PDF."""


@dataclass(frozen=True)
class Signed:
    """Who signs, in words as they are printed."""

    post: str
    name: str


def check_ready(event: Event) -> None:
    """Who came is settled once the event is closed."""
    if event.state != EventState.CLOSED:
        text = _("Certificates are given out once the event is closed: until then it can change who came.")
        raise Conflict(text, code="not_closed")


def check_signed(signed: Signed) -> None:
    if not signed.post.strip() or not signed.name.strip():
        raise Invalid(_("Say who signs: the post and the name."), code="no_signature")


def check_revise(row: Certificate) -> None:
    """The last one of its line; a revoked one too, where it was revoked wrongly."""
    if row.state == CertificateState.REPLACED:
        raise Conflict(_("This certificate is replaced already: make the newest one anew."), code="replaced")


def check_revoke(row: Certificate) -> None:
    if row.state == CertificateState.REPLACED:
        raise Conflict(_("This certificate is replaced: revoke the newest one."), code="replaced")


def share_asked(event: Event) -> int:
    """On how many dates of a hundred one must have been, by the regulation under which the event was announced."""
    return rules_of_event(event).event_rules.certificate_share


is_ready = twin(check_ready)
