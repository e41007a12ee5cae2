"""On the page of a point: its published hours, and when is the next time."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from traektoria.consultations.points.models import ConsultationPoint
from traektoria.consultations.points.registries import PointBlock, point_blocks
from traektoria.consultations.slots.queries.hours import point_hours


def draw(request: Any, point: ConsultationPoint) -> str:
    rows = point_hours(point.pk, now=timezone.now())
    return render_to_string("consultations/point_hours.html", {"rows": rows, "point": point}, request)


point_blocks.add(PointBlock("consultations.hours", 10, draw))
