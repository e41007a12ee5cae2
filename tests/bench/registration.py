"""``python -m tests.bench.registration PEOPLE SECONDS``: so many people register for one event of 300 places within so
many seconds of its opening.

Each opens the page of the event and presses «Register»; who comes too late stands in the waiting list. Prints the
figures as JSON: times of the steps, how many are in, whether a place was given twice, and whether somebody waits who
came before one who is in. As ``tests.bench.hours`` in all else.
"""

import json
import re
from dataclasses import dataclass

from tests.bench.crowd import Line, Seen
from tests.bench.openings import opening
from tests.bench.sittings import teachers

STEPS = ("the event", "registering")
NEVER = ("lost", "twice", "places_given_twice", "out_of_turn")
"""Of these none may be."""
PLACES = 300
KEY = re.compile(rb'name="once"\s+value="([^"]+)"')


@dataclass(frozen=True)
class Comer:
    cookie: str
    event: int


def opened(number: int, _within: float) -> list[Comer]:
    """An event in nine days, announced, of so many places; so many teachers who want to come."""
    from datetime import timedelta

    from django.utils import timezone

    from tests.factories import make_centre, make_member, make_regulation, make_school
    from traektoria.core import waiting
    from traektoria.events.models import Event, EventDate, EventLeader
    from traektoria.people.enums import Role

    centre, now = make_centre(), timezone.now()
    school, author = make_school(centre), make_member(centre, Role.COORDINATOR).person
    tutor = make_member(centre, Role.TUTOR).person
    assert author is not None
    assert tutor is not None
    event = Event.objects.create(
        centre=centre, regulation=make_regulation(centre), kind="seminar", kind_name="Семинар", title="Открытие года",
        place="ДК", author=author, state="announced", announced_at=now, places=PLACES,
    )  # fmt: skip
    start = now + timedelta(days=9)
    EventDate.objects.create(event=event, start=start, end=start + timedelta(hours=2), original=start)
    EventLeader.objects.create(event=event, person=tutor)
    cookies = teachers(number, centre, school, timezone.localdate() - timedelta(days=1))
    waiting.mend()
    return [Comer(cookie, event.pk) for cookie in cookies.values()]


async def registers(comer: Comer, line: Line, seen: Seen) -> None:
    page = f"/events/{comer.event}/"
    _status, content = await line.ask("the event", "GET", page)
    key = KEY.search(content)
    sent = b"which=all" + (b"&once=" + key[1] if key else b"")
    kind = "application/x-www-form-urlencoded"
    status, _content = await line.ask("registering", "POST", f"{page}register/", sent, kind)
    seen.bad[f"registering {status}"] += 1


def wrong(people: int) -> dict[str, int]:
    """What must never be: a place given twice or left, somebody who waits and came before one who is in, one lost."""
    from traektoria.events.models import Enrolment, Seat

    rows = list(Enrolment.objects.order_by("since", "pk").values_list("person", "state"))
    states = [state for _person, state in rows]
    numbers = list(Seat.objects.filter(number__isnull=False).values_list("number", flat=True))
    inside = states.count("in")
    return {
        "places": PLACES,
        "in": inside,
        "waits": states.count("waits"),
        "lost": people - len({person for person, _state in rows}),
        "twice": len(rows) - len({person for person, _state in rows}),
        "places_given_twice": len(numbers) - len(set(numbers)),
        "out_of_turn": states[:inside].count("waits"),
    }


if __name__ == "__main__":
    print(json.dumps(opening(opened, registers, STEPS, wrong)))
