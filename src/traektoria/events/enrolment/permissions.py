"""Who may do what with a registration, with bool twins ``can_…``."""

from django.utils.translation import gettext as _

from traektoria.consultations.requests.permissions import leads as leads_school
from traektoria.core.errors import Refused, twin
from traektoria.events.enrolment.models import Enrolment
from traektoria.events.event.models import Event
from traektoria.events.event.permissions import can_lead, keeps
from traektoria.organisations.models import School
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.routes.models import RouteItem
from traektoria.routes.tutees.permissions import is_tutor_of, member_ids

COMERS = (Role.TEACHER, Role.TUTOR, Role.COORDINATOR, *HEADS)
"""Everybody of a centre may come to its events."""


def check_enrol(
    actor: Actor, event: Event, people: set[int], school: School | None, item: RouteItem | None = None
) -> None:
    """Oneself; a head for teachers of the school; a tutor their teachers from an item of their route; who keeps the
    event anybody of the centre."""
    if item is not None:
        _check_item(actor, event, people, item)
    elif school is not None:
        if not leads_school(actor, event.centre_id, school.pk):
            raise Refused(_("The head registers the teachers of their own school."), code="not_the_head")
    elif people != {actor.person_id} and not keeps(actor, event):
        text = _("Everybody registers themselves; the school and who leads the event register others.")
        raise Refused(text, code="other")
    elif not actor.has(event.centre_id, *COMERS):
        raise Refused(_("Events are for people of the centre."), code="not_of_the_centre")


def _check_item(actor: Actor, event: Event, people: set[int], item: RouteItem) -> None:
    """A teacher of the support registers themselves, its tutor the teachers."""
    support = item.route.support
    mine = people == {actor.person_id} and actor.person_id in member_ids(support)
    theirs = is_tutor_of(actor, support) and people <= member_ids(support)
    if support.centre_id != event.centre_id or not (mine or theirs):
        raise Refused(_("For an item of a route its teacher is registered, or its tutor registers them."), code="item")


def is_own(actor: Actor, row: Enrolment) -> bool:
    return actor.person_id == row.person_id


def check_leave(actor: Actor, row: Enrolment) -> None:
    """Give the place back, decline what the school registered for."""
    if not is_own(actor, row):
        raise Refused(_("A place is given back by who has it."), code="not_yours")


def check_remove(actor: Actor, row: Enrolment) -> None:
    """Take somebody off: who keeps the event; the school, whom it registered itself."""
    if not keeps(actor, row.event) and not of_school(actor, row):
        text = _("This is done by who leads the event, or by the school that registered.")
        raise Refused(text, code="not_the_keeper")


def of_school(actor: Actor, row: Enrolment) -> bool:
    """The school that registered, by its heads of today."""
    return row.school_id is not None and leads_school(actor, row.event.centre_id, row.school_id)


def reads_list(actor: Actor, event: Event) -> bool:
    """Names of all who come: who leads the event, and the coordinator."""
    return bool(can_lead(actor, event))


can_enrol = twin(check_enrol)
can_leave = twin(check_leave)
