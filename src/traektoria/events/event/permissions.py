"""Who may do what with an event. Each check raises ``Refused`` with a humane sentence, with a bool twin ``can_…``."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused, twin
from traektoria.events.event.enums import PUBLIC
from traektoria.events.event.models import Event
from traektoria.people.actor import Actor
from traektoria.people.approvers import check_approve_in
from traektoria.people.enums import HEADS, Role
from traektoria.people.permissions import check_coordinates, is_head_of_the_school

READ = (Role.TEACHER, *HEADS, Role.TUTOR, Role.COORDINATOR)
KEEPERS = (Role.TUTOR, Role.COORDINATOR)


def leads(actor: Actor, event: Event) -> bool:
    """One of its leaders who is still of the centre. Reads ``leads``."""
    return event.centre_id in actor.centre_ids and any(one.person_id == actor.person_id for one in event.leads.all())


def keeps(actor: Actor, event: Event) -> bool:
    """Changes it: the coordinator; a tutor of the centre who leads it or began it."""
    if actor.has(event.centre_id, Role.COORDINATOR):
        return True
    return actor.has(event.centre_id, Role.TUTOR) and (event.author_id == actor.person_id or leads(actor, event))


def check_begin(actor: Actor, centre_id: int) -> None:
    if not actor.has(centre_id, *KEEPERS):
        raise Refused(_("Events of the centre are prepared by its tutors and its coordinator."), code="not_a_keeper")


def check_keep(actor: Actor, event: Event) -> None:
    if not keeps(actor, event):
        raise Refused(_("An event is changed by who leads it, and by the coordinator."), code="not_the_keeper")


def check_lead(actor: Actor, event: Event) -> None:
    """Say that it took place, and who came."""
    if not keeps(actor, event) and not leads(actor, event):
        raise Refused(_("This is said by who leads the event, or by the coordinator."), code="not_the_leader")


def check_coordinate(actor: Actor, event: Event) -> None:
    check_coordinates(actor, event.centre_id, _("A closed event is opened anew by the coordinator."))


def check_approve(actor: Actor, event: Event) -> None:
    """As all that is approved in the centre."""
    check_approve_in(actor, event.centre)


def reads(actor: Actor, event: Event) -> bool:
    """What is announced the whole centre reads; a draft those who prepare and approve it."""
    if event.state in PUBLIC:
        return event.centre_id in actor.centre_ids
    return can_lead(actor, event) or is_head_of_the_school(actor, event.centre)


can_begin = twin(check_begin)
can_keep = twin(check_keep)
can_lead = twin(check_lead)
can_approve = twin(check_approve)
