"""Who is no teacher of the centre any longer has no coming bookings there, and waits for none."""

from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.bookings.actions.cancelling import let_go
from traektoria.consultations.bookings.enums import COMING, WishState
from traektoria.consultations.bookings.models import Booking, WaitingWish
from traektoria.consultations.bookings.queries.commitments import teaching
from traektoria.consultations.slots.locks import lock_people
from traektoria.people.actor import Actor


def settle_person(person_id: int, by: Actor | None) -> None:
    """After the person lost a role or left a school (registered as ``Farewell``). Slots by number, as everybody locks
    them."""
    WaitingWish.objects.filter(pk__in=_gone(person_id)).update(state=WishState.LEFT)
    lock_people([person_id])
    now = timezone.now()
    coming = list(
        Booking.objects.filter(person=person_id, state__in=COMING, slot__start__gt=now)
        .select_related("slot")
        .order_by("slot_id", "pk")
    )
    teaches = {slot: bool(teaching([person_id], slot)) for slot in {row.slot.centre_id for row in coming}}
    for row in coming:
        if not teaches[row.slot.centre_id]:
            let_go(row, _("Is no teacher of the centre any longer."), by, now)


def _gone(person_id: int) -> list[int]:
    rows = WaitingWish.objects.filter(person=person_id, state=WishState.WAITS).values_list("pk", "centre_id")
    return [pk for pk, centre in rows if not teaching([person_id], centre)]
