"""What bookings tell the requests: hours that are booked for one, and that they end with it."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from traektoria.consultations.bookings.actions.cancelling import cancel_with_request
from traektoria.consultations.bookings.enums import COMING, BookingState
from traektoria.consultations.bookings.letters import tell_tutors
from traektoria.consultations.bookings.models import Booking
from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.consultations.requests.registries import RequestUser, request_users
from traektoria.consultations.slots.locks import locked_slot
from traektoria.core.prepared_statements import Given, prepared
from traektoria.people.actor import Actor


def standing(request_id: int) -> list[tuple[int, datetime]]:
    """One query."""
    return list(_standing().all(request=request_id, now=timezone.now()))


@prepared
def _standing() -> QuerySet[Booking, tuple[int, datetime]]:
    rows = Booking.objects.filter(request=Given("request"), state__in=COMING, slot__start__gt=Given("now"))
    return rows.order_by("slot__start", "pk").values_list("pk", "slot__start")


def hold(request_id: int) -> None:
    """The slots by number, as who books locks them."""
    for slot in sorted(set(_coming(request_id).values_list("slot_id", flat=True))):
        locked_slot(slot)


def off(request: ConsultationRequest, why: str, by: Actor, by_asker: bool) -> set[int]:
    """The tutor of the request is told of its end; of somebody else's hour, who gives it."""
    rows = list(_coming(request.pk).select_for_update(of=("self",), no_key=True).order_by("pk"))
    state = BookingState.OFF_BY_ASKER if by_asker else BookingState.OFF_BY_US
    for row in rows:
        row.slot = locked_slot(row.slot_id)
        cancel_with_request(row, row.slot, state, why, by, timezone.now())
        if row.slot.tutor_id != request.tutor_id:
            tell_tutors(row, state, besides=by)
    return {row.person_id for row in rows}


def _coming(request_id: int) -> QuerySet[Booking]:
    return Booking.objects.filter(request=request_id, state__in=COMING, slot__start__gt=timezone.now())


request_users.add(RequestUser("consultations.bookings", 10, standing, hold, off))
