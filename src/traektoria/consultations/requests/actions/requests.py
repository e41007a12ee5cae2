"""A consultation is asked for, and the request is taken back."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.requests.actions.files import keep_files
from traektoria.consultations.requests.enums import UNANSWERED, RequestKind, RequestState, Way
from traektoria.consultations.requests.letters import tell_tutor
from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.consultations.requests.permissions import (
    check_ask_for_school,
    check_ask_for_self,
    check_ask_from_item,
    check_withdraw,
)
from traektoria.consultations.requests.policies import check_item, check_named
from traektoria.consultations.requests.registries import cancel_hours, hold_hours, hours_of
from traektoria.consultations.requests.workflow import request_workflow
from traektoria.core import audit, waiting
from traektoria.core.errors import Conflict
from traektoria.core.kept_files import filing
from traektoria.core.text import search_key
from traektoria.core.workflow import move
from traektoria.engines.promises import answer_by
from traektoria.organisations import zones
from traektoria.organisations.models import Regulation, School, TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.people.actor import Actor, acting
from traektoria.people.models import Person
from traektoria.routes.models import RouteItem
from traektoria.tutors.statuses.locks import hold_tutor
from traektoria.tutors.statuses.queries import may_take_teachers

Files = Sequence[File[bytes]]


@dataclass(frozen=True)
class RequestFacts:
    """What is asked for, in the words of who asks."""

    topic: str
    subject: str
    classes: str = ""
    kind: str = RequestKind.INDIVIDUAL
    way: str = Way.ANY
    urgent: bool = False
    wished: str = ""
    note: str = ""


@filing()
def ask_for_self(
    *, centre: TutorCentre, wish: RequestFacts, by: Actor, item: RouteItem | None = None, files: Files = ()
) -> ConsultationRequest:
    """A teacher asks; from a route item it goes straight to the tutor of the route, who knows it, unless they take
    nobody now: suspended, or no tutor of the centre.

    The same wish pressed twice is one request (``_same``). Side effects: audit; the tutor of the item is told.
    """
    check_ask_for_self(by, centre.pk)
    if item is not None:
        check_ask_from_item(by, item)
        check_item(item)
    me = Person.objects.select_for_update(no_key=True).get(pk=acting(by))
    own = ConsultationRequest.objects.filter(centre=centre, school=None, asked_by=me, item=item)
    known = _same(own, wish, [me], 1)
    if known:
        keep_files(known, files, by)
        return known
    request = _create(centre, wish, None, me.pk, [me], 1, item)
    audit.record("consultation.ask", request, by=by, number=1)
    tutor = item.route.support.tutor_id if item else None
    if tutor and tutor != me.pk:
        hold_tutor(tutor, centre.pk)
    if tutor and tutor != me.pk and may_take_teachers([tutor], centre.pk):
        request = move(request_workflow, request, "address", by=by, changes={"tutor_id": tutor})
        tell_tutor(request, tutor, "assigned")
    keep_files(request, files, by)
    return request


@filing()
def ask_for_school(
    *,
    centre: TutorCentre,
    school: School,
    teachers: Sequence[Person],
    wish: RequestFacts,
    by: Actor,
    number: int = 1,
    files: Files = (),
) -> ConsultationRequest:
    """The head or deputy head asks for ``teachers`` of the school, or for ``number`` who are not named.

    The same wish pressed twice is one request (``_same``). Side effects: audit; the named teachers read it on their
    desks. Raises ``Refused`` for another school, ``Invalid`` for a person who is not its teacher or a wrong number.
    """
    check_ask_for_school(by, centre.pk, school.pk)
    number = max(number, len({person.pk for person in teachers}))
    check_named(centre.pk, school, {person.pk for person in teachers}, number)
    School.objects.select_for_update(of=("self",), no_key=True).get(pk=school.pk)
    own = ConsultationRequest.objects.filter(centre=centre, school=school, asked_by=acting(by))
    known = _same(own, wish, teachers, number)
    if known:
        keep_files(known, files, by)
        return known
    request = _create(centre, wish, school, acting(by), teachers, number, None)
    audit.record("consultation.ask", request, by=by, number=number, named=len(teachers))
    keep_files(request, files, by)
    return request


@transaction.atomic
def withdraw_request(*, request: ConsultationRequest, by: Actor, reason: str = "") -> ConsultationRequest:
    """Take the request back while nothing was held, and with it what was booked for it; a repeated press changes
    nothing. The tutor who had it is told. Raises ``Conflict`` where it is too late to give a place back."""
    row = locked_with_hours(request)
    check_withdraw(by, row)
    if row.state == RequestState.WITHDRAWN:
        return row
    row = move(request_workflow, row, "withdraw", by=by, changes={"closed_why": reason.strip()})
    cancel_hours(row, reason.strip() or _("The request is taken back."), by, by_asker=True)
    tell_tutor(row, row.tutor_id, "withdrawn")
    return row


def locked_request(request: ConsultationRequest) -> ConsultationRequest:
    return ConsultationRequest.objects.select_for_update(of=("self",), no_key=True).get(pk=request.pk)


def locked_with_hours(request: ConsultationRequest) -> ConsultationRequest:
    """The same for who ends it: what is booked for it is locked first, as who books does. Raises ``Conflict``."""
    known = hours_of(request.pk)
    if known:
        hold_hours(request.pk)
    row = locked_request(request)
    if set(hours_of(row.pk)) - set(known):
        raise Conflict(_("An hour was booked for it just now: open the request again."), code="changed_meanwhile")
    return row


def promised(centre: TutorCentre, regulation: Regulation, asked: datetime, *, urgent: bool) -> datetime:
    """Until when the centre answers, by its regulation and its clock."""
    hours = rules_of(regulation).consulting.hours(urgent=urgent)
    return answer_by(asked, hours, zones.zone(centre.municipality.time_zone))


def _create(
    centre: TutorCentre,
    wish: RequestFacts,
    school: School | None,
    asked_by: int,
    teachers: Collection[Person],
    number: int,
    item: RouteItem | None,
) -> ConsultationRequest:
    now, regulation = timezone.now(), regulation_in_force(centre.pk)
    request = ConsultationRequest.objects.create(
        centre=centre,
        regulation=regulation,
        school=school,
        asked_by_id=asked_by,
        number=number,
        item=item,
        asked_at=now,
        answer_by=promised(centre, regulation, now, urgent=wish.urgent),
        **_fields(wish, number),
    )
    request.teachers.set(teachers)
    waiting.renew(request)
    return request


def _fields(wish: RequestFacts, number: int) -> dict[str, Any]:
    fields = asdict(wish)
    if number > 1 and wish.kind == RequestKind.INDIVIDUAL:
        fields["kind"] = RequestKind.GROUP
    return fields


def _same(
    rows: QuerySet[ConsultationRequest], wish: RequestFacts, teachers: Collection[Person], number: int
) -> ConsultationRequest | None:
    """The request of the same asker, not answered yet, in which nothing that was written now differs: a form sent
    twice. Whatever differs is a request of its own; the board shows the two side by side."""
    wanted = _fields(wish, number)
    topic, people = search_key(wanted.pop("topic")), {person.pk for person in teachers}
    for row in rows.filter(subject=wish.subject, number=number, state__in=UNANSWERED).prefetch_related("teachers"):
        alike = all(getattr(row, name) == value for name, value in wanted.items())
        if alike and search_key(row.topic) == topic and {person.pk for person in row.teachers.all()} == people:
            return row
    return None
