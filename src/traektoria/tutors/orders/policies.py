"""Where a person meets orders about tutors: by the regulation, and while something is left of an earlier one."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict
from traektoria.organisations.models import Regulation
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.practices import Practice, practices_of
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.tutors.orders.models import StaffOrder

ORDER_KEEPERS = (Role.COORDINATOR, *HEADS)


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
