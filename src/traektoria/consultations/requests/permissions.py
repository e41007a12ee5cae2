"""Who may do what with a request. Each check raises ``Refused`` with a humane sentence, with a bool twin ``can_…``."""

from django.utils.translation import gettext as _

from traektoria.consultations.requests.enums import OPEN
from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.core.errors import Refused, twin
from traektoria.people.actor import Actor, acting
from traektoria.people.enums import HEADS, Role
from traektoria.people.permissions import check_coordinates
from traektoria.routes.models import RouteItem
from traektoria.routes.tutees.permissions import is_member_of

ASKERS = (Role.TEACHER, *HEADS)
READ = (*ASKERS, Role.TUTOR, Role.COORDINATOR)
"""Whoever has a list of requests at all."""


def check_ask_for_self(actor: Actor, centre_id: int) -> None:
    if not actor.has(centre_id, Role.TEACHER):
        raise Refused(_("A teacher of the centre asks for a consultation."), code="not_a_teacher")


def check_ask_for_school(actor: Actor, centre_id: int, school_id: int) -> None:
    """The head and deputy heads, for their own school."""
    if not leads(actor, centre_id, school_id):
        raise Refused(_("The head asks for consultations for their own school."), code="not_the_head")


def check_ask_from_item(actor: Actor, item: RouteItem) -> None:
    """A consented teacher of the route."""
    if not is_member_of(actor, item.route.support):
        raise Refused(_("A consultation on an item is asked for by its teacher."), code="not_the_teacher")


def check_coordinate(actor: Actor, request: ConsultationRequest) -> None:
    """Give the request to a tutor, take it from them, decline it."""
    check_coordinates(actor, request.centre_id, _("Requests are given to tutors by the coordinator."))


def check_answer(actor: Actor, request: ConsultationRequest) -> None:
    """The tutor to whom it is given, while they are one."""
    if actor.person_id != request.tutor_id or not actor.has(request.centre_id, Role.TUTOR):
        raise Refused(_("This is said by the tutor to whom the request is given."), code="not_the_tutor")


def check_withdraw(actor: Actor, request: ConsultationRequest) -> None:
    """Who asked for themselves; of a school's request its heads of today, whoever of them asked."""
    if request.school_id is None:
        mine = acting(actor) == request.asked_by_id
    else:
        mine = leads(actor, request.centre_id, request.school_id)
    if not mine:
        raise Refused(_("The request is taken back by those who made it."), code="not_the_asker")


def check_attach(actor: Actor, request: ConsultationRequest) -> None:
    """Files are attached by those who made it."""
    if not can_withdraw(actor, request):
        raise Refused(_("Files are attached by those who made the request."), code="not_the_asker")


def check_remove(actor: Actor, request: ConsultationRequest) -> None:
    """Those who made it, while it is open; the coordinator at any time, also when somebody asks for their data to be
    erased."""
    mine = can_withdraw(actor, request) and request.state in OPEN
    if not mine and not can_coordinate(actor, request):
        text = _("A file is taken away by those who made the request while it is open, and by the coordinator.")
        raise Refused(text, code="not_the_asker")


def check_read_files(actor: Actor, request: ConsultationRequest) -> None:
    """As of the note: who asked, the tutor who has it, the coordinator."""
    if not can_read_note(actor, request):
        text = _("The files are read by who asked, the tutor to whom the request is given, and the coordinator.")
        raise Refused(text, code="not_a_reader")


def leads(actor: Actor, centre_id: int, school_id: int) -> bool:
    """Head or deputy head of the school today."""
    grants = (grant for grant in actor.grants if grant.role in HEADS)
    return any((grant.centre_id, grant.school_id) == (centre_id, school_id) for grant in grants)


can_ask_from_item = twin(check_ask_from_item)

can_coordinate = twin(check_coordinate)

can_answer = twin(check_answer)

can_withdraw = twin(check_withdraw)

can_remove = twin(check_remove)


def can_read_note(actor: Actor, request: ConsultationRequest) -> bool:
    """As ``readers`` says: who asked, the tutor who has it, the coordinator; not those who are only named."""
    return can_withdraw(actor, request) or can_answer(actor, request) or can_coordinate(actor, request)
