"""When a request may be asked for, given to a tutor, and ended."""

from collections.abc import Collection
from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from traektoria.consultations.requests.enums import OPEN
from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.core.errors import Conflict, Invalid, twin
from traektoria.core.kept_files import FileRule
from traektoria.organisations.models import School
from traektoria.routes.models import RouteItem
from traektoria.routes.needs.queries import teachers_of_school
from traektoria.routes.route.policies import OPEN_ITEM, check_doable
from traektoria.tutors.statuses.queries import may_take_teachers

MOST = 200
FILES: Final = FileRule(most=5)
HELD_WITHIN = timedelta(days=14)
"""After the tutor's answer the consultation is held within so many days; then the coordinator is asked to look."""


def check_named(centre_id: int, school: School, ids: Collection[int], number: int) -> None:
    """A school asks for its own teachers, for a number that a consultation can have."""
    if not 1 <= number <= MOST:
        raise Invalid(_("Name a number of teachers from 1 to %(most)s.") % {"most": MOST}, code="wrong_number")
    if teachers_of_school(centre_id, school).filter(pk__in=ids).count() != len(ids):
        raise Invalid(_("Somebody of these is not a teacher of your school now."), code="not_a_teacher")


def check_item(item: RouteItem) -> None:
    """An open item of a route that runs."""
    check_doable(item)
    if item.state not in OPEN_ITEM:
        raise Conflict(_("A finished or cancelled item needs no consultation."), code="item_is_over")


can_serve = twin(check_item)


def check_tutor(request: ConsultationRequest, tutor_id: int) -> None:
    """A tutor of the centre today, who does not ask for themselves."""
    if tutor_id not in may_take_teachers([tutor_id], request.centre_id):
        raise Conflict(_("This person is no tutor of the centre now: choose another one."), code="not_a_tutor")
    if tutor_id == request.asked_by_id or request.teachers.filter(pk=tutor_id).exists():
        raise Invalid(_("Nobody gives a consultation to themselves: choose another tutor."), code="own_request")


def check_open(request: ConsultationRequest) -> None:
    if request.state not in OPEN:
        raise Conflict(_("This request is closed: it can only be read."), code="closed")


def check_reason(reason: str) -> str:
    if not reason.strip():
        raise Invalid(_("Say in a few words why."), code="reason_needed")
    return reason.strip()
