"""Who sees which requests for a consultation."""

from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from traektoria.consultations.requests.enums import OPEN
from traektoria.consultations.requests.models import ConsultationRequest, RequestFile, ReturnedRequest
from traektoria.core.audit import trail
from traektoria.core.models import AuditEvent
from traektoria.core.prepared_statements import Given, prepared
from traektoria.core.registries import event_words
from traektoria.people.actor import Actor
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import HEADS, Role
from traektoria.people.history import HistoryLine, history_lines
from traektoria.people.models import Person, short_name

SUBSTITUTED = "consultation.substitute"


def visible_to(actor: Actor) -> QuerySet[ConsultationRequest]:
    """One's own, those that name the person, those given to the tutor, those of the school for its heads of today, all
    of the coordinator's centre. What a teacher asks for themselves is no business of the head: it has no ``school``.
    What a head asked for the school stays with the school when they leave."""
    if actor.person_id is None:
        return ConsultationRequest.objects.none()
    named = ConsultationRequest.teachers.through.objects.filter(person=actor.person_id)
    seen = Q(asked_by=actor.person_id, school=None) | Q(pk__in=named.values("consultationrequest"))
    if actor.is_tutor:
        seen |= Q(tutor=actor.person_id, centre__in=actor.centres(Role.TUTOR))
    if actor.is_coordinator:
        seen |= Q(centre__in=actor.centres(Role.COORDINATOR))
    if actor.is_head:
        seen |= Q(school__in=actor.schools(*HEADS), centre__in=actor.centres(*HEADS))
    return ConsultationRequest.objects.filter(seen)


def find(actor: Actor, pk: int) -> ConsultationRequest | None:
    """What the actor may see, with who asks, from where, who has it, and whether it ``has_files``. One query."""
    if actor.person_id is None:
        return None
    found: ConsultationRequest | None = _whole(actor.roles).first(pk=pk, **given_of(actor))
    return found


def asked_on_item(actor: Actor, item_id: int) -> ConsultationRequest | None:
    """The latest open request on the item of a route that the actor may see. One query."""
    rows = visible_to(actor).filter(item=item_id, state__in=OPEN)
    return rows.order_by("-asked_at", "-pk").only("pk", "state", "topic").first()


def named_in(request_id: int) -> dict[int, str]:
    """The teachers whom the request names: number and short name, alphabetically. One query."""
    return {pk: short_name(*name) for pk, *name in _named().all(request=request_id)}


class Returned(NamedTuple):
    """Who gave it back, and why."""

    tutor: int
    name: str
    reason: str


def returns_of(request: int) -> list[Returned]:
    """The earliest first. One query."""
    return [Returned(tutor, short_name(*name), reason) for tutor, reason, *name in _returns().all(request=request)]


@prepared
def _returns() -> QuerySet[ReturnedRequest, Any]:
    columns = ("tutor", "reason", "tutor__surname", "tutor__given", "tutor__patronymic")
    return ReturnedRequest.objects.filter(request=Given("request")).order_by("returned_at", "pk").values_list(*columns)


def files_of(request: ConsultationRequest) -> list[tuple[int, str]]:
    """Number and name of each. One query."""
    return list(_files().all(request=request.pk))


@prepared
def _files() -> QuerySet[RequestFile, Any]:
    return RequestFile.objects.filter(request=Given("request")).order_by("pk").values_list("pk", "file_name")


@prepared
def _whole(roles: frozenset[Role]) -> QuerySet[ConsultationRequest]:
    rows = visible_to(anybody(roles)).filter(pk=Given("pk"))
    files = Exists(RequestFile.objects.filter(request=OuterRef("pk")))
    return rows.select_related("asked_by", "centre__municipality", "school", "tutor").annotate(has_files=files)


@prepared
def _named() -> QuerySet[Any, Any]:
    rows = ConsultationRequest.teachers.through.objects.filter(consultationrequest=Given("request"))
    columns = ("person", "person__surname", "person__given", "person__patronymic")
    return rows.order_by("person__sort_name", "person").values_list(*columns)


def history_of(request: ConsultationRequest) -> list[HistoryLine]:
    """What happened to the request, oldest first. Two queries; one more where another tutor came."""
    events = list(trail(request))
    tutors = {event.facts[who] for event in events if event.event == SUBSTITUTED for who in ("tutor", "other")}
    names = {pk: one.short_name for pk, one in Person.objects.in_bulk(tutors).items()} if tutors else {}

    def said(event: AuditEvent) -> str:
        if event.event != SUBSTITUTED:
            return event_words(event.event)
        given = {who: names.get(event.facts[who], "") for who in ("tutor", "other")}
        return _("the hour is given by %(other)s instead of %(tutor)s") % given

    return history_lines(events, said)
