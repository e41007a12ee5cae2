"""Hours that were given, for tests of the room: minutes count back from now, whatever the hour of the day."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.consultations.hours.actions.giving import GivenHour, record_hour
from traektoria.consultations.models import ConsultationHour


def given(ago: int = 60, minutes: int = 45, now: datetime | None = None, **fields: Any) -> GivenHour:
    """Began ``ago`` minutes ago."""
    start = (now or timezone.now()).replace(second=0, microsecond=0) - timedelta(minutes=ago)
    facts = {"way": "in_person", "subject": "math", "topic": "Задачи с параметром", **fields}
    return GivenHour(start=start, end=start + timedelta(minutes=minutes), **facts)


def recorded(world: World, *teachers: str, tutor: str = "tutor", **fields: Any) -> ConsultationHour:
    own = {name: fields.pop(name) for name in ("request", "item", "closes") if name in fields}
    whom = [person(world, name).pk for name in teachers or ("teacher",)]
    return record_hour(centre=world.own, given=given(**fields), teachers=whom, by=actor(world, tutor), **own)
