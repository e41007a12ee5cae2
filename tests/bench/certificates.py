"""``python -m tests.bench.certificates [PEOPLE]``: a hall gets certificates, one archive and one file to print.

The whole way of the errands with their rows, in a database of its own in memory, papers in their process. Prints the
figures as JSON: seconds of the clock, and of the processor with the process of papers (which do not hang on who else is
at work); the goal for 500 people is a minute each on two cores.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any, Final

import django

GOAL: Final = 60
"""Seconds for each of the three."""


def closed_event(people: int) -> tuple[Any, Any]:
    """A closed event to which so many came, and who keeps it."""
    from datetime import timedelta

    from django.utils import timezone

    from tests.events.event_factories import draft, rules
    from tests.factories import make_member
    from tests.routes.route_factories import actor
    from tests.world import make_world
    from traektoria.events.models import Attendance, Event, EventDate
    from traektoria.people.enums import Role

    world = make_world()
    rules(world)
    event, now = draft(world, places=None), timezone.now()
    start = now - timedelta(hours=4)
    EventDate.objects.filter(event=event).update(start=start, original=start, end=now, held_at=now)
    Event.objects.filter(pk=event.pk).update(state="closed", announced_at=start, closed_at=now)
    date = EventDate.objects.get(event=event)
    members = [make_member(world.own, Role.TEACHER, world.school) for _one in range(people)]
    Attendance.objects.bulk_create(
        Attendance(date=date, person_id=one.person_id, said="came", at=now) for one in members
    )
    return event, actor(world, "coordinator")


def processor() -> float:
    """Seconds of the processor so far: of this process and of that of papers."""
    from traektoria.engines.papers.process_apart import PAPERS

    papers = 0.0
    if PAPERS.running is not None:
        facts = Path(f"/proc/{PAPERS.running.pid}/stat").read_text().rpartition(")")[2].split()
        papers = (int(facts[11]) + int(facts[12])) / os.sysconf("SC_CLK_TCK")
    return time.process_time() + papers


def measured(people: int) -> dict[str, dict[str, float]]:
    from traektoria.core.errands import Doing
    from traektoria.events.certificates.errands import run_issue, run_take

    event, by = closed_event(people)
    said = {
        "event": event.pk,
        "post": "Координатор",
        "name": "Кузнецова О. В.",
        "site": "https://x.example",
        "background": 0,
    }
    found: dict[str, dict[str, float]] = {}
    for name, run, facts in (
        ("issued", run_issue, said),
        ("archive", run_take, {"event": event.pk, "form": "zip"}),
        ("one file", run_take, {"event": event.pk, "form": "pdf"}),
    ):
        begun, spent = time.perf_counter(), processor()
        run(Doing(by, facts, bytes))
        found[name] = {"clock": round(time.perf_counter() - begun, 1), "processor": round(processor() - spent, 1)}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("people", type=int, nargs="?", default=500)
    people = parser.parse_args().people
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    json.dump({"people": people, "goal": GOAL, "seconds": measured(people)}, sys.stdout)


if __name__ == "__main__":
    main()
