"""Who may change whose account and role."""

from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.people.actor import Actor, in_force
from traektoria.people.enums import Role
from traektoria.people.models import Person, RoleAssignment


def check_keeps_centre(actor: Actor, centre_id: int) -> None:
    """The coordinator of this centre."""
    if not actor.has(centre_id, Role.COORDINATOR):
        raise Refused(_("Only the coordinator of this centre does this."))


def check_gives_password(actor: Actor, person: Person) -> None:
    """Not to oneself, and not to somebody with power elsewhere."""
    if person.pk == actor.person_id:
        raise Refused(_("Change your own password in «My data»."))
    check_keeps_account(actor, person)


def check_keeps_account(actor: Actor, person: Person) -> None:
    """A coordinator rules no account with power elsewhere: it would be a way into another centre."""
    own = actor.centres(Role.COORDINATOR)
    roles = RoleAssignment.objects.filter(in_force(timezone.localdate()), person=person)
    if any(role.centre_id not in own for role in roles):
        raise Refused(_("This person also works in another centre: their account is kept by the administrator."))


def gives_password(actor: Actor, person: Person) -> bool:
    try:
        check_gives_password(actor, person)
    except Refused:
        return False
    return True


def check_ends_role(actor: Actor, role: RoleAssignment) -> None:
    """Nobody shuts themselves out of the centre."""
    check_keeps_centre(actor, role.centre_id or 0)
    if role.person_id == actor.person_id and role.role == Role.COORDINATOR:
        raise Refused(_("You can't end your own role of coordinator: another coordinator does it."))
