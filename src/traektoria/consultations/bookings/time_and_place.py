"""When and where a slot is, in a few words: «3 декабря, 15:00, каб. 12»."""

from datetime import datetime, tzinfo
from typing import Protocol

from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.slots.enums import SlotWay
from traektoria.consultations.slots.models import Slot
from traektoria.core.typography import ru_moment
from traektoria.messaging.lead_time import BOOKINGS, days_before
from traektoria.organisations import zones


class Begins(Protocol):
    """A slot, or what is known of it."""

    @property
    def start(self) -> datetime: ...


def place(slot: Slot) -> str:
    """Reads ``date`` with its point and room."""
    date = slot.date
    point, room = (part.name if part is not None else None for part in (date.point, date.room))
    return named_place(date.way, point, room)


def named_place(way: str, point: str | None, room: str | None) -> str:
    return _("by video") if way == SlotWay.VIDEO else ", ".join(filter(None, (point, room)))


def when(slot: Begins, zone: tzinfo | None = None) -> str:
    return ru_moment(timezone.localtime(slot.start, zone).replace(tzinfo=None))


def when_where(slot: Slot, zone: tzinfo | None = None) -> str:
    """By the clock of ``zone``, else of whoever reads."""
    return ", ".join(filter(None, (when(slot, zone), place(slot))))


def booked_words(slot: Slot) -> str:
    """What is said after a press that booked it."""
    words = {"when": when_where(slot), "before": days_before(BOOKINGS)}
    return _("Booked: %(when)s. A reminder comes %(before)s.") % words


def zone_of(slot: Slot) -> tzinfo:
    """Of the municipality of the centre. Reads ``centre.municipality``."""
    return zones.zone(slot.centre.municipality.time_zone)


def receivers(slot: Slot) -> str:
    """Who receives, by short names."""
    if slot.tutor is not None:
        return slot.tutor.short_name
    return ", ".join(one.tutor.short_name for one in slot.date.receives.all())
