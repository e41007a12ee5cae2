"""A request for a consultation is answered by the booking that was made for it, and follows what becomes of it."""

from collections.abc import Collection
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.bookings.enums import COMING, BookingState
from traektoria.consultations.bookings.models import Booking
from traektoria.consultations.bookings.permissions import keeps
from traektoria.consultations.requests.actions.answering import UNANSWERED_YET
from traektoria.consultations.requests.actions.requests import locked_request, promised
from traektoria.consultations.requests.enums import OPEN, UNANSWERED, RequestState
from traektoria.consultations.requests.letters import tell_asker, tell_tutor
from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.consultations.requests.permissions import can_answer, can_coordinate, can_withdraw
from traektoria.consultations.requests.workflow import request_workflow
from traektoria.consultations.slots.models import Slot
from traektoria.consultations.slots.policies import is_there
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.typography import ru_moment
from traektoria.core.workflow import move
from traektoria.organisations import zones
from traektoria.people.actor import Actor
from traektoria.tutors.statuses.queries import may_take_teachers

BY_THEM = (BookingState.OFF_BY_ASKER, BookingState.MISSED)
"""The hour did not take place because of who was booked: a new answer is promised from then on."""


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
    """The tutor of the slot has it, and the time is the answer; of several that are booked for it, the nearest. Who
    asked has a letter of the booking itself.

    Called in the transaction that books, under the lock of the slot."""
    row = locked_request(request)
    check_serves(row, slot, by)
    before, nearest = row.tutor_id, _nearest(row)
    changes = _answer(row, nearest.slot if nearest else slot)
    row = move(request_workflow, row, "book", by=by, changes=changes)
    if before != row.tutor_id:
        tell_tutor(row, before, "elsewhere")
    return row


def _answer(row: ConsultationRequest, slot: Slot) -> dict[str, Any]:
    """Who gives the slot, and when."""
    now = timezone.now()
    named = {"answered_at": now} if row.answered_at is None else {"renamed_at": now}
    return {"tutor_id": _tutor(row, slot), "answer": _words(slot), **named}


def _tutor(row: ConsultationRequest, slot: Slot) -> int:
    """Of several who receive together it stays with its own."""
    if slot.tutor_id is not None:
        return slot.tutor_id
    there = list(slot.date.receives.order_by("pk").values_list("tutor_id", flat=True))
    return row.tutor_id if row.tutor_id in there else there[0]


def _words(slot: Slot) -> str:
    zone = zones.zone(slot.centre.municipality.time_zone)
    return _("Booked: %(when)s") % {"when": ru_moment(timezone.localtime(slot.start, zone).replace(tzinfo=None))}


def follow_bookings(rows: Collection[Booking], by: Actor | None, *, told: bool = True) -> None:
    """What was booked was moved, given to another tutor or does not take place: the requests say so too. Called in the
    transaction of the change, under the locks of the slots, after it is written and (``told``) its people know."""
    served: dict[int, list[Booking]] = {}
    for row in rows:
        if row.request_id is not None:
            served.setdefault(row.request_id, []).append(row)
    for pk in sorted(served):
        people = {row.person_id for row in served[pk]} if told else set[int]()
        _follow(locked_request(ConsultationRequest(pk=pk)), served[pk], people, by)


def _follow(
    request: ConsultationRequest, changed: Collection[Booking], told: Collection[int], by: Actor | None
) -> None:
    if request.state in UNANSWERED:
        _find_again(request, [row for row in changed if row.state == BookingState.CAME], told, by)
    elif request.state == RequestState.TAKEN:
        nearest = _nearest(request)
        if nearest is not None:
            _rename(request, nearest.slot, told, by)
        elif not Booking.objects.filter(request=request, state=BookingState.CAME).exists():
            _lose(request, list(changed), told, by)


def _nearest(request: ConsultationRequest) -> Booking | None:
    """Of what is booked for it and still to come."""
    rows = Booking.objects.filter(request=request, state__in=COMING)
    return rows.select_related("slot__date", "slot__centre__municipality").order_by("slot__start", "pk").first()


def _find_again(request: ConsultationRequest, came: list[Booking], told: Collection[int], by: Actor | None) -> None:
    """They came after all, it is said: the hour was the answer. What another tutor has meanwhile stays theirs."""
    if not came:
        return
    changes = _answer(request, came[0].slot)
    if request.tutor_id in (None, changes["tutor_id"]):
        tell_asker(move(request_workflow, request, "book", by=by, changes=changes), besides=told)


def _rename(request: ConsultationRequest, slot: Slot, told: Collection[int], by: Actor | None) -> None:
    changes, before = _answer(request, slot), request.tutor_id
    if (changes["tutor_id"], changes["answer"]) == (before, request.answer):
        return
    step, facts = "follow", {}
    if changes["tutor_id"] != before:
        step, facts = "substitute", {"tutor": before, "other": changes["tutor_id"]}
    tell_asker(move(request_workflow, request, step, by=by, changes=changes, facts=facts), besides=told)


def _lose(request: ConsultationRequest, changed: list[Booking], told: Collection[int], by: Actor | None) -> None:
    """It is the turn of its tutor again; of who is no tutor now or away on that day, the coordinator's. What the centre
    promised stays, unless the hour was lost by who had asked for it."""
    changes: dict[str, Any] = dict(UNANSWERED_YET)
    if all(row.state in BY_THEM for row in changed):
        changes["answer_by"] = promised(request.centre, request.regulation, timezone.now(), urgent=request.urgent)
    there = _is_there(request, changed[0].slot)
    if not there:
        changes["tutor_id"] = None
    lost = move(request_workflow, request, "unbook" if there else "free", by=by, changes=changes)
    tell_asker(lost, besides=told)


def _is_there(request: ConsultationRequest, slot: Slot) -> bool:
    tutor, zone = request.tutor_id or 0, zones.zone(slot.centre.municipality.time_zone)
    return tutor in may_take_teachers([tutor], request.centre_id) and is_there([tutor], slot.start, zone)
