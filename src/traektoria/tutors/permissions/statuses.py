"""Who keeps statuses, orders and profiles. Each check raises ``Refused`` with a humane sentence."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.tutors.models import StaffOrder, TutorProfile, TutorStatus


def keeps_centre(actor: Actor, centre: TutorCentre) -> bool:
    """The coordinator of the centre; for the centre of one school also its head."""
    if actor.has(centre.pk, Role.COORDINATOR):
        return True
    return bool(centre.school_id and actor.has(centre.pk, *HEADS) and centre.school_id in actor.schools(*HEADS))


def check_keeps_status(actor: Actor, status: TutorStatus) -> None:
    """Who suspends, resumes and ends a status."""
    if not keeps_centre(actor, status.centre):
        raise Refused(_("Statuses of tutors are kept by the coordinator of the centre."), code="keeps_no_statuses")


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
    elif not actor.has(order.centre_id, Role.COORDINATOR):
        raise Refused(_("The signed order is entered by the coordinator of the centre."), code="not_the_coordinator")


def check_own_profile(actor: Actor, profile: TutorProfile) -> None:
    """A tutor writes their own profile."""
    if actor.person_id != profile.person_id:
        raise Refused(_("The profile is written by the tutor."), code="not_own_profile")


def check_sets_capacity(actor: Actor, profile: TutorProfile) -> None:
    """How many teachers a tutor takes is set by the tutor or by who keeps the centre."""
    if actor.person_id != profile.person_id and not keeps_centre(actor, profile.centre):
        raise Refused(_("This is set by the tutor and the coordinator."), code="sets_no_capacity")
