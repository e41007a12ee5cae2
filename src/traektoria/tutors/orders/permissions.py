"""Who prepares and signs orders. Each check raises ``Refused`` with a humane sentence."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.permissions import check_coordinates
from traektoria.tutors.orders.models import StaffOrder
from traektoria.tutors.profiles.permissions import keeps_centre


def check_drafts(actor: Actor, order: StaffOrder) -> None:
    """Who prepares orders: never one about oneself."""
    if actor.person_id == order.person_id:
        raise Refused(_("An order about you is prepared by somebody else."), code="own_order")
    if not keeps_centre(actor, order.centre):
        raise Refused(
            _("Orders are prepared by the coordinator and the head of the school."), code="prepares_no_orders"
        )


def check_signs(actor: Actor, order: StaffOrder) -> None:
    """The head of the centre's school signs; where the centre is not of one school, the coordinator writes down who
    signed the order on paper."""
    if actor.person_id == order.person_id:
        raise Refused(_("An order about you is signed by somebody else."), code="own_order")
    if order.centre.school_id:
        if not actor.has(order.centre_id, Role.HEAD) or order.centre.school_id not in actor.schools(Role.HEAD):
            raise Refused(_("The order is signed by the head of the school."), code="not_the_head")
    else:
        check_coordinates(actor, order.centre_id, _("The signed order is entered by the coordinator of the centre."))
