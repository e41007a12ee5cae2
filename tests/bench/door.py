"""``python -m tests.bench.door PEOPLE SECONDS``: so many people come through one door within so many seconds, marked
from four phones whose line is cut twice.

Each phone marks its quarter and the first tenth of its neighbour's, one press after another; twice it hears no answer
to its last twenty presses and sends them all again. Prints the figures as JSON: the time of a mark, how many are lost,
how many count twice. As ``tests.bench.hours`` in all else.
"""

import asyncio
import json
import random
import time
from dataclasses import dataclass
from uuid import uuid4

from tests.bench.crowd import Line, Seen
from tests.bench.openings import opening
from tests.bench.sittings import teachers

STEPS = ("mark",)
NEVER = ("lost", "doubled", "kept_not_once")
"""Of these none may be."""
PHONES, CUTS, UNHEARD = 4, 2, 20


@dataclass(frozen=True)
class Phone:
    """``people`` in the order in which they come; ``pause`` seconds between two of them."""

    cookie: str
    address: str
    people: list[int]
    pause: float


def opened(number: int, within: float) -> list[Phone]:
    """An event that has just begun, all registered; four leaders, each with a phone."""
    from datetime import timedelta

    from django.utils import timezone

    from tests.factories import make_centre, make_member, make_regulation, make_school
    from traektoria.core import waiting
    from traektoria.events.models import Enrolment, Event, EventDate, EventLeader, Seat
    from traektoria.people.enums import Role
    from traektoria.people.models import Person

    centre, now = make_centre(), timezone.now()
    school, author = make_school(centre), make_member(centre, Role.COORDINATOR).person
    assert author is not None
    event = Event.objects.create(
        centre=centre, regulation=make_regulation(centre), kind="seminar", kind_name="Семинар", title="Вход",
        place="ДК", author=author, state="announced", announced_at=now,
    )  # fmt: skip
    start = now - timedelta(minutes=1)
    date = EventDate.objects.create(event=event, start=start, end=start + timedelta(hours=3), original=start)
    cookies = list(teachers(number + PHONES, centre, school, timezone.localdate() - timedelta(days=1)).values())
    people = list(Person.objects.filter(roles__centre=centre, roles__role=Role.TEACHER).order_by("pk"))
    leaders, comers = people[:PHONES], people[PHONES:]
    EventLeader.objects.bulk_create([EventLeader(event=event, person=one) for one in leaders])
    facts = {"event": event, "state": "in", "since": now, "work": school}
    rows = Enrolment.objects.bulk_create([Enrolment(person=one, **facts) for one in comers])
    Seat.objects.bulk_create([Seat(enrolment=row, date=date, number=place) for place, row in enumerate(rows, 1)])
    waiting.mend()
    numbers = [one.pk for one in comers]
    share, second = _shares(number)
    parts = [numbers[share * place : share * (place + 1)] for place in range(PHONES)]
    mine = [part + parts[(place + 1) % PHONES][:second] for place, part in enumerate(parts)]
    address = f"/events/dates/{date.pk}/door/save/"
    return [Phone(cookies[place], address, part, within / len(part)) for place, part in enumerate(mine)]


def _shares(number: int) -> tuple[int, int]:
    """How many a phone marks of its own, and how many that its neighbour marks too."""
    share = -(-number // PHONES)
    return share, share // 10


def _body(person: int) -> bytes:
    mark = {"key": str(uuid4()), "person": person, "said": "came", "at": int(time.time() * 1000)}
    return json.dumps({"device": "bench", "marks": [mark]}).encode()


async def keeps(phone: Phone, line: Line, seen: Seen) -> None:
    cuts = set(random.sample(range(UNHEARD, len(phone.people)), CUTS)) if len(phone.people) > UNHEARD + CUTS else set()
    sent: list[bytes] = []
    began = time.perf_counter()
    for place, person in enumerate(phone.people):
        await asyncio.sleep(max(0.0, began + place * phone.pause - time.perf_counter()))
        sent.append(_body(person))
        again = sent[-UNHEARD:] if place in cuts else sent[-1:]
        if place in cuts:
            line.close()
        for body in again:
            status, _answer = await line.ask("mark", "POST", phone.address, body, "application/json")
            seen.bad[f"mark {status}"] += 1


def wrong(number: int) -> dict[str, int]:
    """What must never be: somebody lost, somebody counted twice, a press kept twice or not at all; who is marked by two
    phones has two witnesses."""
    from traektoria.events.models import Attendance, AttendanceMark

    came = list(Attendance.objects.filter(said="came").values_list("person", flat=True))
    marks, presses = AttendanceMark.objects.count(), number + PHONES * _shares(number)[1]
    return {
        "came": len(came), "lost": number - len(set(came)), "doubled": len(came) - len(set(came)),
        "marks": marks, "kept_not_once": abs(marks - presses),
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(opening(opened, keeps, STEPS, wrong, paced=True)))
