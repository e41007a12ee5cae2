"""``python -m tests.bench.door PEOPLE SECONDS``: so many people come through one door within so many seconds, marked
from four phones whose line is cut twice.

Each phone marks its quarter and the first tenth of its neighbour's, one press after another; twice it hears no answer
to its last twenty presses and sends them all again. Prints the figures as JSON: the time of a mark, how many are lost,
how many count twice. As ``tests.bench.hours`` in all else.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import sys
import time
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import django

from tests.bench.crowd import Line, Seen, crowd
from tests.bench.sittings import HOST, WARM_UP, Server, teachers

PHONES, CUTS, UNHEARD = 4, 2, 20


@dataclass(frozen=True)
class Phone:
    """``people`` in the order in which they come; ``pause`` seconds between two of them."""

    cookie: str
    address: str
    people: list[int]
    pause: float


def opened(number: int, within: float) -> tuple[list[Phone], int]:
    """An event that has just begun, all registered; four leaders. The phones, and the number of the date."""
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
    share = -(-number // PHONES)
    parts = [numbers[share * place : share * (place + 1)] for place in range(PHONES)]
    mine = [part + parts[(place + 1) % PHONES][: share // 10] for place, part in enumerate(parts)]
    address = f"/events/dates/{date.pk}/door/save/"
    phones = [Phone(cookies[place], address, part, within / len(part)) for place, part in enumerate(mine)]
    return phones, date.pk


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


def wrong(date: int, number: int) -> dict[str, int]:
    """What must never be: somebody lost, somebody counted twice, a press kept twice."""
    from traektoria.events.models import Attendance, AttendanceMark

    came = list(Attendance.objects.filter(date=date, said="came").values_list("person", flat=True))
    marks = AttendanceMark.objects.filter(date=date)
    return {
        "came": len(came), "lost": number - len(set(came)), "doubled": len(came) - len(set(came)),
        "marks": marks.count(), "witnessed_twice": marks.count() - len(set(came)),
    }  # fmt: skip


def main(number: int, within: float) -> dict[str, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traektoria.config.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    (phones, date), server = opened(number, within), Server()
    vendor = connection.vendor
    connection.close()
    server.start()
    server.wait()
    time.sleep(WARM_UP)
    began = time.perf_counter()
    try:
        seen = asyncio.run(crowd(HOST, server.port, phones, 1.0, within * 3 + 60, Seen(), keeps))
    finally:
        took = time.perf_counter() - began
        server.kill(signal.SIGTERM)
    times = sorted(seen.seconds["mark"]) or [0.0]
    return {
        "vendor": vendor, "people": number, "within": within, "took": took, "answers": dict(seen.bad),
        "p50": times[len(times) // 2], "p95": times[int(len(times) * 0.95)], "retries": seen.retries,
        **wrong(date, number),
    }  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("people", type=int)
    parser.add_argument("seconds", type=float)
    asked = parser.parse_args()
    print(json.dumps(main(asked.people, asked.seconds)))
    sys.stdout.flush()
