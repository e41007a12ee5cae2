"""Places that are free though somebody waits: a tutor takes teachers again, is back, a place was left over. Whatever
made them free, the task finds them and offers them."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, F, Max, Min, Q
from django.utils import timezone

from traektoria.consultations.bookings.actions.offering import offer_if_somebody
from traektoria.consultations.bookings.enums import LIVE, WishState
from traektoria.consultations.bookings.models import WaitingWish
from traektoria.consultations.bookings.queries.waiting import those_who_wait
from traektoria.consultations.slots.enums import SlotState
from traektoria.consultations.slots.locks import locked_slot
from traektoria.consultations.slots.models import Slot
from traektoria.consultations.slots.queries.rules import rules_of

A_DAY = timedelta(days=1)
"""By which clocks of places differ at most."""


def offer_what_is_free(now: datetime | None = None) -> int:
    """The task: how many places were offered. Nothing is written of slots for which nobody can be asked, so that it may
    come as often as it likes."""
    moment = now or timezone.now()
    waiting = WaitingWish.objects.filter(state=WishState.WAITS, last_day__gte=timezone.localdate(moment - A_DAY))
    days = waiting.order_by().values("centre").annotate(first=Min("first_day"), last=Max("last_day"))
    rows = list(days.values_list("centre", "first", "last"))
    found = [slot for centre, first, last in rows for slot in _wanted(centre, first, last, moment)]
    return sum(_offer(slot, moment) for slot in found)


def _wanted(centre: int, first: date, last: date, now: datetime) -> list[int]:
    """Open slots with places in these days for which somebody waits, the earliest first. Two queries."""
    rules = rules_of(centre)
    if not rules.waiting_list:
        return []
    rows = Slot.objects.filter(
        centre=centre, state=SlotState.OPEN, start__gt=now + timedelta(hours=rules.notice_hours),
        start__lte=now + timedelta(days=rules.window_days), start__date__gte=first - A_DAY,
        start__date__lte=last + A_DAY,
    )  # fmt: skip
    live = Count("bookings", filter=Q(bookings__state__in=LIVE))
    free = rows.annotate(taken=live).filter(taken__lt=F("places")).select_related("date__hour")
    slots = list(free.order_by("start", "pk"))
    waiting = those_who_wait(centre, slots)
    return [slot.pk for slot in slots if waiting.get(slot.pk)]


@transaction.atomic
def _offer(pk: int, now: datetime) -> int:
    return len(offer_if_somebody(locked_slot(pk), now))
