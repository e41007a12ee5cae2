"""Who sits in a commission, who leads it, who makes it up."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.core.prepared_statements import Given, prepared
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.tutors.seats.enums import SeatPost
from traektoria.tutors.seats.models import Commission, CommissionMember

LEADING = (SeatPost.CHAIR, SeatPost.DEPUTY, SeatPost.SECRETARY)


def leads_commission(actor: Actor, centre_id: int) -> bool:
    """Chair, deputy chair or secretary of a commission of the centre now. A query only for members."""
    if not actor.has(centre_id, Role.COMMISSION_MEMBER):
        return False
    posts = CommissionMember.objects.filter(person=actor.person_id, commission__centre=centre_id, end__isnull=True)
    return posts.filter(post__in=LEADING).exists()


def seat_of(actor: Actor, commission: Commission) -> CommissionMember | None:
    """The actor's place in the commission now. A query only for those with the role of a member."""
    if not actor.has(commission.centre_id, Role.COMMISSION_MEMBER):
        return None
    return CommissionMember.objects.filter(commission=commission, person=actor.person_id, end__isnull=True).first()


def plans_sessions(actor: Actor, commission: Commission) -> bool:
    """The coordinator of the centre, and who leads the commission now. A query only for those with the role of a
    member who coordinate nothing there."""
    if actor.has(commission.centre_id, Role.COORDINATOR):
        return True
    if not actor.has(commission.centre_id, Role.COMMISSION_MEMBER):
        return False
    row = _post().first(commission=commission.pk, me=actor.person_id)
    return row is not None and row[0] in LEADING


@prepared
def _post() -> QuerySet[CommissionMember, Any]:
    seat = CommissionMember.objects.filter(commission=Given("commission"), person=Given("me"), end__isnull=True)
    return seat.order_by().values_list("post")


def check_forms(actor: Actor, commission: Commission) -> None:
    """The coordinator makes up the commission, by the order of the founder."""
    if not actor.has(commission.centre_id, Role.COORDINATOR):
        raise Refused(_("The commission is made up by the coordinator of the centre."), code="forms_no_commission")
