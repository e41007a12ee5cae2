"""A certificate is made anew or revoked: by a person, with a reason, never by itself."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.requests.policies import check_reason
from traektoria.core import audit
from traektoria.core.errors import Conflict
from traektoria.core.workflow import move
from traektoria.events.certificates import letters
from traektoria.events.certificates.actions.issuing import check_background, filled, next_number
from traektoria.events.certificates.enums import CertificateState
from traektoria.events.certificates.keys import keep_key
from traektoria.events.certificates.models import Certificate, CertificateBackground
from traektoria.events.certificates.permissions import check_change
from traektoria.events.certificates.policies import Signed, check_ready, check_revise, check_revoke, check_signed
from traektoria.events.certificates.queries.earners import earned_by
from traektoria.events.certificates.workflow import certificate_workflow
from traektoria.events.event.locks import locked_event
from traektoria.people.actor import Actor


@transaction.atomic
def revise_certificate(
    *,
    row: Certificate,
    reason: str,
    signed: Signed,
    site: str,
    by: Actor,
    background: CertificateBackground | None = None,
) -> Certificate:
    """A new one with the words of now «in place of №…»; the page of the old one says so. Raises ``Conflict`` where the
    person has not earned it any more, and where it was replaced already."""
    why = check_reason(reason)
    event = locked_event(row.event_id)
    old = Certificate.objects.select_for_update(of=("self",), no_key=True).get(pk=row.pk)
    old.event = event
    check_change(by, old)
    check_revise(old)
    check_ready(event)
    check_signed(signed)
    check_background(background if background and background.pk != old.background_id else None, event)
    earned = earned_by(event, old.person_id, old.kind)
    if earned is None:
        raise Conflict(_("By what is marked now the person did not come: revoke it instead."), code="not_earned")
    move(certificate_workflow, old, "replace", by=by, locked=True)
    year, number = next_number(event)
    new = filled(
        event, earned, signed, site, background, number=number, year=year, revision=old.revision + 1, replaces=old,
        reason=why, by=by,
    )  # fmt: skip
    new.save(force_insert=True)
    keep_key()
    audit.record("certificate.revise", event, by=by, certificate=new.pk)
    letters.tell([new])
    return new


@transaction.atomic
def revoke_certificate(*, row: Certificate, reason: str, by: Actor) -> Certificate:
    """It is not in force; its page says so, and why. Twice is once. Side effects: audit, a message to the person."""
    why = check_reason(reason)
    event = locked_event(row.event_id)
    old = Certificate.objects.select_for_update(of=("self",), no_key=True).get(pk=row.pk)
    old.event = event
    check_change(by, old)
    if old.state == CertificateState.REVOKED:
        return old
    check_revoke(old)
    changes = {"revoked_at": timezone.now(), "revoked_why": why}
    old = move(certificate_workflow, old, "revoke", by=by, changes=changes, locked=True)
    letters.tell_revoked(old)
    return old
