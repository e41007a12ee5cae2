"""``python -m tests.bench.hours PEOPLE SECONDS``: so many people book a popular Hour within so many seconds of its
opening.

Each opens «Free hours» and presses one of the times of its first page; who comes too late presses the first of the next
free times that the page names, twice at most. Prints the figures as JSON: times of the steps, how many are booked, and
whether a place was given twice. As ``tests.bench.sittings`` in all else.
"""

import json
import random
import re
from collections import Counter
from dataclasses import dataclass

from tests.bench.crowd import Line, Seen
from tests.bench.openings import opening
from tests.bench.sittings import teachers

STEPS = ("free hours", "booking")
NEVER = ("places_given_twice", "people_at_two_places", "overbooked")
"""Of these none may be."""
FREE = "/consultations/bookings/free/"
BUTTON = re.compile(rb'formaction="(/consultations/bookings/slot/\d+/new/)')
NEAR = re.compile(rb'href="(/consultations/bookings/slot/\d+/new/)')
KEY = re.compile(rb'name="once"\s+value="([^"]+)"')
TRIES = 3
WEEKS, PLACES = 3, 20


@dataclass(frozen=True)
class Comer:
    cookie: str


def opened(number: int, _within: float) -> list[Comer]:
    """An Hour of three weeks with six meetings a date and twenty places in each; so many teachers who want one."""
    from datetime import time as clock
    from datetime import timedelta

    from django.utils import timezone

    from tests.factories import make_centre, make_member, make_school
    from traektoria.consultations.slots.actions.making import make_hour
    from traektoria.consultations.slots.wanted_hour import WantedHour
    from traektoria.core import waiting
    from traektoria.people.actor import actor_of
    from traektoria.people.enums import Role

    centre = make_centre()
    school = make_school(centre)
    tutor, coordinator = make_member(centre, Role.TUTOR), make_member(centre, Role.COORDINATOR)
    first = timezone.localdate() + timedelta(days=3)
    wanted = WantedHour(
        centre=centre, way="video", tutors=(tutor.person_id or 0,), repeat="weekly", first_day=first,
        last_day=first + timedelta(days=7 * (WEEKS - 1)), start=clock(12), end=clock(15), slot_minutes=30,
        places=PLACES,
    )  # fmt: skip
    make_hour(wanted=wanted, days=[day for day, _interval in wanted.dates], by=actor_of(coordinator))
    cookies = teachers(number, centre, school, timezone.localdate() - timedelta(days=1))
    waiting.mend()
    return [Comer(cookie) for cookie in cookies.values()]


async def books(_comer: Comer, line: Line, seen: Seen) -> None:
    _status, page = await line.ask("free hours", "GET", FREE)
    times, key = BUTTON.findall(page), KEY.search(page)
    for _try in range(TRIES):
        if not times:
            seen.bad["nothing is free"] += 1
            return
        sent = b"topic=" + (b"&once=" + key[1] if key else b"")
        address = random.choice(times).decode()
        status, page = await line.ask("booking", "POST", address, sent, "application/x-www-form-urlencoded")
        if status == 302:
            seen.bad["booked"] += 1
            return
        seen.bad[f"booking {status}"] += 1
        times, key = NEAR.findall(page), KEY.search(page)


def wrong() -> dict[str, int]:
    """What must never be: a place given twice, a person twice on one slot, more booked than there are places."""
    from traektoria.consultations.bookings.enums import LIVE
    from traektoria.consultations.models import Booking, Slot

    rows = list(Booking.objects.filter(state__in=LIVE).values_list("slot", "seat", "person", "slot__start"))
    taken = Counter(slot for slot, *_rest in rows)
    places = dict(Slot.objects.values_list("pk", "places"))
    return {
        "booked": len(rows),
        "places": sum(places.values()),
        "places_given_twice": len(rows) - len({row[:2] for row in rows}),
        "people_at_two_places": len(rows) - len({row[2:] for row in rows}),
        "overbooked": sum(number > places[slot] for slot, number in taken.items()),
    }


if __name__ == "__main__":
    print(json.dumps(opening(opened, books, STEPS, lambda _people: wrong())))
