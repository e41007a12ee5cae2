"""The coordinator gives a request to a tutor or declines it; the tutor answers, returns it, holds the consultation."""

from types import MappingProxyType
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.requests.actions.requests import locked_request, locked_with_hours
from traektoria.consultations.requests.enums import RequestState
from traektoria.consultations.requests.letters import REOPENED, tell_asker, tell_tutor
from traektoria.consultations.requests.models import ConsultationRequest, ReturnedRequest
from traektoria.consultations.requests.permissions import check_answer, check_coordinate
from traektoria.consultations.requests.policies import check_reason, check_tutor
from traektoria.consultations.requests.registries import cancel_hours, hours_of
from traektoria.consultations.requests.workflow import request_workflow
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.workflow import move
from traektoria.people.actor import Actor, acting
from traektoria.people.models import Person
from traektoria.tutors.statuses.locks import hold_tutor

UNANSWERED_YET: Final = MappingProxyType({"answer": "", "answered_at": None, "renamed_at": None})
"""What of a request goes with its tutor."""


@transaction.atomic
def assign_request(*, request: ConsultationRequest, tutor: Person, by: Actor) -> ConsultationRequest:
    """Give the request to a tutor, who is told. Pressed again for the same tutor it changes nothing; who comes second
    with another tutor gets a ``Conflict``."""
    hold_tutor(tutor.pk, request.centre_id)
    row = locked_request(request)
    check_coordinate(by, row)
    if (row.state, row.tutor_id) == (RequestState.ASSIGNED, tutor.pk):
        return row
    request_workflow.check(row, request_workflow.step("assign"), by)
    check_tutor(row, tutor.pk)
    row = move(request_workflow, row, "assign", by=by, changes={"tutor_id": tutor.pk})
    tell_tutor(row, tutor.pk, "assigned")
    return row


@transaction.atomic
def recall_request(*, request: ConsultationRequest, by: Actor) -> ConsultationRequest:
    """Take the request back from the tutor, who is told; so is the asker, if there was an answer. Hours that were
    booked for it are cancelled by the centre."""
    row = locked_with_hours(request)
    check_coordinate(by, row)
    if row.state == RequestState.ASKED:
        return row
    tutor = row.tutor_id
    row = free_request(row, "recall", by)
    tell_tutor(row, tutor, "recalled")
    return row


def free_request(row: ConsultationRequest, name: str, by: Actor | None) -> ConsultationRequest:
    """The locked request has no tutor any longer, by the transition ``name``; what the tutor had answered no longer
    holds, nor does what was booked for it (by a person: ``locked_with_hours``). Who asked is told once."""
    answered = row.state == RequestState.TAKEN
    row = move(request_workflow, row, name, by=by, changes={"tutor_id": None, **UNANSWERED_YET})
    told = cancel_hours(row, _("The coordinator looks for another tutor."), by) if by else set()
    if answered:
        tell_asker(row, besides=told)
    return row


@transaction.atomic
def take_request(*, request: ConsultationRequest, answer: str, by: Actor) -> ConsultationRequest:
    """The tutor takes it and says when and where, or another time instead; the asker is told. The promise is kept by
    the first answer, whose moment stays."""
    row = locked_request(request)
    check_answer(by, row)
    if row.state == RequestState.TAKEN and row.answer == answer.strip():
        return row
    if not answer.strip():
        raise Invalid(_("Say when and where, or how you agree on it."), code="answer_needed")
    if hours_of(row.pk):
        raise Conflict(_("An hour is booked for this request: move the booking instead."), code="booked")
    now = timezone.now()
    named = {"answered_at": now} if row.answered_at is None else {"renamed_at": now}
    row = move(request_workflow, row, "take", by=by, changes={"answer": answer.strip(), **named})
    tell_asker(row)
    return row


@transaction.atomic
def return_request(*, request: ConsultationRequest, reason: str, by: Actor) -> ConsultationRequest:
    """The tutor gives it back with a reason; the promise to the asker stays what it was. If there was an answer, the
    asker is told that it no longer holds; hours that were booked for it are cancelled by the centre."""
    row = locked_with_hours(request)
    check_answer(by, row)
    request_workflow.check(row, request_workflow.step("return"), by)
    why = check_reason(reason)
    ReturnedRequest.objects.create(request=row, tutor_id=acting(by), reason=why)
    return free_request(row, "return", by)


@transaction.atomic
def hold_request(*, request: ConsultationRequest, by: Actor, hour: bool = False) -> ConsultationRequest:
    """The consultation was held: the request is closed. A repeated press changes nothing. By an ``hour`` that was
    written down, whatever else is booked for it; without one not before the hours that are."""
    row = locked_request(request)
    check_answer(by, row)
    if row.state == RequestState.HELD:
        return row
    if not hour and hours_of(row.pk):
        text = _("An hour is booked for this request and has not begun: write it down afterwards, or cancel it first.")
        raise Conflict(text, code="booked")
    return move(request_workflow, row, "hold", by=by, changes={"answered_at": row.answered_at or timezone.now()})


@transaction.atomic
def reopen_request(*, request: ConsultationRequest, by: Actor) -> ConsultationRequest:
    """The hour that met it was withdrawn: the tutor holds it after all; the asker is told. Of one that was not held,
    or is another tutor's, nothing changes."""
    row = locked_request(request)
    if not request_workflow.can(row, "reopen", by):
        return row
    row = move(request_workflow, row, "reopen", by=by)
    tell_asker(row, REOPENED)
    return row


@transaction.atomic
def decline_request(*, request: ConsultationRequest, reason: str, by: Actor) -> ConsultationRequest:
    """The centre says no, with a reason that the asker reads; a tutor who had it is told. Hours that were booked for it
    are cancelled. A repeated press changes nothing."""
    row = locked_with_hours(request)
    check_coordinate(by, row)
    if row.state == RequestState.DECLINED:
        return row
    why = check_reason(reason)
    changes = {"closed_why": why, "answered_at": row.answered_at or timezone.now()}
    row = move(request_workflow, row, "decline", by=by, changes=changes)
    tell_asker(row, besides=cancel_hours(row, _("The request is declined: %(why)s") % {"why": why}, by))
    tell_tutor(row, row.tutor_id, "declined")
    return row
