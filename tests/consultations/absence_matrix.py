"""Who writes absences of tutors down and decides what becomes of their hours: an absence of ``tutor`` next month."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from tests.consultations.absence_factories import absence
from tests.consultations.slot_factories import first_date, help_hour, monday
from tests.matrix import EVERYONE, Entry, sheet
from tests.world import World

TUTORS = {"tutor", "other_tutor", "foreign_tutor"}
COORDINATORS = {"coordinator", "foreign_coordinator"}
KEEPERS = TUTORS | COORDINATORS
FAR = 9
"""Weeks ahead: no other Hour of the room is there."""


def prepare_absences(world: World) -> None:
    help_hour(world, first_day=monday(FAR), last_day=monday(FAR))
    world.things["replaced"] = first_date(help_hour(world, first_day=monday(FAR + 2), last_day=monday(FAR + 2)))
    world.things["absence"] = absence(world, first=monday(FAR))


def _absence(world: World) -> dict[str, Any]:
    return {"pk": world.things["absence"].pk}


def _page(world: World) -> str:
    return reverse("consultations:absence_detail", kwargs=_absence(world))


def _away(world: World) -> dict[str, Any]:
    """Farther ahead, so that no other absence is there; a tutor is not asked who."""
    day = (timezone.localdate() + timedelta(days=200)).isoformat()
    who = "foreign_tutor" if world.viewer == "foreign_coordinator" else "other_tutor"
    return {"tutor": world.accounts[who].person_id, "kind": "trip", "start": day, "end": day, "note": "Курсы"}


def _all_of_it(world: World) -> dict[str, Any]:
    return sheet(world, "coordinator", _page(world), to=f"{_page(world)}decide/")


def _back(world: World) -> dict[str, Any]:
    return {"last_day": world.things["absence"].start.isoformat()}


def _date(world: World) -> dict[str, Any]:
    return {"pk": world.things["replaced"].pk}


def _replaced(world: World) -> dict[str, Any]:
    people = {"tutor_id": world.accounts["tutor"].person_id, "other_id": world.accounts["other_tutor"].person_id}
    return {**people, "reason": "Уехал на экзамен"}


def _on(allowed: set[str], data: Any = None, roles: set[str] = KEEPERS) -> Entry:
    method = "POST" if data else "GET"
    return Entry(
        allowed=allowed, forbidden=EVERYONE - roles, kwargs=_absence, method=method, data=data or (lambda world: {})
    )


ABSENCE_ENTRIES = {
    "consultations:absence_list": Entry(allowed=KEEPERS, forbidden=EVERYONE - KEEPERS),
    "consultations:absence_new": Entry(allowed=KEEPERS, forbidden=EVERYONE - KEEPERS),
    "consultations:absence_new post": Entry(allowed=KEEPERS, forbidden=EVERYONE - KEEPERS, method="POST", data=_away),
    "consultations:absence_detail": _on({"tutor", "coordinator"}),
    "consultations:absence_decide": _on({"coordinator"}, _all_of_it, COORDINATORS),
    "consultations:date_substitute": Entry(allowed={"coordinator"}, forbidden=EVERYONE - COORDINATORS, kwargs=_date),
    "consultations:date_substitute post": Entry(
        allowed={"coordinator"}, forbidden=EVERYONE - COORDINATORS, kwargs=_date, method="POST", data=_replaced
    ),
    "consultations:absence_end": _on({"tutor", "coordinator"}, _back),
}
