"""``python -m tests.bench.pages SIZE``: one database, one size; prints the figures of the main pages as JSON.

DATABASE_URL and TRAEKTORIA_DATA name an empty database and folder (``tests.bench`` makes them).
"""

import gzip
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import django

HOST = "127.0.0.1"
WARM_UP = 8.0  # the server loads the libraries of the tables behind the first requests (config/wsgi.py)
SECONDS = float(os.environ.get("TRAEKTORIA_BENCH_SECONDS", "4"))
LINKED = re.compile(r'(?:<link[^>]+(?:stylesheet|icon)[^>]*href|<script[^>]+src|<img[^>]+src)="([^"]+)"')


def pages(ids: dict[str, int]) -> list[tuple[str, str, str, dict[str, Any]]]:
    """(name, who looks, URL name, kwargs)."""
    return [
        ("desk", "tutor", "desk:home", {}),
        ("desk of a teacher", "teacher", "desk:home", {}),
        ("list of routes", "tutor", "routes:route_list", {}),
        ("routes of the centre", "coordinator", "routes:route_list", {}),
        ("one route", "teacher", "routes:route_detail", {"pk": ids["route"]}),
        ("supports of a centre", "coordinator", "routes:support_list", {}),
        ("problem field", "teacher", "diagnostics:hypothesis_list", {}),
        ("people of a centre", "coordinator", "people:person_list", {}),
    ]


def sign_in(account_id: int) -> str:
    """A session of that account; the Cookie header, with the secret of forms that a browser has since it signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.utils.crypto import get_random_string

    from traektoria.people.models import Account
    from traektoria.people.sessions import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(account_id)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = Account.objects.get(pk=account_id).get_session_auth_hash()
    session.save()
    secret = get_random_string(32)
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={secret}"


def measured(url: str, cookie: str) -> dict[str, Any]:
    """Queries, compressed bytes and requests of a first view, counted in this process."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"cookie": cookie, "host": HOST})
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    asked = len(queries)  # before the next request empties the log
    assert response.status_code == 200, (url, response.status_code)
    body = response.content
    assets = sorted({found for found in LINKED.findall(body.decode()) if found.startswith("/")})
    size = len(gzip.compress(body, 6))
    size += sum(_asset_size(client, asset) for asset in assets)
    return {"queries": asked, "html": len(body), "first_view_bytes": size, "requests": 1 + len(assets)}


def _asset_size(client: Any, asset: str) -> int:
    response = client.get(asset, headers={"accept-encoding": "gzip"})
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return len(content if response.headers.get("Content-Encoding") else gzip.compress(content, 6))


@contextmanager
def server(application: str) -> Iterator[int]:
    """``application`` behind the server of ``traektoria start``; yields its port."""
    from traektoria.core.management.commands.start import listen, server_command

    with listen(HOST, 0) as listener:
        port = listener.getsockname()[1]
        command = [*server_command(listener, 2), application]
        process = subprocess.Popen(command, pass_fds=[listener.fileno()])
    try:
        for _ in range(200):
            try:
                socket.create_connection((HOST, port), 0.2).close()
                break
            except OSError:
                time.sleep(0.1)
        time.sleep(WARM_UP)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def floor() -> float:
    """Requests a second of an empty view of the same server, at sixteen connections."""
    from tests.bench.load import load

    with server("tests.bench.hello:application") as port:
        load(HOST, port, "/", "", 4, 1)
        return load(HOST, port, "/", "", 16, SECONDS).per_second


def main(size: int) -> dict[str, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traektoria.config.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.urls import reverse

    from tests.bench.load import load
    from tests.bench.population import populate
    from traektoria.core import waiting

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    started = time.perf_counter()
    ids = populate(size)
    waiting.mend()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    result: dict[str, Any] = {"size": size, "vendor": connection.vendor, "pages": {}}
    result["populated_seconds"] = round(time.perf_counter() - started, 1)
    looked = []
    for name, viewer, url_name, kwargs in pages(ids):
        url, cookie = reverse(url_name, kwargs=kwargs), sign_in(ids[viewer])
        looked.append((name, url, cookie))
        result["pages"][name] = measured(url, cookie)
    with server("tests.bench.hello:application") as port:
        load(HOST, port, "/", "", 4, 1)
        result["hello"] = {str(c): asdict(load(HOST, port, "/", "", c, SECONDS)) for c in (4, 16)}
    with server("traektoria.config.wsgi:application") as port:
        for name, url, cookie in looked:
            load(HOST, port, url, cookie, 4, 1)
            result["pages"][name]["load"] = {
                str(c): asdict(load(HOST, port, url, cookie, c, SECONDS)) for c in (4, 16)
            }  # fmt: skip
    return result


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
