"""Giving teachers over to another tutor: a new proposal that everybody answers; the old support goes on until then."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.people.actor import Actor
from traektoria.people.models import Person
from traektoria.routes.supports.actions.proposing import Proposal, write_proposal
from traektoria.routes.supports.actions.seats import locked_tutor
from traektoria.routes.supports.actions.supports import with_own_consent
from traektoria.routes.supports.permissions import check_reassign_support
from traektoria.routes.tutees.enums import SupportState
from traektoria.routes.tutees.locks import locked_support
from traektoria.routes.tutees.models import SupportMember, TutorSupport
from traektoria.routes.tutees.queries import OPEN


@transaction.atomic
def reassign_support(*, support: TutorSupport, tutor: Person, reason: str, by: Actor) -> TutorSupport:
    """Propose to the same teachers to go on with ``tutor``; returns the new support.

    The new tutor and the teachers are asked for consent. Until they give it the old support goes on as it was; when
    the new one begins, the old one ends and its living route goes over (``actions.handover``). The new tutor's place
    is taken from now on. A second press returns the same proposal. Side effects: audit of both.
    Raises ``Refused``, ``Invalid`` without a reason or for the same tutor, ``Conflict`` where the support is not
    running, its period is over, another tutor is asked already, or the tutor has no place (``over_capacity``).
    """
    new = locked_tutor(tutor.pk)
    row = locked_support(support)
    check_reassign_support(by, row)
    known = row.successors.filter(state__in=OPEN).select_related("tutor").first()
    if known:
        return _known(known, new)
    _check_running(row)
    _check_reason(row, new, reason)
    successor = write_proposal(_proposal(row, new, reason.strip()), by=by)
    audit.record("support.reassign", row, by=by, successor=successor.pk)
    return with_own_consent(successor, by=by)


def _proposal(row: TutorSupport, tutor: Person, reason: str) -> Proposal:
    """The same teachers but those who declined, subject and end, from today."""
    members = SupportMember.objects.filter(support=row, declined_at__isnull=True)
    return Proposal(
        centre=row.centre,
        tutor=tutor,
        teacher_ids=tuple(members.values_list("person_id", flat=True)),
        kind=row.kind,
        name=row.name,
        subject=row.subject,
        start=timezone.localdate(),
        end=row.end,
        basis=row.basis,
        basis_note=row.basis_note,
        replaces=row,
        replace_reason=reason,
    )


def _known(known: TutorSupport, tutor: Person) -> TutorSupport:
    if known.tutor_id != tutor.pk:
        raise Conflict(
            _("%(name)s is asked already. Take that proposal back first.") % {"name": known.tutor.short_name},
            code="asked_already",
        )
    return known


def _check_running(row: TutorSupport) -> None:
    if row.state != SupportState.ACTIVE:
        raise Conflict(
            _("Only a support that goes on is given over. A proposal is taken back and made anew."), code="not_active"
        )
    if row.end <= timezone.localdate():
        raise Conflict(
            _("The period of this support is over: end it and propose a new one to another tutor."), code="period_over"
        )


def _check_reason(row: TutorSupport, tutor: Person, reason: str) -> None:
    if tutor.pk == row.tutor_id:
        raise Invalid(_("This tutor leads the support already."), code="same_tutor")
    if not reason.strip():
        raise Invalid(_("Say why another tutor goes on: the teachers and both tutors read it."), code="reason_needed")
