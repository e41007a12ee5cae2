"""Who keeps the tutors of a centre, who writes a profile. Each check raises ``Refused`` with a humane sentence."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.tutors.profiles.models import TutorProfile


def keeps_centre(actor: Actor, centre: TutorCentre) -> bool:
    """The coordinator of the centre; for the centre of one school also its head."""
    if actor.has(centre.pk, Role.COORDINATOR):
        return True
    return bool(centre.school_id and actor.has(centre.pk, *HEADS) and centre.school_id in actor.schools(*HEADS))


def check_own_profile(actor: Actor, profile: TutorProfile) -> None:
    """A tutor writes their own profile."""
    if actor.person_id != profile.person_id:
        raise Refused(_("The profile is written by the tutor."), code="not_own_profile")


def check_sets_capacity(actor: Actor, profile: TutorProfile) -> None:
    """How many teachers a tutor takes is set by the tutor or by who keeps the centre."""
    if actor.person_id != profile.person_id and not keeps_centre(actor, profile.centre):
        raise Refused(_("This is set by the tutor and the coordinator."), code="sets_no_capacity")
