"""Who does what in a session. Each check raises ``Refused`` with a humane sentence."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.queries import passwords_given
from traektoria.tutors.commission.enums import RecusalReason
from traektoria.tutors.commission.models import AgendaItem, Recusal, Session
from traektoria.tutors.seats.enums import SeatPost
from traektoria.tutors.seats.models import CommissionMember
from traektoria.tutors.seats.permissions import LEADING, seat_of


def check_plans(actor: Actor, session: Session) -> None:
    """Day and agenda: the coordinator, or those who lead the commission."""
    if not actor.has(session.centre_id, Role.COORDINATOR):
        check_leads(actor, session)


def check_leads(actor: Actor, session: Session) -> None:
    """The chair, a deputy or the secretary of this commission."""
    seat = seat_of(actor, session.commission)
    if seat is None or seat.post not in LEADING:
        raise Refused(_("The session is led by the chair and the secretary."), code="leads_no_session")


def check_leads_item(actor: Actor, item: AgendaItem) -> None:
    """As who leads; the candidate never, a recused chair or deputy not this item. A recused secretary still writes."""
    if actor.person_id == item.application.person_id:
        raise Refused(_("Your own application is considered without you."), code="own_application")
    check_leads(actor, item.session)
    recused = Recusal.objects.filter(item=item, member__person=actor.person_id, member__end__isnull=True)
    if recused.exclude(member__post=SeatPost.SECRETARY).exists():
        raise Refused(_("You are recused from this item: a deputy or the secretary leads it."), code="recused")


def check_takes_part(actor: Actor, item: AgendaItem) -> CommissionMember:
    """The actor's seat, if it judges and votes on the item: a voting member who came and is not recused, and whose
    password nobody else could have since the session was opened."""
    seat = seat_of(actor, item.session.commission)
    if seat is None or not seat.votes:
        raise Refused(_("Voting members of the commission judge and vote."), code="no_vote")
    if Recusal.objects.filter(item=item, member=seat).exists():
        raise Refused(_("You are recused from this item: others judge and vote."), code="recused")
    opened = item.session.opened_at
    if opened and passwords_given([seat.person_id], opened):
        raise Refused(
            _(
                "During this session another person gave you a password, so you judge and vote at the next one. "
                "Ask the secretary to mark that you are absent."
            ),
            code="password_given",
        )
    if not item.session.attendance.filter(member=seat, present=True).exists():
        raise Refused(_("You are not marked as present: tell the secretary."), code="not_present")
    return seat


def check_declares(actor: Actor, item: AgendaItem, member: CommissionMember, reason: str) -> None:
    """A member declares a conflict of their own; the secretary and the chair write down anybody's."""
    if reason not in (RecusalReason.RELATIVE, RecusalReason.OTHER):
        raise Refused(_("This reason is found by the system itself."), code="found_by_system")
    if actor.person_id != member.person_id:
        check_leads_item(actor, item)
