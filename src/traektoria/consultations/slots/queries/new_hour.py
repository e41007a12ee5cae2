"""What the form of a new Hour offers: places, tutors, and what is usual in the centre."""

from datetime import date, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from traektoria.consultations.points.models import ConsultationPoint, PointRoom
from traektoria.consultations.slots.enums import HourRepeat
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.engines.deadlines.calendar import PeriodKind
from traektoria.organisations.models import CalendarPeriod, TutorCentre
from traektoria.organisations.regulations.consultation_rules import ConsultingRules
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.routes.tutees.queries import tutor_names

BY_VIDEO = "video"
USUAL_TERM = timedelta(days=120)
"""How long an Hour is proposed for where the calendar of the school year is not written."""
USUAL_START, USUAL_END = time(15), time(16, 30)


def places_offered(centre_id: int) -> list[tuple[str, str]]:
    """Rooms of open points, points without rooms, and by video. Two queries."""
    points = _points().all(centre=centre_id)
    rooms: dict[int, list[tuple[str, str]]] = {}
    for pk, point, room, name in _rooms().all(points=[pk for pk, _name in points]) if points else ():
        rooms.setdefault(point, []).append((f"r{pk}", f"{room}, {name}"))
    offered = [one for pk, name in points for one in rooms.get(pk, [(f"p{pk}", name)])]
    return [*offered, (BY_VIDEO, _("By video, without a point"))]


@prepared
def _points() -> QuerySet[ConsultationPoint, Any]:
    rows = ConsultationPoint.objects.filter(centre=Given("centre"), closed_on=None)
    return rows.order_by("name", "pk").values_list("pk", "name")


@prepared
def _rooms() -> QuerySet[PointRoom, Any]:
    rows = PointRoom.objects.filter(point__in=Numbers("points"), in_use=True).order_by("pk")
    return rows.values_list("pk", "point", "point__name", "name")


@prepared
def _years() -> QuerySet[CalendarPeriod, Any]:
    rows = CalendarPeriod.objects.filter(centre=Given("centre"), school=None, kind=PeriodKind.YEAR)
    return rows.filter(start__lte=Given("day"), end__gte=Given("day")).order_by("start").values_list("end")


def tutors_of(actor: Actor, centre_id: int) -> dict[int, str]:
    """All of the centre for its coordinator, else the person alone. One query."""
    names = tutor_names([centre_id])
    if actor.has(centre_id, Role.COORDINATOR):
        return names
    return {pk: name for pk, name in names.items() if pk == actor.person_id}


def usual(centre: TutorCentre, rules: ConsultingRules, today: date) -> dict[str, Any]:
    """What stands in the form at first: from next week to the end of the school year. One query."""
    first = today + timedelta(days=7)
    year = _years().first(centre=centre.pk, day=first)
    last = year[0] if year else first + USUAL_TERM
    return {
        "first_day": first, "start": USUAL_START, "end": USUAL_END, "repeat": HourRepeat.WEEKLY, "last_day": last,
        "slot_minutes": rules.slot_minutes, "break_minutes": 0, "places": 1,
    }  # fmt: skip
