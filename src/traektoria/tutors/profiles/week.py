"""Words of the room that several layers say: days of the week and hours."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from traektoria.tutors.profiles.policies import WeeklySlot

WEEKDAYS: tuple[Any, ...] = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)


def slot_in_words(slot: WeeklySlot) -> str:
    """«Понедельник, 15:00–17:00»"""
    return f"{WEEKDAYS[slot.weekday]}, {slot.start}–{slot.end}"
