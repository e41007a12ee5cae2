"""In which order acts on Hours and slots wait for each other: people, school, point, room, Hour, dates, slots,
bookings; of each by number. Where rows can't be locked (SQLite has one writer) nothing is asked."""

from collections.abc import Collection
from typing import Final

from django.db import connection

from traektoria.consultations.points.models import ConsultationPoint, PointRoom
from traektoria.consultations.slots.models import HelpDate, HelpHour, Slot
from traektoria.core.joined_rows import Joined
from traektoria.organisations.models import School
from traektoria.people.models import Person

_PEOPLE: Final = Joined(Person)
_SLOT: Final = Joined(Slot, "date__hour", "centre__municipality")
_SLOT_ALONE: Final = Joined(Slot)
_KEPT: Final = ("date", "centre", "tutor")


def lock_people(tutors: Collection[int]) -> None:
    """Whoever gives one of these a time waits for the other."""
    if connection.features.has_select_for_update:
        _PEOPLE.among("t.id", tutors, order="t.id", lock=True)


def lock_school(school: int) -> None:
    """Whoever books for the school waits for the other, so that its limit is kept."""
    School.objects.select_for_update(no_key=True).only("pk").get(pk=school)


def lock_point(point: int | None) -> None:
    """A point is not closed meanwhile."""
    if point is not None:
        ConsultationPoint.objects.select_for_update(of=("self",), no_key=True).get(pk=point)


def lock_room(room: int | None) -> None:
    if room is not None:
        PointRoom.objects.select_for_update(no_key=True).get(pk=room)


def locked_hour(pk: int) -> HelpHour:
    return (
        HelpHour.objects.select_for_update(of=("self",), no_key=True).select_related("centre__municipality").get(pk=pk)
    )


def locked_date(pk: int) -> HelpDate:
    rows = HelpDate.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("hour", "centre__municipality").get(pk=pk)


def locked_slot(pk: int) -> Slot:
    """For who takes or gives back a place: nobody else does, and its date neither drops nor moves meanwhile."""
    return _SLOT.get(pk, lock=True)


def lock_slot(slot: Slot) -> Slot:
    """The same of a slot that was read with its date and centre a moment ago: only its own columns are read anew, in
    which everything stands that an act on its date changes of it."""
    row = _SLOT_ALONE.get(slot.pk, lock=True)
    for name in _KEPT:
        if name in slot._state.fields_cache and getattr(slot, f"{name}_id") == getattr(row, f"{name}_id"):
            row._state.fields_cache[name] = slot._state.fields_cache[name]
    return row


def locked_slots(date: HelpDate) -> list[Slot]:
    return list(Slot.objects.select_for_update(of=("self",), no_key=True).filter(date=date).order_by("pk"))
