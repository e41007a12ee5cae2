"""Whoever goes is waited for no longer: a tutor's requests look for another one, a teacher's own ones lapse, the
school's name them no longer."""

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.requests.actions.answering import free_request
from traektoria.consultations.requests.actions.requests import locked_request
from traektoria.consultations.requests.enums import OPEN
from traektoria.consultations.requests.letters import tell_tutor
from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.consultations.requests.registries import hours_of
from traektoria.consultations.requests.workflow import request_workflow
from traektoria.core import waiting
from traektoria.core.workflow import move
from traektoria.people.actor import Actor, in_force
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment
from traektoria.routes.needs.queries import teachers_of_school
from traektoria.tutors.statuses.queries import may_take_teachers


def settle_person(person_id: int, by: Actor | None) -> None:
    """After the person lost a role, was suspended or left a school (registered as ``Farewell``, after the bookings:
    a request is locked after the slots)."""
    given = ConsultationRequest.objects.filter(tutor=person_id, state__in=OPEN)
    _free(_without(given, person_id, Role.TUTOR), person_id, "lose", by)
    centres = set(given.order_by().values_list("centre", flat=True))
    closed = [centre for centre in sorted(centres) if not may_take_teachers([person_id], centre)]
    _free(given.filter(centre__in=closed).order_by("pk"), person_id, "suspend", by)
    own = ConsultationRequest.objects.filter(asked_by=person_id, school=None, state__in=OPEN)
    for request in _without(own, person_id, Role.TEACHER):
        row = locked_request(request)
        if row.state in OPEN:
            why = _("Who asked is no longer a teacher of the centre.")
            row = move(request_workflow, row, "lapse", by=by, changes={"closed_why": why})
            tell_tutor(row, row.tutor_id, "withdrawn")
    _unname(person_id)


def _free(rows: QuerySet[ConsultationRequest], person_id: int, step: str, by: Actor | None) -> None:
    """But for those with an hour that is agreed and stands: who takes nobody new still gives what was promised."""
    for request in rows:
        row = locked_request(request)
        if row.state in OPEN and row.tutor_id == person_id and not hours_of(row.pk):
            free_request(row, step, by)


def _unname(person_id: int) -> None:
    """Schools ask no longer for a teacher who is theirs no longer; how many they ask for stays."""
    named = ConsultationRequest.objects.filter(teachers=person_id, school__isnull=False, state__in=OPEN)
    for request in named.select_related("school").order_by("pk"):
        row = locked_request(request)
        if not request.school or teachers_of_school(row.centre_id, request.school).filter(pk=person_id).exists():
            continue
        row.teachers.remove(person_id)
        waiting.renew(row)


def _without(rows: QuerySet[ConsultationRequest], person_id: int, role: Role) -> QuerySet[ConsultationRequest]:
    """Those of centres where the person holds the role no longer."""
    today = in_force(timezone.localdate())
    held = RoleAssignment.objects.filter(today, person=person_id, role=role, centre__isnull=False).values("centre")
    return rows.filter(~Q(centre__in=held)).order_by("pk")
