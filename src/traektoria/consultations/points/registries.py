"""What rooms to the left show on the page of a point."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from traektoria.consultations.points.models import ConsultationPoint
from traektoria.core.registries import Registry


@dataclass(frozen=True)
class PointBlock:
    """``draw(request, point)`` gives markup: the coming dates at the point."""

    slug: str
    order: int
    draw: Callable[[Any, ConsultationPoint], str]


point_blocks: Registry[PointBlock] = Registry("blocks of a point")
