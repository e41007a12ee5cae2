"""Who may do what with Hours of methodical help: the coordinator with all of the centre, a tutor with their own."""

from django.utils.translation import gettext as _

from traektoria.consultations.slots.models import HelpDate, HelpHour
from traektoria.core.errors import Refused, twin
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.permissions import check_coordinates

KEEPERS = (Role.COORDINATOR, Role.TUTOR)


def check_make(actor: Actor, centre_id: int, tutors: tuple[int, ...]) -> None:
    """The coordinator for any tutors, a tutor for nobody but themselves."""
    if actor.has(centre_id, Role.COORDINATOR):
        return
    if not actor.has(centre_id, Role.TUTOR):
        raise Refused(_("Hours are made by the coordinator and the tutors of the centre."), code="not_a_keeper")
    if tutors != (actor.person_id,):
        raise Refused(_("A tutor makes hours of their own; of others the coordinator does."), code="of_others")


def check_keep(actor: Actor, hour: HelpHour) -> None:
    """Change what an Hour is: its coordinator, or the tutor who alone receives in it."""
    check_make(actor, hour.centre_id, tuple(one.tutor_id for one in hour.receives.all()))


def check_change_date(actor: Actor, date: HelpDate) -> None:
    """Drop or move one date: its coordinator, or a tutor who receives on it."""
    mine = any(one.tutor_id == actor.person_id for one in date.receives.all())
    if not actor.has(date.centre_id, Role.COORDINATOR) and not (mine and actor.has(date.centre_id, Role.TUTOR)):
        raise Refused(_("A date is changed by the coordinator and by who receives on it."), code="not_yours")


def check_substitute(actor: Actor, date: HelpDate) -> None:
    """Give a date to another tutor: the coordinator, who knows of both."""
    check_coordinates(actor, date.centre_id, _("Who receives instead is decided by the coordinator."))


can_keep = twin(check_keep)
can_change_date = twin(check_change_date)
