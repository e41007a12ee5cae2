"""In which order acts on Hours and slots wait for each other: tutors, point, room, Hour, date, slots, bookings."""

from collections.abc import Collection

from traektoria.consultations.points.models import ConsultationPoint, PointRoom
from traektoria.consultations.slots.models import HelpDate, HelpHour, Slot
from traektoria.people.models import Person


def lock_people(tutors: Collection[int]) -> None:
    """Whoever gives one of these tutors a time waits for the other."""
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=tutors).order_by("pk").values_list("pk"))


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
    rows = Slot.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("date__hour", "centre__municipality").get(pk=pk)


def locked_slots(date: HelpDate) -> list[Slot]:
    return list(Slot.objects.select_for_update(of=("self",), no_key=True).filter(date=date).order_by("pk"))
