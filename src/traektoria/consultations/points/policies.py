"""What a point can be, and when it can be closed."""

from collections.abc import Collection
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from traektoria.consultations.points.enums import PointKind
from traektoria.consultations.points.models import ConsultationPoint
from traektoria.core.errors import Conflict, Invalid
from traektoria.organisations import zones
from traektoria.organisations.models import School, TutorCentre
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment

MOST_ROOMS, LONGEST_ROOM = 12, 60


def is_open_on(point: ConsultationPoint, day: date) -> bool:
    """What closes on a later day still receives."""
    return point.closed_on is None or day < point.closed_on


def check_school(kind: str, school: School | None, centre: TutorCentre) -> None:
    """A point at a school names one that the centre serves."""
    if kind != PointKind.SCHOOL:
        return
    if school is None:
        raise Invalid(_("Choose the school where the point is."), code="no_school")
    if not centre.schools().filter(pk=school.pk).exists():
        raise Invalid(_("This school is not of the centre."), code="another_centre")


def check_name(name: str, centre_id: int, without: int = 0) -> None:
    if ConsultationPoint.objects.filter(centre=centre_id, name=name).exclude(pk=without).exists():
        raise Invalid(_("There is a point with this name already: open it, or choose another name."), code="name_taken")


def check_receivers(tutors: Collection[int], centre_id: int, known: Collection[int] = ()) -> None:
    """Tutors of the centre, or who receives there already."""
    new = set(tutors) - set(known)
    held = RoleAssignment.objects.filter(person__in=new, role=Role.TUTOR, centre=centre_id).values("person").distinct()
    if held.count() != len(new):
        raise Invalid(_("Somebody of these is no tutor of the centre now."), code="not_a_tutor")


def check_rooms(rooms: Collection[str]) -> None:
    if len(rooms) > MOST_ROOMS or any(len(room) > LONGEST_ROOM for room in rooms):
        raise Invalid(_("At most %(most)s rooms, each in a few words.") % {"most": MOST_ROOMS}, code="rooms")


def check_closable(point: ConsultationPoint, on: date) -> None:
    """No date stands at it from that day on, by the clock of the place: those are dropped or moved first, or somebody
    comes to a closed door."""
    midnight = datetime.combine(on, time(), zones.zone(point.centre.municipality.time_zone))
    if point.dates.filter(state="standing", start__gte=midnight).exists():
        text = _("There are dates of Hours at this point from that day on: drop or move them first.")
        raise Conflict(text, code="has_dates")
