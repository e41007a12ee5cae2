"""On the page of a point: its published hours and when is the next time; for who keeps it, the dates to come that were
dropped: a point that opens again does not bring them back by itself."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from traektoria.consultations.points.models import ConsultationPoint
from traektoria.consultations.points.permissions import can_keep_points
from traektoria.consultations.points.registries import PointBlock, point_blocks
from traektoria.consultations.slots.queries.hours import dropped_at, point_hours


def draw(request: Any, point: ConsultationPoint) -> str:
    now = timezone.now()
    restores = point.is_open and can_keep_points(request.actor, point.centre_id)
    dropped = dropped_at(point.pk, now=now) if restores else []
    context = {"rows": point_hours(point.pk, now=now), "dropped": dropped, "point": point}
    return render_to_string("consultations/point_hours.html", context, request)


point_blocks.add(PointBlock("consultations.hours", 10, draw))
