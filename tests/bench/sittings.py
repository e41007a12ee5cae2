"""``python -m tests.bench.sittings PEOPLE SECONDS [--kill]``: so many people begin a work within so many seconds.

The server runs as ``traektoria start`` runs it; sessions are there already (hashing of passwords is not measured).
``--kill``: the server with its workers is killed with SIGKILL in the middle and started again. DATABASE_URL and
TRAEKTORIA_DATA name an empty database and folder (``tests.bench`` makes them). Prints the figures as JSON.
"""

import argparse
import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from datetime import date
from typing import Any

import django

from tests.bench.crowd import STEPS, Seen, Sitter, crowd
from tests.bench.pages import floor

HOST = "127.0.0.1"
ITEMS = 20
SAVES = 3
WARM_UP = 10.0


class Server:
    """The server as ``traektoria start`` runs it, in a process group of its own; its port stays the same."""

    def __init__(self, workers: int = 2, environment: dict[str, str] | None = None) -> None:
        self._workers, self._environment = workers, environment
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            self.port = probe.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        from traektoria.core.management.commands.start import allow_connections, listen, server_command

        allow_connections()
        with listen(HOST, self.port) as listener:
            self._process = subprocess.Popen(
                server_command(listener, self._workers),
                pass_fds=[listener.fileno()],
                start_new_session=True,
                stdout=subprocess.DEVNULL,
                env=self._environment,
            )

    def wait(self) -> None:
        """Until a page is answered."""
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://{HOST}:{self.port}/account/login/", timeout=60).close()
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server does not answer")

    @property
    def pid(self) -> int:
        """Of the supervisor."""
        assert self._process is not None
        return self._process.pid

    def kill(self, how: int = signal.SIGKILL) -> None:
        """The whole group that this object started."""
        if self._process is not None:
            os.killpg(self._process.pid, how)
            self._process.wait(30)


def people(number: int) -> list[Sitter]:
    """A campaign with ``number`` invited teachers and a session for each."""
    from tests.diagnostics.campaign_factories import make_campaign, make_instrument, make_item
    from tests.factories import make_centre, make_school
    from traektoria.core import waiting
    from traektoria.diagnostics.models import Participant, Sitting

    centre = make_centre()
    version = make_instrument(centre, [make_item(centre) for _ in range(ITEMS)], settings={"minutes": 45})
    campaign = make_campaign(centre, [version])
    items = tuple(version.items.order_by("position").values_list("pk", flat=True))
    cookies = teachers(number, centre, make_school(centre), campaign.start.date())
    persons = list(cookies)
    invited = Participant.objects.bulk_create(
        [Participant(campaign=campaign, person=one, order="AB") for one in persons], 500
    )
    part = campaign.parts.get()
    sittings = Sitting.objects.bulk_create([Sitting(participant=one, part=part, seed=one.pk) for one in invited], 500)
    waiting.mend()
    return [
        Sitter(cookies[one], str(sitting.token), campaign.pk, items[:SAVES])
        for one, sitting in zip(persons, sittings, strict=True)
    ]


def teachers(number: int, centre: Any, school: Any, start: date) -> dict[Any, str]:
    """So many teachers of the centre, each with the cookie of a session that is there already."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from traektoria.people.enums import Role
    from traektoria.people.models import Account, Person, RoleAssignment
    from traektoria.people.sessions import SessionStore

    persons = Person.objects.bulk_create(
        [Person(surname=f"Участников{n}", given="Иван", patronymic="Иванович") for n in range(number)], 500
    )
    accounts = Account.objects.bulk_create(
        [Account(username=f"bench{n}", person=one, password="!") for n, one in enumerate(persons)], 500
    )
    RoleAssignment.objects.bulk_create(
        [RoleAssignment(person=one, role=Role.TEACHER, centre=centre, school=school, start=start) for one in persons],
        500,
    )
    found = {}
    for account in accounts:
        session = SessionStore()
        session[SESSION_KEY] = str(account.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session.save()
        found[account.person] = f"sessionid={session.session_key}"
    return found


def lost(seen: Seen) -> int:
    """Acknowledged answers that the database does not have."""
    from traektoria.diagnostics.models import Answer

    rows = Answer.objects.values_list("sitting__token", "form_item", "value")
    there = {(str(token), item): value for token, item, value in rows.iterator()}
    return sum(there.get(key) != value for key, value in seen.kept.items())


def figures(seen: Seen) -> dict[str, Any]:
    steps = {}
    for step in STEPS:
        times = sorted(seen.seconds[step]) or [0.0]
        steps[step] = {"n": len(times), "p50": times[len(times) // 2], "p95": times[int(len(times) * 0.95)]}
    return {"steps": steps, "bad": dict(seen.bad), "retries": seen.retries, "unfinished": seen.unfinished}


def main(number: int, within: float, kill: bool) -> dict[str, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traektoria.config.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    sitters, server, empty = people(number), Server(), floor()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    vendor = connection.vendor
    connection.close()
    server.start()
    server.wait()
    time.sleep(WARM_UP)
    if kill:
        threading.Timer(within / 2, lambda: (server.kill(), server.start())).start()
    began = time.perf_counter()
    try:
        seen = asyncio.run(crowd(HOST, server.port, sitters, within, within * 10, Seen()))
    finally:
        took = time.perf_counter() - began
        server.kill(signal.SIGTERM)
    errors = sum(count for what, count in seen.bad.items() if what.split()[-1].startswith("5"))
    return {
        "vendor": vendor, "people": number, "within": within, "killed": kill, "took": took, "errors_5xx": errors,
        "acknowledged": len(seen.kept), "lost": lost(seen), "floor": empty,
        "asked": sum(len(times) for times in seen.seconds.values()) / took, **figures(seen),
    }  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("people", type=int)
    parser.add_argument("seconds", type=float)
    parser.add_argument("--kill", action="store_true")
    asked = parser.parse_args()
    print(json.dumps(main(asked.people, asked.seconds, asked.kill)))
    sys.stdout.flush()
