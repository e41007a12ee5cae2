"""Who fills in a card, who reads a shared one, who remarks on it."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused, twin
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.people.permissions import check_coordinates
from traektoria.planning.audits.models import Audit
from traektoria.planning.audits.permissions import heads_school, is_auditor
from traektoria.planning.selfcards.models import SelfCard

READ = (Role.COORDINATOR, Role.TUTOR, *HEADS)


def check_own(actor: Actor, centre_id: int, school_id: int) -> None:
    """Begin, fill in, share, throw away."""
    if not heads_school(actor, centre_id, school_id):
        raise Refused(_("A school's card is filled in by its head and deputy heads."), code="not_the_head")


def check_remark(actor: Actor, card: SelfCard) -> None:
    """Say that it is read, and what is not clear in it."""
    check_coordinates(actor, card.centre_id, _("Remarks to a card are written by the coordinator of the centre."))


def compares(actor: Actor, audit: Audit) -> bool:
    """Who lays an audit beside the card: the coordinator, its auditors; the school once it is signed."""
    if actor.has(audit.centre_id, Role.COORDINATOR) or is_auditor(actor, audit):
        return True
    return audit.is_signed and heads_school(actor, audit.centre_id, audit.school_id)


can_own = twin(check_own)
can_remark = twin(check_remark)
