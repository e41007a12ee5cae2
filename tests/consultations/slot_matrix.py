"""Who may open what of points and Hours: an Hour of ``tutor`` at a point of the own centre."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from tests.consultations.slot_factories import first_date, help_hour, monday, point
from tests.matrix import EVERYONE, Entry, sheet
from tests.routes.route_factories import actor
from tests.world import AWKWARD, World
from traektoria.consultations.slots.actions.changing import drop_date

TUTORS = {"tutor", "other_tutor", "foreign_tutor"}
COORDINATORS = {"coordinator", "foreign_coordinator"}
KEEPERS = TUTORS | COORDINATORS
READ = EVERYONE - {"administrator"}
OWN = {"coordinator", "tutor", "other_tutor", "teacher", "other_teacher", "head", "deputy_head"}


def prepare_slots(world: World) -> None:
    place = point(world)
    world.things["point"] = place
    world.things["closed_point"] = point(world, closed_on=monday(), closed_why="Ремонт")
    hour = help_hour(world, way="in_person", point=place, room=place.rooms.get())
    world.things["help"] = hour
    world.things["date"] = first_date(hour)
    dropped = hour.dates.order_by("-start")[0]
    world.things["dropped_date"] = drop_date(date=dropped, reason="Педсовет", by=actor(world, "tutor"))


def _on(name: str) -> Any:
    return lambda world: {"pk": world.things[name].pk}


def _post(name: str, allowed: set[str], roles: set[str], data: Any) -> Entry:
    return Entry(allowed=allowed, forbidden=EVERYONE - roles, kwargs=_on(name), method="POST", data=data)


def _point(world: World) -> dict[str, Any]:
    return {"name": f"Пункт {world.viewer}", "kind": "video", "published": "on"}


def _edited(world: World) -> dict[str, Any]:
    address = reverse("consultations:point_edit", kwargs=_on("point")(world))
    return sheet(world, "coordinator", address, about="С любым вопросом")


def _close(_world: World) -> dict[str, Any]:
    return {"on": monday(40).isoformat(), "reason": "Переезд"}


def _end(_world: World) -> dict[str, Any]:
    return {"after": monday(2).isoformat(), "reason": "Тьютор ушёл"}


def _drop(_world: World) -> dict[str, Any]:
    return {"reason": "Болезнь"}


def _edit(_world: World) -> dict[str, Any]:
    facts = {"topic": "Иное", "place": "video", "number": 1, "places": 2, "start": "15:00", "end": "16:30"}
    return {**facts, "scope": "this", "reason": "Так решили"}


def _move(world: World) -> dict[str, Any]:
    return {"day": (world.things["date"].day + timedelta(days=2)).isoformat(), "start": "10:00", "reason": "Болезнь"}


def _looked(world: World) -> dict[str, Any]:
    """Each viewer looks for an Hour of a person of theirs; the dates are only shown."""
    return {"place": "video", "first_day": monday(3).isoformat(), "start": "10:00", "end": "11:00", "repeat": "weekly"}


SLOT_ENTRIES = {
    "consultations:point_list": Entry(allowed=READ, forbidden={"administrator"}),
    "consultations:point_detail": Entry(allowed=OWN, forbidden={"administrator"}, kwargs=_on("point")),
    "consultations:point_new": Entry(allowed=COORDINATORS, forbidden=EVERYONE - COORDINATORS),
    "consultations:point_new post": Entry(
        allowed=COORDINATORS, forbidden=EVERYONE - COORDINATORS, method="POST", data=_point
    ),
    "consultations:point_edit": Entry(
        allowed={"coordinator"}, forbidden=EVERYONE - COORDINATORS, kwargs=_on("point")
    ),
    "consultations:point_edit post": _post("point", {"coordinator"}, COORDINATORS, _edited),
    "consultations:point_close": _post("point", {"coordinator"}, COORDINATORS, _close),
    "consultations:point_reopen": _post("closed_point", {"coordinator"}, COORDINATORS, lambda _world: {}),
    "consultations:my_hours": Entry(allowed=TUTORS, forbidden=EVERYONE - TUTORS),
    "consultations:help_list": Entry(allowed=KEEPERS, forbidden=EVERYONE - KEEPERS),
    "consultations:help_new": Entry(allowed=KEEPERS, forbidden=EVERYONE - KEEPERS),
    "consultations:help_new post": Entry(
        allowed=KEEPERS, forbidden=EVERYONE - KEEPERS, method="POST", data=_looked,
        not_now=dict.fromkeys((*KEEPERS, *AWKWARD), "nobody is chosen who receives: the page says so"),
    ),
    "consultations:help_detail": Entry(
        allowed={"coordinator", "tutor"}, forbidden=EVERYONE - KEEPERS, kwargs=_on("help")
    ),
    "consultations:help_end": _post("help", {"coordinator", "tutor"}, KEEPERS, _end),
    "consultations:date_detail": Entry(allowed=OWN, forbidden={"administrator"}, kwargs=_on("date")),
    "consultations:date_drop": _post("date", {"coordinator", "tutor"}, KEEPERS, _drop),
    "consultations:date_edit": Entry(
        allowed={"coordinator", "tutor"}, forbidden=EVERYONE - KEEPERS, kwargs=_on("date")
    ),
    "consultations:date_edit post": _post("date", {"coordinator", "tutor"}, KEEPERS, _edit),
    "consultations:date_move": _post("date", {"coordinator", "tutor"}, KEEPERS, _move),
    "consultations:date_restore": _post("dropped_date", {"coordinator", "tutor"}, KEEPERS, lambda _world: {}),
}  # fmt: skip
