"""What narrows the list of free hours: Hours of a subject, points of the centre."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from traektoria.consultations.points.models import ConsultationPoint
from traektoria.consultations.slots.models import HelpHour
from traektoria.core.prepared_statements import Given, prepared


def hours_of_subject(centre_id: int, subject: str) -> list[int]:
    """Hours of the subject, and those of any: JSON is looked into here, for SQLite has no ``contains`` for it."""
    rows = HelpHour.objects.filter(centre=centre_id).values_list("pk", "subjects")
    return [pk for pk, subjects in rows if not subjects or subject in subjects]


def points_offered(centre_id: int) -> list[tuple[int, str]]:
    """Points that the centre reads of and that are not closed yet, for the choice. One query."""
    return list(_points().all(centre=centre_id, today=timezone.localdate()))


@prepared
def _points() -> QuerySet[ConsultationPoint, Any]:
    open_now = Q(closed_on=None) | Q(closed_on__gt=Given("today"))
    rows = ConsultationPoint.objects.filter(open_now, centre=Given("centre"), published=True)
    return rows.order_by("name").values_list("pk", "name")
