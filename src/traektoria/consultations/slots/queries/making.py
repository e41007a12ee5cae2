"""What the form of a new Hour offers: places, tutors, and what is usual in the centre."""

from datetime import date, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from traektoria.consultations.points.enums import PointKind
from traektoria.consultations.points.models import ConsultationPoint
from traektoria.consultations.slots.enums import Repeat
from traektoria.organisations.enums import PeriodKind
from traektoria.organisations.models import CalendarPeriod, TutorCentre
from traektoria.organisations.regulations.consulting import ConsultingRules
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.routes.tutees.queries import tutor_names

BY_VIDEO = "video"
USUAL_TERM = timedelta(days=120)
"""How long an Hour is proposed for where the calendar of the school year is not written."""
USUAL_START, USUAL_END = time(15), time(16, 30)


def places_offered(centre_id: int) -> list[tuple[str, str]]:
    """Rooms of open points, points without rooms, and by video. Two queries."""
    points = ConsultationPoint.objects.filter(centre=centre_id, closed_on=None).prefetch_related("rooms")
    offered = []
    for point in points:
        rooms = [room for room in point.rooms.all() if room.in_use] if point.kind != PointKind.VIDEO else []
        offered += [(f"r{room.pk}", f"{point.name}, {room.name}") for room in rooms]
        if not rooms:
            offered.append((f"p{point.pk}", point.name))
    return [*offered, (BY_VIDEO, _("By video, without a point"))]


def tutors_of(actor: Actor, centre_id: int) -> dict[int, str]:
    """All of the centre for its coordinator, else the person alone. One query."""
    names = tutor_names([centre_id])
    if actor.has(centre_id, Role.COORDINATOR):
        return names
    return {pk: name for pk, name in names.items() if pk == actor.person_id}


def usual(centre: TutorCentre, rules: ConsultingRules, today: date) -> dict[str, Any]:
    """What stands in the form at first: from next week to the end of the school year. One query."""
    first = today + timedelta(days=7)
    year = CalendarPeriod.objects.filter(
        centre=centre, school=None, kind=PeriodKind.YEAR, start__lte=first, end__gte=first
    ).first()
    last = year.end if year else first + USUAL_TERM
    return {
        "first_day": first, "start": USUAL_START, "end": USUAL_END, "repeat": Repeat.WEEKLY, "last_day": last,
        "slot_minutes": rules.slot_minutes, "break_minutes": 0, "places": 1,
    }  # fmt: skip
