"""What a support takes over from the support of another tutor, at the moment when it begins."""

from django.utils import timezone

from traektoria.core import audit, waiting
from traektoria.core.workflow import move
from traektoria.people.actor import Actor
from traektoria.routes.route.actions.locks import locked
from traektoria.routes.route.models import LearningRoute, ReflectionEntry
from traektoria.routes.route.printed_names import keep_newcomers
from traektoria.routes.route.queries.route import living_route
from traektoria.routes.supports.workflow import support_workflow
from traektoria.routes.tutees.enums import SupportState
from traektoria.routes.tutees.locks import locked_support
from traektoria.routes.tutees.models import LearningRequest, SupportMember, TutorSupport


def take_over(support: TutorSupport, *, by: Actor) -> None:
    """End the support that this one replaces, and move its living route here, inside the caller's transaction.

    Until now the former tutor led it. The route keeps its versions and everybody's word on them. Learning requests
    come with the teachers who consented; journal entries of the others are closed to the new tutor until the teacher
    shares them again. Side effects: audit of both supports and of the route.
    """
    if support.replaces is None:
        return
    former = locked_support(support.replaces)
    if former.state == SupportState.ACTIVE:
        move(support_workflow, former, "hand_over", by=by, changes={"end_reason": support.replace_reason})
    route = living_route(former)
    if route is not None:
        _move_route(locked(route), support, by)
    for person_id in _consented(support):
        bring_words(support, person_id)
    keep_newcomers(support)


def bring_words(support: TutorSupport, person_id: int | None) -> None:
    """The learning request of a teacher who consented to go on with this tutor."""
    if support.replaces_id is not None and support.state == SupportState.ACTIVE:
        LearningRequest.objects.filter(support=support.replaces_id, person=person_id).update(support=support)
        waiting.renew(support)


def _move_route(route: LearningRoute, support: TutorSupport, by: Actor) -> None:
    former = route.support_id
    route.support = support
    route.updated_at = timezone.now()
    route.save(update_fields=["support", "updated_at"])
    not_asked_yet = ReflectionEntry.objects.filter(route=route).exclude(person__in=_consented(support))
    not_asked_yet.update(shared_at=None)
    audit.record("route.hand_over", route, by=by, source=former, target=support.pk)


def _consented(support: TutorSupport) -> list[int]:
    rows = SupportMember.objects.filter(support=support, consented_at__isnull=False)
    return list(rows.values_list("person_id", flat=True))
