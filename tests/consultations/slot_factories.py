"""Points, Hours of methodical help and their slots, for tests of the room: every Hour begins next Monday at 15:00."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.consultations.models import ConsultationPoint, HelpDate, HelpHour, PointRoom, PointTutor, Slot
from traektoria.consultations.slots.actions.making import Made, make_hour
from traektoria.consultations.slots.wanted_hour import WantedHour


def point(world: World, *tutors: str, **fields: Any) -> ConsultationPoint:
    """Published, at the school of the world, with one room."""
    name = fields.pop("name", f"Пункт {ConsultationPoint.objects.count() + 1}")
    facts = {"centre": world.own, "kind": "school", "school": world.school, "published": True, **fields}
    made = ConsultationPoint.objects.create(name=name, **facts)
    PointRoom.objects.create(point=made, name="кабинет 12")
    PointTutor.objects.bulk_create([PointTutor(point=made, person=person(world, one)) for one in tutors or ("tutor",)])
    return made


def monday(weeks: int = 1) -> date:
    """Of a week to come: next Monday, or later ones."""
    today = timezone.localdate()
    return today + timedelta(days=7 * weeks - today.weekday())


def wanted(world: World, *tutors: str, **fields: Any) -> WantedHour:
    """By video, from 15:00 to 16:30, four weeks, three meetings of half an hour for one teacher."""
    first = fields.pop("first_day", monday())
    facts = {
        "centre": world.own, "way": "video", "tutors": tuple(person(world, one).pk for one in tutors or ("tutor",)),
        "repeat": "weekly", "first_day": first, "last_day": first + timedelta(days=21), "start": time(15),
        "end": time(16, 30), "slot_minutes": 30, **fields,
    }  # fmt: skip
    return WantedHour(**facts)


def made(world: World, *tutors: str, by: str = "coordinator", **fields: Any) -> Made:
    """For all of its days that are possible."""
    wish = wanted(world, *tutors, **fields)
    return make_hour(wanted=wish, days=[day for day, _interval in wish.dates], by=actor(world, by))


def help_hour(world: World, *tutors: str, **fields: Any) -> HelpHour:
    return made(world, *tutors, **fields).hour


def first_date(hour: HelpHour) -> HelpDate:
    return hour.dates.filter(state="standing").order_by("start")[0]


def first_slot(hour: HelpHour) -> Slot:
    return Slot.objects.filter(date__hour=hour, state="open").order_by("start", "pk")[0]


def at(day: date, clock: time) -> datetime:
    """The moment by the clock of the centre."""
    return timezone.make_aware(datetime.combine(day, clock))
