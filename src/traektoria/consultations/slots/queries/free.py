"""Slots that can be booked: by subject, point, tutor and way."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from traektoria.consultations.slots.enums import SlotState
from traektoria.consultations.slots.models import HelpHour, Slot
from traektoria.consultations.slots.queries.rules import rules_of
from traektoria.organisations.regulations.consulting import ConsultingRules


def free_slots(
    centre_id: int,
    *,
    now: datetime,
    rules: ConsultingRules | None = None,
    subject: str = "",
    point: int = 0,
    tutor: int = 0,
    way: str = "",
) -> QuerySet[Slot]:
    """Open slots of the window, the earliest first. How many of their places are taken, ``registries.taken_places``."""
    said = rules or rules_of(centre_id)
    soonest, latest = now + timedelta(hours=said.notice_hours), now + timedelta(days=said.window_days)
    rows = Slot.objects.filter(centre=centre_id, state=SlotState.OPEN, start__gte=soonest, start__lte=latest)
    if point:
        rows = rows.filter(date__point=point)
    if way:
        rows = rows.filter(date__way=way)
    if tutor:
        rows = rows.filter(Q(tutor=tutor) | Q(tutor=None, date__receives__tutor=tutor))
    if subject:
        rows = rows.filter(date__hour__in=hours_of_subject(centre_id, subject))
    return rows.select_related("date__hour", "date__point", "date__room", "tutor").order_by("start", "pk")


def hours_of_subject(centre_id: int, subject: str) -> list[int]:
    """Hours of the subject, and those of any: JSON is looked into here, for SQLite has no ``contains`` for it."""
    rows = HelpHour.objects.filter(centre=centre_id).values_list("pk", "subjects")
    return [pk for pk, subjects in rows if not subjects or subject in subjects]
