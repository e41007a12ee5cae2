"""Whoever goes is waited for no longer: the request, the proposed support and the version that waits are settled."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from traektoria.core.workflow import move
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS
from traektoria.people.models import RoleAssignment
from traektoria.routes.needs.actions import settle_need
from traektoria.routes.route.actions.agreement import settle_waiting
from traektoria.routes.route.models import LearningRoute
from traektoria.routes.supports.workflow import support_workflow
from traektoria.routes.tutees.enums import SupportState
from traektoria.routes.tutees.locks import locked_support
from traektoria.routes.tutees.models import TutorSupport
from traektoria.routes.tutees.queries import has_teachers, has_tutor


def settle_support(support: TutorSupport, *, by: Actor | None) -> None:
    """After a teacher left the support, or it ended, inside the caller's transaction."""
    settle_need(support.need, by=by)
    for route in _waiting().filter(support=support):
        settle_waiting(route, by=by)


def settle_person(person_id: int, by: Actor | None) -> None:
    """After the person lost a role or left a school (registered as ``Farewell``)."""
    named = Q(tutor=person_id) | Q(members__person=person_id, members__declined_at__isnull=True)
    asked = TutorSupport.objects.filter(named, state=SupportState.PROPOSED)
    for support in asked.order_by("pk").distinct():
        _settle_asked(locked_support(support), by)
    headed = RoleAssignment.objects.filter(person=person_id, role__in=HEADS).values("centre")
    touched = Q(support__tutor=person_id) | Q(support__members__person=person_id)
    touched |= Q(head_agrees=True, centre__in=headed) | Q(head_agrees=True, support__members__person=person_id)
    for route in _waiting().filter(touched).distinct():
        settle_waiting(route, by=by)


def _settle_asked(row: TutorSupport, by: Actor | None) -> None:
    """Who is no tutor, or no teacher, of the centre any longer can't answer: a proposal that nobody of a side can
    answer lapses, and the request looks for another one."""
    if row.state != SupportState.PROPOSED:
        return
    reason = ""
    if not has_tutor(row):
        reason = _("The one who was asked is no longer a tutor of the centre.")
    elif not has_teachers(row):
        reason = _("Nobody of those who were asked is a teacher of the centre any longer.")
    if reason:
        settle_need(move(support_workflow, row, "lapse", by=by, changes={"end_reason": reason}).need, by=by)


def _waiting() -> QuerySet[LearningRoute]:
    return LearningRoute.objects.filter(pending_version__isnull=False).order_by("pk")
