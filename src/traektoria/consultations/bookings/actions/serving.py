"""A request for a consultation is answered by the booking that was made for it."""

from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.bookings.permissions import keeps
from traektoria.consultations.requests.actions.asking import locked_request
from traektoria.consultations.requests.enums import OPEN
from traektoria.consultations.requests.letters import tell_tutor
from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.consultations.requests.permissions import can_answer, can_coordinate, can_withdraw
from traektoria.consultations.requests.workflow import request_workflow
from traektoria.consultations.slots.models import Slot
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.typography import ru_moment
from traektoria.core.workflow import move
from traektoria.people.actor import Actor


def check_serves(request: ConsultationRequest, slot: Slot, by: Actor) -> None:
    """An open request of the centre, of who answers it, asked it, or coordinates; with a tutor of the slot."""
    if request.centre_id != slot.centre_id:
        raise Invalid(_("The hour and the request are of one centre."), code="another_centre")
    if request.state not in OPEN:
        raise Conflict(_("This request is closed: book without it."), code="closed")
    mine = can_answer(by, request) and keeps(by, slot)
    if not (mine or can_coordinate(by, request) or can_withdraw(by, request)):
        raise Refused(_("This request is somebody else's."), code="not_yours")


def answer_request(request: ConsultationRequest, slot: Slot, by: Actor) -> ConsultationRequest:
    """The tutor of the slot has it, and the time is the answer; who asked has a letter of the booking itself.

    Called in the transaction that books, under the lock of the slot."""
    row = locked_request(request)
    check_serves(row, slot, by)
    tutor, now = slot.tutor_id or row.tutor_id, timezone.now()
    if tutor is None:
        tutor = slot.date.receives.order_by("pk").values_list("tutor_id", flat=True)[0]
    before = row.tutor_id
    named = {"answered_at": now} if row.answered_at is None else {"renamed_at": now}
    changes = {"tutor_id": tutor, "answer": _("Booked: %(when)s") % {"when": ru_moment(slot.start)}, **named}
    row = move(request_workflow, row, "book", by=by, changes=changes)
    if before != tutor:
        tell_tutor(row, before, "recalled")
    return row
