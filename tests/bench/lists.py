"""``python -m tests.bench.lists [PEOPLE]``: everybody who registered for one large event is taken away as a table XLSX,
and the sheets to be signed are printed as PDF.

The whole way of the errand and of the paper with their rows, in a database of its own in memory. Prints the figures as
JSON: seconds of the clock, and of the processor with the process of papers; the goals for 5 000 people are those of the
project on two cores.
"""

import argparse
import json
import os
import sys
import time
from typing import Any, Final

import django

from tests.bench.certificates import processor

GOALS: Final = {"xlsx": 5, "signed sheets": 20}
"""Seconds."""


def registered(people: int) -> tuple[Any, Any]:
    """An event that began an hour ago, for which so many are registered; who keeps it."""
    from datetime import timedelta

    from django.utils import timezone

    from tests.events.event_factories import announced, begun, rules
    from tests.factories import make_member
    from tests.routes.route_factories import actor
    from tests.world import make_world
    from traektoria.events.models import Enrolment, Seat
    from traektoria.people.enums import Role

    world = make_world()
    rules(world)
    date = begun(announced(world, places=None), 1)
    members = [make_member(world.own, Role.TEACHER, world.school) for _one in range(people)]
    facts: dict[str, Any] = {"event": date.event, "state": "in", "work": world.school}
    since = timezone.now() - timedelta(days=1)
    rows = [Enrolment(person_id=one.person_id or 0, since=since, **facts) for one in members]
    rows = Enrolment.objects.bulk_create(rows)
    Seat.objects.bulk_create([Seat(enrolment=row, date=date, number=place) for place, row in enumerate(rows, 1)])
    return date, actor(world, "coordinator")


def measured(people: int) -> dict[str, dict[str, float]]:
    from traektoria.core.errands import Doing
    from traektoria.documents.papers.event_sheets import sheet_paper
    from traektoria.engines import papers
    from traektoria.engines.papers.process_apart import PAPERS
    from traektoria.events.exports.errands import run_people

    date, by = registered(people)
    columns = ["name", "work", "state", "since", "came", "hours"]
    ways = {
        "xlsx": lambda: run_people(Doing(by, {"event": date.event_id, "form": "xlsx", "columns": columns}, bytes)),
        "signed sheets": lambda: PAPERS.ask(papers.pdf, sheet_paper(date)),
    }
    found: dict[str, dict[str, float]] = {}
    for name, run in ways.items():
        begun, spent = time.perf_counter(), processor()
        run()
        found[name] = {
            "goal": GOALS[name], "clock": round(time.perf_counter() - begun, 1),
            "processor": round(processor() - spent, 1),
        }  # fmt: skip
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("people", type=int, nargs="?", default=5000)
    people = parser.parse_args().people
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    json.dump({"people": people, "seconds": measured(people)}, sys.stdout)


if __name__ == "__main__":
    main()
