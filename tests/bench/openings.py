"""The frame of what opens for many at once: a database of its own, a server, a crowd, the figures as JSON, beside a
floor of the same run: the same server with an empty view."""

import argparse
import asyncio
import os
import signal
import time
from collections.abc import Callable, Sequence
from typing import Any

import django

from tests.bench.crowd import Seen, crowd
from tests.bench.pages import floor
from tests.bench.sittings import HOST, WARM_UP, Server


def opening(
    opened: Callable[[int, float], Any],
    acts: Any,
    names: Sequence[str],
    wrong: Callable[[int], dict[str, Any]],
    *,
    paced: bool = False,
) -> dict[str, Any]:
    """``PEOPLE SECONDS`` of the command line. ``opened(people, seconds)``: what is opened, and who comes; ``acts``:
    what each does; ``names``: its steps; ``wrong(people)``: what is in the database afterwards; ``paced``: who comes
    keeps the pace by themselves, all of them from the first second on."""
    parser = argparse.ArgumentParser()
    parser.add_argument("people", type=int)
    parser.add_argument("seconds", type=float)
    asked = parser.parse_args()
    number, within = asked.people, asked.seconds
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traektoria.config.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    comers, server, empty = opened(number, within), Server(), floor()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    vendor = connection.vendor
    connection.close()
    server.start()
    server.wait()
    time.sleep(WARM_UP)
    began = time.perf_counter()
    try:
        come, limit = (1.0, within * 3 + 60) if paced else (within, within * 10 + 60)
        seen = asyncio.run(crowd(HOST, server.port, comers, come, limit, Seen(), acts))
    finally:
        took = time.perf_counter() - began
        server.kill(signal.SIGTERM)
    steps = {}
    for step in names:
        times = sorted(seen.seconds[step]) or [0.0]
        steps[step] = {"n": len(times), "p50": times[len(times) // 2], "p95": times[int(len(times) * 0.95)]}
    errors = sum(count for what, count in seen.bad.items() if what.split()[-1].startswith("5"))
    return {
        "vendor": vendor, "people": number, "within": within, "took": took, "errors_5xx": errors, "steps": steps,
        "floor": empty, "asked": sum(one["n"] for one in steps.values()) / took,
        "answers": dict(seen.bad), "retries": seen.retries, "unfinished": seen.unfinished, **wrong(number),
    }  # fmt: skip
