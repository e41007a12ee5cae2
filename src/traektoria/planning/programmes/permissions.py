"""Who may do what with a programme, and who approves in a centre, with bool twins."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused, twin
from traektoria.people.actor import Actor
from traektoria.people.approvers import check_approve_in
from traektoria.people.enums import HEADS, Role
from traektoria.people.permissions import check_coordinates, is_head_of_the_school
from traektoria.planning.programmes.models import Programme

READ = (Role.COORDINATOR, Role.TUTOR, *HEADS)
WRITERS = (Role.COORDINATOR, Role.TUTOR)


def check_write_programme(actor: Actor, centre_id: int, owner_id: int | None) -> None:
    """The coordinator writes that of the centre, a tutor their own."""
    if owner_id is not None:
        if actor.person_id != owner_id or not actor.has(centre_id, Role.TUTOR):
            raise Refused(_("A tutor's own programme is written by this tutor."), code="not_the_owner")
    else:
        check_coordinates(actor, centre_id, _("The programme of the centre is written by its coordinator."))


def reads_plans(actor: Actor, programme: Programme) -> bool:
    """Whole work plans of it, as they stand on its paper: other heads read the lines that concern them."""
    own = programme.owner_id is not None and programme.owner_id == actor.person_id
    staff = actor.has(programme.centre_id, Role.COORDINATOR, Role.TUTOR)
    return own or staff or is_head_of_the_school(actor, programme.centre)


def writes(actor: Actor, programme: Programme) -> bool:
    return can_write_programme(actor, programme.centre_id, programme.owner_id)


can_write_programme = twin(check_write_programme)

can_approve_in = twin(check_approve_in)
