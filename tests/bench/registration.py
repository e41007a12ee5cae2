"""``python -m tests.bench.registration PEOPLE SECONDS``: so many people register for one event of 300 places within so
many seconds of its opening.

Each opens the page of the event and presses «Register»; who comes too late stands in the waiting list. Prints the
figures as JSON: times of the steps, how many are in, whether a place was given twice, and whether somebody waits who
came before one who is in. As ``tests.bench.hours`` in all else.
"""

import argparse
import asyncio
import json
import os
import re
import signal
import sys
import time
from dataclasses import dataclass
from typing import Any

import django

from tests.bench.crowd import Line, Seen, crowd
from tests.bench.sittings import HOST, WARM_UP, Server, teachers

STEPS = ("the event", "registering")
PLACES = 300
KEY = re.compile(rb'name="once"\s+value="([^"]+)"')


@dataclass(frozen=True)
class Comer:
    cookie: str
    event: int


def opened(number: int) -> list[Comer]:
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


def main(number: int, within: float) -> dict[str, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traektoria.config.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    comers, server = opened(number), Server()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    vendor = connection.vendor
    connection.close()
    server.start()
    server.wait()
    time.sleep(WARM_UP)
    began = time.perf_counter()
    try:
        seen = asyncio.run(crowd(HOST, server.port, comers, within, within * 10, Seen(), registers))
    finally:
        took = time.perf_counter() - began
        server.kill(signal.SIGTERM)
    steps = {}
    for step in STEPS:
        times = sorted(seen.seconds[step]) or [0.0]
        steps[step] = {"n": len(times), "p50": times[len(times) // 2], "p95": times[int(len(times) * 0.95)]}
    errors = sum(count for what, count in seen.bad.items() if what.split()[-1].startswith("5"))
    return {
        "vendor": vendor, "people": number, "within": within, "took": took, "errors_5xx": errors, "steps": steps,
        "answers": dict(seen.bad), "retries": seen.retries, "unfinished": seen.unfinished, **wrong(number),
    }  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("people", type=int)
    parser.add_argument("seconds", type=float)
    asked = parser.parse_args()
    print(json.dumps(main(asked.people, asked.seconds)))
    sys.stdout.flush()
