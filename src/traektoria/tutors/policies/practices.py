"""What of the room a person meets, by the regulations of their centres.

What a regulation has not is not shown: no place in the menu, no tab, no button; an address typed by hand says so in a
sentence. What began under an earlier version stays in its place until nothing is left of it.
"""

from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict
from traektoria.organisations.models import Regulation
from traektoria.organisations.regulations.practices import Practice, practices_of
from traektoria.organisations.regulations.reading import rules_of
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.tutors.models import Commission, StaffOrder

COMMISSION_READERS = (Role.COORDINATOR, Role.COMMISSION_MEMBER)
ORDER_KEEPERS = (Role.COORDINATOR, *HEADS)


def commission_centres(actor: Actor) -> frozenset[int]:
    """The centres where the person meets a commission."""
    now = actor.follows(Practice.COMMISSION, *COMMISSION_READERS)
    former = actor.follows(Practice.COMMISSION, *COMMISSION_READERS, ever=True) - now
    if not former:
        return now
    return now | frozenset(Commission.objects.filter(centre__in=former).values_list("centre", flat=True))


def order_centres(actor: Actor) -> frozenset[int]:
    """The centres where the person meets orders of a head about tutors."""
    now = actor.follows(Practice.ORDERS, *ORDER_KEEPERS)
    former = actor.follows(Practice.ORDERS, *ORDER_KEEPERS, ever=True) - now
    if not former:
        return now
    return now | frozenset(StaffOrder.objects.filter(centre__in=former).values_list("centre", flat=True))


def check_has_orders(regulation: Regulation) -> None:
    """The regulation has the head appoint and release tutors by orders."""
    if Practice.ORDERS not in practices_of(rules_of(regulation)):
        raise Conflict(
            _("By the regulation this status was not given by an order of the head, so no order releases from it."),
            code="another_procedure",
        )
