"""Slots are made for the window of the regulation: when an Hour is saved, and each day for the days that came near."""

from collections.abc import Sequence
from datetime import date as Day
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from traektoria.consultations.slots.enums import DateState, SlotState
from traektoria.consultations.slots.models import HelpDate, HelpHour, Slot
from traektoria.consultations.slots.queries.rules import rules_of
from traektoria.consultations.slots.registries import slot_users
from traektoria.engines.recurrence import meetings
from traektoria.organisations import zones
from traektoria.organisations.regulations.consultation_rules import ConsultingRules

A_DAY = timedelta(days=1)
"""By which clocks of places differ at most."""


def window_end(rules: ConsultingRules, now: datetime) -> datetime:
    """A day more than is booked today, so that tomorrow's slots are there before the daily task has come."""
    return now + timedelta(days=rules.window_days + 1)


def open_dates(hour: HelpHour, *, rules: ConsultingRules, now: datetime) -> int:
    """Make the slots of the coming dates in the window that have none yet; how many. Under the lock of the Hour. Side
    effect: who waits is offered them (``slot_users``)."""
    dates = hour.dates.filter(state=DateState.STANDING, opened_at=None, end__gt=now, start__lt=window_end(rules, now))
    found = list(dates.select_for_update(of=("self",), no_key=True).prefetch_related("receives").order_by("pk"))
    slots = Slot.objects.bulk_create([slot for date in found for slot in _slots(hour, date)])
    HelpDate.objects.filter(pk__in=[date.pk for date in found]).update(opened_at=now)
    tell_opened(slots, now)
    return len(found)


def tell_opened(slots: Sequence[Slot], now: datetime) -> None:
    """Slots that can be booked now, new or again: of one Hour, the earliest first."""
    for user in slot_users if slots else ():
        user.opened(sorted(slots, key=lambda one: (one.start, one.pk)), now)


def offer_days(tutor: int, first: Day, last: Day, now: datetime) -> None:
    """The tutor receives on these days after all: what is free of them is offered to who waits. Slots by number."""
    rows = Slot.objects.select_for_update(of=("self",), no_key=True).select_related("date__hour")
    around = rows.filter(
        tutor=tutor, state=SlotState.OPEN, start__gt=now, start__date__gte=first - A_DAY, start__date__lte=last + A_DAY
    )
    by_centre: dict[int, list[Slot]] = {}
    for slot in around.order_by("pk"):
        if first <= timezone.localdate(slot.start, zones.zone(slot.date.hour.zone)) <= last:
            by_centre.setdefault(slot.centre_id, []).append(slot)
    for centre in sorted(by_centre):
        tell_opened(by_centre[centre], now)


def _slots(hour: HelpHour, date: HelpDate) -> Sequence[Slot]:
    """Of each tutor who receives alone, or of all of them together."""
    tutors: list[int | None] = [one.tutor_id for one in date.receives.all()]
    if hour.together and len(tutors) > 1:
        tutors = [None]
    return [
        Slot(date=date, centre_id=date.centre_id, tutor_id=tutor, start=one.start, end=one.end, places=date.places)
        for one in meetings(date.interval, hour.slot_minutes, hour.break_minutes)
        for tutor in tutors
    ]


def open_windows(now: datetime | None = None) -> int:
    """The daily task: dates of all centres that have come into the window; how many. Doing it again does nothing."""
    moment = now or timezone.now()
    waiting = HelpDate.objects.filter(state=DateState.STANDING, opened_at=None, end__gt=moment)
    centres = waiting.order_by().values_list("centre_id", flat=True).distinct()
    return sum(_open_centre(centre, moment) for centre in list(centres))


def _open_centre(centre: int, now: datetime) -> int:
    rules = rules_of(centre)
    near = HelpDate.objects.filter(
        centre=centre, state=DateState.STANDING, opened_at=None, end__gt=now, start__lt=window_end(rules, now)
    )
    opened = 0
    for pk in sorted(set(near.values_list("hour_id", flat=True))):
        with transaction.atomic():
            hour = HelpHour.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
            opened += open_dates(hour, rules=rules, now=now)
    return opened
