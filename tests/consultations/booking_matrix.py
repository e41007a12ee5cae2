"""Who may open what of bookings: of the tutor's Hour, with a booking of ``teacher`` in each state."""

from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from tests.consultations.booking_factories import at_hours, placed, rules, slots, waits_for
from tests.consultations.slot_factories import monday
from tests.matrix import EVERYONE, Entry
from tests.world import World

TEACHERS = {"teacher", "other_teacher", "foreign_teacher"}
HEADS = {"head", "deputy_head", "foreign_head"}
TUTORS = {"tutor", "other_tutor", "foreign_tutor"}
COORDINATORS = {"coordinator", "foreign_coordinator"}
READ = TEACHERS | HEADS | TUTORS | COORDINATORS
KEEP = {"tutor", "coordinator"}
KEEPERS = TUTORS | COORDINATORS
BOOKS = {"teacher", "other_teacher", "head", "deputy_head", "tutor", "other_tutor", "coordinator"}
"""Whoever opens the page of a slot of the centre; another tutor books nobody on it."""


def prepare_bookings(world: World) -> None:
    """Of the tutor's Hour: free places, and a booking of ``teacher`` in each state that something is done with."""
    rules(world, most_a_person=0)
    things, saturday = world.things, monday(2) + timedelta(days=5)
    rows = slots(world, places=12, start=time(8), end=time(20), slot_minutes=60, first_day=saturday, last_day=saturday)
    things["slot"], things["next_slot"] = rows[0], rows[1]
    things["booking"] = placed(world, rows[2])
    things["asked_booking"] = placed(world, rows[3], state="asked")
    things["offered_booking"] = placed(world, rows[4], state="offered", offer_until=timezone.now() + timedelta(hours=5))
    things["late_booking"] = placed(world, at_hours(rows[5], 5))
    things["leaving_booking"] = placed(world, rows[6], leave_asked_at=timezone.now(), leave_why="Болезнь")
    things["past_booking"] = placed(world, at_hours(rows[7], -2))
    things["wish"] = waits_for(world, "teacher")


def _on(name: str) -> Any:
    return lambda world: {"pk": world.things[name].pk}


def _booked(world: World) -> dict[str, Any]:
    """A teacher for themself, a head for one of the school, who keeps the slot for any."""
    other = world.accounts["other_teacher"].person
    if world.viewer in ("head", "deputy_head"):
        return {"people": other.pk, "topic": "Тема"}
    return (
        {"others": other.full_name, "topic": "Тема"} if world.viewer in ("tutor", "coordinator") else {"topic": "Тема"}
    )


def _wait(_world: World) -> dict[str, Any]:
    today = timezone.localdate()
    return {"subject": "history", "first_day": today.isoformat(), "last_day": (today + timedelta(days=9)).isoformat()}


def _act(who: set[str], name: str, data: dict[str, Any] | None = None, roles: set[str] = READ) -> Entry:
    """On a booking of ``teacher`` with ``tutor``; who sees it and may not do it gets the reason."""
    sees = {"teacher", *KEEP} if name != "wish" else {"teacher"}
    return Entry(
        allowed=who, forbidden={*(EVERYONE - roles), *(sees - who)}, kwargs=_on(name), method="POST",
        data=lambda _world: data or {},
    )  # fmt: skip


BOOKING_ENTRIES = {
    "consultations:booking_list": Entry(allowed=READ, forbidden=EVERYONE - READ),
    "consultations:booking_free": Entry(allowed=READ, forbidden=EVERYONE - READ),
    "consultations:booking_new": Entry(allowed=BOOKS, forbidden=EVERYONE - READ, kwargs=_on("slot")),
    "consultations:booking_new post": Entry(
        allowed=BOOKS - {"other_tutor"},
        forbidden={*(EVERYONE - READ), "other_tutor"},
        kwargs=_on("slot"),
        method="POST",
        data=_booked,
    ),
    "consultations:booking_detail": Entry(allowed={"teacher", *KEEP}, forbidden=EVERYONE - READ, kwargs=_on("booking")),
    "consultations:slot_bookings": Entry(allowed=KEEP, forbidden=EVERYONE - KEEPERS, kwargs=_on("slot")),
    "consultations:booking_confirm": _act(KEEP, "asked_booking", roles=KEEPERS),
    "consultations:booking_refuse": _act(KEEP, "asked_booking", {"reason": "Не могу"}, roles=KEEPERS),
    "consultations:booking_cancel": _act({"teacher", *KEEP}, "booking", {"reason": "Не могу"}),
    "consultations:booking_ask_off": _act({"teacher"}, "late_booking", {"reason": "Болезнь"}),
    "consultations:booking_answer_off": _act(KEEP, "leaving_booking", {"answer": "yes"}, roles=KEEPERS),
    "consultations:booking_move": Entry(
        allowed={"teacher", *KEEP},
        forbidden=EVERYONE - READ,
        kwargs=_on("booking"),
        method="POST",
        data=lambda world: {"slot": world.things["next_slot"].pk},
    ),
    "consultations:booking_outcome": _act(KEEP, "past_booking", {"what": "came"}, roles=KEEPERS),
    "consultations:booking_take": _act({"teacher"}, "offered_booking", roles=TEACHERS),
    "consultations:booking_pass": _act({"teacher"}, "offered_booking", roles=TEACHERS),
    "consultations:wish_new": Entry(allowed=TEACHERS, forbidden=EVERYONE - TEACHERS),
    "consultations:wish_new post": Entry(allowed=TEACHERS, forbidden=EVERYONE - TEACHERS, method="POST", data=_wait),
    "consultations:wish_leave": _act({"teacher"}, "wish", roles=TEACHERS),
    "consultations:load": Entry(allowed=TUTORS | COORDINATORS, forbidden=EVERYONE - TUTORS - COORDINATORS),
}
